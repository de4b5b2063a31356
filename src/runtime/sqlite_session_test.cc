// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <random>
#include <thread>

#include "base/text.h"
#include "godwit/connection.h"
#include "runtime/sqlite.h"
#include "support/folder.h"

namespace godwit::internal {
namespace {

using test::TempFolder;
using testing::HasSubstr;

constexpr std::string_view kEndless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT "
    "count(*) FROM n";

SqliteSession& Sqlite(Connection& connection) {
  return dynamic_cast<SqliteSession&>(connection.session());
}

// The error that a statement ends with.
ErrorInfo Failure(Connection& connection, std::string_view sql) {
  try {
    connection.Execute(sql);
  } catch (const Error& error) {
    return error.info();
  }
  ADD_FAILURE() << "no error: " << sql;
  return {};
}

struct SqliteTest : testing::Test {
  TempFolder folder;
  std::string dsn = "sqlite:" + folder / "app.db";
  Connection connection = Connection::Open(dsn);
};

TEST_F(SqliteTest, KeepsEveryValueAsItIs) {
  const Value values[] = {Null(),
                          true,
                          INT64_MIN,
                          INT64_MAX,
                          0.1,
                          -0.0,
                          std::numeric_limits<double>::max(),
                          INFINITY,
                          "",
                          "grün 🐦",
                          std::string("a\0b", 3),
                          Bytes(),
                          Bytes{std::byte{0}, std::byte{255}}};
  connection.Execute("CREATE TABLE t (v ANY) STRICT");
  Statement insert = connection.Prepare("INSERT INTO t VALUES (?1)");
  for (const Value& value : values) EXPECT_EQ(insert(value).changed(), 1);
  const Result result = connection.Execute("SELECT v FROM t ORDER BY rowid");
  ASSERT_EQ(result.size(), std::size(values));
  EXPECT_TRUE(result.Get<bool>(1, 0));
  for (std::size_t i = 0; i < std::size(values); ++i) {
    const Value& stored = i == 1 ? Value(1) : values[i];  // SQLite has no bool
    EXPECT_EQ(result.at(i, 0), stored) << i;
  }
}

TEST_F(SqliteTest, NumbersBothWaysByTheirPlace) {
  EXPECT_EQ(connection.Execute("SELECT $1 + ?2 * 2", 1, 10).Get<int>(0, 0), 21);
  EXPECT_EQ(
      connection.Execute("SELECT ?2, ?1", "a", "b").Get<std::string>(0, 0),
      "b");
}

TEST_F(SqliteTest, WantsAsManyValuesAsParameters) {
  connection.Execute("CREATE TABLE t (a)");
  for (const int given : {0, 1, 3}) {
    const std::vector<Value> values(static_cast<std::size_t>(given), 1);
    try {
      connection.Execute("SELECT ?1, ?2", values);
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_EQ(error.info().condition, "SQLITE_RANGE");
      EXPECT_THAT(error.what(),
                  HasSubstr("the statement has 2 parameters, but"));
    }
  }
}

struct FailureCase {
  std::string_view sql;
  std::string_view message;
  std::string_view condition;
  std::string_view constraint;
  std::string_view table;
  std::string_view column;
};

constexpr FailureCase kFailures[] = {
    {"INSERT INTO t VALUES (1, 'x', 1, 1)", "UNIQUE constraint failed: t.id",
     "SQLITE_CONSTRAINT_PRIMARYKEY", "t.id", "t", "id"},
    {"INSERT INTO t VALUES (2, 'a', 1, 1)",
     "UNIQUE constraint failed: t.name, t.n", "SQLITE_CONSTRAINT_UNIQUE",
     "t.name, t.n", "t", ""},
    {"INSERT INTO t VALUES (2, NULL, 1, 1)",
     "NOT NULL constraint failed: t.name", "SQLITE_CONSTRAINT_NOTNULL",
     "t.name", "t", "name"},
    {"INSERT INTO t VALUES (2, 'b', -1, 1)",
     "CHECK constraint failed: n_positive", "SQLITE_CONSTRAINT_CHECK",
     "n_positive", "", ""},
    {"INSERT INTO t VALUES (2, 'b', 1, 9)", "FOREIGN KEY constraint failed",
     "SQLITE_CONSTRAINT_FOREIGNKEY", "", "", ""},
    {"INSERT INTO t VALUES (2, 'A', 2, 1)",
     "UNIQUE constraint failed: index 't_lower'", "SQLITE_CONSTRAINT_UNIQUE",
     "t_lower", "", ""},
    {"DELETE FROM t", "no constraint failed: t.x", "SQLITE_CONSTRAINT_TRIGGER",
     "", "", ""},
    {"SELECT * FROM nowhere", "no such table: nowhere", "SQLITE_ERROR", "", "",
     ""},
};

TEST_F(SqliteTest, TellsConstraintTableAndColumn) {
  connection.Execute("PRAGMA foreign_keys = ON");
  connection.Execute("CREATE TABLE p (id INTEGER PRIMARY KEY)");
  connection.Execute(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, n INT "
      "CONSTRAINT n_positive "
      "CHECK (n > 0),"
      " p INT REFERENCES p, UNIQUE (name, n))");
  connection.Execute(
      "CREATE UNIQUE INDEX t_lower ON t (lower(name)) WHERE n = 2");
  connection.Execute(
      "CREATE TRIGGER d BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'no "
      "constraint failed: t.x'); "
      "END");
  connection.Execute("INSERT INTO p VALUES (1)");
  connection.Execute("INSERT INTO t VALUES (1, 'a', 1, 1), (5, 'a', 2, 1)");
  for (const FailureCase& c : kFailures) {
    SCOPED_TRACE(c.sql);
    const ErrorInfo info = Failure(connection, c.sql);
    EXPECT_EQ(info.code, ErrorCode::kStatementFailed);
    EXPECT_EQ(info.message, c.message);
    EXPECT_EQ(info.condition, c.condition);
    EXPECT_EQ(info.constraint, c.constraint);
    EXPECT_EQ(info.table, c.table);
    EXPECT_EQ(info.column, c.column);
  }
}

TEST_F(SqliteTest, CountsPositionsInCodePointsFromTheTextsStart) {
  EXPECT_EQ(Failure(connection, "SELEC 1").position, 1);
  EXPECT_EQ(Failure(connection, "SELECT 'grün 🐦', )").position, 18);
  EXPECT_EQ(Failure(connection, ";; SELECT 'ä', )").position, 16);
  EXPECT_EQ(Failure(connection, "/* ä */ SELECT nothing").position, 16);
}

TEST_F(SqliteTest, RunTakesOneStatementOfATextThatNeedNotEnd) {
  const std::string text = "CREATE TABLE t (a); garbage";
  Sqlite(connection).Run(std::string_view(text).substr(0, 19));
  for (const char* nothing :
       {"", "  ", ";", " ; ;\n", "-- c", "/* c */", "/* open"}) {
    EXPECT_NO_THROW(Sqlite(connection).Run(nothing)) << nothing;
    EXPECT_TRUE(connection.Execute(nothing).empty());
  }
  EXPECT_NO_THROW(Sqlite(connection).Run("SELECT 1; -- done\n ; /* x */"));
  EXPECT_EQ(Failure(connection, "SELECT 1; SELECT 2").code,
            ErrorCode::kInternal);
  EXPECT_EQ(Failure(connection, "SELECT 1; garbage").code,
            ErrorCode::kInternal);
}

TEST_F(SqliteTest, AZeroByteInAStatementIsRefusedNotCut) {
  EXPECT_EQ(Failure(connection, std::string_view("SELECT 1\0; DROP", 15)).code,
            ErrorCode::kUsage);
}

TEST_F(SqliteTest, AnyTextRunsOrFailsWithAPositionInIt) {
  constexpr std::string_view kWords[] = {
      "SELECT ", "1",  "'ä", "'",      ",", ";",  "(", ")",  "\"", "--",
      "\n",      "/*", "*/", " FROM ", "t", "$1", "?", "x'", "🐦"};
  std::mt19937 random(3);
  connection.Execute("CREATE TABLE t (a)");
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::size_t n = random() % 12; n > 0; --n)
      text += kWords[random() % std::size(kWords)];
    try {
      Sqlite(connection).Run(text);
    } catch (const Error& error) {
      ASSERT_LE(error.info().position, static_cast<int>(CodePoints(text)) + 1)
          << text;
    }
  }
}

