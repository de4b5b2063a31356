// SPDX-License-Identifier: Apache-2.0
// What meets an operator on PostgreSQL: others who hold locks, a trial on a busy
// database, statements that talk to the client.
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

std::vector<Target> Servers() {
  std::vector<Target> targets;
  for (int version : Cluster::Versions()) targets.push_back({version});
  return targets;
}
INSTANTIATE_TEST_SUITE_P(Live, PostgresOperatorTest, testing::ValuesIn(Servers()), NameOf);

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
  bench().WriteUp("00001_a.sql", "CREATE TEMP TABLE tt (id int);\nPREPARE p AS SELECT 1;\nDECLARE c CURSOR WITH HOLD FOR SELECT 1;");
  bench().WriteUp("00002_b.sql", "CREATE TEMP TABLE tt (id int);\nPREPARE p AS SELECT 2;\nDECLARE c CURSOR WITH HOLD FOR SELECT 2;");
  for (const migrate::DryRunLine& line : bench().DryRun()) {
    EXPECT_EQ(line.ok, true) << line.version << (line.error ? line.error->message : "");
  }
}

TEST_P(PostgresOperatorTest, InATrialConstraintsAreDeferredInEachFile) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE a (id int PRIMARY KEY, p int CONSTRAINT \"Odd name\" REFERENCES a DEFERRABLE INITIALLY DEFERRED);");
  bench().WriteUp("00002_b.sql", "INSERT INTO a VALUES (1, 2);\nINSERT INTO a VALUES (2, 1);");
  bench().WriteUp("00003_c.sql", "ALTER TABLE a ADD COLUMN v int;\nINSERT INTO a VALUES (3, 4);");
  const auto lines = bench().DryRun();
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[1].ok, true) << (lines[1].error ? lines[1].error->message : "");
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
    bench().Write("00002_b.sql", mark + "-- +goose Up\nINSERT INTO a VALUES (1);\nCOPY (SELECT id FROM a) TO stdout;\n");
    const ErrorInfo error = bench().UpFailure();
    EXPECT_EQ(error.code, ErrorCode::kUnsupported);
    EXPECT_EQ(error.message, "migration 2 b holds 'COPY (SELECT id FROM a) TO stdout', and nobody reads its rows");
    EXPECT_EQ(error.where.line, mark.empty() ? 3 : 4);
    EXPECT_THAT(bench().Applied(), IsEmpty());
  }
}

TEST_P(PostgresOperatorTest, CopyWithTheServersFilesRunsWhateverTheyAreCalled) {
  bench().WriteUp("00001_a.sql", "CREATE TABLE stdin (id int);\nCOPY stdin FROM PROGRAM 'echo 1 # stdin';\nCOPY stdin TO PROGRAM 'cat > /dev/null # stdout';");
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM stdin"), 1);
}

}  // namespace
}  // namespace godwit::test
