// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/foreign_keys.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "sql/splitter.h"

namespace godwit::engine {
namespace {

struct ForeignKeys : testing::Test {
  Connection connection = Connection::Open("sqlite::memory:");
  internal::SqliteSession& session =
      dynamic_cast<internal::SqliteSession&>(connection.session());

  void Run(std::initializer_list<std::string_view> statements) {
    for (const std::string_view statement : statements)
      connection.Execute(statement);
  }
  // What is lost by one DROP TABLE.
  std::optional<ErrorInfo> LossBy(std::string_view drop) {
    ChildRows children;
    sql::StatementView statement;
    statement.text = drop;
    children.BeforeDrop(session, statement);
    session.Run(drop);
    children.AfterDrop(session);
    return children.Loss(session);
  }
};

// SQLite itself says what each of them sets.
TEST_F(ForeignKeys, EverySpellingIsReadAsSQLiteReadsIt) {
  for (const std::string_view value :
       {"on",        "ON",    "yes",   "true",   "True", "off",   "no",
        "false",     "full",  "extra", "banana", "'on'", "'off'", "\"on\"",
        "\"no\"",    "'1'",   "'0'",   "'2x'",   "''",   "0",     "1",
        "2",         "00",    "01",    "256",    "257",  "-1",    "+1",
        "+0",        "0x1",   "0x0",   "0x100",  "1.5",  "0.5",   "99999999999",
        "/* c */ 1", "1 -- c"}) {
    for (const std::string& statement :
         {Cat("PRAGMA foreign_keys = ", value),
          Cat("pragma main.foreign_keys=", value),
          Cat("PRAGMA /* = */ foreign_keys(", value, "\n)"),
          Cat("PRAGMA \"foreign_keys\" = ", value)}) {
      for (const std::string_view before : {"0", "1"}) {
        session.Run(Cat("PRAGMA foreign_keys = ", before));
        session.Run(statement);
        EXPECT_EQ(ForeignKeysValue(statement), ForeignKeysOn(session))
            << statement;
      }
    }
  }
}

TEST_F(ForeignKeys, OnlyReadingTheSettingSetsNothing) {
  for (const std::string_view text :
       {"PRAGMA foreign_keys", "PRAGMA main.foreign_keys;",
        "PRAGMA foreign_keys -- = 1\n"}) {
    EXPECT_EQ(ForeignKeysValue(text), std::nullopt) << text;
  }
}

TEST_F(ForeignKeys, ViolationsAreCountedByChildAndParent) {
  Run({"PRAGMA foreign_keys = 0", "CREATE TABLE p (id INTEGER PRIMARY KEY)",
       "CREATE TABLE c (p REFERENCES p)",
       "INSERT INTO c VALUES (1), (2), (NULL)"});
  EXPECT_EQ(FindViolations(session), (Violations{{"c -> p", 2}}));
  Run({"DELETE FROM c"});
  EXPECT_EQ(FindViolations(session), Violations{});
}

TEST_F(ForeignKeys, ADropThatTakesChildrenWithItIsSeen) {
  for (const std::string_view drop :
       {"DROP TABLE p", "DROP TABLE IF EXISTS p", "drop table main.p",
        "DROP TABLE \"P\"", "DROP TABLE IF EXISTS main.[p]",
        "DROP TABLE `p` -- c"}) {
    Run({"DROP TABLE IF EXISTS c", "DROP TABLE IF EXISTS p",
         "PRAGMA foreign_keys = 1", "CREATE TABLE p (id INTEGER PRIMARY KEY)",
         "CREATE TABLE c (p REFERENCES p ON DELETE CASCADE)",
         "INSERT INTO p VALUES (1), (2)",
         "INSERT INTO c VALUES (1), (1), (2)"});
    const auto loss = LossBy(drop);
    ASSERT_TRUE(loss) << drop;
    EXPECT_THAT(
        loss->message,
        testing::EndsWith("deleted or emptied 3 rows of c, which refers to it"))
        << drop;
  }
}

TEST_F(ForeignKeys, ReferencesSetToNullAreALossToo) {
  Run({"PRAGMA foreign_keys = 1", "CREATE TABLE p (id INTEGER PRIMARY KEY)",
       "CREATE TABLE c (\"odd \"\"name\" REFERENCES p ON DELETE SET NULL)",
       "INSERT INTO p VALUES (1)", "INSERT INTO c VALUES (1)"});
  EXPECT_TRUE(LossBy("DROP TABLE p"));
}

TEST_F(ForeignKeys, WithoutEnforcementOrChildrenNothingIsLost) {
  Run({"PRAGMA foreign_keys = 0", "CREATE TABLE p (id INTEGER PRIMARY KEY)",
       "CREATE TABLE c (p REFERENCES p ON DELETE CASCADE)",
       "INSERT INTO p VALUES (1)", "INSERT INTO c VALUES (1)"});
  EXPECT_FALSE(LossBy("DROP TABLE p"));
  Run({"PRAGMA foreign_keys = 1", "CREATE TABLE q (id INTEGER PRIMARY KEY)",
       "INSERT INTO q VALUES (1)"});
  EXPECT_FALSE(LossBy("DROP TABLE q"));
  EXPECT_FALSE(LossBy("DROP TABLE IF EXISTS nowhere"));
}

}  // namespace
}  // namespace godwit::engine
