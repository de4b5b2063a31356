// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "godwit/connection.h"
#include "godwit/error.h"
#include "sql/splitter.h"

namespace godwit::engine {

// What a run's session is set to. SQLite has neither: its run's lock is the
// only one.
struct RunSettings {
  std::chrono::milliseconds lock_timeout{0};       // 0: for ever
  std::chrono::milliseconds statement_timeout{0};  // 0: as the server has it
};

// What is executed together: a migration in its transaction, or one stretch of
// a migration that runs without.
struct Unit {
  enum class Mode {
    kTransaction,  // all of it commits or nothing; may share the engine's batch
    kOwnTransaction,  // the same, and nothing else may share its transaction
    kAutocommit,      // each statement on its own
  };
  std::size_t step = 0;  // the caller's index
  Mode mode = Mode::kTransaction;
  // Is sent only when all before it is known to be done.
  bool waits = false;
  bool restores_session = false;  // its statements may have changed the session
  std::string role;               // SET ROLE for the body
  // The statements of a unit before it may have set another role: rows are
  // written with the login's all the same. Where they stand before the body
  // there is none.
  bool as_login = false;
  std::vector<Connection::Query> before;  // tracker rows, with the login's role
  std::span<const sql::StatementView> body;
  std::vector<Connection::Query> after;

  bool has_copy() const;
  // How many of its first statements set the transaction's isolation level and
  // the like: they come before any query, the rows' too.
  std::size_t transaction_modes() const;
};

// Where a run stopped.
struct Failure {
  enum class At { kBefore, kBody, kAfter, kCommit };
  std::size_t unit = 0;
  At at = At::kBody;
  std::size_t index = 0;  // within before, body or after
  ErrorInfo error;
};

struct RunResult {
  std::size_t committed = 0;  // units, the first ones
  std::optional<Failure> failure;
};

// Told while a run goes on.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void OnStarted(std::size_t unit) = 0;
  virtual void OnFinished(std::size_t unit,
                          std::chrono::microseconds duration) = 0;
};

// A lock on a relation that a statement has taken.
struct LockTaken {
  std::string relation;       // "schema.name"
  std::string mode;           // "AccessExclusiveLock"
  std::size_t statement = 0;  // of the unit, from 1: the one that took it first
  // The one since which the relation lies in another file; 0: in the same.
  std::size_t rewritten_by = 0;
  bool is_new = false;  // made by the unit: nobody else can want it
  // Taken by this earlier unit and held since then. The statement names the
  // relation; whether it asked for the lock again the server does not say.
  std::optional<std::size_t> held_since = {};
};

struct DryRunResult {
  bool tried = false;
  std::vector<LockTaken> locks;
  std::chrono::microseconds duration{0};
  std::optional<Failure> failure;
};

}  // namespace godwit::engine
