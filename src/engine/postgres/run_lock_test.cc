// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/run_lock.h"

#include <gmock/gmock.h>

#include "godwit/connection.h"
#include "support/cluster.h"

namespace godwit::engine {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

class RunLockTest : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const std::string missing = test::Cluster::Missing(GetParam());
    if (!missing.empty()) GTEST_SKIP() << missing;
    dsn_ = test::Cluster::Of(GetParam()).FreshDatabase();
    one_.emplace(Connection::Open(dsn_, {.application_name = "first"}));
    two_.emplace(Connection::Open(dsn_));
  }
  static internal::PostgresSession& Session(Connection& connection) {
    return dynamic_cast<internal::PostgresSession&>(connection.session());
  }
  internal::PostgresSession& one() { return Session(*one_); }
  internal::PostgresSession& two() { return Session(*two_); }
  std::int64_t Held() {
    return one_
        ->Execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND "
            "database = "
            "(SELECT oid FROM pg_database WHERE datname = current_database())")
        .Get<std::int64_t>(0, 0);
  }
  static LockRequest Request(std::vector<std::int64_t> keys,
                             milliseconds wait = milliseconds(60)) {
    LockRequest request;
    request.keys = std::move(keys);
    request.wait = wait;
    return request;
  }
  static ErrorInfo Failure(RunLock& lock, const LockRequest& request) {
    try {
      lock.Take(request);
    } catch (const Error& error) {
      return error.info();
    }
    ADD_FAILURE() << "no error";
    return {};
  }

  std::string dsn_;
  std::optional<Connection> one_;
  std::optional<Connection> two_;
};
INSTANTIATE_TEST_SUITE_P(Postgres, RunLockTest,
                         testing::ValuesIn(test::Cluster::Versions()));

TEST_P(RunLockTest, ExcludesASecondRunAndNamesTheHolder) {
  RunLock first(one()), second(two());
  first.Take(Request({42}));
  const ErrorInfo info = Failure(second, Request({42}));
  EXPECT_EQ(info.code, ErrorCode::kRunLockTimeout);
  EXPECT_THAT(info.message,
              HasSubstr("another run holds the lock of this tracker (pid " +
                        std::to_string(one().backend_pid()) +
                        ", application first, user postgres, from a local "
                        "socket, connected since "));
  first.Release();
  second.Take(Request({42}));
  second.Release();
  EXPECT_EQ(Held(), 0);
}

// Negative, above 32 bits, and as large as can be: pg_locks cuts keys in
// halves.
TEST_P(RunLockTest, EveryKeyIsFoundAgainInTheServersTable) {
  RunLock first(one()), second(two());
  for (const std::int64_t key :
       {std::int64_t{-1}, std::int64_t{6041125926171106229},
        std::int64_t{4097083626}, INT64_MIN, INT64_MAX, std::int64_t{0}}) {
    first.Take(Request({key}));
    EXPECT_THAT(Failure(second, Request({key}, milliseconds(0))).message,
                HasSubstr("application first"))
        << key;
    first.Release();
  }
}

TEST_P(RunLockTest, TakesAllKeysOrNone) {
  RunLock first(one()), second(two());
  first.Take(Request({2}));
  EXPECT_EQ(Failure(second, Request({1, 2, 3})).code,
            ErrorCode::kRunLockTimeout);
  EXPECT_EQ(Held(), 1);
  first.Release();
  second.Take(Request({1, 2, 3}));
  EXPECT_EQ(Held(), 3);
  second.Release();
  EXPECT_EQ(Held(), 0);
}

// Sent beside other queries: it stops at the first key that another holds.
TEST_P(RunLockTest, TriesOneKeyAfterTheOther) {
  RunLock first(one()), second(two());
  first.Take(Request({2}));
  const auto ask = [&](const std::vector<std::int64_t>& keys) {
    const Connection::Query query = RunLock::TryQuery(keys);
    return Answer{two_->Execute(query.sql, query.parameters), {}};
  };
  const Answer some = ask({1, 2, 3});
  EXPECT_EQ(some.rows.Get<int>(0, 0), 1);
  EXPECT_EQ(Held(), 2);
  EXPECT_FALSE(second.Keep({1, 2, 3}, some));
  EXPECT_EQ(Held(), 1);
  EXPECT_TRUE(second.Keep({1, 3}, ask({1, 3})));
  EXPECT_EQ(Held(), 3);
  for (const Connection::Query& query : second.ReleaseQueries())
    two_->Execute(query.sql, query.parameters);
  second.Forget();
  EXPECT_EQ(Held(), 1);
  EXPECT_FALSE(second.Keep({1}, {{}, ErrorInfo{}}));
}

TEST_P(RunLockTest, WaitsUntilTheOtherIsDone) {
  RunLock first(one()), second(two());
  first.Take(Request({7}));
  LockRequest request = Request({7}, std::chrono::seconds(30));
  std::string told;
  // The first is asked to end when the second says that it waits.
  request.on_wait = [&](const std::string& holder) {
    told = holder;
    first.Release();
  };
  second.Take(request);
  EXPECT_THAT(told, HasSubstr("application first"));
  second.Release();
}

TEST_P(RunLockTest, AStopEndsTheWaiting) {
  RunLock first(one()), second(two());
  first.Take(Request({7}));
  std::stop_source source;
  LockRequest request = Request({7}, std::chrono::seconds(30));
  request.stop = source.get_token();
  request.on_wait = [&](const std::string&) { source.request_stop(); };
  EXPECT_EQ(Failure(second, request).code, ErrorCode::kInterrupted);
}

TEST_P(RunLockTest, OfAnotherDatabaseItIsNotOurs) {
  Connection elsewhere =
      Connection::Open(test::Cluster::Of(GetParam()).FreshDatabase());
  RunLock first(Session(elsewhere)), second(two());
  first.Take(Request({7}));
  second.Take(Request({7}));
  EXPECT_EQ(Held(), 1);
}

TEST_P(RunLockTest, ReleasingOnABrokenConnectionIsQuiet) {
  RunLock lock(one());
  lock.Take(Request({7}));
  two_->Execute("SELECT pg_terminate_backend($1)", one().backend_pid());
  lock.Release();
  RunLock second(two());
  second.Take(Request({7}, std::chrono::seconds(30)));
}

}  // namespace
}  // namespace godwit::engine
