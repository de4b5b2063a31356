// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>

#include "runtime/postgres_live.h"

namespace godwit::internal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class PostgresSessionTest : public PostgresLive {};
INSTANTIATE_TEST_SUITE_P(Live, PostgresSessionTest,
                         testing::ValuesIn(test::Cluster::Versions()));

TEST_P(PostgresSessionTest, IntegersDoublesTextAndBytesComeBackAsTheyWere) {
  connection().Execute(
      "CREATE TABLE t (n int8, d float8, s text, b bytea, f bool)");
  const double doubles[] = {0.1, -0.0, 5e-324,
                            std::numeric_limits<double>::max(), -INFINITY};
  for (const double d : doubles) {
    const Bytes bytes = {std::byte{0}, std::byte{'\\'}, std::byte{255}};
    const std::int64_t n = d < 0 ? INT64_MIN : INT64_MAX;
    const Result r = connection().Execute(
        "INSERT INTO t VALUES ($1, $2, $3, $4, $5) RETURNING *", n, d,
        "grün 🐦 \\x", bytes, d > 0);
    EXPECT_EQ(r.Get<std::int64_t>(0, 0), n);
    EXPECT_EQ(r.Get<double>(0, 1), d);
    EXPECT_EQ(std::signbit(r.Get<double>(0, 1)), std::signbit(d));
    EXPECT_EQ(r.Get<std::string>(0, 2), "grün 🐦 \\x");
    EXPECT_EQ(r.Get<Bytes>(0, 3), bytes);
    EXPECT_EQ(r.Get<bool>(0, 4), d > 0);
    EXPECT_EQ(r.changed(), 1);
  }
}

TEST_P(PostgresSessionTest, NullAndEmptyAreDifferent) {
  const Result r =
      connection().Execute("SELECT $1::text, $2::text, $3::bytea, $4::bytea",
                           Null(), "", Bytes(), Null());
  EXPECT_EQ(r.Get<std::optional<std::string>>(0, 0), std::nullopt);
  EXPECT_EQ(r.Get<std::string>(0, 1), "");
  EXPECT_EQ(r.Get<Bytes>(0, 2), Bytes());
  EXPECT_TRUE(r.at(0, 3).is_null());
}

TEST_P(PostgresSessionTest, NaNAndNumericsWork) {
  EXPECT_TRUE(std::isnan(connection()
                             .Execute("SELECT $1::float8", std::nan(""))
                             .Get<double>(0, 0)));
  EXPECT_EQ(connection()
                .Execute("SELECT $1::numeric + 1", 0.1)
                .Get<std::string>(0, 0),
            "1.1");
}

TEST_P(PostgresSessionTest, AZeroByteInTextIsRefusedNotCut) {
  const ErrorInfo value = Failure([&] {
    connection().Execute("SELECT $1::text, $2::text", "a",
                         std::string("a\0b", 3));
  });
  EXPECT_EQ(value.code, ErrorCode::kUsage);
  EXPECT_THAT(value.message, HasSubstr("parameter $2"));
  EXPECT_EQ(FailureOf(std::string_view("SELECT 1\0;", 10)).code,
            ErrorCode::kUsage);
  EXPECT_EQ(connection().Execute("SELECT 1").Get<int>(0, 0), 1);
}

struct FailureCase {
  std::string_view sql;
  std::string_view sqlstate;
  std::string_view condition;
  std::string_view constraint;
  std::string_view table;
  std::string_view column;
};

constexpr FailureCase kFailures[] = {
    {"INSERT INTO t VALUES (1, 'b', 1, 1)", "23505", "unique_violation",
     "t_pkey", "t", ""},
    {"INSERT INTO t VALUES (2, NULL, 1, 1)", "23502", "not_null_violation", "",
     "t", "name"},
    {"INSERT INTO t VALUES (2, 'b', -1, 1)", "23514", "check_violation",
     "n_positive", "t", ""},
    {"INSERT INTO t VALUES (2, 'b', 1, 9)", "23503", "foreign_key_violation",
     "t_p_fkey", "t", ""},
    {"SELECT * FROM nowhere", "42P01", "undefined_table", "", "", ""},
    {"SELECT nothing FROM t", "42703", "undefined_column", "", "", ""},
    {"SELEC 1", "42601", "syntax_error", "", "", ""},
    {"SELECT 1; SELECT 2", "42601", "syntax_error", "", "", ""},
    {"SELECT 1 / 0", "22012", "division_by_zero", "", "", ""},
    {"SELECT 'x'::int", "22P02", "invalid_text_representation", "", "", ""},
};

