// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "godwit/error.h"
#include "migrate/migration.h"
#include "migrate/modules.h"
#include "migrate/tracker.h"

namespace godwit::migrate {

// What is asked for.
struct Wish {
  enum class Kind { kUp, kDown };
  Kind kind = Kind::kUp;
  std::optional<Version>
      to;  // up: the last one applied; down: the last one kept
  std::optional<std::size_t> steps;  // at most so many
  std::optional<Version> only;       // up: this one and no other
  bool all = false;                  // down: everything
  bool forget = false;      // down: where there is no down, only the row goes
  std::string module = {};  // only those of this one
  std::optional<std::set<Version>> among = {};  // up: only these
};

// One migration to run in one direction.
struct Step {
  bool down = false;
  const Migration* migration =
      nullptr;          // never null but for a forgotten row without file
  AppliedRow row;       // down: the row that goes
  bool forget = false;  // runs nothing
};

// What will be done. A value: deciding it touches no database.
struct Plan {
  std::vector<Step> steps;
  std::vector<ErrorInfo> refusals;  // why nothing may run; all that were found
  std::optional<ErrorInfo> stop;    // what stops the run after its steps
  std::vector<std::string> warnings;
};

struct Policy {
  OutOfOrder out_of_order = OutOfOrder::kApply;
  OnDrift on_drift = OnDrift::kRefuse;
  OnMissing on_missing = OnMissing::kWarn;
  std::span<const ModulePlace> modules = {};
};

// What one applied file looks like beside its row.
enum class Drift { kNone, kChanged, kLineEndings, kRenamed };
Drift Compare(const Migration& migration, const AppliedRow& row);

Plan Pending(const std::vector<Migration>& migrations,
             const TrackerState& state, const TrackerTraits& traits,
             const std::string& tracker, const Wish& wish,
             const Policy& policy);

// How many of the files are not applied.
std::size_t CountPending(const std::vector<Migration>& migrations,
                         const TrackerState& state);

// The version that `version` prints: the newest; with goose's kind the last
// applied.
Version CurrentVersion(const TrackerState& state, const TrackerTraits& traits);

}  // namespace godwit::migrate
