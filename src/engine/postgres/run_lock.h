// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/database.h"
#include "runtime/postgres.h"

namespace godwit::engine {

// Session-level advisory locks, all of them or none. Taken by trying and
// waiting: a waiter in pg_advisory_lock holds a snapshot that CREATE INDEX
// CONCURRENTLY waits for, and the two would stand still until the server kills
// one.
class RunLock {
 public:
  explicit RunLock(internal::PostgresSession& session) : session_(session) {}

  // Throws Error(kRunLockTimeout), naming who holds it, or Error(kInterrupted).
  void Take(const LockRequest& request);
  void Release() noexcept;

  // The same in pieces, for who sends them beside other queries. The query that
  // tries to take the keys, one after the other until one is held by another,
  // and says how many it has; and its answer: keeps all of them, or none.
  // Returns whether all are held. An answer that is an error is none.
  static Connection::Query TryQuery(const std::vector<std::int64_t>& keys);
  bool Keep(const std::vector<std::int64_t>& keys, const Answer& answer);
  // What releases the keys that are held; and that it was done.
  std::vector<Connection::Query> ReleaseQueries() const;
  void Forget() { held_.clear(); }

 private:
  bool TryAll(const std::vector<std::int64_t>& keys);
  std::string Holder(const std::vector<std::int64_t>& keys);

  internal::PostgresSession& session_;
  std::vector<std::int64_t> held_;
};

}  // namespace godwit::engine
