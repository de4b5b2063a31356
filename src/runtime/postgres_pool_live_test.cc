// SPDX-License-Identifier: Apache-2.0
#include <thread>

#include "base/text.h"
#include "godwit/pool.h"
#include "runtime/postgres_live.h"

namespace godwit::internal {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

class PostgresPoolTest : public PostgresLive {
 protected:
  std::string One(Connection& connection, std::string_view sql) {
    return connection.Execute(sql).Get<std::string>(0, 0);
  }
};
INSTANTIATE_TEST_SUITE_P(Live, PostgresPoolTest,
                         testing::ValuesIn(test::Cluster::Versions()));

TEST_P(PostgresPoolTest, P2EveryConnectionHasTheSearchPath) {
  connection().ExecuteAll(std::vector<Connection::Query>{
      {"CREATE SCHEMA core", {}},
      {"CREATE SCHEMA \"Odd, one\"", {}},
      {"CREATE TABLE core.users (id int)", {}},
      {"CREATE TABLE \"Odd, one\".things (id int)", {}}});
  Pool pool(dsn_, {.search_path = {"core", "Odd, one", "public"}});
  Lease a = pool.Acquire();
  Lease b = pool.Acquire();
  for (Lease* lease : {&a, &b}) {
    EXPECT_EQ(One(**lease, "SHOW search_path"), "core, \"Odd, one\", public");
    EXPECT_EQ(One(**lease, "SELECT count(*) FROM users, things"), "0");
  }
}

TEST_P(PostgresPoolTest, P4ASchemaThatIsNotThereYetIsNoFailure) {
  Pool pool(dsn_, {.search_path = {"later"}});
  EXPECT_EQ(One(*pool.Acquire(), "SHOW search_path"), "later");
}

TEST_P(PostgresPoolTest, P7RoleAndStatementTimeoutHold) {
  connection().Execute("DROP ROLE IF EXISTS pool_role");
  connection().Execute("CREATE ROLE pool_role");
  {
    Pool pool(dsn_,
              {.role = "pool_role", .statement_timeout = milliseconds(80)});
    Lease lease = pool.Acquire();
    EXPECT_EQ(One(*lease, "SELECT current_user"), "pool_role");
    const ErrorInfo info =
        Failure([&] { lease->Execute("SELECT pg_sleep(5)"); });
    EXPECT_EQ(info.sqlstate, "57014");
  }
  connection().Execute("DROP ROLE pool_role");
  const ErrorInfo info = Failure([&] { Pool(dsn_, {.role = "nobody_here"}); });
  EXPECT_EQ(info.code, ErrorCode::kConnectFailed);
  EXPECT_THAT(info.message, HasSubstr("cannot set role nobody_here on"));
  EXPECT_THAT(info.message, HasSubstr("role \"nobody_here\" does not exist"));
}

struct Change {
  const char* sql;
  const char* look;
  const char* as_before;
};

TEST_P(PostgresPoolTest, P6ChangedStateIsPutBack) {
  Pool pool(dsn_, {.search_path = {"core"}, .max_open = 1});
  const Change changes[] = {
      {"SET search_path = pg_catalog", "SHOW search_path", "core"},
      {"SET work_mem = '17MB'", "SHOW work_mem", "4MB"},
      {"SELECT set_config('search_path', 'x', false)", "SHOW search_path",
       "core"},
      {"PREPARE mine AS SELECT 1",
       "SELECT count(*) FROM pg_prepared_statements", "0"},
      {"LISTEN jobs", "SELECT count(*) FROM pg_listening_channels()", "0"},
      {"SELECT pg_advisory_lock(7)",
       "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'", "0"},
      {"CREATE TEMP TABLE mine (a int)",
       "SELECT count(*) FROM pg_class WHERE relname = 'mine'", "0"},
      {"SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
       "SHOW default_transaction_read_only", "off"},
  };
  std::uint64_t resets = 0;
  for (const Change& change : changes) {
    pool.Acquire()->Execute(change.sql);
    EXPECT_EQ(pool.stats().resets, ++resets) << change.sql;
    EXPECT_EQ(One(*pool.Acquire(), change.look), change.as_before)
        << change.sql;
  }
  EXPECT_EQ(pool.stats().opened, 1u);
  EXPECT_EQ(pool.stats().resets, resets) << "looking changes nothing";
}

TEST_P(PostgresPoolTest, P6WhatCannotBeSeenCanBeSaid) {
  connection().Execute(
      "CREATE FUNCTION hidden() RETURNS void LANGUAGE sql AS $$ SELECT "
      "set_config('work_mem', '17MB', false) $$");
  Pool pool(dsn_, {.max_open = 1});
  {
    Lease lease = pool.Acquire();
    lease->Execute("SELECT hidden()");
    lease.MarkChanged();
  }
  EXPECT_EQ(One(*pool.Acquire(), "SHOW work_mem"), "4MB");
}

TEST_P(PostgresPoolTest, P6AnOpenTransactionIsRolledBack) {
  Pool pool(dsn_, {.max_open = 1});
  pool.Acquire()->Execute("CREATE TABLE t (a int)");
  {
    Lease lease = pool.Acquire();
    lease->Execute("BEGIN");
    lease->Execute("INSERT INTO t VALUES (1)");
  }
  {
    Lease lease = pool.Acquire();
    lease->Execute("BEGIN");
    EXPECT_THROW(lease->Execute("SELECT 1/0"), Error);
  }
  EXPECT_EQ(One(*pool.Acquire(), "SELECT count(*) FROM t"), "0");
  EXPECT_EQ(pool.stats().opened, 1u);
}

TEST_P(PostgresPoolTest, P6AConnectionThatTheServerEndedIsNotHandedOut) {
  std::vector<std::string> lines;
  Pool pool(dsn_, {.logger = [&](LogLevel, std::string_view line) {
              lines.emplace_back(line);
            }});
  std::string pid;
  {
    Lease lease = pool.Acquire();
    pid = One(*lease, "SELECT pg_backend_pid()");
  }
  connection().Execute(Cat("SELECT pg_terminate_backend(", pid, ")"));
  // The end arrives a moment later.
  while (One(connection(), Cat("SELECT count(*) FROM pg_stat_activity WHERE "
                               "pid = ",
                               pid)) != "0") {
  }
  std::this_thread::sleep_for(milliseconds(20));
  EXPECT_NE(One(*pool.Acquire(), "SELECT pg_backend_pid()"), pid);
  EXPECT_EQ(pool.stats().broken, 1u);
  EXPECT_THAT(lines, testing::Contains(HasSubstr("a connection was broken")));
}

TEST_P(PostgresPoolTest, P6AConnectionThatBreaksInUseIsNotPutBack) {
  Pool pool(dsn_);
  {
    Lease lease = pool.Acquire();
    EXPECT_EQ(Failure([&] {
                lease->Execute("SELECT pg_terminate_backend(pg_backend_pid())");
              }).code,
              ErrorCode::kConnectFailed);
  }
  EXPECT_EQ(pool.stats().open, 0u);
  EXPECT_EQ(One(*pool.Acquire(), "SELECT 1"), "1");
}

TEST_P(PostgresPoolTest, P6LongIdleOnesAreAsked) {
  Pool pool(dsn_, {.ping_after = milliseconds(1)});
  std::this_thread::sleep_for(milliseconds(5));
  EXPECT_EQ(One(*pool.Acquire(), "SELECT 1"), "1");
  EXPECT_EQ(pool.stats().opened, 1u);
}

TEST_P(PostgresPoolTest, P6NoMoreThanMaxOpenAtTheServer) {
  Pool pool(dsn_, {.max_open = 4, .application_name = "pool-test"});
  std::atomic<int> most = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 12; ++i) {
      threads.emplace_back([&] {
        for (int round = 0; round < 20; ++round) {
          Lease lease = pool.Acquire();
          const int now = lease
                              ->Execute(
                                  "SELECT count(*) FROM pg_stat_activity WHERE "
                                  "application_name = 'pool-test'")
                              .Get<int>(0, 0);
          for (int seen = most;
               now > seen && !most.compare_exchange_weak(seen, now);) {
          }
        }
      });
    }
  }
  EXPECT_LE(most, 4);
  EXPECT_EQ(pool.stats().acquired, 241u);
  EXPECT_LE(pool.stats().opened, 4u);
}

TEST_P(PostgresPoolTest, P6AServerThatStartsAgainIsUsedAgain) {
  test::Cluster own(GetParam());
  Pool pool(own.Dsn());
  {
    Lease a = pool.Acquire();
    Lease b = pool.Acquire();
  }
  own.Kill();
  EXPECT_EQ(Failure([&] { pool.Acquire(); }).code, ErrorCode::kConnectFailed);
  own.Start();
  EXPECT_EQ(One(*pool.Acquire(), "SELECT 1"), "1");
}

}  // namespace
}  // namespace godwit::internal
