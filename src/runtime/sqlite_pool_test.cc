// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <filesystem>
#include <thread>

#include "godwit/pool.h"
#include "support/folder.h"

namespace godwit {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

class SqlitePoolTest : public testing::Test {
 protected:
  std::string dsn() const { return "sqlite:" + (folder_ / "app.db"); }
  test::TempFolder folder_;
};

TEST_F(SqlitePoolTest, P6OneWriterAndManyReaders) {
  Pool pool(dsn(), {.acquire_timeout = milliseconds(30)});
  pool.Acquire()->Execute("CREATE TABLE t (a integer)");
  Lease writer = pool.Acquire();
  EXPECT_FALSE(pool.TryAcquire());
  EXPECT_THROW(pool.Acquire(), Error);
  Transaction transaction(*writer);
  transaction.Execute("INSERT INTO t VALUES (1)");
  // The readers see what was committed and wait for nobody.
  Lease one = pool.Acquire(Access::kRead);
  Lease two = pool.Acquire(Access::kRead);
  EXPECT_EQ(one->Execute("SELECT count(*) FROM t").Get<int>(0, 0), 0);
  transaction.Commit();
  EXPECT_EQ(two->Execute("SELECT count(*) FROM t").Get<int>(0, 0), 1);
  EXPECT_EQ(one->Execute("PRAGMA journal_mode").Get<std::string>(0, 0), "wal");
}

TEST_F(SqlitePoolTest, P6AReaderCannotWrite) {
  Pool pool(dsn());
  Lease reader = pool.Acquire(Access::kRead);
  try {
    reader->Execute("CREATE TABLE t (a)");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("readonly"));
  }
}

TEST_F(SqlitePoolTest, P6ForeignKeysHold) {
  Pool pool(dsn());
  Lease lease = pool.Acquire();
  lease->Execute("CREATE TABLE p (id integer PRIMARY KEY)");
  lease->Execute("CREATE TABLE c (p REFERENCES p)");
  EXPECT_THROW(lease->Execute("INSERT INTO c VALUES (7)"), Error);
  Pool free(dsn(), {.foreign_keys = false});
  EXPECT_NO_THROW(free.Acquire()->Execute("INSERT INTO c VALUES (7)"));
}

TEST_F(SqlitePoolTest, P6WhatAUserLeftOpenIsRolledBack) {
  Pool pool(dsn());
  {
    Lease lease = pool.Acquire();
    lease->Execute("CREATE TABLE t (a)");
    lease->Execute("BEGIN");
    lease->Execute("INSERT INTO t VALUES (1)");
  }
  Lease lease = pool.Acquire();
  EXPECT_FALSE(lease->in_transaction());
  EXPECT_EQ(lease->Execute("SELECT count(*) FROM t").Get<int>(0, 0), 0);
  EXPECT_EQ(pool.stats().opened, 1u);
}

TEST_F(SqlitePoolTest, P6ChangedStateIsNotHandedOn) {
  Pool pool(dsn());
  const std::pair<const char*, const char*> changes[] = {
      {"PRAGMA cache_size = 17",
       "SELECT cache_size = 17 FROM pragma_cache_size"},
      {"ATTACH ':memory:' AS other",
       "SELECT count(*) FROM pragma_database_list WHERE name = 'other'"},
      {"CREATE TEMP TABLE mine (a)", "SELECT count(*) FROM sqlite_temp_schema"},
  };
  std::uint64_t opened = 1;
  for (const auto& [change, look] : changes) {
    pool.Acquire()->Execute(change);
    Lease lease = pool.Acquire();
    EXPECT_EQ(lease->Execute(look).Get<int>(0, 0), 0) << change;
    EXPECT_EQ(pool.stats().opened, ++opened) << change;
  }
  pool.Acquire()->Execute("PRAGMA user_version");
  EXPECT_EQ(pool.stats().opened, opened);
}

