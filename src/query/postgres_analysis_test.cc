// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "engine/postgres/parse/facts.h"
#include "engine/postgres/parse/parse.h"
#include "query/analysis_check.h"

namespace godwit::query {
namespace {

TEST(PostgresAnalysis, Nullability) {
  const NullCase cases[] = {
      {"SELECT * FROM a", "id, x, note?"},
      {"SELECT a.*, b.y FROM a LEFT JOIN b ON b.a_id = a.id",
       "id, x, note?, y?"},
      {"SELECT a.x, b.y FROM a RIGHT JOIN b ON b.a_id = a.id", "x?, y"},
      {"SELECT a.x, b.y FROM a FULL JOIN b ON b.a_id = a.id", "x?, y?"},
      {"SELECT id, x, y FROM a FULL JOIN b USING (id)", "id, x?, y?"},
      {"SELECT * FROM a LEFT JOIN b USING (id)", "id, x, note?, a_id?, y?, z?"},
      {"SELECT y FROM a LEFT JOIN b ON b.a_id = a.id WHERE b.id IS NOT NULL",
       "y"},
      {"SELECT y, z FROM a LEFT JOIN b ON b.a_id = a.id WHERE b.z = 'q'",
       "y, z"},
      {"SELECT note FROM a WHERE note > 'a' OR x = 1", "note?"},
      {"SELECT note FROM a WHERE note LIKE 'a%' AND x = 1", "note"},
      {"SELECT id, y FROM v", "id, y?"},
      {"SELECT count(*), max(x), sum(x) FROM a", "1: count, max?, sum?"},
      {"SELECT note, max(x), min(note) FROM a GROUP BY note",
       "note?, max, min?"},
      {"SELECT x, sum(x) FROM a GROUP BY ROLLUP (x)", "x?, sum?"},
      {"SELECT max(x) FILTER (WHERE x > 1) FROM a GROUP BY note", "max?"},
      {"SELECT coalesce(note, 'none'), coalesce(note, NULL) FROM a", "_, _?"},
      {"SELECT CASE WHEN x > 1 THEN 1 END, CASE WHEN x > 1 THEN 1 ELSE 0 END "
       "FROM a",
       "_?, _"},
      {"SELECT CASE WHEN note IS NOT NULL THEN note ELSE '' END FROM a", "_"},
      {"SELECT x + 1, x = 1, note || 'a', lower(note), NULLIF(x, 1) FROM a",
       "_, _, _?, lower?, _?"},
      {"SELECT (SELECT max(x) FROM a), (SELECT count(*) FROM a), "
       "EXISTS (SELECT 1), ARRAY(SELECT 1)",
       "1: _?, _, _, _"},
      {"SELECT row_number() OVER (), lag(x) OVER (), sum(x) OVER (), "
       "sum(x) OVER (ORDER BY x ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) "
       "FROM a",
       "row_number, lag?, sum, sum?"},
      {"SELECT x FROM a UNION SELECT NULL", "x?"},
      {"SELECT x FROM a UNION ALL SELECT id FROM b", "x"},
      {"WITH c AS (SELECT note FROM a) SELECT note, c FROM c", "note?, c"},
      {"WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) "
       "SELECT n FROM t",
       "n"},
      {"WITH RECURSIVE t(n, m) AS (SELECT 1, 1 UNION ALL "
       "SELECT n + 1, NULLIF(m, 2) FROM t) SELECT n, m FROM t",
       "n, m?"},
      {"SELECT q.z FROM a LEFT JOIN LATERAL (SELECT 1 AS z) q ON true", "z?"},
      {"SELECT n FROM generate_series(1, 3) n", "n"},
      {"SELECT u FROM unnest(ARRAY[1]) WITH ORDINALITY AS t(u, o)", "u?"},
      {"SELECT * FROM unknown_function(1)", "…?"},
      {"INSERT INTO a (id, x) VALUES ($1, $2) RETURNING *", "1: id, x, note?"},
      {"INSERT INTO a (id, x) VALUES (1, 2) ON CONFLICT DO NOTHING "
       "RETURNING id",
       "id"},
      {"UPDATE a SET note = NULL WHERE note IS NOT NULL RETURNING note",
       "note?"},
      {"DELETE FROM a WHERE note IS NOT NULL RETURNING note", "note"},
      {"SELECT to_char(now(), $1), extract(month FROM now()), length(note) "
       "FROM a",
       "to_char?, extract?, length?"},
      {"VALUES (1, NULL), (2, 'x')", "column1, column2?"},
      {"SELECT x = ANY($1), x IS DISTINCT FROM 2, x IN (1, 2), "
       "x IN (SELECT id FROM b), x NOT IN (SELECT note::int FROM a) FROM a",
       "_?, _, _, _, _?"},
  };
  for (const NullCase& c : cases) {
    EXPECT_EQ(
        ShowColumns(c.sql, SmallSchema("int4"), engine::PostgresQueryFacts(),
                    false, engine::ParsePostgres),
        c.columns)
        << c.sql;
  }
}

TEST(PostgresAnalysis, ParametersAreNamedByWhatTheyStandBeside) {
  const NullCase cases[] = {
      {"SELECT * FROM a WHERE id = $1 AND note LIKE $2", "1 id, 2 note?"},
      {"INSERT INTO a (x, note) VALUES ($1, $2)", "1 x, 2 note?"},
      {"INSERT INTO a SELECT $1, x, $2 FROM a", "1 id, 2 note?"},
      {"UPDATE a SET (x, note) = ($1, $2) WHERE a.id = $3",
       "1 x, 2 note?, 3 id"},
      {"SELECT * FROM a LIMIT $1 OFFSET $2", "1 limit, 2 offset"},
      {"SELECT * FROM a WHERE lower(note) = $1", "1 note"},
      {"SELECT * FROM a WHERE x BETWEEN $1 AND $2", "1 x, 2 x"},
      {"SELECT * FROM a WHERE x = ANY($1::int[])", "1 x"},
      {"SELECT * FROM a LEFT JOIN b ON b.a_id = a.id WHERE b.y = $1", "1 y"},
      {"INSERT INTO a (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET x = $2 "
       "WHERE excluded.x > $3",
       "1 id, 2 x, 3 x"},
      {"MERGE INTO a USING b ON a.id = b.a_id WHEN MATCHED THEN UPDATE SET "
       "note = $1 WHEN NOT MATCHED THEN INSERT (x) VALUES ($2)",
       "1 note?, 2 x"},
  };
  for (const NullCase& c : cases) {
    EXPECT_EQ(
        ShowParameters(c.sql, SmallSchema("int4"), engine::PostgresQueryFacts(),
                       engine::ParsePostgres),
        c.columns)
        << c.sql;
  }
}

}  // namespace
}  // namespace godwit::query
