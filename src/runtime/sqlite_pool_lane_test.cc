// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "runtime/pool_lane.h"
#include "runtime/session.h"

// The queue itself, on connections to databases in memory: real ones, which
// open in no time.
namespace godwit::internal {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

Connection OpenOne() {
  Connection connection = Connection::Open("sqlite::memory:");
  connection.session().WatchChanges();
  return connection;
}

std::optional<PoolClock::time_point> In(milliseconds time) {
  return PoolClock::now() + time;
}

ErrorInfo Failure(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.info();
  }
  ADD_FAILURE() << "no error";
  return {};
}

void WaitUntil(const std::function<bool()>& is_so) {
  for (int i = 0; i < 5000 && !is_so(); ++i)
    std::this_thread::sleep_for(milliseconds(1));
  EXPECT_TRUE(is_so());
}

TEST(PoolLane, OpensNoMoreThanItMayAndUsesThemAgain) {
  Lane lane(OpenOne, {.max_open = 2, .max_idle = 2, .name = "x"});
  auto a = lane.Acquire({}, {});
  auto b = lane.Acquire({}, {});
  EXPECT_EQ(lane.TryAcquire(), nullptr);
  const ErrorInfo info =
      Failure([&] { lane.Acquire(In(milliseconds(20)), {}); });
  EXPECT_EQ(info.code, ErrorCode::kPoolTimeout);
  EXPECT_THAT(info.message, HasSubstr("no connection to x became free within"));
  EXPECT_THAT(info.message, HasSubstr("2 of 2 are in use, 0 others wait"));
  lane.Return(std::move(a));
  lane.Return(std::move(b));
  lane.Return(lane.Acquire({}, {}));
  const PoolStats stats = lane.stats();
  EXPECT_EQ(stats.opened, 2u);
  EXPECT_EQ(stats.acquired, 3u);
  EXPECT_EQ(stats.idle, 2u);
  EXPECT_EQ(stats.in_use, 0u);
  EXPECT_EQ(stats.timeouts, 1u);
}

TEST(PoolLane, FirstComeFirstServed) {
  Lane lane(OpenOne, {.max_open = 1, .max_idle = 1});
  auto held = lane.Acquire({}, {});
  std::vector<int> order;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      auto member = lane.Acquire({}, {});
      order.push_back(i);  // only one has the connection
      lane.Return(std::move(member));
    });
    WaitUntil([&] { return lane.stats().waiting == std::size_t(i) + 1; });
  }
  EXPECT_EQ(lane.TryAcquire(), nullptr);
  lane.Return(std::move(held));
  threads.clear();
  EXPECT_THAT(order, testing::ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
  EXPECT_EQ(lane.stats().waits, 8u);
  EXPECT_EQ(lane.stats().opened, 1u);
}

TEST(PoolLane, AnOpenThatFailsGivesItsPlaceToTheNext) {
  std::atomic<bool> fails = true;
  Lane lane(
      [&]() -> Connection {
        if (fails) throw Error(ErrorCode::kConnectFailed, "refused");
        return OpenOne();
      },
      {.max_open = 1, .max_idle = 1});
  EXPECT_EQ(Failure([&] { lane.Acquire({}, {}); }).message, "refused");
  EXPECT_EQ(lane.stats().open, 0u);
  fails = false;
  auto held = lane.Acquire({}, {});
  fails = true;
  std::jthread first([&] {
    EXPECT_EQ(Failure([&] { lane.Acquire({}, {}); }).message, "refused");
    fails = false;
  });
  WaitUntil([&] { return lane.stats().waiting == 1; });
  held->discard = true;
  lane.Return(std::move(held));
  first.join();
  EXPECT_EQ(lane.stats().open, 0u);
  EXPECT_EQ(lane.stats().broken, 1u);
  lane.Return(lane.Acquire({}, {}));
}

TEST(PoolLane, AStopRequestEndsTheWaiting) {
  Lane lane(OpenOne, {.max_open = 1, .max_idle = 1});
  auto held = lane.Acquire({}, {});
  std::stop_source source;
  std::jthread stopper([&] {
    WaitUntil([&] { return lane.stats().waiting == 1; });
    source.request_stop();
  });
  EXPECT_EQ(Failure([&] { lane.Acquire({}, source.get_token()); }).code,
            ErrorCode::kInterrupted);
  lane.Return(std::move(held));
}

