// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migrate/runner.h"

namespace godwit::migrate {

enum class State { kApplied, kPending, kMissing, kDrifted, kInterrupted };
std::string_view Word(State state);

struct StatusLine {
  Version version = 0;
  std::string name;
  std::string module;
  std::string file;  // empty: there is none
  State state = State::kPending;
  std::string applied_at;  // empty: not applied, or not known
  std::string checksum;    // as recorded; empty: none
  std::optional<Acceptance>
      accepted;  // the row is as `verify --accept` left it
};

struct Status {
  std::string engine;
  std::string tracker;
  Version current = 0;
  std::size_t pending = 0;
  std::vector<StatusLine> migrations;  // ascending
  // With nothing applied: another tool's tracker, "public.goose_db_version of
  // goose".
  std::string legacy;
  // The list of modules is not the one of those who applied them: both modules
  // and the mend.
  std::optional<ErrorInfo> shift;
};

// Files and rows beside each other. Pure.
std::vector<StatusLine> CompareAll(const std::vector<Migration>& migrations,
                                   const TrackerState& state,
                                   const LogState& log);

Status ReadStatus(Runner& runner);
// With --no-versioning: every file is pending.
Status UntrackedStatus(Runner& runner);

// The same in versions, as a program asks for it.
Verification Summarize(const Status& status);

// What `verify` finds wrong.
struct Finding {
  enum class Kind { kChanged, kLineEndings, kRenamed, kMissing, kShifted };
  Kind kind = Kind::kChanged;
  Version version = 0;
  std::string file;
  std::string message;
  std::string help;  // empty: restoring the file, or accepting it
};
std::string_view Word(Finding::Kind kind);
// A module that stands elsewhere in the list now is one finding, and its rows
// are none of their own.
std::vector<Finding> Verify(const std::vector<Migration>& migrations,
                            const TrackerState& state,
                            std::span<const ModulePlace> modules);

}  // namespace godwit::migrate
