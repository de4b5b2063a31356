// SPDX-License-Identifier: Apache-2.0
// What only PostgreSQL can do to a runner.
#include <thread>

#include "base/text.h"
#include "live/bench.h"
#include "support/cluster.h"

namespace godwit::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class PostgresRunnerTest : public EveryTarget {};

INSTANTIATE_TEST_SUITE_P(Live, PostgresRunnerTest, testing::ValuesIn(Servers()),
                         NameOf);

TEST_P(PostgresRunnerTest, WhatAFileSetsDoesNotReachTheNext) {
  bench().Sql("CREATE SCHEMA app");
  bench().WriteUp("00001_a.sql",
                  "SET search_path = app;\nCREATE TABLE a (id int);");
  bench().WriteUp("00002_b.sql", "CREATE TABLE b (id int);");
  bench().WriteUp("00003_c.sql",
                  "SELECT pg_catalog.set_config('search_path', '', "
                  "false);\nCREATE TABLE app.c (id int);");
  bench().WriteUp("00004_d.sql", "CREATE TABLE d (id int);");
  bench().WriteUp("00005_e.sql", "SET default_transaction_read_only = on;");
  bench().WriteUp("00006_f.sql",
                  "CREATE TABLE f (id int);\nSET statement_timeout = 1;");
  bench().WriteUp("00007_g.sql",
                  "SELECT pg_sleep(0.05);\nPREPARE p AS SELECT 1;");
  bench().WriteUp("00008_h.sql",
                  "PREPARE p AS SELECT 2;\nCREATE TEMP TABLE tt (id int);");
  bench().WriteUp("00009_i.sql", "CREATE TEMP TABLE tt (id int);\nLISTEN x;");
  EXPECT_EQ(bench().Up().applied.size(), 9u);
  for (const char* table :
       {"app.a", "public.b", "app.c", "public.d", "public.f"})
    EXPECT_TRUE(bench().HasTable(table)) << table;
}

TEST_P(PostgresRunnerTest,
       ARoleSetInAFileNeitherWritesTheRowNorReachesTheNext) {
  bench().Sql("CREATE ROLE plain" + std::to_string(GetParam().postgresql));
  const std::string role = "plain" + std::to_string(GetParam().postgresql);
  bench().WriteUp("00001_a.sql", "SET ROLE " + role + ";\nSELECT 1;");
  bench().WriteUp("00002_b.sql",
                  "SET SESSION AUTHORIZATION " + role + ";\nSELECT 1;");
  bench().WriteUp("00003_c.sql", "CREATE TABLE c (id int);");
  EXPECT_EQ(bench().Up().applied.size(), 3u);
  EXPECT_EQ(bench()
                .Sql("SELECT tableowner FROM pg_tables WHERE tablename = 'c'")
                .Get<std::string>(0, 0),
            "postgres");
  bench().Sql("DROP ROLE " + role);
}

TEST_P(PostgresRunnerTest, TheConfiguredRoleOwnsWhatMigrationsMake) {
  const std::string role = "owner" + std::to_string(GetParam().postgresql);
  bench().Sql("CREATE ROLE " + role);
  bench().Sql("GRANT CREATE ON SCHEMA public TO " + role);
  bench().options.role = role;
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
  bench().WriteUp("00002_b.sql",
                  "CREATE TABLE b (id int);\nCOPY b FROM stdin;\n1\n\\.\n",
                  "DROP TABLE b;");
  bench().Up();
  EXPECT_EQ(bench()
                .Sql("SELECT count(*) FROM pg_tables WHERE schemaname = "
                     "'public' AND tableowner = '" +
                     role + "'")
                .Get<int>(0, 0),
            2);
  EXPECT_EQ(bench()
                .Sql("SELECT tableowner FROM pg_tables WHERE tablename = "
                     "'applied_migrations'")
                .Get<std::string>(0, 0),
            "postgres");
  bench().Down({.all = true});
  EXPECT_THAT(bench().Applied(), IsEmpty());
  bench().Sql("DROP OWNED BY " + role);
  bench().Sql("DROP ROLE " + role);
}

