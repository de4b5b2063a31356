// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dialect.h"
#include "godwit/connection.h"
#include "migrate/migration.h"
#include "migrate/tracker.h"

namespace godwit::migrate {

// A row of godwit_log.
struct LogEntry {
  std::int64_t seq = 0;
  Version version = 0;
  std::string event;
  std::optional<std::int64_t> statement;  // from 1, in its direction
  std::optional<std::string> hash;
  std::string detail;
  std::string actor;
  std::string at;  // "2026-05-20T10:38:00Z"
};

// The events. Those with a direction have "up" or "down" in `detail`.
namespace event {
inline constexpr std::string_view kApplied = "applied";
inline constexpr std::string_view kReverted = "reverted";
inline constexpr std::string_view kAssumed = "assumed";  // a counter covers it
inline constexpr std::string_view kForced =
    "forced";  // the counter was set by hand
inline constexpr std::string_view kIntent =
    "intent";  // a statement is about to run
inline constexpr std::string_view kDone = "done";  // it ran
inline constexpr std::string_view kFailed =
    "failed";  // it ran and the server said no
inline constexpr std::string_view kAccepted =
    "accepted";  // a changed file was accepted
inline constexpr std::string_view kResolved =
    "resolved";  // the operator's word
inline constexpr std::string_view kAdopted =
    "adopted";  // from another tool; `detail` is its name, table and format
inline constexpr std::string_view kHandedBack = "handed_back";  // the same
inline constexpr std::string_view kPre =
    "pre";  // a file ran before the migrations; `detail` is its name
inline constexpr std::string_view kPost = "post";  // and after them
}  // namespace event

// What a migration without a transaction has behind it.
struct Unfinished {
  bool down = false;
  std::map<std::int64_t, std::string> done;  // statement -> hash of its text
  std::optional<std::int64_t> fate_unknown;  // an intent without an outcome
  std::string intent;                        // the hash of its text
  std::optional<std::int64_t> failed;        // what the server said no to last
};

// Who last recorded a changed or renamed file as it was then.
struct Acceptance {
  std::string actor;  // "ada@host"
  std::string at;     // "2026-05-20T10:38:00Z"
  std::string hash;   // the file's checksum
};

// What the log says about one tracker. Pure.
class LogState {
 public:
  LogState() = default;
  explicit LogState(std::vector<LogEntry> entries);

  bool empty() const { return entries_.empty(); }
  const Unfinished* FindUnfinished(Version version) const;
  // The last acceptance of the version's file, while its row is still the one
  // that it wrote; null: there is none.
  const Acceptance* FindAcceptance(const AppliedRow& row) const;
  // The versions that the log has as applied, for counters.
  const std::set<Version>& applied() const { return applied_; }
  // Whether the file is the one that was run last under its name.
  bool WasRun(const Migration& script) const;
  // What the last adoption said of itself; empty: there was none.
  const std::string& adopted_from() const { return adopted_from_; }

 private:
  std::vector<LogEntry> entries_;
  std::set<Version> applied_;
  std::string adopted_from_;
  // Of the files of no version, by event and name.
  std::map<std::pair<std::string, std::string>, std::string> scripts_;
  std::map<Version, Unfinished> unfinished_;
  std::map<Version, Acceptance> accepted_;
};

// Fills in a counter's applied versions: those of the log as far as the counter
// still covers them, and what another tool's run has added since. Without a log
// every file up to the counter counts as applied.
void ResolveCounter(TrackerState& state, const LogState& log,
                    const std::vector<Migration>& migrations);

// godwit_log, beside the tracker. Made when it is first needed.
class Ledger {
 public:
  Ledger(const engine::Dialect& dialect, const engine::TableName& tracker);

  const engine::TableName& table() const { return table_; }
  std::string Create() const;
  Connection::Query Read() const;
  static LogState Interpret(const Result& rows);
  struct Entry {
    Version version = 0;
    std::string_view event;
    std::optional<std::int64_t> statement;
    std::optional<std::string> hash;
    std::string detail;
  };
  Connection::Query Append(const Entry& entry) const;

 private:
  const engine::Dialect& dialect_;
  engine::TableName table_;
  std::string tracker_;
};

// "ada@host": who ran this.
std::string Actor();

}  // namespace godwit::migrate
