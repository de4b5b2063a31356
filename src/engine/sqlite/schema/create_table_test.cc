// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/create_table.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "engine/sqlite/parse/cursor.h"
#include "engine/sqlite/schema/render.h"

namespace godwit::engine::sqlite {
namespace {

using schema::Column;
using schema::Constraint;
using schema::Table;
using testing::ElementsAre;
using testing::IsEmpty;

// One line a column and a constraint.
std::vector<std::string> Told(std::string_view sql) {
  const Table table = ReadCreateTable(sql);
  std::vector<std::string> lines;
  for (const Column& column : table.columns) {
    lines.push_back(
        Cat(column.name, '|', column.type, column.not_null ? " not null" : "",
            column.not_null_conflict, column.default_value.empty() ? "" : " = ",
            column.default_value, column.collation,
            column.generated.empty() ? "" : " := ", column.generated));
  }
  for (const Constraint& one : table.constraints)
    lines.push_back(Cat(one.name, '|', one.definition));
  return lines;
}

TEST(CreateTable, AColumnIsReadWithItsClausesInAnyOrder) {
  EXPECT_THAT(
      Told("CREATE TABLE t(a VARCHAR (10) DEFAULT 'x' NOT NULL ON CONFLICT "
           "REPLACE, b, \"c d\" unsigned big int COLLATE nocase, e INT AS "
           "(a + 1) STORED, f generated always as (a))"),
      ElementsAre("a|VARCHAR (10) not nullREPLACE = 'x'", "b|",
                  "c d|unsigned big intNOCASE", "e|INT := a + 1", "f| := a"));
}

TEST(CreateTable, ADefaultIsAnExpression) {
  const std::pair<std::string_view, std::string_view> kCases[] = {
      {"DEFAULT -1", "-1"},
      {"DEFAULT (1 + 2)", "1 + 2"},
      {"DEFAULT x'ab' NOT NULL", "x'ab'"},
      {"DEFAULT current_timestamp", "current_timestamp"},
      {"DEFAULT \"it's\"", "'it''s'"},
      {"DEFAULT word UNIQUE", "'word'"},
      {"DEFAULT TRUE", "TRUE"},
      {"DEFAULT NULL", "NULL"},
  };
  for (const auto& [clause, value] : kCases) {
    const Table table =
        ReadCreateTable(Cat("CREATE TABLE t(a INT ", clause, ')'));
    EXPECT_EQ(table.columns[0].default_value, value) << clause;
  }
}

TEST(CreateTable, ConstraintsOfColumnsAreThoseOfTheTable) {
  EXPECT_THAT(
      Told("CREATE TABLE t(a INT CONSTRAINT p PRIMARY KEY DESC ON CONFLICT "
           "IGNORE, b UNIQUE CHECK (b > (0)), c REFERENCES p(x) ON DELETE SET "
           "NULL ON UPDATE NO ACTION NOT NULL DEFERRABLE INITIALLY DEFERRED)"),
      ElementsAre("a|INT", "b|", "c| not null",
                  "p|PRIMARY KEY (\"a\" DESC) ON CONFLICT IGNORE",
                  "|UNIQUE (\"b\")", "|CHECK (b > (0))",
                  "|FOREIGN KEY (\"c\") REFERENCES \"p\" (\"x\") ON DELETE SET "
                  "NULL DEFERRABLE INITIALLY DEFERRED"));
}

TEST(CreateTable, ConstraintsOfTheTableNeedNoCommas) {
  EXPECT_THAT(
      Told("CREATE TABLE 't' (A INT, B INT, PRIMARY KEY (b COLLATE nocase, a "
           "DESC) CHECK (a) CONSTRAINT z FOREIGN KEY (a, b) REFERENCES u MATCH "
           "FULL NOT DEFERRABLE UNIQUE (a ASC)) WITHOUT ROWID, STRICT"),
      ElementsAre("A|INT", "B|INT",
                  "|PRIMARY KEY (\"B\" COLLATE NOCASE, \"A\" DESC)",
                  "|CHECK (a)", "z|FOREIGN KEY (\"A\", \"B\") REFERENCES \"u\"",
                  "|UNIQUE (\"A\")"));
}

TEST(CreateTable, IntegerPrimaryKeyDescIsItsOwnThing) {
  EXPECT_THAT(Told("CREATE TABLE t(id INTEGER PRIMARY KEY DESC)"),
              ElementsAre("id|INTEGER", "|PRIMARY KEY DESC"));
}

TEST(CreateTable, OptionsAreRead) {
  const Table table = ReadCreateTable(
      "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT) strict");
  EXPECT_TRUE(table.autoincrement);
  EXPECT_TRUE(table.strict);
  EXPECT_FALSE(table.without_rowid);
}

TEST(CreateTable, AVirtualTableHasItsModuleAndArguments) {
  const Table table = ReadCreateTable(
      "CREATE VIRTUAL TABLE f USING FTS5 (a, b UNINDEXED, tokenize = 'x , y', "
      "prefix=(2, 3))");
  EXPECT_EQ(table.module, "fts5");
  EXPECT_THAT(
      table.module_arguments,
      ElementsAre("a", "b UNINDEXED", "tokenize = 'x , y'", "prefix=(2, 3)"));
  EXPECT_THAT(
      ReadCreateTable("CREATE VIRTUAL TABLE f USING x").module_arguments,
      IsEmpty());
}

TEST(CreateTable, WhatIsNoTableIsNotRead) {
  for (const std::string_view sql :
       {"CREATE VIEW v AS SELECT 1", "CREATE TABLE t(a INT", "SELECT 1",
        "CREATE TABLE t(a INT) WITH SOMETHING"})
    EXPECT_THROW(ReadCreateTable(sql), NotRead) << sql;
}

TEST(CreateTable, AnotherNameStandsWhereverTheTableIsNamed) {
  EXPECT_EQ(WithTableName(
                "CREATE TABLE \"t\" (a CHECK (T.a > 0), b REFERENCES t)", "n"),
            "CREATE TABLE \"n\" (a CHECK (\"n\".a > 0), b REFERENCES t)");
  EXPECT_EQ(WithTableName("CREATE VIRTUAL TABLE t USING fts5(t.a)", "n"),
            "CREATE VIRTUAL TABLE \"n\" USING fts5(t.a)");
}

// From the values alone the same is written again.
TEST(CreateTable, WhatWasReadIsWritten) {
  for (const std::string_view sql :
       {"CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL "
        "ON CONFLICT IGNORE DEFAULT (lower('X')) COLLATE NOCASE UNIQUE) STRICT",
        "CREATE TABLE t(id INTEGER PRIMARY KEY DESC, b INT AS (id * 2), c INT "
        "DEFAULT CURRENT_TIME CONSTRAINT k CHECK (c > 1))",
        "CREATE TABLE t(a, b, PRIMARY KEY (a, b DESC), FOREIGN KEY (b) "
        "REFERENCES u(x) ON UPDATE CASCADE) WITHOUT ROWID"}) {
    Table table = ReadCreateTable(sql);
    const std::vector<std::string> told = Told(sql);
    table.definition.clear();
    EXPECT_EQ(Told(CreateTable(table)), told) << CreateTable(table);
  }
}

}  // namespace
}  // namespace godwit::engine::sqlite
