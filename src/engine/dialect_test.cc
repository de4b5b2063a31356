// SPDX-License-Identifier: Apache-2.0
#include "engine/dialect.h"

#include <gmock/gmock.h>

#include "engine/engines.h"
#include "godwit/error.h"

namespace godwit::engine {
namespace {

TEST(TableNameTest, IsCutAtTheDotOutsideOfQuotes) {
  struct Case {
    std::string_view text;
    TableName name;
  };
  const Case cases[] = {{"applied", {"", "applied"}},
                        {"app.applied", {"app", "applied"}},
                        {"\"a.b\"", {"", "a.b"}},
                        {"\"a.b\".\"c.d\"", {"a.b", "c.d"}},
                        {"app.\"c.d\"", {"app", "c.d"}},
                        {"\"say \"\"hi\"\"\"", {"", "say \"hi\""}},
                        {"Größe.Tabelle", {"Größe", "Tabelle"}},
                        {"a b", {"", "a b"}}};
  for (const Case& row : cases)
    EXPECT_EQ(ParseTableName(row.text), row.name) << row.text;
}

TEST(TableNameTest, RefusesWhatNamesNoTable) {
  for (const std::string_view text :
       {"", ".", "a.", ".a", "a.b.c", "a..b", "\"\"", "\"a", "a.\"b", "\"\".a",
        "\"a\"\""}) {
    try {
      ParseTableName(text);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kUsage) << text;
    }
  }
}

TEST(TableNameTest, IsShownWithItsSchema) {
  EXPECT_EQ((TableName{"public", "t"}).text(), "public.t");
  EXPECT_EQ((TableName{"", "t"}).text(), "t");
}

TEST(DialectTest, NamesAreQuotedAsTheyAre) {
  for (const Dialect* dialect : {&PostgresDialect(), &SqliteDialect()}) {
    EXPECT_EQ(dialect->Quote("Users"), "\"Users\"");
    EXPECT_EQ(dialect->Quote("a\"b; DROP"), "\"a\"\"b; DROP\"");
    EXPECT_EQ(dialect->Quote(""), "\"\"");
    EXPECT_EQ(dialect->Quote(TableName{"a\"", "b.c"}), "\"a\"\"\".\"b.c\"");
    EXPECT_EQ(dialect->Quote(TableName{"", "b"}), "\"b\"");
  }
}

TEST(DialectTest, RendersEachWordInTheEnginesForm) {
  constexpr std::string_view kText =
      "INSERT INTO {table} ({bigint}, {timestamp}, {now}) VALUES ({p1}, {p12}) "
      "{schema}";
  EXPECT_EQ(PostgresDialect().Render(kText, {"app", "t"}),
            "INSERT INTO \"app\".\"t\" (bigint, timestamptz, now()) VALUES "
            "($1, $12) \"app\"");
  EXPECT_EQ(SqliteDialect().Render(kText, {"", "t"}),
            "INSERT INTO \"t\" (INTEGER, TEXT, (datetime('now'))) VALUES (?1, "
            "?12) \"\"");
  EXPECT_EQ(PostgresDialect().Render("plain", {}), "plain");
  EXPECT_EQ(PostgresDialect().Render("", {}), "");
}

TEST(DialectTest, ABraceInANameIsNoWord) {
  EXPECT_EQ(SqliteDialect().Render("{table} {p1}", {"", "{p2}"}),
            "\"{p2}\" ?1");
}

TEST(DialectTest, TimesAreShownInUtc) {
  EXPECT_EQ(SqliteDialect().Render("{utc:applied_at}", {}),
            "strftime('%Y-%m-%dT%H:%M:%SZ', applied_at)");
  EXPECT_EQ(PostgresDialect().Render("{utc:t}", {}),
            "to_char(t::timestamptz AT TIME ZONE 'UTC', "
            "'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')");
}

TEST(DialectTest, TheRoleThatIsMissingIsRead) {
  ErrorInfo error;
  error.sqlstate = "42704";
  error.message = "role \"a \"b\"\" does not exist";
  EXPECT_EQ(PostgresDialect().MissingRole(error), "a \"b\"");
  EXPECT_EQ(SqliteDialect().MissingRole(error), "");
  error.message = "type \"t\" does not exist";
  EXPECT_EQ(PostgresDialect().MissingRole(error), "");
}

}  // namespace
}  // namespace godwit::engine
