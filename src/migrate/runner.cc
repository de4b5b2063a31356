// SPDX-License-Identifier: Apache-2.0
// The way of `migrate up`: one round trip reads the tracker; with nothing to do
// that is all, no lock is taken and nothing is written. Else: lock, read again,
// plan again, execute, report what the tracker says.
#include "migrate/runner.h"

#include <algorithm>

#include "base/text.h"
#include "migrate/progress.h"
#include "migrate/table_choice.h"

namespace godwit::migrate {

Runner::Runner(Connection& connection, const Source* source,
               const MigrateOptions& options, Environment environment)
    : connection_(connection),
      source_(source),
      options_(options),
      environment_(std::move(environment)) {
  if (connection.in_transaction()) {
    throw Error(
        ErrorCode::kUsage,
        "the connection is in a transaction; migrations run in their own");
  }
  connection_.set_stop_token(options_.stop);
  database_ = engine::Open(connection);
  database_->WatchBlockers([this](const std::string& blocker) {
    last_blocker_ = blocker;
    TellBlocked("waits for " + blocker);
  });
  const TrackerEntry& entry = FindTracker(options_.tracker_kind);
  const TableChoice choice{options_.tracker, entry.traits.default_table,
                           entry.traits.default_schema_is_public,
                           entry.traits.folds_case};
  tracker_ = entry.make(database_->dialect(), ResolveTable(choice, *database_));
  ledger_ = std::make_unique<Ledger>(database_->dialect(), tracker_->table());
}

Runner::~Runner() {
  connection_.set_stop_token({});  // or it would stop what follows
  database_->Unlock();
  database_->Restore();
}

const std::vector<Migration>& Runner::migrations() const {
  static const std::vector<Migration> kNone;
  return source_ ? source_->migrations() : kNone;
}

Policy Runner::policy() const {
  return {options_.out_of_order.value_or(tracker_->traits().out_of_order),
          options_.on_drift, options_.on_missing,
          source_ ? source_->modules() : std::span<const ModulePlace>()};
}

void Runner::Warn(const std::string& text) {
  if (std::find(warnings_.begin(), warnings_.end(), text) != warnings_.end())
    return;
  warnings_.push_back(text);
  Progress progress;
  progress.kind = Progress::Kind::kWarning;
  progress.text = text;
  Tell(options_, progress);
}

void Runner::Finish(Report& report) {
  const Reading reading = Latest();
  report.pending = CountPending(migrations(), reading.state);
  report.current = CurrentVersion(reading.state, tracker_->traits());
  report.warnings = warnings_;
}

Report Runner::Up(const Wish& wish) {
  Report report;
  Execute(wish, report);
  Finish(report);
  return report;
}

Report Runner::Down(const Wish& wish) {
  return Up(wish);
}

Report Runner::Redo(bool untracked) {
  if (untracked) {
    Report report = RunUntracked({.kind = Wish::Kind::kDown, .steps = 1});
    const Report up = RunUntracked(
        {.kind = Wish::Kind::kUp, .only = report.reverted.front().version});
    report.applied = up.applied;
    return report;
  }
  Report report;
  Execute({.kind = Wish::Kind::kDown, .steps = 1}, report);
  if (report.reverted.empty()) {
    throw Error(ErrorCode::kUnknownVersion,
                "nothing is applied, so there is nothing to do again");
  }
  Execute({.kind = Wish::Kind::kUp, .only = report.reverted.front().version},
          report);
  Finish(report);
  return report;
}

Report Runner::Goto(Version version) {
  const bool known = (version == 0 && !tracker_->traits().is_counter) ||
                     (source_ && source_->Find(version));
  if (!known)
    throw Error(ErrorCode::kUnknownVersion,
                Cat("there is no migration ", version),
                "'godwit migrate status' lists them");
  Report report;
  Execute({.kind = Wish::Kind::kDown, .to = version}, report);
  Execute({.kind = Wish::Kind::kUp, .to = version}, report);
  Finish(report);
  return report;
}

}  // namespace godwit::migrate
