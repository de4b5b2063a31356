// SPDX-License-Identifier: Apache-2.0
// What holds on every engine.
#include <thread>

#include "base/text.h"
#include "live/bench.h"

namespace godwit::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RunnerTest : public EveryTarget {};
INSTANTIATE_TEST_SUITE_P(Live, RunnerTest, testing::ValuesIn(AllTargets()),
                         NameOf);

TEST_P(RunnerTest, A2_AppliesWhatIsPendingInAnyOrder) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
  bench().WriteUp("00104_c.sql", "CREATE TABLE c (id int);", "DROP TABLE c;");
  EXPECT_EQ(bench().Up().applied.size(), 2u);
  bench().WriteUp("00103_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");
  const Report report = bench().Up();
  ASSERT_EQ(report.applied.size(), 1u);
  EXPECT_EQ(report.applied[0].version, 103);
  EXPECT_EQ(report.current, 104);
  EXPECT_THAT(bench().Applied(), ElementsAre(1, 103, 104));
}

TEST_P(RunnerTest, A10_NothingToDoIsDone) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench().Up();
  const Report again = bench().Up();
  EXPECT_THAT(again.applied, IsEmpty());
  EXPECT_EQ(again.pending, 0u);
}

TEST_P(RunnerTest, A3_AnErrorInTheBodyLeavesNothingOfItsFile) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench().WriteUp("00002_b.sql",
                  "CREATE TABLE b (id int);\nINSERT INTO nowhere VALUES "
                  "(1);\nCREATE TABLE c (id int);");
  bench().WriteUp("00003_d.sql", "CREATE TABLE d (id int);");
  const ErrorInfo error = bench().UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kMigrationFailed);
  EXPECT_EQ(error.version, 2);
  EXPECT_THAT(error.message, testing::StartsWith("migration 2 b failed: "));
  EXPECT_THAT(error.where.file, testing::EndsWith("m/00002_b.sql"));
  EXPECT_EQ(error.where.line, 3);
  EXPECT_EQ(error.where.excerpt, "INSERT INTO nowhere VALUES (1);");
  EXPECT_EQ(
      error.state,
      "version 2 was rolled back; version 1 is applied; nothing else ran");
  EXPECT_THAT(bench().Applied(), ElementsAre(1));
  EXPECT_TRUE(bench().HasTable("a"));
  for (const char* table : {"b", "c", "d"})
    EXPECT_FALSE(bench().HasTable(table)) << table;
}

TEST_P(RunnerTest, GoesOnWhereItStoppedWhenTheFileIsMended) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench().WriteUp("00002_b.sql", "CREATE TABLE b (id int;");
  bench().UpFailure();
  bench().WriteUp("00002_b.sql", "CREATE TABLE b (id int);");
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_THAT(bench().Applied(), ElementsAre(1, 2));
}

TEST_P(RunnerTest, AnErrorAtCommitStopsTheRun) {
  bench().WriteUp("00001_a.sql",
                  "CREATE TABLE p (id int PRIMARY KEY);\n"
                  "CREATE TABLE c (id int, p int REFERENCES p (id) DEFERRABLE "
                  "INITIALLY DEFERRED);");
  bench().WriteUp("00002_b.sql", "INSERT INTO c VALUES (1, 99);");
  bench().WriteUp("00003_c.sql", "CREATE TABLE later (id int);");
  const ErrorInfo error = bench().UpFailure();
  EXPECT_EQ(error.version, 2);
  EXPECT_THAT(error.message, HasSubstr("failed when it was committed"));
  EXPECT_EQ(
      error.state,
      "version 2 was rolled back; version 1 is applied; nothing else ran");
  EXPECT_THAT(bench().Applied(), ElementsAre(1));
  EXPECT_FALSE(bench().HasTable("later"));
  EXPECT_EQ(bench().Number("SELECT count(*) FROM c"), 0);
}

TEST_P(RunnerTest, TheRowIsWrittenFirstSoThatATakenVersionRunsNothing) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench().Up();
  bench().WriteUp("00002_b.sql", "INSERT INTO a VALUES (1);");
  // Another runner that ignores our lock records the version while we plan.
  bench().options.on_progress = [&](const Progress&) {};
  bench().Sql("INSERT INTO applied_migrations (version, name) VALUES (2, 'b')");
  EXPECT_THAT(bench().Up().applied, IsEmpty());
  EXPECT_EQ(bench().Number("SELECT count(*) FROM a"), 0);
}