TEST_F(SqlitePoolTest, P6AFileThatWasReplacedIsOpenedAgain) {
  Pool pool(dsn());
  pool.Acquire()->Execute("CREATE TABLE t (a)");
  for (const char* name : {"app.db", "app.db-wal", "app.db-shm"})
    std::filesystem::remove(folder_ / name);
  EXPECT_EQ(pool.Acquire()
                ->Execute("SELECT count(*) FROM sqlite_schema")
                .Get<int>(0, 0),
            0);
  EXPECT_EQ(pool.stats().broken, 1u);
}

TEST_F(SqlitePoolTest, P6ADatabaseInMemoryIsKept) {
  Pool pool("sqlite::memory:", {.idle_time = milliseconds(1)});
  pool.Acquire()->Execute("CREATE TABLE t (a)");
  pool.Acquire()->Execute("PRAGMA cache_size = 17");
  std::this_thread::sleep_for(milliseconds(10));
  EXPECT_EQ(pool.Acquire(Access::kRead)
                ->Execute("SELECT count(*) FROM t")
                .Get<int>(0, 0),
            0);
}

TEST_F(SqlitePoolTest, P6ManyThreadsWriteAndRead) {
  Pool pool(dsn());
  pool.Acquire()->Execute("CREATE TABLE t (a integer)");
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&, i] {
        for (int round = 0; round < 25; ++round) {
          if (i % 2 == 0) {
            Transact(pool, [&](Transaction& tx) {
              tx.Execute("INSERT INTO t VALUES (?1)", i);
            });
          } else {
            Lease lease = pool.Acquire(Access::kRead);
            lease->Execute("SELECT count(*) FROM t");
          }
        }
      });
    }
  }
  EXPECT_EQ(pool.Acquire()->Execute("SELECT count(*) FROM t").Get<int>(0, 0),
            100);
}

// Two pools are two programs: the writers wait for each other's commits.
TEST_F(SqlitePoolTest, P6TwoProgramsWriteOneFile) {
  Pool one(dsn());
  Pool two(dsn());
  one.Acquire()->Execute("CREATE TABLE t (a integer)");
  {
    std::vector<std::jthread> threads;
    for (Pool* pool : {&one, &two}) {
      threads.emplace_back([pool] {
        for (int round = 0; round < 50; ++round) {
          Transact(*pool, [](Transaction& tx) {
            tx.Execute("INSERT INTO t SELECT count(*) FROM t");
          });
        }
      });
    }
  }
  EXPECT_EQ(
      two.Acquire()->Execute("SELECT count(DISTINCT a) FROM t").Get<int>(0, 0),
      100);
}

TEST_F(SqlitePoolTest, P3AFileThatCannotBeOpenedIsSaidAtOnce) {
  try {
    Pool pool("sqlite:/nonexistent/app.db");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kConnectFailed);
    EXPECT_THAT(error.what(), HasSubstr("/nonexistent does not exist"));
  }
}

TEST_F(SqlitePoolTest, P6LeasesMayOutliveThePool) {
  std::optional<Lease> lease;
  {
    Pool pool(dsn());
    lease = pool.Acquire();
    Pool other = std::move(pool);
    EXPECT_EQ(other.stats().in_use, 1u);
  }
  EXPECT_EQ((*lease)->Execute("SELECT 1").Get<int>(0, 0), 1);
}

TEST_F(SqlitePoolTest, P6OnOpenSeesEveryConnection) {
  int seen = 0;
  Pool pool(dsn(), {.on_open = [&](Connection& connection) {
              ++seen;
              connection.Execute("PRAGMA cache_size = 99");
            }});
  Lease reader = pool.Acquire(Access::kRead);
  EXPECT_EQ(reader->Execute("PRAGMA cache_size").Get<int>(0, 0), 99);
  EXPECT_EQ(seen, 2);
  EXPECT_EQ(pool.Acquire()->Execute("PRAGMA cache_size").Get<int>(0, 0), 99);
  EXPECT_EQ(seen, 2);
}

}  // namespace
}  // namespace godwit
