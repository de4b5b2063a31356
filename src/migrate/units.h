// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "engine/run.h"
#include "godwit/error.h"
#include "migrate/checks.h"
#include "migrate/ledger.h"
#include "migrate/pending.h"
#include "migrate/tracker.h"

namespace godwit::migrate {

// One step with what it runs.
struct PreparedStep {
  Step step;
  const Section* section = nullptr;  // null where nothing runs (forgotten)
  Runnable runnable;
};

struct UnitContext {
  const Tracker* tracker = nullptr;  // null: --no-versioning
  const Ledger* ledger = nullptr;
  const LogState* log = nullptr;
  std::string role;
};

// How the log knows a statement again: SHA-256 of its text.
std::string StatementHash(const sql::StatementView& statement);

// A statement, by its index, whose fate only the operator can tell.
Error CutOff(const PreparedStep& step, std::size_t statement);

// What a unit is for, beside what the engine executes.
struct UnitInfo {
  bool setup = false;      // makes the tracker; of no step
  bool ends_step = false;  // the version is recorded with it
  std::size_t first_statement =
      0;  // index of its body's first statement in the step's runnable
  bool needs_log = false;
};

struct Units {
  std::vector<engine::Unit> units;
  std::vector<UnitInfo> infos;  // one a unit

  std::size_t size() const { return units.size(); }
};

// A transactional step is one unit: its row first, then its statements. A step
// without a transaction is many: an intent before each statement, an outcome
// after it, the row at the end; statements that the log has as done are left
// out. `state` is the tracker as it is now; it is moved on step by step. Throws
// Error(kInterrupted) where a statement's fate cannot be told.
Units BuildUnits(std::span<const PreparedStep> steps, TrackerState state,
                 const UnitContext& context);

}  // namespace godwit::migrate