TEST_P(RunnerTest, A14_DownRevertsRowAndFileInOneTransaction) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
  bench().WriteUp("00002_b.sql", "CREATE TABLE b (id int);",
                  "DROP TABLE b;\nDROP TABLE nowhere;");
  bench().Up();
  const ErrorInfo error = bench().Failure([&] { bench().Down(); });
  EXPECT_THAT(error.message,
              testing::StartsWith("migration 2 b could not be reverted: "));
  EXPECT_THAT(
      error.state,
      HasSubstr(
          "the down of version 2 was rolled back; versions 1-2 are applied"));
  EXPECT_TRUE(bench().HasTable("b"));
  bench().options.on_drift = OnDrift::kWarn;
  bench().WriteUp("00002_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");
  EXPECT_EQ(bench().Down({.all = true}).reverted.size(), 2u);
  EXPECT_THAT(bench().Applied(), IsEmpty());
  EXPECT_FALSE(bench().HasTable("a"));
}

TEST_P(RunnerTest, RefusesADownThatIsNotThereBeforeAnythingRuns) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench().WriteUp("00002_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");
  bench().Up();
  const ErrorInfo error = bench().Failure([&] { bench().Down({.all = true}); });
  EXPECT_EQ(error.code, ErrorCode::kNoDown);
  EXPECT_EQ(error.message, "migration 1 a cannot be reverted: it has no down");
  EXPECT_TRUE(bench().HasTable("b"));
  bench().Down({.all = true, .forget = true});
  EXPECT_THAT(bench().Applied(), IsEmpty());
  EXPECT_TRUE(bench().HasTable("a"));
}

TEST_P(RunnerTest, RedoTakesTheNewFile) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
  bench().Up();
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int, v int);",
                  "DROP TABLE a;");
  bench().Redo();
  EXPECT_NO_THROW(bench().Sql("SELECT v FROM a"));
  EXPECT_EQ(bench().Status().migrations[0].state, migrate::State::kApplied);
}

TEST_P(RunnerTest, ReadsEveryFileOfThePlanBeforeTheFirstRuns) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench().WriteUp("00002_b.sql", "SELECT 'not closed;");
  const ErrorInfo error = bench().UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kParseError);
  EXPECT_FALSE(bench().HasTable("a"));
  EXPECT_FALSE(bench().HasTable("applied_migrations"));
}

TEST_P(RunnerTest, DryRunLeavesNoTrace) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench().WriteUp("00002_b.sql", "INSERT INTO a VALUES (1);");
  bench().WriteUp("00003_c.sql", "INSERT INTO nowhere VALUES (1);");
  bench().WriteUp("00004_d.sql", "CREATE TABLE d (id int);");
  const auto lines = bench().DryRun();
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[0].ok, true);
  EXPECT_EQ(lines[1].ok, true);
  EXPECT_EQ(lines[2].ok, false);
  EXPECT_EQ(lines[2].error->where.line, 2);
  EXPECT_EQ(lines[3].ok, std::nullopt);
  EXPECT_FALSE(bench().HasTable("a"));
  EXPECT_FALSE(bench().HasTable("applied_migrations"));
}

TEST_P(RunnerTest, A5_ManyRunnersAtOnceApplyEachMigrationOnce) {
  for (int i = 1; i <= 20; ++i) {
    bench().WriteUp(Cat(10000 + i, "_x.sql"),
                    Cat("CREATE TABLE t", i, " (id int);\nINSERT INTO t", i,
                        " VALUES (1);"));
  }
  std::vector<std::thread> threads;
  std::atomic<int> applied = 0;
  std::vector<std::string> failures(8);
  for (std::size_t i = 0; i < failures.size(); ++i) {
    threads.emplace_back([&, i] {
      try {
        const migrate::Source source =
            migrate::Source::ReadFolder(bench().folder(), std::nullopt);
        Connection connection = Connection::Open(
            bench().dsn(), {.busy_timeout = std::chrono::seconds(60)});
        migrate::Runner runner(connection, &source, {},
                               migrate::ProcessEnvironment());
        applied += static_cast<int>(runner.Up({}).applied.size());
      } catch (const Error& error) {
        failures[i] = error.what();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(failures, testing::Each(IsEmpty()));
  EXPECT_EQ(applied, 20);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM t7"), 1);
}

TEST_P(RunnerTest, AStopCancelsAndSaysWhatIsApplied) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  const std::string slow = postgresql()
                               ? "SELECT pg_sleep(60);"
                               : "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                                 "SELECT i + 1 FROM n) SELECT max(i) FROM n;";
  bench().WriteUp("00002_b.sql", "CREATE TABLE b (id int);\n" + slow);
  std::stop_source stop;
  bench().options.stop = stop.get_token();
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
    stop.request_stop();
  });
  const auto began = std::chrono::steady_clock::now();
  const ErrorInfo error = bench().UpFailure();
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20));
  EXPECT_EQ(error.code, ErrorCode::kInterrupted);
  EXPECT_EQ(error.version, 2);
  EXPECT_THAT(error.state, HasSubstr("version 2 was rolled back"));
  bench().options.stop = {};
  EXPECT_FALSE(bench().HasTable("b"));
  bench().Remove("00002_b.sql");
  bench().Up();
  EXPECT_THAT(bench().Applied(), ElementsAre(1));
}