TEST_P(PostgresRunnerTest, AReadOnlyTransactionSpoilsOnlyItsOwnFile) {
  bench().WriteUp("00001_a.sql",
                  "SET TRANSACTION READ ONLY;\nCREATE TABLE a (id int);");
  const ErrorInfo error = bench().UpFailure();
  EXPECT_EQ(error.sqlstate.empty(), false);
  EXPECT_THAT(bench().Applied(), IsEmpty());
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  EXPECT_EQ(bench().Up().applied.size(), 1u);
}

TEST_P(PostgresRunnerTest, CopyInTheMiddleOfAFile) {
  bench().WriteUp("00001_a.sql",
                  "CREATE TABLE a (id int, t text);\nCOPY a FROM "
                  "stdin;\n1\tx;y\n2\t-- +goose "
                  "Down\n\\.\nINSERT INTO a VALUES (3, 'z');\nCOPY a (id) FROM "
                  "stdin;\n4\n\\.\n");
  bench().WriteUp("00002_b.sql", "CREATE TABLE b (id int);");
  EXPECT_EQ(bench().Up().applied.size(), 2u);
  EXPECT_EQ(bench().Number("SELECT sum(id) FROM a"), 10);
}

TEST_P(PostgresRunnerTest, BadCopyDataRollsItsFileBack) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench().WriteUp(
      "00002_b.sql",
      "CREATE TABLE b (id int);\nCOPY a FROM stdin;\n1\nnot a number\n\\.\n");
  const ErrorInfo error = bench().UpFailure();
  EXPECT_EQ(error.sqlstate, "22P02");
  EXPECT_EQ(error.where.line, 3);
  EXPECT_THAT(error.state,
              HasSubstr("version 2 was rolled back; version 1 is applied"));
  EXPECT_FALSE(bench().HasTable("b"));
}

TEST_P(PostgresRunnerTest, A17_ADownMayDropTheSchemaThatHoldsTheTracker) {
  bench().options.tracker = "app.applied_migrations";
  bench().WriteUp(
      "00001_app.sql",
      "CREATE SCHEMA IF NOT EXISTS app;\nCREATE TABLE app.t (id int);",
      "DROP SCHEMA app CASCADE;");
  bench().WriteUp("00002_b.sql", "CREATE TABLE app.b (id int);",
                  "DROP TABLE app.b;");
  bench().Up();
  EXPECT_EQ(bench().Down({.all = true}).reverted.size(), 2u);
  EXPECT_THAT(bench().Applied(), IsEmpty());
  EXPECT_EQ(bench().Up().applied.size(), 2u);
}

TEST_P(PostgresRunnerTest, A1_TheTrackersSchemaIsMadeWhereItIsMissing) {
  bench().options.tracker = "ops.applied";
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench().Up();
  EXPECT_EQ(bench().Number("SELECT count(*) FROM ops.applied"), 1);
}

TEST_P(PostgresRunnerTest, NoRightToMakeTheTrackerIsSaidBeforeAnythingRuns) {
  const std::string role = "poor" + std::to_string(GetParam().postgresql);
  bench().Sql("CREATE ROLE " + role + " LOGIN");
  bench().Sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  std::string dsn = bench().dsn();
  dsn.replace(dsn.find("postgres@"), 9, role + "@");
  Bench poor(dsn);
  poor.WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  const ErrorInfo error = poor.UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kTrackerUnusable);
  EXPECT_EQ(error.message,
            "the tracker public.applied_migrations cannot be made: permission "
            "denied for schema public");
  EXPECT_EQ(error.state, "nothing was run");
  EXPECT_THAT(error.help, HasSubstr("grant the login CREATE on the schema"));
  bench().Up();
  const ErrorInfo denied = poor.Failure([&] { poor.Status(); });
  EXPECT_EQ(denied.code, ErrorCode::kTrackerUnusable);
  EXPECT_THAT(
      denied.message,
      HasSubstr(
          "cannot be read: permission denied for table applied_migrations"));
  EXPECT_THAT(denied.help, HasSubstr("grant the login SELECT on public.app"));
  // The log is made later than the tracker, and needs rights of its own.
  bench().Sql("GRANT ALL ON applied_migrations TO " + role);
  bench().Sql(
      "CREATE TABLE godwit_log (tracker text, seq bigint, version bigint, "
      "event text, statement bigint, hash text, actor text, at timestamptz, "
      "detail text)");
  const ErrorInfo log = poor.Failure([&] { poor.Status(); });
  EXPECT_EQ(log.code, ErrorCode::kTrackerUnusable);
  EXPECT_THAT(log.help, HasSubstr("grant the login SELECT on public.godwit_"));
  bench().Sql("DROP TABLE godwit_log");
  bench().WriteUp("00002_b.sql", "CREATE TABLE b (id int);");
  poor.WriteUp("00002_b.sql", "CREATE TABLE b (id int);");
  const ErrorInfo refused = poor.UpFailure();
  EXPECT_EQ(refused.code, ErrorCode::kMigrationFailed);
  EXPECT_THAT(refused.help, HasSubstr("grant the login what the statement"));
  bench().Sql("DROP OWNED BY " + role);
  bench().Sql("DROP ROLE " + role);
}