TEST_F(SqliteTest, CountsTheRowsOfThisStatementOnly) {
  connection.Execute("CREATE TABLE t (a)");
  EXPECT_EQ(connection.Execute("INSERT INTO t VALUES (1), (2), (3)").changed(),
            3);
  EXPECT_EQ(connection.Execute("SELECT * FROM t").changed(), 0);
  EXPECT_EQ(connection.Execute("CREATE TABLE u (a)").changed(), 0);
  EXPECT_EQ(connection.Execute("UPDATE t SET a = 9 WHERE a = 8").changed(), 0);
  const Result returned =
      connection.Execute("DELETE FROM t WHERE a > 1 RETURNING a AS x");
  EXPECT_EQ(returned.changed(), 2);
  EXPECT_EQ(returned.size(), 2u);
  EXPECT_EQ(returned.columns()[0], "x");
}

TEST_F(SqliteTest, KnowsAboutDeferredViolations) {
  connection.Execute("PRAGMA foreign_keys = ON");
  connection.Execute("CREATE TABLE p (id INTEGER PRIMARY KEY)");
  connection.Execute(
      "CREATE TABLE c (p INT REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
  Transaction transaction(connection);
  transaction.Execute("INSERT INTO c VALUES (1)");
  EXPECT_TRUE(Sqlite(connection).has_deferred_violations());
  EXPECT_THROW(transaction.Commit(), Error);
  EXPECT_TRUE(connection.in_transaction());
  transaction.Execute("INSERT INTO p VALUES (1)");
  EXPECT_FALSE(Sqlite(connection).has_deferred_violations());
  transaction.Commit();
  EXPECT_FALSE(connection.in_transaction());
}

TEST_F(SqliteTest, ForeignKeysAreLeftAtSqlitesDefault) {
  EXPECT_EQ(connection.Execute("PRAGMA foreign_keys").Get<int>(0, 0), 0);
}

TEST_F(SqliteTest, ExecuteAllUndoesAllAtTheFirstError) {
  connection.Execute("CREATE TABLE t (a INTEGER PRIMARY KEY)");
  const Connection::Query queries[] = {{"INSERT INTO t VALUES (?1)", {1}},
                                       {"INSERT INTO t VALUES (1)", {}}};
  EXPECT_THROW(connection.ExecuteAll(queries), Error);
  EXPECT_FALSE(connection.in_transaction());
  EXPECT_EQ(connection.Execute("SELECT count(*) FROM t").Get<int>(0, 0), 0);
  const Connection::Query vacuum[] = {{"VACUUM", {}}};
  EXPECT_EQ(connection.ExecuteAll(vacuum).size(), 1u);
}

TEST_F(SqliteTest, ATransactionThatTheStatementEndedIsNotRolledBackTwice) {
  connection.Execute("CREATE TABLE t (a INTEGER PRIMARY KEY)");
  connection.Execute("INSERT INTO t VALUES (1)");
  Transaction transaction(connection);
  EXPECT_THROW(transaction.Execute("INSERT OR ROLLBACK INTO t VALUES (1)"),
               Error);
  EXPECT_FALSE(connection.in_transaction());
  EXPECT_NO_THROW(transaction.Rollback());
}

TEST_F(SqliteTest, AStatementMayOutliveItsConnection) {
  std::optional<Statement> statement;
  {
    Connection short_lived = Connection::Open(dsn);
    statement = short_lived.Prepare("SELECT 1");
    EXPECT_EQ((*statement)().Get<int>(0, 0), 1);
  }
  EXPECT_THROW((*statement)(), Error);
}

TEST_F(SqliteTest, ACancelFromAnotherThreadInterrupts) {
  std::jthread canceller([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    connection.RequestCancel();
  });
  EXPECT_EQ(Failure(connection, kEndless).code, ErrorCode::kInterrupted);
  EXPECT_EQ(connection.Execute("SELECT 1").Get<int>(0, 0), 1);
}

TEST_F(SqliteTest, AStopRequestInterruptsAndRefusesAllButRollback) {
  std::stop_source source;
  connection.set_stop_token(source.get_token());
  connection.Execute("BEGIN");
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    source.request_stop();
  });
  EXPECT_EQ(Failure(connection, kEndless).code, ErrorCode::kInterrupted);
  EXPECT_EQ(Failure(connection, "SELECT 1").code, ErrorCode::kInterrupted);
  EXPECT_NO_THROW(connection.Execute("ROLLBACK"));
  connection.set_stop_token({});
  EXPECT_EQ(connection.Execute("SELECT 1").Get<int>(0, 0), 1);
}

TEST_F(SqliteTest, WaitsForALockAndAStopEndsTheWait) {
  connection.Execute("CREATE TABLE t (a)");
  Transaction writer(connection);
  Connection other =
      Connection::Open(dsn, {.busy_timeout = std::chrono::milliseconds(30)});
  const ErrorInfo busy = Failure(other, "BEGIN IMMEDIATE");
  EXPECT_EQ(busy.code, ErrorCode::kStatementFailed);
  EXPECT_EQ(busy.condition, "SQLITE_BUSY");

  Connection patient =
      Connection::Open(dsn, {.busy_timeout = std::chrono::minutes(5)});
  std::stop_source source;
  patient.set_stop_token(source.get_token());
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    source.request_stop();
  });
  EXPECT_EQ(Failure(patient, "BEGIN IMMEDIATE").code, ErrorCode::kInterrupted);

  Connection cancelled =
      Connection::Open(dsn, {.busy_timeout = std::chrono::minutes(5)});
  std::jthread canceller([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    cancelled.RequestCancel();
  });
  EXPECT_EQ(Failure(cancelled, "BEGIN IMMEDIATE").code,
            ErrorCode::kInterrupted);
}

}  // namespace
}  // namespace godwit::internal