TEST_P(PostgresSessionTest, TellsStateConstraintTableAndColumn) {
  connection().Execute("CREATE TABLE p (id int PRIMARY KEY)");
  connection().Execute(
      "CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL, n int "
      "CONSTRAINT n_positive CHECK "
      "(n > 0),"
      " p int REFERENCES p)");
  connection().Execute("INSERT INTO p VALUES (1)");
  connection().Execute("INSERT INTO t VALUES (1, 'a', 1, 1)");
  for (const FailureCase& c : kFailures) {
    SCOPED_TRACE(c.sql);
    const ErrorInfo info = FailureOf(c.sql);
    EXPECT_EQ(info.code, ErrorCode::kStatementFailed);
    EXPECT_EQ(info.sqlstate, c.sqlstate);
    EXPECT_EQ(info.condition, c.condition);
    EXPECT_EQ(info.constraint, c.constraint);
    EXPECT_EQ(info.table, c.table);
    EXPECT_EQ(info.schema, c.table.empty() ? "" : "public");
    EXPECT_EQ(info.column, c.column);
    EXPECT_NE(info.message, "");
  }
}

TEST_P(PostgresSessionTest, TellsPositionDetailAndHint) {
  connection().Execute("CREATE TABLE users (email text UNIQUE)");
  EXPECT_EQ(FailureOf("SELECT 'grün 🐦', )").position, 18);
  const ErrorInfo hint = FailureOf("SELECT emial FROM users");
  EXPECT_EQ(hint.position, 8);
  EXPECT_EQ(hint.message, "column \"emial\" does not exist");
  EXPECT_EQ(hint.hint,
            "Perhaps you meant to reference the column \"users.email\".");
  connection().Execute("INSERT INTO users VALUES ('a')");
  EXPECT_EQ(FailureOf("INSERT INTO users VALUES ('a')").detail,
            "Key (email)=(a) already exists.");
}

TEST_P(PostgresSessionTest, APositionInsideAFunctionIsNotOneOfTheStatement) {
  const ErrorInfo info =
      FailureOf("DO $$ BEGIN EXECUTE 'SELECT nothing'; END $$");
  EXPECT_EQ(info.condition, "undefined_column");
  EXPECT_EQ(info.position, 0);
}

TEST_P(PostgresSessionTest, CountsChangedRowsButNotSelectedOnes) {
  connection().Execute("CREATE TABLE t (a int)");
  EXPECT_EQ(connection()
                .Execute("INSERT INTO t SELECT generate_series(1, 5)")
                .changed(),
            5);
  EXPECT_EQ(connection().Execute("SELECT * FROM t").changed(), 0);
  EXPECT_EQ(connection().Execute("UPDATE t SET a = 0 WHERE a > 3").changed(),
            2);
  EXPECT_EQ(connection().Execute("DELETE FROM t").changed(), 5);
}

TEST_P(PostgresSessionTest,
       PreparedStatementsRunOftenAndOutliveTheirConnection) {
  std::optional<Statement> statement;
  {
    Connection other = Connection::Open(dsn_);
    statement = other.Prepare("SELECT $1::int * 2, $2::bytea");
    const Bytes bytes = {std::byte{7}};
    for (int i = 0; i < 10; ++i) {
      const Result r = (*statement)(i, bytes);
      EXPECT_EQ(r.Get<int>(0, 0), 2 * i);
      EXPECT_EQ(r.Get<Bytes>(0, 1), bytes);
    }
    other.Prepare("SELECT 1");
    EXPECT_EQ(other.Execute("SELECT count(*) FROM pg_prepared_statements")
                  .Get<int>(0, 0),
              1);
  }
  EXPECT_EQ(Failure([&] { (*statement)(1, Null()); }).code,
            ErrorCode::kInternal);
}

TEST_P(PostgresSessionTest, RunThrowsAwayRowsAndTakesNothingForAnAnswer) {
  session().Run("SELECT generate_series(1, 1000)");
  for (const char* nothing : {"", ";", "-- c", "/* c */"})
    EXPECT_NO_THROW(session().Run(nothing));
  EXPECT_EQ(Failure([&] {
              session().Run("SELECT 1 / (3 - i) FROM generate_series(1, 5) i");
            }).sqlstate,
            "22012");
  EXPECT_EQ(connection().Execute("SELECT 1").Get<int>(0, 0), 1);
}