TEST_P(RunnerTest, ARunThatWaitsInVainSaysWhoHoldsTheLock) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench().Up();
  bench().WriteUp("00002_b.sql", "CREATE TABLE b (id int);");
  Connection holder =
      Connection::Open(bench().dsn(), {.application_name = "holder"});
  holder.Execute(postgresql() ? "SELECT pg_advisory_lock(6004593293802252145)"
                              : "BEGIN IMMEDIATE");
  bench().options.lock_wait = std::chrono::milliseconds(300);
  const ErrorInfo error = bench().UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kRunLockTimeout);
  if (postgresql()) {
    EXPECT_THAT(error.message, testing::MatchesRegex(
                                   "another run holds the lock of this tracker "
                                   "\\(pid [0-9]+, application holder, user "
                                   "postgres, from a local socket, connected "
                                   "since .*\\); waited 300 ms"));
  } else {
    EXPECT_THAT(error.message, HasSubstr("another connection is writing to "));
  }
  EXPECT_FALSE(bench().HasTable("b"));
}

TEST_P(RunnerTest, ATableOfAnotherShapeIsNoTracker) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench().Sql("CREATE TABLE applied_migrations (id int, label text)");
  const ErrorInfo error = bench().UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kTrackerUnusable);
  EXPECT_THAT(
      error.message,
      HasSubstr("is no tracker of the kind applied-set: it has the columns "
                "id, label and should have version, "
                "name, applied_at, checksum"));
  EXPECT_FALSE(bench().HasTable("a"));
}

TEST_P(RunnerTest, AMigrationMustNotDropItsTracker) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench().WriteUp("00002_b.sql",
                  "CREATE TABLE b (id int);\nDROP TABLE applied_migrations;");
  const ErrorInfo error = bench().UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kUnsupported);
  EXPECT_EQ(error.where.line, 3);
  EXPECT_FALSE(bench().HasTable("a"));
}

TEST_P(RunnerTest, ADeletedRowIsNoticedBeforeTheCommit) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench().Up();
  bench().WriteUp("00002_b.sql",
                  "CREATE TABLE b (id int);\nWITH x AS (SELECT 1) DELETE FROM "
                  "applied_migrations;");
  const ErrorInfo error = bench().UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kTrackerUnusable);
  EXPECT_THAT(error.message, HasSubstr("drops or empties the tracker"));
  EXPECT_THAT(bench().Applied(), ElementsAre(1));
  EXPECT_FALSE(bench().HasTable("b"));
}

TEST_P(RunnerTest, TheFourColumnsOfTheAppliedSet) {
  bench().WriteUp("00001_init.sql", "CREATE TABLE a (id int);");
  bench().Up();
  const Result row =
      bench().Sql("SELECT version, name, checksum FROM applied_migrations");
  EXPECT_EQ(row.Get<std::int64_t>(0, 0), 1);
  EXPECT_EQ(row.Get<std::string>(0, 1), "init");
  EXPECT_EQ(row.Get<std::string>(0, 2).size(), 64u);
  EXPECT_FALSE(bench().HasTable("godwit_log"))
      << "the log is made only when it is needed";
}

TEST_P(RunnerTest, UpByStepsAndToAVersion) {
  for (int i = 1; i <= 4; ++i)
    bench().WriteUp(Cat("0000", i, "_x.sql"),
                    Cat("CREATE TABLE t", i, " (id int);"),
                    Cat("DROP TABLE t", i, ";"));
  EXPECT_EQ(bench().Up({.steps = 1}).current, 1);
  EXPECT_EQ(bench().Up({.to = 3}).current, 3);
  EXPECT_EQ(bench().Up().current, 4);
  EXPECT_EQ(bench().Down({.steps = 2}).current, 2);
  EXPECT_EQ(bench().Down({.to = 1}).current, 1);
}

}  // namespace
}  // namespace godwit::test
