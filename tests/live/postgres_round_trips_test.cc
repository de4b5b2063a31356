// SPDX-License-Identifier: Apache-2.0
// How often a run waits for the server, and that what it saves there costs
// nothing: the plan is made of what is read under the lock.
#include <thread>

#include "base/text.h"
#include "live/bench.h"
#include "support/cluster.h"
#include "support/proxy.h"

namespace godwit::test {
namespace {

using testing::HasSubstr;

class RoundTripsTest : public EveryTarget {
 protected:
  void SetUp() override {
    EveryTarget::SetUp();
    if (IsSkipped()) return;
    for (int version = 1; version <= 20; ++version)
      bench().WriteUp(Cat("000", version < 10 ? "0" : "", version, "_t.sql"),
                      Cat("CREATE TABLE t", version, " (id int);"),
                      Cat("DROP TABLE t", version, ";"));
    const std::string& dsn = bench().dsn();
    const std::size_t database = dsn.find('/', dsn.find("://") + 3) + 1;
    database_ = dsn.substr(database, dsn.find('?') - database);
  }

  // Of `work` on a runner whose connection passes the proxy; the login is one.
  template <typename Work>
  std::size_t Count(Work&& work) {
    proxy_.ResetTraffic();
    {
      const auto source =
          migrate::Source::ReadFolder(bench().folder(), std::nullopt);
      Connection connection = Connection::Open(proxy_.Dsn(database_));
      migrate::Runner runner(connection, &source, bench().options,
                             migrate::ProcessEnvironment());
      work(runner);
    }
    return proxy_.traffic().round_trips;
  }