TEST(PoolLane, CloseEndsTheWaitingAndTakesNothingBack) {
  Lane lane(OpenOne, {.max_open = 1, .max_idle = 1, .name = "x"});
  auto held = lane.Acquire({}, {});
  std::jthread closer([&] {
    WaitUntil([&] { return lane.stats().waiting == 1; });
    lane.Close();
  });
  EXPECT_EQ(Failure([&] { lane.Acquire({}, {}); }).message,
            "the pool of x was closed while this waited");
  lane.Return(std::move(held));
  EXPECT_EQ(lane.stats().open, 0u);
  EXPECT_EQ(Failure([&] { lane.TryAcquire(); }).message,
            "the pool of x is closed");
}

TEST(PoolLane, SurplusConnectionsClose) {
  Lane lane(OpenOne, {.max_open = 3, .max_idle = 1});
  std::vector<std::unique_ptr<LaneMember>> members;
  for (int i = 0; i < 3; ++i) members.push_back(lane.Acquire({}, {}));
  for (auto& member : members) lane.Return(std::move(member));
  EXPECT_EQ(lane.stats().open, 1u);
  EXPECT_EQ(lane.stats().surplus, 2u);
}

TEST(PoolLane, IdleAndOldConnectionsCloseByThemselves) {
  Lane idle(OpenOne,
            {.max_open = 2, .max_idle = 2, .idle_time = milliseconds(20)});
  idle.Return(idle.Acquire({}, {}));
  WaitUntil([&] { return idle.stats().open == 0; });
  EXPECT_EQ(idle.stats().expired, 1u);
  Lane old(OpenOne,
           {.max_open = 2, .max_idle = 2, .lifetime = milliseconds(20)});
  auto member = old.Acquire({}, {});
  std::this_thread::sleep_for(milliseconds(25));
  old.Return(std::move(member));
  EXPECT_EQ(old.stats().expired, 1u);
  EXPECT_EQ(old.stats().open, 0u);
}

TEST(PoolLane, LifetimesDiffer) {
  Lane lane(
      OpenOne,
      {.max_open = 20, .max_idle = 20, .lifetime = std::chrono::hours(1)});
  std::vector<std::unique_ptr<LaneMember>> members;
  const PoolClock::time_point now = PoolClock::now();
  PoolClock::time_point least = PoolClock::time_point::max(), most = now;
  for (int i = 0; i < 20; ++i) {
    members.push_back(lane.Acquire({}, {}));
    least = std::min(least, members.back()->end_of_life);
    most = std::max(most, members.back()->end_of_life);
  }
  EXPECT_GE(least - now, std::chrono::minutes(54));
  EXPECT_LE(most - now, std::chrono::minutes(61));
  EXPECT_GT(most - least, std::chrono::seconds(10));
}

// Under the thread sanitizer this is the proof that many threads may.
TEST(PoolLane, ManyThreadsShareFewConnections) {
  Lane lane(OpenOne, {.max_open = 3,
                      .max_idle = 2,
                      .lifetime = milliseconds(30),
                      .idle_time = milliseconds(5)});
  std::atomic<int> in_use = 0;
  std::atomic<int> most = 0;
  std::atomic<int> done = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i) {
      threads.emplace_back([&, i] {
        for (int round = 0; round < 50; ++round) {
          auto member = lane.Acquire(In(std::chrono::seconds(60)), {});
          const int now = ++in_use;
          for (int seen = most;
               now > seen && !most.compare_exchange_weak(seen, now);) {
          }
          member->connection.Execute("SELECT 1");
          member->discard = (i + round) % 17 == 0;
          --in_use;
          lane.Return(std::move(member));
          ++done;
        }
      });
    }
  }
  EXPECT_EQ(done, 800);
  EXPECT_LE(most, 3);
  const PoolStats stats = lane.stats();
  EXPECT_EQ(stats.acquired, 800u);
  EXPECT_EQ(stats.in_use, 0u);
  EXPECT_EQ(stats.waiting, 0u);
}

}  // namespace
}  // namespace godwit::internal
