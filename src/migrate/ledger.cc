// SPDX-License-Identifier: Apache-2.0
#include "migrate/ledger.h"

#include <pwd.h>
#include <unistd.h>

#include "base/text.h"

namespace godwit::migrate {

namespace {

constexpr std::string_view kCreate = R"(CREATE TABLE {table} (
  tracker text NOT NULL,
  seq {bigint} NOT NULL,
  version {bigint} NOT NULL,
  event text NOT NULL,
  statement {bigint},
  hash text,
  actor text,
  at {timestamp} NOT NULL DEFAULT {now},
  duration_ms double precision,
  detail text,
  PRIMARY KEY (tracker, seq)
))";
constexpr std::string_view kRead =
    "SELECT seq, version, event, statement, hash, coalesce(detail, ''), "
    "coalesce(actor, ''), coalesce({utc:at}, '') FROM {table} WHERE tracker = "
    "{p1} ORDER BY seq";
constexpr std::string_view kAppend =
    R"(INSERT INTO {table} (tracker, seq, version, event, statement, hash, actor, detail)
SELECT CAST({p1} AS text), coalesce(max(seq), 0) + 1, CAST({p2} AS {bigint}), CAST({p3} AS text),
       CAST({p4} AS {bigint}), CAST({p5} AS text), CAST({p6} AS text), CAST({p7} AS text)
FROM {table} WHERE tracker = {p1})";

}  // namespace

LogState::LogState(std::vector<LogEntry> entries)
    : entries_(std::move(entries)) {
  for (const LogEntry& entry : entries_) {
    const std::string_view what = entry.event;
    if (what == event::kApplied || what == event::kAssumed)
      applied_.insert(entry.version);
    if (what == event::kReverted) applied_.erase(entry.version);
    if (what == event::kForced) applied_.clear();
    if (what == event::kApplied || what == event::kReverted)
      unfinished_.erase(entry.version);
    if (what == event::kAdopted) adopted_from_ = entry.detail;
    if (what == event::kPre || what == event::kPost)
      scripts_[{entry.event, entry.detail}] = entry.hash.value_or("");
    if (what == event::kAccepted)
      accepted_[entry.version] = {entry.actor, entry.at,
                                  entry.hash.value_or("")};
    if (!entry.statement) continue;
    Unfinished& unfinished = unfinished_[entry.version];
    const bool down = entry.detail == "down";
    if (down != unfinished.down) {
      unfinished = {};
      unfinished.down = down;
    }
    if (what == event::kIntent) {
      unfinished.fate_unknown = *entry.statement;
      unfinished.intent = entry.hash.value_or("");
    } else {
      unfinished.fate_unknown.reset();
      unfinished.failed.reset();
      if (what == event::kFailed) unfinished.failed = entry.statement;
      if (what == event::kDone)
        unfinished.done[*entry.statement] = entry.hash.value_or("");
    }
  }
}

bool LogState::WasRun(const Migration& script) const {
  const auto found = scripts_.find({std::string(script.script), script.name});
  return found != scripts_.end() && found->second == script.checksum;
}

const Unfinished* LogState::FindUnfinished(Version version) const {
  const auto found = unfinished_.find(version);
  return found == unfinished_.end() ? nullptr : &found->second;
}

// A down and an up leave no trace in the log: what was accepted before the row
// was written is about another one.
const Acceptance* LogState::FindAcceptance(const AppliedRow& row) const {
  const auto found = accepted_.find(row.version);
  if (found == accepted_.end()) return nullptr;
  const Acceptance& acceptance = found->second;
  const bool is_this =
      row.checksum == acceptance.hash && acceptance.at >= row.applied_at;
  return is_this ? &acceptance : nullptr;
}

void ResolveCounter(TrackerState& state, const LogState& log,
                    const std::vector<Migration>& migrations) {
  state.applied.clear();
  state.assumed.clear();
  state.Index();
  if (!state.counter) return;
  const Version counter = *state.counter;
  Version known = -1;  // as far as the log knows
  for (Version version : log.applied()) {
    if (version <= counter) known = std::max(known, version);
  }
  for (const Migration& migration : migrations) {
    const Version version = migration.version;
    if (version > counter) continue;
    const bool logged = log.applied().contains(version);
    // Between what the log knows and the counter another tool was at work.
    const bool by_another = version > known;
    if (!logged && !by_another) continue;
    state.applied.push_back(
        {version, migration.spelling, std::nullopt, std::nullopt, ""});
    if (!logged) state.assumed.push_back(version);
  }
  state.Index();
}

Ledger::Ledger(const engine::Dialect& dialect, const engine::TableName& tracker)
    : dialect_(dialect),
      table_{tracker.schema, "godwit_log"},
      tracker_(tracker.text()) {}

std::string Ledger::Create() const {
  return dialect_.Render(kCreate, table_);
}

Connection::Query Ledger::Read() const {
  return {dialect_.Render(kRead, table_), {tracker_}};
}

LogState Ledger::Interpret(const Result& rows) {
  std::vector<LogEntry> entries;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    entries.push_back({rows.Get<std::int64_t>(i, 0),
                       rows.Get<std::int64_t>(i, 1),
                       rows.Get<std::string>(i, 2),
                       rows.Get<std::optional<std::int64_t>>(i, 3),
                       rows.Get<std::optional<std::string>>(i, 4),
                       rows.Get<std::string>(i, 5), rows.Get<std::string>(i, 6),
                       rows.Get<std::string>(i, 7)});
  }
  return LogState(std::move(entries));
}

Connection::Query Ledger::Append(const Entry& entry) const {
  return {dialect_.Render(kAppend, table_),
          {tracker_, entry.version, std::string(entry.event), entry.statement,
           entry.hash, Actor(), entry.detail}};
}

std::string Actor() {
  const passwd* user = getpwuid(geteuid());
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  return Cat(user ? user->pw_name : "unknown", '@', host);
}

}  // namespace godwit::migrate