  std::string database_;
  // Some distance: on a busy machine a client that pauses within what it sends
  // would be answered in between.
  Proxy proxy_{{.server = Cluster::Of(GetParam().postgresql).socket(),
                .round_trip = std::chrono::milliseconds(40)}};
};

INSTANTIATE_TEST_SUITE_P(Live, RoundTripsTest, testing::ValuesIn(Servers()),
                         NameOf);

// Login, look, begin, run, end.
TEST_P(RoundTripsTest, ARunIsFiveHoweverManyMigrations) {
  EXPECT_EQ(Count([](auto& runner) { runner.Up({.steps = 5}); }), 5u);
  EXPECT_EQ(Count([](auto& runner) { runner.Up({}); }), 5u);
  using migrate::Wish;
  EXPECT_EQ(Count([](auto& runner) {
              runner.Down({.kind = Wish::Kind::kDown, .steps = 19});
            }),
            5u);
  EXPECT_EQ(bench().Applied(), std::vector<std::int64_t>{1});
}

TEST_P(RoundTripsTest, NothingToDoAndStatusAreOneBehindTheLogin) {
  bench().Up();
  EXPECT_EQ(Count([](auto& runner) { runner.Up({}); }), 2u);
  EXPECT_EQ(Count([](auto& runner) { migrate::ReadStatus(runner); }), 2u);
}

// Asked while the files are read; an answer to another question is none.
TEST_P(RoundTripsTest, WhatWasReadAheadIsNotReadAgain) {
  using migrate::Look;
  bench().Up({.steps = 5});
  EXPECT_EQ(Count([](auto& runner) {
              runner.ReadAhead(Look::kForPlan);
              runner.Up({.steps = 5});
            }),
            5u);
  EXPECT_EQ(Count([](auto& runner) {
              runner.ReadAhead(Look::kWithTimes);
              EXPECT_EQ(migrate::ReadStatus(runner).pending, 10u);
            }),
            2u);
  EXPECT_EQ(Count([](auto& runner) {
              runner.ReadAhead(Look::kForPlan);
              EXPECT_EQ(migrate::ReadStatus(runner).pending, 10u);
              EXPECT_EQ(migrate::ReadStatus(runner).pending, 10u);
            }),
            4u);
  // What another run applies in between shows under the lock.
  Count([&](auto& runner) {
    runner.ReadAhead(Look::kForPlan);
    EXPECT_EQ(bench().Up().applied.size(), 10u);
    const Report report = runner.Up({});
    EXPECT_TRUE(report.applied.empty());
    EXPECT_EQ(report.pending, 0u);
  });
}

// The second run goes on with what the first has read at its end.
TEST_P(RoundTripsTest, DownAndUpAgainAreEight) {
  bench().Up();
  EXPECT_EQ(Count([](auto& runner) { runner.Redo(); }), 8u);
  EXPECT_EQ(Count([](auto& runner) { runner.Goto(10); }), 5u);
  EXPECT_EQ(bench().Applied().size(), 10u);
}

TEST_P(RoundTripsTest, ALogIsReadBesideTheTracker) {
  bench().Write("00021_index.sql",
                "-- +goose NO TRANSACTION\n-- +goose Up\n"
                "CREATE INDEX CONCURRENTLY i ON t1 (id);\n");
  bench().Up();
  bench().WriteUp("00022_t.sql", "CREATE TABLE t22 (id int);");
  // The first look does not know of the log: it asks once more.
  EXPECT_EQ(Count([](auto& runner) { runner.Up({}); }), 6u);
}

TEST_P(RoundTripsTest, RecordingIsFourWithTheReport) {
  EXPECT_EQ(Count([](auto& runner) { runner.Baseline(20); }), 4u);
  EXPECT_EQ(bench().Applied().size(), 20u);
}

// At these levels a transaction sees what was committed when it began: what is
// read must not begin before the lock is held.
TEST_P(RoundTripsTest, RunnersAtOnceApplyEachOnceAtEveryIsolationLevel) {
  for (const char* level : {"repeatable read", "serializable"}) {
    bench().Sql(Cat("ALTER DATABASE ", database_,
                    " SET default_transaction_isolation = '", level, "'"));
    std::vector<std::thread> runners;
    std::atomic<std::size_t> applied = 0;
    for (int i = 0; i < 4; ++i)
      runners.emplace_back([&] {
        try {
          applied += bench().Up().applied.size();
        } catch (const Error& error) {
          ADD_FAILURE() << error.what();
        }
      });
    for (std::thread& runner : runners) runner.join();
    EXPECT_EQ(applied, 20u) << level;
    EXPECT_EQ(bench().Applied().size(), 20u) << level;
    bench().Down({.all = true});
  }
}

TEST_P(RoundTripsTest, AReadOnlyServerIsNotWaitedFor) {
  bench().Sql(Cat("ALTER DATABASE ", database_,
                  " SET default_transaction_read_only = on"));
  // The lock of the tracker public.applied_migrations.
  Connection other = Connection::Open(bench().dsn());
  other.Execute("SELECT pg_advisory_lock(6004593293802252145)");
  const ErrorInfo info = bench().UpFailure();
  EXPECT_EQ(info.code, ErrorCode::kTrackerUnusable);
  EXPECT_THAT(info.message, HasSubstr("read-only"));
}

// What was read when the lock was asked for is not what counts: another run
// has held it, and has applied something.
TEST_P(RoundTripsTest, WhoHasWaitedReadsAgain) {
  Connection other = Connection::Open(bench().dsn());
  other.Execute("SELECT pg_advisory_lock(6004593293802252145)");
  bench().options.on_progress = [&](const Progress& progress) {
    if (progress.kind != Progress::Kind::kWaiting) return;
    other.Execute(
        "CREATE TABLE applied_migrations (version bigint PRIMARY KEY, name "
        "text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now(), "
        "checksum text)");
    other.Execute(
        "INSERT INTO applied_migrations (version, name) SELECT v, 't' FROM "
        "generate_series(1, 19) v");
    other.Execute("SELECT pg_advisory_unlock(6004593293802252145)");
  };
  const Report report = bench().Up();
  ASSERT_EQ(report.applied.size(), 1u);
  EXPECT_EQ(report.applied[0].version, 20);
  EXPECT_EQ(report.pending, 0u);
}

}  // namespace
}  // namespace godwit::test
