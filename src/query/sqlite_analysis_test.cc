// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "engine/sqlite/parse/facts.h"
#include "engine/sqlite/parse/parse.h"
#include "query/analysis_check.h"

namespace godwit::query {
namespace {

TEST(SqliteAnalysis, NullabilityAndTypes) {
  const NullCase cases[] = {
      {"SELECT * FROM A", "id:integer, x:integer, note:text?"},
      {"SELECT [a].\"x\", rowid FROM a", "x:integer, rowid:integer"},
      {"SELECT y FROM a LEFT JOIN b ON b.a_id = a.id", "y:text?"},
      {"SELECT id, y FROM v", "id:integer, y:text?"},
      {"SELECT count(*), total(x), max(x), group_concat(note) FROM a",
       "1: count:integer, total:real, max:integer?, group_concat:text?"},
      {"SELECT x / 2, x + 1, -x, x || 'a', x << 1 FROM a",
       "_:integer?, _:integer, _:integer, _:text, _:integer"},
      {"SELECT x > 1, x IS NULL, NOT x, x IN (1), x LIKE 'a', note GLOB 'a' "
       "FROM a",
       "_:integer, _:integer, _:integer, _:integer, _:integer, _:integer?"},
      {"SELECT ifnull(note, ''), coalesce(note, x), nullif(x, 1) FROM a",
       "_:text, _:, _:integer?"},
      {"SELECT CAST(x AS TEXT), CAST(note AS REAL), x'00', 1.5, TRUE FROM a",
       "x:text, note:real?, _:blob, _:real, _:integer"},
      {"SELECT CASE x WHEN 1 THEN 'a' ELSE 'b' END, "
       "CASE WHEN x > 1 THEN 1.5 END FROM a",
       "_:text, _:real?"},
      {"SELECT note ->> '$.a', json_extract(note, '$.a'), "
       "strftime('%Y', 'now'), date() FROM a",
       "_:?, json_extract:?, strftime:text?, date:text"},
      {"SELECT value, j.key FROM a, json_each(a.note) j", "value:?, key:?"},
      {"SELECT row_number() OVER (ORDER BY x), sum(x) OVER (PARTITION BY x "
       "ORDER BY x) FROM a",
       "row_number:integer, sum:integer"},
      {"WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t "
       "WHERE n < 9) SELECT n FROM t",
       "n:integer"},
      {"INSERT INTO a (x) VALUES (?1) RETURNING id, note",
       "1: id:integer, note:text?"},
      {"INSERT OR IGNORE INTO a (x) VALUES (?1) RETURNING id", "id:integer"},
      {"INSERT INTO a (x) VALUES (1) ON CONFLICT (id) DO UPDATE SET x = "
       "excluded.x WHERE x > 1 RETURNING id",
       "id:integer"},
      {"UPDATE OR REPLACE a SET (x, note) = (1, ?1) WHERE id = ?2 "
       "RETURNING note",
       "note:text?"},
      {"DELETE FROM a WHERE note IS NOT NULL RETURNING note", "note:text"},
      {"REPLACE INTO a DEFAULT VALUES", "1: "},
      {"VALUES (1, 'a'), (2, NULL)", "column1:integer, column2:?"},
      {"SELECT 1 UNION SELECT 2 EXCEPT SELECT NULL", "_:integer"},
      {"SELECT (SELECT max(x) FROM a), (SELECT x FROM a LIMIT 1), "
       "EXISTS (SELECT 1)",
       "1: _:integer?, _:integer?, _:integer"},
      {"SELECT a.x FROM a NATURAL JOIN b INDEXED BY i CROSS JOIN (b), "
       "(SELECT 1) WINDOW w AS (PARTITION BY x) ORDER BY 1 COLLATE nocase DESC "
       "NULLS LAST LIMIT 1, 2;",
       "x:integer"},
      {"SELECT min(x, 2), min(x, note), abs(x), round(x), typeof(note) FROM a",
       "min:integer, min:integer?, abs:integer, round:real, typeof:text"},
  };
  for (const NullCase& c : cases) {
    EXPECT_EQ(
        ShowColumns(c.sql, SmallSchema("integer"), engine::SqliteQueryFacts(),
                    true, engine::ParseSqlite),
        c.columns)
        << c.sql;
  }
}

TEST(SqliteAnalysis, ParametersAreNamedByWhatTheyStandBeside) {
  const NullCase cases[] = {
      {"SELECT * FROM a WHERE id = ?1 AND note LIKE ?2", "1 id, 2 note?"},
      {"INSERT INTO a (x, note) VALUES (?1, ?2)", "1 x, 2 note?"},
      {"SELECT * FROM a LIMIT ?1 OFFSET ?2", "1 limit, 2 offset"},
      {"SELECT * FROM a WHERE x IN (?1)", "1 x"},
  };
  for (const NullCase& c : cases) {
    EXPECT_EQ(ShowParameters(c.sql, SmallSchema("integer"),
                             engine::SqliteQueryFacts(), engine::ParseSqlite),
              c.columns)
        << c.sql;
  }
}

TEST(SqliteAnalysis, WhatIsNoQueryIsLeftAlone) {
  const std::string deep =
      "SELECT " + std::string(5000, '(') + "1" + std::string(5000, ')');
  for (const std::string_view sql :
       {std::string_view("CREATE TABLE t (a)"), std::string_view("SELECT"),
        std::string_view("SELECT 'a"), std::string_view(""),
        std::string_view("SELECT 1 SELECT 2"),
        std::string_view("SELECT - - - -"), std::string_view(deep)}) {
    EXPECT_EQ(engine::ParseSqlite(sql), nullptr) << sql.substr(0, 20);
  }
}

}  // namespace
}  // namespace godwit::query
