// SPDX-License-Identifier: Apache-2.0
#include <barrier>
#include <thread>

#include "godwit/pool.h"
#include "runtime/postgres_live.h"

namespace godwit::internal {
namespace {

class PostgresTransactTest : public PostgresLive {
 protected:
  void SetUp() override {
    PostgresLive::SetUp();
    if (IsSkipped()) return;
    connection().Execute("CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL)");
    connection().Execute("INSERT INTO t VALUES (1, 0), (2, 0)");
  }
  int Sum() {
    return connection().Execute("SELECT sum(n) FROM t").Get<int>(0, 0);
  }
};
INSTANTIATE_TEST_SUITE_P(Live, PostgresTransactTest,
                         testing::ValuesIn(test::Cluster::Versions()));

// Both read before either writes: one of them cannot be serialized (40001).
TEST_P(PostgresTransactTest, WhatCouldNotBeSerializedRunsAgain) {
  std::barrier both_have_read(2);
  std::atomic<int> runs = 0;
  const auto add_one = [&] {
    Connection db = Connection::Open(dsn_);
    bool first = true;
    Transact(db, [&](Transaction& tx) {
      ++runs;
      tx.Execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
      const int n = tx.Execute("SELECT n FROM t WHERE id = 1").Get<int>(0, 0);
      if (std::exchange(first, false)) both_have_read.arrive_and_wait();
      tx.Execute("UPDATE t SET n = $1 WHERE id = 1", n + 1);
    });
  };
  std::thread other(add_one);
  add_one();
  other.join();
  EXPECT_EQ(Sum(), 2);
  EXPECT_GE(runs, 3);
}

// Each locks what the other wants next (40P01).
TEST_P(PostgresTransactTest, ADeadlockRunsAgain) {
  std::barrier both_have_one(2);
  std::atomic<int> runs = 0;
  const auto add_to = [&](int first, int second) {
    Connection db = Connection::Open(dsn_);
    db.Execute("SET deadlock_timeout = '10ms'");
    bool is_first = true;
    const int returned = Transact(db, [&](Transaction& tx) {
      ++runs;
      tx.Execute("UPDATE t SET n = n + 1 WHERE id = $1", first);
      if (std::exchange(is_first, false)) both_have_one.arrive_and_wait();
      tx.Execute("UPDATE t SET n = n + 1 WHERE id = $1", second);
      return 7;
    });
    EXPECT_EQ(returned, 7);
  };
  std::thread other([&] { add_to(1, 2); });
  add_to(2, 1);
  other.join();
  EXPECT_EQ(Sum(), 4);
  EXPECT_EQ(runs, 3);
}

TEST_P(PostgresTransactTest, TheAttemptsAreBounded) {
  const auto never = [&](int attempts) {
    int runs = 0;
    const ErrorInfo error = Failure([&] {
      Transact(connection(),
               [&](Transaction& tx) {
                 ++runs;
                 tx.Execute("UPDATE t SET n = n + 1");
                 tx.Execute("DO $$BEGIN RAISE SQLSTATE '40001'; END$$");
               },
               {.attempts = attempts});
    });
    EXPECT_EQ(error.sqlstate, "40001");
    return runs;
  };
  EXPECT_EQ(never(3), 3);
  EXPECT_EQ(never(1), 1);
  EXPECT_EQ(Sum(), 0);
}

TEST_P(PostgresTransactTest, AnotherErrorIsNotTriedAgain) {
  int runs = 0;
  const ErrorInfo error = Failure([&] {
    Transact(connection(), [&](Transaction& tx) {
      ++runs;
      tx.Execute("INSERT INTO t VALUES (1, 5)");
    });
  });
  EXPECT_EQ(error.sqlstate, "23505");
  EXPECT_EQ(runs, 1);
}

}  // namespace
}  // namespace godwit::internal
