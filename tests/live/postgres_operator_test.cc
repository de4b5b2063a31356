// SPDX-License-Identifier: Apache-2.0
// What meets an operator on PostgreSQL: others who hold locks, a trial on a
// busy database, statements that talk to the client.
#include <thread>

#include "base/text.h"
#include "live/bench.h"
#include "support/cluster.h"

namespace godwit::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class PostgresOperatorTest : public EveryTarget {
 protected:
  // The bench's database as another login sees it.
  Bench As(const std::string& role) {
    std::string dsn = bench().dsn();
    return Bench(dsn.replace(dsn.find("postgres@"), 9, role + "@"));
  }
};

INSTANTIATE_TEST_SUITE_P(Live, PostgresOperatorTest,
                         testing::ValuesIn(Servers()), NameOf);

TEST_P(PostgresOperatorTest, ATrialWaitsForNoLockLongerThanARun) {
  bench().Sql("CREATE TABLE held (id int)");
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench().WriteUp("00002_b.sql", "ALTER TABLE held ADD COLUMN v int;");
  Connection holder = Connection::Open(bench().dsn());
  holder.Execute("BEGIN");
  holder.Execute("LOCK TABLE held");
  std::jthread in_the_end([&holder] {  // so that the test ends where it fails
    std::this_thread::sleep_for(std::chrono::seconds(5));
    holder.Execute("ROLLBACK");
  });
  bench().options.lock_timeout = std::chrono::milliseconds(100);
  const auto lines = bench().DryRun();
  ASSERT_EQ(lines.size(), 2u);
  ASSERT_TRUE(lines[1].error);
  EXPECT_EQ(lines[1].error->code, ErrorCode::kLockTimeout);
}

TEST_P(PostgresOperatorTest, InATrialWhatAFileSetsDoesNotReachTheNext) {
  bench().WriteUp("00001_a.sql",
                  "CREATE TEMP TABLE tt (id int);\nPREPARE p AS SELECT "
                  "1;\nDECLARE c CURSOR WITH "
                  "HOLD FOR SELECT 1;");
  bench().WriteUp("00002_b.sql",
                  "CREATE TEMP TABLE tt (id int);\nPREPARE p AS SELECT "
                  "2;\nDECLARE c CURSOR WITH "
                  "HOLD FOR SELECT 2;");
  for (const migrate::DryRunLine& line : bench().DryRun()) {
    EXPECT_EQ(line.ok, true)
        << line.version << (line.error ? line.error->message : "");
  }
}

TEST_P(PostgresOperatorTest, InATrialConstraintsAreDeferredInEachFile) {
  bench().WriteUp("00001_a.sql",
                  "CREATE TABLE a (id int PRIMARY KEY, p int CONSTRAINT \"Odd "
                  "name\" REFERENCES a "
                  "DEFERRABLE INITIALLY DEFERRED);");
  bench().WriteUp("00002_b.sql",
                  "INSERT INTO a VALUES (1, 2);\nINSERT INTO a VALUES (2, 1);");
  bench().WriteUp(
      "00003_c.sql",
      "ALTER TABLE a ADD COLUMN v int;\nINSERT INTO a VALUES (3, 4);");
  const auto lines = bench().DryRun();
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[1].ok, true)
      << (lines[1].error ? lines[1].error->message : "");
  EXPECT_EQ(lines[2].ok, false);
}

TEST_P(PostgresOperatorTest, OneRoleWaitsForTheRunOfAnother) {
  const std::string one = "one" + std::to_string(GetParam().postgresql);
  const std::string two = "two" + std::to_string(GetParam().postgresql);
  for (const std::string& role : {one, two}) {
    bench().Sql(Cat("CREATE ROLE ", role, " LOGIN"));
    bench().Sql(Cat("GRANT ALL ON SCHEMA public TO ", role));
  }
  Connection holder = Connection::Open(As(one).dsn());
  holder.Execute("SELECT pg_advisory_lock(6004593293802252145)");
  Bench waiter = As(two);
  waiter.options.lock_wait = std::chrono::milliseconds(0);
  waiter.WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  const ErrorInfo error = waiter.UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kRunLockTimeout) << error.message;
  EXPECT_THAT(error.message, HasSubstr("user " + one));
  holder = Connection::Open(bench().dsn());
  for (const std::string& role : {one, two}) {
    bench().Sql("DROP OWNED BY " + role);
    bench().Sql("DROP ROLE " + role);
  }
}