TEST_P(PostgresRunnerTest, AReadOnlyServerIsSaidBeforeAnythingRuns) {
  Bench read_only(bench().dsn() +
                  "&options=-cdefault_transaction_read_only%3Don");
  read_only.WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  const ErrorInfo error = read_only.UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kTrackerUnusable);
  EXPECT_EQ(error.message,
            "nothing can be migrated: the server's transactions are read-only");
}

TEST_P(PostgresRunnerTest, AStatementThatWaitsForALockTooLong) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench().Up();
  bench().WriteUp("00002_b.sql", "ALTER TABLE a ADD COLUMN v int;");
  Connection holder = Connection::Open(bench().dsn());
  holder.Execute("BEGIN");
  holder.Execute("LOCK TABLE a");
  bench().options.lock_timeout = std::chrono::milliseconds(200);
  bench().options.lock_wait = std::chrono::seconds(1);
  const ErrorInfo error = bench().UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kLockTimeout);
  EXPECT_EQ(error.sqlstate, "55P03");
  EXPECT_THAT(error.message, testing::ContainsRegex(
                                 "tried [0-9] times in [01] s; it waited for "
                                 "the lock AccessExclusiveLock on a, held "
                                 "by pid [0-9]+, application godwit"));
  EXPECT_THAT(error.help, HasSubstr("--lock-timeout"));
}

TEST_P(PostgresRunnerTest, WithoutATransactionWhatIsDoneIsNotDoneAgain) {
  bench().WriteUp("00001_a.sql",
                  "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1), (1);");
  bench().Write("00002_b.sql",
                "-- +goose NO TRANSACTION\n-- +goose Up\nINSERT INTO a VALUES "
                "(2);\nCREATE INDEX "
                "CONCURRENTLY i ON a (id);\n"
                "CREATE UNIQUE INDEX CONCURRENTLY u ON a (id);\nVACUUM a;\n");
  const ErrorInfo error = bench().UpFailure();
  EXPECT_EQ(error.sqlstate, "23505");
  EXPECT_EQ(error.where.line, 5);
  EXPECT_EQ(error.state,
            "the statements of version 2 before it are done and will not run "
            "again; version 1 is "
            "applied; nothing else ran");
  EXPECT_EQ(bench().Status().migrations[1].state, migrate::State::kInterrupted);
  bench().Sql("DELETE FROM a WHERE ctid = '(0,1)'");
  bench().Sql("DROP INDEX u");
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM a WHERE id = 2"), 1);
  EXPECT_EQ(bench().Status().migrations[1].state, migrate::State::kApplied);
}

TEST_P(PostgresRunnerTest, WhatAMarkedFileSetsHoldsToItsEnd) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench().Write("00002_b.sql",
                "-- +goose NO TRANSACTION\n-- +goose Up\nSET application_name "
                "= 'in the file';\nVACUUM a;\n"
                "INSERT INTO a SELECT 1 WHERE "
                "current_setting('application_name') = 'in the file';\n"
                "INSERT INTO stop VALUES (1);\n"
                "INSERT INTO a SELECT 2 WHERE "
                "current_setting('application_name') = 'in the file';\n");
  bench().UpFailure();
  bench().Sql("CREATE TABLE stop (id int)");
  bench().WriteUp("00003_c.sql",
                  "INSERT INTO a SELECT 4 WHERE "
                  "current_setting('application_name') = 'in the file';");
  EXPECT_EQ(bench().Up().applied.size(), 2u);
  EXPECT_EQ(bench().Number("SELECT sum(id) FROM a"), 3);
}

