// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "godwit/connection.h"
#include "godwit/log.h"

namespace godwit {

struct PoolOptions {
  // PostgreSQL: what every connection gets, in one round trip behind its login.
  std::vector<std::string> search_path;  // schemas' names, unquoted
  std::string role;
  std::chrono::milliseconds statement_timeout{0};  // 0: as the server has it

  std::size_t max_open = 16;  // SQLite: of readers, beside the one writer
  std::size_t max_idle = 8;   // kept open while nobody uses them
  // How long a connection is used at most, each up to a tenth less, so that
  // they do not all end at once; and how long it may be idle. 0: for ever.
  std::chrono::milliseconds lifetime{std::chrono::minutes(30)};
  std::chrono::milliseconds idle_time{std::chrono::minutes(5)};
  std::chrono::milliseconds acquire_timeout{10'000};  // 0: for ever
  // Before it is handed out, a connection is looked at without a round trip;
  // one that was idle for this long is asked by one. 0: never.
  std::chrono::milliseconds ping_after{std::chrono::minutes(1)};

  std::string application_name = "godwit";            // PostgreSQL
  bool named_statements = true;                       // as in ConnectOptions
  std::chrono::milliseconds connect_timeout{10'000};  // the DSN's own wins
  std::chrono::milliseconds busy_timeout{5'000};      // SQLite

  // SQLite: foreign keys are enforced, and the write-ahead log lets readers and
  // the writer work at the same time. False leaves the file as it is.
  bool foreign_keys = true;
  bool write_ahead_log = true;

  // Called with each new connection, once its settings stand. What it throws
  // is the error of the Acquire that opened it.
  std::function<void(Connection&)> on_open;
  Logger logger;
};

struct PoolStats {
  std::size_t open = 0;  // idle, in use, or being opened
  std::size_t idle = 0;
  std::size_t in_use = 0;
  std::size_t waiting = 0;  // threads in Acquire

  // Since the pool was made.
  std::uint64_t opened = 0;
  std::uint64_t acquired = 0;
  std::uint64_t waits = 0;              // of the acquired: how many had to wait
  std::chrono::microseconds waited{0};  // all of them together
  std::uint64_t timeouts = 0;
  std::uint64_t resets = 0;  // a user had changed the session's state
  // Closed because they were broken, too old, idle for too long or too many.
  std::uint64_t broken = 0;
  std::uint64_t expired = 0;
  std::uint64_t surplus = 0;
};

enum class Access {
  kWrite,
  kRead,  // SQLite: one of many readers; PostgreSQL makes no difference
};

namespace internal {
class Lane;
class LaneMember;
}  // namespace internal

// A connection of a pool, as long as this lives. A transaction that is still
// open at the end is rolled back, and what was changed of the session (SET,
// prepared statements, temporary tables, LISTEN, …) is put back, before the
// next user gets it. Statements prepared on it end with it. Not for two threads
// at once.
class Lease {
 public:
  Lease(Lease&&) noexcept;
  Lease& operator=(Lease&&) noexcept;
  ~Lease();

  Connection& operator*() const;
  Connection* operator->() const { return &**this; }
  operator Connection&() const { return **this; }

  // The connection will be closed instead of used again.
  void Discard();
  // Says what cannot be seen from outside: a function in the database that was
  // called has changed settings or taken an advisory lock of the session.
  void MarkChanged();

 private:
  friend class Pool;
  Lease(std::shared_ptr<internal::Lane> lane,
        std::unique_ptr<internal::LaneMember> member);
  void Return() noexcept;

  std::shared_ptr<internal::Lane> lane_;
  std::unique_ptr<internal::LaneMember> member_;
};

// Connections to one database for the threads of a program; all calls are safe
// from many threads. Those who wait get theirs in the order in which they came.
// On SQLite there is one writer, for which those who write wait in that same
// order, and any number of readers beside it.
class Pool {
 public:
  // Opens a first connection, so that a database that cannot be reached is said
  // when the program starts. Throws as Connection::Open does.
  explicit Pool(std::string_view dsn, PoolOptions options = {});
  Pool(Pool&&) noexcept;
  Pool& operator=(Pool&&) noexcept;
  // Leases may outlive it; their connections close with them.
  ~Pool();

  EngineKind engine() const { return engine_; }

  // Throws Error(kPoolTimeout) when none becomes free in time, and what
  // Connection::Open throws where a new one cannot be opened;
  // Error(kInterrupted) on a stop request.
  Lease Acquire(Access access = Access::kWrite, std::stop_token stop = {});
  // Nothing where it would have to wait.
  std::optional<Lease> TryAcquire(Access access = Access::kWrite);

  // No more connections: those that are idle close now, those in use when they
  // come back; who waits or asks gets Error(kUsage). The destructor does it
  // too.
  void Close();

  PoolStats stats() const;

 private:
  EngineKind engine_;
  std::chrono::milliseconds acquire_timeout_;
  std::shared_ptr<internal::Lane> writers_;
  std::shared_ptr<internal::Lane> readers_;  // the same where one serves both
};

// Runs `work` in a transaction on a connection of the pool, as above.
template <typename Work>
auto Transact(Pool& pool, Work&& work, const TransactOptions& options = {}) {
  Lease lease = pool.Acquire();
  return Transact(*lease, std::forward<Work>(work), options);
}

}  // namespace godwit