TEST_P(PostgresOperatorTest, CopyToStdoutIsRefusedBeforeAnythingRuns) {
  for (const std::string mark : {"", "-- +goose NO TRANSACTION\n"}) {
    bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
    bench().Write("00002_b.sql",
                  mark +
                      "-- +goose Up\nINSERT INTO a VALUES (1);\nCOPY (SELECT "
                      "id FROM a) TO stdout;\n");
    const ErrorInfo error = bench().UpFailure();
    EXPECT_EQ(error.code, ErrorCode::kUnsupported);
    EXPECT_EQ(error.message,
              "migration 2 b holds 'COPY (SELECT id FROM a) TO stdout', and "
              "nobody reads its rows");
    EXPECT_EQ(error.where.line, mark.empty() ? 3 : 4);
    EXPECT_THAT(bench().Applied(), IsEmpty());
  }
}

TEST_P(PostgresOperatorTest, CopyWithTheServersFilesRunsWhateverTheyAreCalled) {
  bench().WriteUp("00001_a.sql",
                  "CREATE TABLE stdin (id int);\nCOPY stdin FROM PROGRAM 'echo "
                  "1 # stdin';\nCOPY "
                  "stdin TO PROGRAM 'cat > /dev/null # stdout';");
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM stdin"), 1);
}

// A migration whose first run ended before its outcome was written down.
class PostgresCutOffTest : public PostgresOperatorTest {
 protected:
  void CutOff(const std::string& statement) {
    bench().Sql("CREATE TABLE t (id int, v int)");
    bench().Sql("INSERT INTO t VALUES (1, 1), (1, 1)");
    bench().Write("00001_a.sql",
                  "-- +goose NO TRANSACTION\n-- +goose Up\nINSERT INTO t "
                  "VALUES (2, 2);\nDO $$ "
                  "BEGIN RAISE EXCEPTION 'cut'; END $$;\n");
    bench().UpFailure();
    bench().Write("00001_a.sql", Cat("-- +goose NO TRANSACTION\n-- +goose "
                                     "Up\nINSERT INTO t VALUES (2, 2);\n",
                                     statement, ";\n"));
    bench().Sql(
        Cat("INSERT INTO godwit_log (tracker, seq, version, event, statement, "
            "hash, detail) SELECT "
            "'public.applied_migrations', "
            "max(seq) + 1, 1, 'intent', 2, encode(sha256('",
            statement, ";'), 'hex'), 'up' FROM godwit_log"));
  }
  int Indexes() {
    return bench()
        .Sql(
            "SELECT count(*) FROM pg_index WHERE indisvalid AND indrelid = "
            "'t'::regclass")
        .Get<int>(0, 0);
  }
};
INSTANTIATE_TEST_SUITE_P(Live, PostgresCutOffTest, testing::ValuesIn(Servers()),
                         NameOf);

TEST_P(PostgresCutOffTest, AnIndexThatWasBuiltIsNotBuiltAgain) {
  CutOff("CREATE INDEX CONCURRENTLY \"odd i\" ON public.t (id)");
  bench().Sql("CREATE INDEX \"odd i\" ON t (id)");
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_EQ(Indexes(), 1);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM t"), 3);
}

TEST_P(PostgresCutOffTest, AnInvalidIndexIsDroppedAndBuiltAgain) {
  CutOff("CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (id)");
  EXPECT_THROW(bench().Sql("CREATE UNIQUE INDEX CONCURRENTLY i ON t (id)"),
               Error);
  EXPECT_EQ(Indexes(), 0);
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_EQ(Indexes(), 1);
}

TEST_P(PostgresCutOffTest, AnIndexThatIsNotThereIsBuilt) {
  CutOff("CREATE INDEX CONCURRENTLY i ON t (id)");
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_EQ(Indexes(), 1);
}

TEST_P(PostgresCutOffTest, AnIndexThatWasDroppedIsNotMissed) {
  CutOff("DROP INDEX CONCURRENTLY i");
  EXPECT_EQ(bench().Up().applied.size(), 1u);
}

TEST_P(PostgresCutOffTest, AnIndexWithoutANameIsTheOperatorsToLookFor) {
  CutOff("CREATE INDEX CONCURRENTLY ON t (id)");
  const ErrorInfo error = bench().UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kInterrupted);
  EXPECT_THAT(error.help, HasSubstr("resolve 1 --as applied"));
  EXPECT_EQ(error.state, "statement 1 of it is done, those after it are not");
}

TEST_P(PostgresCutOffTest, WhatAFailedBuildLeftIsNoHindrance) {
  CutOff("CREATE UNIQUE INDEX CONCURRENTLY i ON t (id)");
  EXPECT_EQ(bench().UpFailure().sqlstate, "23505");
  EXPECT_EQ(bench().UpFailure().sqlstate, "23505");
  bench().Sql("DELETE FROM t WHERE id = 1");
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_EQ(Indexes(), 1);
}

}  // namespace
}  // namespace godwit::test