TEST_P(PostgresRunnerTest, ARoleThatAMarkedFileSetsWritesNoRows) {
  bench().Sql("DROP ROLE IF EXISTS godwit_test_clerk");
  bench().Sql("CREATE ROLE godwit_test_clerk");
  bench().WriteUp("00001_a.sql",
                  "CREATE SCHEMA clerk AUTHORIZATION godwit_test_clerk;");
  bench().Write("00002_b.sql",
                "-- +goose NO TRANSACTION\n-- +goose Up\n"
                "SET ROLE godwit_test_clerk;\nCREATE TABLE clerk.t (id int);\n"
                "VACUUM clerk.t;\nCREATE INDEX CONCURRENTLY i ON clerk.t (id);"
                "\nSET default_transaction_read_only = on;\n"
                "SET SESSION AUTHORIZATION godwit_test_clerk;\n"
                "VACUUM clerk.t;\nINSERT INTO stop VALUES (1);\n"
                "SET default_transaction_read_only = off;\n"
                "CREATE TABLE clerk.u (id int);\n");
  EXPECT_EQ(bench().UpFailure().sqlstate, "42P01");
  bench().Sql("CREATE TABLE stop (id int)");
  EXPECT_EQ(bench().UpFailure().sqlstate, "25006");
  bench().Sql("ALTER TABLE stop OWNER TO godwit_test_clerk");
  bench().Write("00002_b.sql",
                "-- +goose NO TRANSACTION\n-- +goose Up\n"
                "SET ROLE godwit_test_clerk;\nCREATE TABLE clerk.t (id int);\n"
                "VACUUM clerk.t;\nCREATE INDEX CONCURRENTLY i ON clerk.t (id);"
                "\nINSERT INTO stop VALUES (1);\n"
                "CREATE TABLE clerk.u (id int);\n");
  bench().Up();
  EXPECT_EQ(bench().Number("SELECT count(*) FROM pg_tables WHERE schemaname = "
                           "'clerk' AND tableowner = 'godwit_test_clerk'"),
            2);
  EXPECT_EQ(bench().Status().migrations[1].state, migrate::State::kApplied);
}

TEST_P(PostgresRunnerTest, UnmarkedPairsRunWithoutATransactionWhereTheyMust) {
  bench().Write("1_a.up.sql",
                "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY i ON a "
                "(id);\nCREATE INDEX "
                "CONCURRENTLY j ON a (id);");
  bench().Write("1_a.down.sql", "DROP INDEX CONCURRENTLY j;\nDROP TABLE a;");
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_EQ(bench().Down().reverted.size(), 1u);
  EXPECT_FALSE(bench().HasTable("a"));
}

TEST_P(PostgresRunnerTest, MoreTablesThanOneTransactionCouldLock) {
  std::string tables;
  for (int i = 0; i < 400; ++i)
    tables +=
        Cat("CREATE TABLE t", i, " (id int PRIMARY KEY, v text UNIQUE);\n");
  for (int file = 1; file <= 8; ++file) {
    bench().WriteUp(Cat("0000", file, "_x.sql"),
                    Cat("CREATE SCHEMA s", file, ";\nSET search_path = s", file,
                        ";\n", tables));
  }
  EXPECT_EQ(bench().Up().applied.size(), 8u);
}

TEST_P(PostgresRunnerTest, RowsOfAMigrationsOwnSelectAreThrownAway) {
  bench().WriteUp("00001_a.sql",
                  "SELECT repeat('x', 1000) FROM generate_series(1, "
                  "100000);\nCREATE TABLE a (id int);");
  EXPECT_EQ(bench().Up().applied.size(), 1u);
}

