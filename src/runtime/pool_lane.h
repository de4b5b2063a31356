// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "godwit/connection.h"
#include "godwit/pool.h"

namespace godwit::internal {

using PoolClock = std::chrono::steady_clock;

// A connection that is handed from user to user.
class LaneMember {
 public:
  LaneMember(Connection opened, PoolClock::time_point end)
      : connection(std::move(opened)), end_of_life(end) {}

  Connection connection;
  PoolClock::time_point end_of_life;
  PoolClock::time_point idle_since{};
  bool discard = false;
};

struct LaneOptions {
  std::size_t max_open = 1;
  std::size_t max_idle = 1;
  std::chrono::milliseconds lifetime{0};    // 0: for ever
  std::chrono::milliseconds idle_time{0};   // 0: for ever
  std::chrono::milliseconds ping_after{0};  // 0: never
  std::string name;                         // in messages
  Logger logger;
};

// Equal connections and a queue of those who want one, first come first
// served. Nothing slow happens under the lock: connections are opened, asked,
// reset and closed by the thread that has taken them out.
class Lane {
 public:
  Lane(std::function<Connection()> open, LaneOptions options);
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;
  ~Lane();

  // Throws Error(kPoolTimeout), Error(kInterrupted), Error(kUsage) when closed,
  // or what `open` throws.
  std::unique_ptr<LaneMember> Acquire(
      std::optional<PoolClock::time_point> deadline, std::stop_token stop);
  // Null where it would have to wait.
  std::unique_ptr<LaneMember> TryAcquire();
  void Return(std::unique_ptr<LaneMember> member) noexcept;
  void Close();
  PoolStats stats() const;

 private:
  // What a thread may go on with: a connection, or the place for a new one.
  struct Grant {
    std::unique_ptr<LaneMember> member;
    bool place = false;
    explicit operator bool() const { return place || member != nullptr; }
  };
  struct Waiter {
    std::condition_variable_any wake;
    Grant grant;
  };
  enum class Fate { kKeep, kBroken, kExpired };

  Grant Take();
  Grant WaitForTurn(std::unique_lock<std::mutex>& lock,
                    std::optional<PoolClock::time_point> deadline,
                    std::stop_token stop);
  [[noreturn]] void ThrowNotGranted(const std::stop_token& stop,
                                    PoolClock::time_point since);
  std::unique_ptr<LaneMember> Use(Grant grant);
  std::unique_ptr<LaneMember> Open();
  Fate Examine(LaneMember& member) const;
  Fate CleanUp(LaneMember& member);
  std::unique_ptr<LaneMember> PutBack(std::unique_ptr<LaneMember> member,
                                      Fate fate);
  void Count(Fate fate);
  void GivePlaceUp();
  void Reap(const std::stop_token& stop);
  std::vector<std::unique_ptr<LaneMember>> TakeExpired(
      PoolClock::time_point now);
  PoolClock::time_point NextExpiry() const;
  bool IsExpired(const LaneMember& member, PoolClock::time_point now) const;
  PoolClock::time_point EndOfLife();
  void Log(LogLevel level, std::string_view line) const;

  const std::function<Connection()> open_;
  const LaneOptions options_;

  mutable std::mutex mutex_;
  std::deque<Waiter*> waiters_;                   // the first is next
  std::deque<std::unique_ptr<LaneMember>> idle_;  // the last is used next
  std::size_t places_ = 0;  // connections open or being opened
  bool closed_ = false;
  PoolStats counters_;
  std::minstd_rand random_{std::random_device{}()};
  std::condition_variable_any idle_changed_;
  std::jthread reaper_;  // the last member: it uses all others
};

}  // namespace godwit::internal
