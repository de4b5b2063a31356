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

// Statements that go through several transactions, stopped between them by a
// snapshot that is in their way.
class PostgresHalfDoneTest : public PostgresCutOffTest {
 protected:
  void Half(const std::string& statement, const std::string& table) {
    Connection reader = Connection::Open(bench().dsn());
    reader.Execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
    reader.Execute("SELECT count(*) FROM " + table);
    Connection cut = Connection::Open(bench().dsn());
    cut.Execute("SET lock_timeout = 200");
    EXPECT_THROW(cut.Execute(statement), Error);
  }
  void MakePartitions() {
    bench().Sql("CREATE TABLE parts (id int) PARTITION BY LIST (id)");
    bench().Sql("CREATE TABLE part_1 PARTITION OF parts FOR VALUES IN (1)");
  }
};
INSTANTIATE_TEST_SUITE_P(Live, PostgresHalfDoneTest,
                         testing::ValuesIn(Servers()), NameOf);

TEST_P(PostgresHalfDoneTest, APartitionIsDetachedToTheEnd) {
  const std::string statement =
      "ALTER TABLE parts DETACH PARTITION part_1 CONCURRENTLY";
  CutOff(statement);
  MakePartitions();
  Half(statement, "parts");
  EXPECT_EQ(
      bench().Number("SELECT count(*) FROM pg_inherits WHERE inhdetachpending"),
      1);
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM pg_inherits"), 0);
  EXPECT_TRUE(bench().HasTable("part_1"));
}

TEST_P(PostgresHalfDoneTest, APartitionThatIsDetachedIsNotDetachedAgain) {
  CutOff("ALTER TABLE ONLY public.parts DETACH PARTITION part_1 CONCURRENTLY");
  bench().Sql("CREATE TABLE parts (id int) PARTITION BY LIST (id)");
  bench().Sql("CREATE TABLE part_1 (id int)");
  EXPECT_EQ(bench().Up().applied.size(), 1u);
}

TEST_P(PostgresHalfDoneTest, APartitionThatIsAttachedIsDetached) {
  CutOff("ALTER TABLE parts DETACH PARTITION part_1 CONCURRENTLY");
  MakePartitions();
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM pg_inherits"), 0);
}

// Of the table's own indexes and of that of its long values, and of no other
// table's.
TEST_P(PostgresHalfDoneTest, WhatAReindexLeftIsClearedAway) {
  const std::string statement = "REINDEX (VERBOSE) TABLE CONCURRENTLY t";
  CutOff(statement);
  bench().Sql("CREATE INDEX i ON t (id)");
  bench().Sql("ALTER TABLE t ADD COLUMN long text");
  bench().Sql("CREATE TABLE other (id int PRIMARY KEY)");
  constexpr std::string_view kInvalid =
      "SELECT count(*) FROM pg_index WHERE NOT indisvalid";
  Half("REINDEX TABLE CONCURRENTLY other", "other");
  const std::int64_t of_another = bench().Number(kInvalid);
  Half(statement, "t");
  EXPECT_GT(bench().Number(kInvalid), of_another);
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_EQ(bench().Number(kInvalid), of_another);
  EXPECT_EQ(Indexes(), 1);
}

TEST_P(PostgresHalfDoneTest, WhatAReindexOfOneIndexLeftIsClearedAway) {
  const std::string statement = "REINDEX INDEX CONCURRENTLY i";
  CutOff(statement);
  bench().Sql("CREATE INDEX i ON t (id)");
  Half(statement, "t");
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM pg_index WHERE indrelid = "
                           "'t'::regclass"),
            1);
}

// In a file without a transaction each stands in one with its outcome.
TEST_P(PostgresHalfDoneTest, EnumsAndConstraintsGoOnWhereTheyStopped) {
  bench().Write("00001_a.sql",
                "-- +goose NO TRANSACTION\n-- +goose Up\n"
                "CREATE TYPE mood AS ENUM ('a');\n"
                "CREATE TABLE t (id int);\n"
                "ALTER TYPE mood ADD VALUE 'b';\n"
                "ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0) NOT VALID;\n"
                "INSERT INTO stop VALUES (1);\n"
                "ALTER TABLE t VALIDATE CONSTRAINT c;\n"
                "ALTER TYPE mood ADD VALUE 'c';\n");
  EXPECT_THAT(bench().UpFailure().state,
              HasSubstr("the statements of version 1 before it are done"));
  bench().Sql("CREATE TABLE stop (id int)");
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM pg_enum"), 3);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM pg_constraint WHERE "
                           "convalidated AND conname = 'c'"),
            1);
}

}  // namespace
}  // namespace godwit::test