TEST_P(PostgresRunnerTest, EnumValuesAreUsableInTheNextFile) {
  bench().WriteUp(
      "00001_a.sql",
      "CREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE a (m mood);");
  bench().WriteUp("00002_b.sql", "ALTER TYPE mood ADD VALUE 'glad';");
  bench().WriteUp("00003_c.sql", "INSERT INTO a VALUES ('glad');");
  EXPECT_EQ(bench().Up().applied.size(), 3u);
}

TEST_P(PostgresRunnerTest, A11_ADryRunTriesUpToTheFirstFileThatNeedsACommit) {
  bench().WriteUp("00001_a.sql",
                  "CREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE a (m "
                  "mood);\nSET search_path = '';");
  bench().WriteUp(
      "00002_b.sql",
      "ALTER TYPE mood ADD VALUE 'glad';\nSET SESSION AUTHORIZATION DEFAULT;");
  bench().Sql("CREATE TYPE old AS ENUM ('a')");
  bench().WriteUp("00003_c.sql",
                  "ALTER TYPE old ADD VALUE 'b';\nCREATE TABLE c (o old);");
  bench().WriteUp("00004_d.sql", "INSERT INTO c VALUES ('b');");
  bench().WriteUp("00005_e.sql", "CREATE TABLE e (id int);");
  const auto lines = bench().DryRun();
  ASSERT_EQ(lines.size(), 5u);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(lines[static_cast<std::size_t>(i)].ok, true) << i;
  EXPECT_EQ(lines[3].ok, std::nullopt);
  EXPECT_EQ(lines[4].ok, std::nullopt);
  EXPECT_FALSE(bench().HasTable("c"));
  EXPECT_EQ(bench().Up().applied.size(), 5u);
}

TEST_P(PostgresRunnerTest, TheTrackerOfAConnectionsSearchPath) {
  bench().Sql("CREATE SCHEMA app");
  Bench app(bench().dsn() + "&search_path=app");
  app.options.tracker_kind = TrackerKind::kGoose;
  app.WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  app.Up();
  EXPECT_EQ(bench().Number("SELECT count(*) FROM app.goose_db_version"), 2);
  EXPECT_TRUE(bench().HasTable("app.a"));
  Bench nowhere(bench().dsn() + "&search_path=nowhere");
  nowhere.options.tracker_kind = TrackerKind::kGoose;
  nowhere.WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  EXPECT_EQ(nowhere.UpFailure().code, ErrorCode::kTrackerUnusable);
}

TEST_P(PostgresRunnerTest, TheConnectionOfAnApplicationIsGivenBackAsItWas) {
  bench().WriteUp("00001_a.sql", "SET search_path = pg_catalog;\nSELECT 1;");
  Connection connection = Connection::Open(bench().dsn());
  const std::string before =
      connection.Execute("SHOW lock_timeout").Get<std::string>(0, 0);
  const migrate::Source source =
      migrate::Source::ReadFolder(bench().folder(), std::nullopt);
  {
    migrate::Runner runner(connection, &source, {},
                           migrate::ProcessEnvironment());
    runner.Up({});
  }
  EXPECT_EQ(connection.Execute("SHOW lock_timeout").Get<std::string>(0, 0),
            before);
  EXPECT_EQ(connection.Execute("SHOW search_path").Get<std::string>(0, 0),
            "\"$user\", public");
  EXPECT_EQ(
      connection
          .Execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
          .Get<int>(0, 0),
      0);
}

TEST_P(PostgresRunnerTest, AServerThatDiesInTheMiddleIsFinishedByTheNextRun) {
  Cluster own(GetParam().postgresql);
  Bench bench(own.FreshDatabase());
  bench.WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench.WriteUp("00002_b.sql",
                "CREATE TABLE b (id int);\nSELECT pg_sleep(60);");
  std::jthread killer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    own.Kill();
  });
  const ErrorInfo error = bench.UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kConnectFailed);
  EXPECT_THAT(error.state, HasSubstr("whole or not at all"));
  killer.join();
  own.Start();
  bench.WriteUp("00002_b.sql", "CREATE TABLE b (id int);");
  bench.Up();
  EXPECT_THAT(bench.Applied(), ElementsAre(1, 2));
}

}  // namespace
}  // namespace godwit::test