TEST_P(PostgresSessionTest, ExecuteAllUndoesAllAtTheFirstError) {
  connection().Execute("CREATE TABLE t (a int PRIMARY KEY)");
  const Connection::Query bad[] = {{"INSERT INTO t VALUES ($1)", {1}},
                                   {"INSERT INTO t VALUES (1)", {}},
                                   {"SELECT 1", {}}};
  EXPECT_EQ(Failure([&] { connection().ExecuteAll(bad); }).sqlstate, "23505");
  EXPECT_FALSE(connection().in_transaction());
  const Connection::Query good[] = {{"INSERT INTO t VALUES ($1)", {1}},
                                    {"SELECT count(*) FROM t", {}}};
  const std::vector<Result> results = connection().ExecuteAll(good);
  ASSERT_EQ(results.size(), 2u);
  EXPECT_EQ(results[0].changed(), 1);
  EXPECT_EQ(results[1].Get<int>(0, 0), 1);
  EXPECT_TRUE(connection().ExecuteAll({}).empty());
  const Connection::Query zero[] = {{"SELECT 1", {}},
                                    {std::string("a\0b", 3), {}}};
  EXPECT_EQ(Failure([&] { connection().ExecuteAll(zero); }).code,
            ErrorCode::kUsage);
  EXPECT_EQ(connection().Execute("SELECT 1").Get<int>(0, 0), 1);
}

TEST_P(PostgresSessionTest, ACommitOfAFailedTransactionThrows) {
  connection().Execute("CREATE TABLE t (a int PRIMARY KEY)");
  {
    Transaction transaction(connection());
    transaction.Execute("INSERT INTO t VALUES (1)");
    EXPECT_THROW(transaction.Execute("INSERT INTO t VALUES (1)"), Error);
    EXPECT_EQ(session().transaction_status(), TransactionStatus::kFailed);
    EXPECT_EQ(Failure([&] { transaction.Commit(); }).sqlstate, "25P02");
    EXPECT_FALSE(connection().in_transaction());
  }
  EXPECT_EQ(connection().Execute("SELECT count(*) FROM t").Get<int>(0, 0), 0);
}

TEST_P(PostgresSessionTest, NoticesReachTheHandlerAndItsErrorsDoNotReachLibpq) {
  std::vector<std::string> heard;
  connection().set_notice_handler([&](const Notice& notice) {
    heard.push_back(notice.severity + " " + notice.sqlstate + " " +
                    notice.message);
    throw std::runtime_error("deaf");
  });
  connection().Execute(
      "DO $$ BEGIN RAISE NOTICE 'grün'; RAISE WARNING 'b'; END $$");
  connection().Execute("DROP TABLE IF EXISTS nowhere");
  EXPECT_THAT(
      heard,
      ElementsAre("NOTICE 00000 grün", "WARNING 01000 b",
                  "NOTICE 00000 table \"nowhere\" does not exist, skipping"));
}

TEST_P(PostgresSessionTest, KnowsItsServer) {
  EXPECT_EQ(session().server_version() / 10000, GetParam());
  EXPECT_EQ(connection().Execute("SELECT pg_backend_pid()").Get<int>(0, 0),
            session().backend_pid());
  EXPECT_EQ(session().parameter("client_encoding"), "UTF8");
  EXPECT_EQ(session().parameter("application_name"), "godwit");
  EXPECT_EQ(session().parameter("no such"), "");
  EXPECT_EQ(session().user(), "postgres");
  EXPECT_EQ(
      session().database(),
      connection().Execute("SELECT current_database()").Get<std::string>(0, 0));
  EXPECT_THAT(session().host(), HasSubstr("godwit-cluster-"));
}

TEST_P(PostgresSessionTest, ServerSettingsComeFromTheDsn) {
  Connection other =
      Connection::Open(dsn_ +
                       "&search_path=app,%22a%20%5C%20b%22&application_name="
                       "mine&options=-cstatement_timeout%3D7s");
  EXPECT_EQ(other.Execute("SHOW search_path").Get<std::string>(0, 0),
            "app,\"a \\ b\"");
  EXPECT_EQ(other.Execute("SHOW application_name").Get<std::string>(0, 0),
            "mine");
  EXPECT_EQ(other.Execute("SHOW statement_timeout").Get<std::string>(0, 0),
            "7s");
}

TEST_P(PostgresSessionTest, ReadOnlyReadsOnly) {
  connection().Execute("CREATE TABLE t (a int)");
  Connection reader = Connection::Open(dsn_ + "&search_path=public",
                                       {.mode = OpenMode::kReadOnly});
  EXPECT_TRUE(reader.Execute("SELECT * FROM t").empty());
  EXPECT_EQ(reader.Execute("SHOW search_path").Get<std::string>(0, 0),
            "public");
  EXPECT_EQ(
      Failure([&] { reader.Execute("INSERT INTO t VALUES (1)"); }).condition,
      "read_only_sql_transaction");
}

}  // namespace
}  // namespace godwit::internal
