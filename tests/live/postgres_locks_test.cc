// SPDX-License-Identifier: Apache-2.0
// What happens when others hold the locks that a migration needs, and what
// happens to those who come after it.
#include <atomic>
#include <mutex>
#include <thread>

#include "base/text.h"
#include "live/bench.h"
#include "support/cluster.h"

namespace godwit::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::Contains;
using testing::ContainsRegex;
using testing::HasSubstr;
using Clock = std::chrono::steady_clock;

class PostgresLocksTest : public EveryTarget {
 protected:
  void SetUp() override {
    EveryTarget::SetUp();
    if (IsSkipped()) return;
    bench().WriteUp("00001_a.sql",
                    "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1);");
    bench().Up();
    bench().options.lock_timeout = milliseconds(300);
    bench().options.on_progress = [this](const Progress& progress) {
      if (progress.kind != Progress::Kind::kBlocked &&
          progress.kind != Progress::Kind::kWaiting)
        return;
      told_.push_back(Cat(progress.version, ' ', progress.text));
      if (after_telling_ && told_.size() >= tellings_) {
        after_telling_();
        after_telling_ = nullptr;
      }
    };
  }
  // Holds a lock as a long transaction does, until it was told of so often.
  void HoldUntilTold(std::string_view statement, std::size_t tellings) {
    holder_.emplace(
        Connection::Open(bench().dsn(), {.application_name = "holder"}));
    holder_->Execute("BEGIN");
    holder_->Execute(statement);
    tellings_ = tellings;
    after_telling_ = [this] { holder_->Execute("COMMIT"); };
  }

  std::optional<Connection> holder_;
  std::size_t tellings_ = 0;
  std::function<void()> after_telling_;
  std::vector<std::string> told_;
};
INSTANTIATE_TEST_SUITE_P(Live, PostgresLocksTest, testing::ValuesIn(Servers()),
                         NameOf);

TEST_P(PostgresLocksTest, ATransactionIsTriedAgainUntilTheLockIsFree) {
  bench().WriteUp("00002_b.sql",
                  "INSERT INTO a VALUES (2);\nALTER TABLE a ADD v int;");
  bench().WriteUp("00003_c.sql", "INSERT INTO a VALUES (3);");
  HoldUntilTold("SELECT * FROM a", 4);
  EXPECT_EQ(bench().Up().applied.size(), 2u);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM a"), 3);
  EXPECT_THAT(told_,
              Contains(ContainsRegex(
                  "2 waits for the lock AccessExclusiveLock on a, held by pid "
                  "[0-9]+, application holder, user postgres, from a local "
                  "socket, connected since 20.*, in a transaction since 20.*, "
                  "idle in transaction: SELECT \\* FROM a")));
  EXPECT_THAT(told_, Contains(ContainsRegex(
                         "2 did not get its lock; tried again in [0-9]+ ms")));
}

TEST_P(PostgresLocksTest, AConcurrentIndexThatTimedOutIsDroppedFirst) {
  bench().Write("00002_b.sql",
                "-- +goose NO TRANSACTION\n-- +goose Up\nINSERT INTO a VALUES "
                "(2);\nCREATE INDEX CONCURRENTLY i ON a (id);\n");
  HoldUntilTold("INSERT INTO a VALUES (3)", 4);
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM pg_index WHERE indrelid = "
                           "'a'::regclass AND indisvalid"),
            1);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM pg_index WHERE NOT "
                           "indisvalid"),
            0);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM a WHERE id = 2"), 1);
}

TEST_P(PostgresLocksTest, APartitionIsDetachedInTheSameRun) {
  bench().Sql("CREATE TABLE parts (id int) PARTITION BY LIST (id)");
  bench().Sql("CREATE TABLE part_1 PARTITION OF parts FOR VALUES IN (1)");
  bench().Write("00002_b.sql",
                "-- +goose NO TRANSACTION\n-- +goose Up\nALTER TABLE parts "
                "DETACH PARTITION part_1 CONCURRENTLY;\n");
  HoldUntilTold("SELECT * FROM parts", 4);
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM pg_inherits"), 0);
}

TEST_P(PostgresLocksTest, AProcedureMayHaveCommittedAndIsNotTriedAgain) {
  bench().Sql(
      "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO a VALUES "
      "(2); COMMIT; LOCK TABLE a; END $$");
  bench().Write("00002_b.sql",
                "-- +goose NO TRANSACTION\n-- +goose Up\nCALL p();\n");
  HoldUntilTold("SELECT * FROM a", 1);
  after_telling_ = nullptr;
  EXPECT_EQ(bench().UpFailure().code, ErrorCode::kLockTimeout);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM a"), 2);
}

TEST_P(PostgresLocksTest, AStopEndsThePause) {
  bench().WriteUp("00002_b.sql", "ALTER TABLE a ADD v int;");
  HoldUntilTold("SELECT * FROM a", 3);
  std::stop_source stop;
  bench().options.stop = stop.get_token();
  after_telling_ = [&] { stop.request_stop(); };
  EXPECT_EQ(bench().UpFailure().code, ErrorCode::kInterrupted);
}

TEST_P(PostgresLocksTest, WhoWaitsForARunHearsWhatItDoes) {
  bench().WriteUp("00002_b.sql", "SELECT 1;");
  HoldUntilTold("SELECT pg_advisory_lock(6004593293802252145)", 1);
  after_telling_ = [this] {
    holder_->Execute("SELECT pg_advisory_unlock(6004593293802252145)");
  };
  bench().Up();
  EXPECT_THAT(told_, Contains(ContainsRegex(
                         "0 pid [0-9]+, application holder, user postgres, .*, "
                         "idle in transaction: SELECT pg_advisory_lock")));
}

TEST_P(PostgresLocksTest, APasswordInAStatementIsNotTold) {
  bench().WriteUp("00002_b.sql", "ALTER TABLE a ADD v int;");
  HoldUntilTold("SELECT id AS password FROM a", 2);
  bench().Up();
  EXPECT_THAT(
      told_,
      Contains(HasSubstr("idle in transaction: a statement with a password")));
}

// A long report, a migration that needs its table, and those who only want to
// read: they queue up behind the migration, and no longer than it waits.
TEST_P(PostgresLocksTest, AVictimsWaitIsBounded) {
  bench().WriteUp("00002_b.sql", "ALTER TABLE a ADD v int;");
  HoldUntilTold("SELECT * FROM a", 1000);
  std::atomic<bool> over = false;
  std::atomic<int> reads = 0;
  Clock::duration longest{};
  std::jthread victim([&] {
    Connection reader = Connection::Open(bench().dsn());
    while (!over) {
      const auto began = Clock::now();
      reader.Execute("SELECT count(*) FROM a");
      longest = std::max(longest, Clock::now() - began);
      ++reads;
    }
  });
  std::jthread report([&] {
    std::this_thread::sleep_for(seconds(4));
    holder_->Execute("COMMIT");
  });
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  over = true;
  victim.join();
  report.join();
  EXPECT_LT(longest, bench().options.lock_timeout + seconds(1));
  EXPECT_GE(longest, bench().options.lock_timeout / 2) << "none has waited";
  EXPECT_GT(reads, 10);
}

}  // namespace
}  // namespace godwit::test
