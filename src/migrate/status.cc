// SPDX-License-Identifier: Apache-2.0
#include "migrate/status.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace godwit::migrate {

std::string_view Word(State state) {
  constexpr std::string_view kWords[] = {"applied", "pending", "missing",
                                         "drifted", "interrupted"};
  return kWords[static_cast<std::size_t>(state)];
}

std::string_view Word(Finding::Kind kind) {
  constexpr std::string_view kWords[] = {"changed", "line_endings", "renamed",
                                         "missing", "shifted"};
  return kWords[static_cast<std::size_t>(kind)];
}

namespace {

// Which rows of the tracker have a file.
class Matched {
 public:
  explicit Matched(const TrackerState& state)
      : rows_(state.applied), has_file_(rows_.size()) {}
  void Add(const AppliedRow* row) {
    has_file_[static_cast<std::size_t>(row - rows_.data())] = true;
  }
  template <typename Use>
  void ForOthers(const Use& use) const {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!has_file_[i]) use(rows_[i]);
    }
  }

 private:
  const std::vector<AppliedRow>& rows_;
  std::vector<bool> has_file_;
};

}  // namespace

std::vector<StatusLine> CompareAll(const std::vector<Migration>& migrations,
                                   const TrackerState& state,
                                   const LogState& log) {
  std::vector<StatusLine> lines;
  lines.reserve(migrations.size());
  Matched matched(state);
  for (const Migration& migration : migrations) {
    StatusLine& line = lines.emplace_back();
    line.version = migration.version;
    line.name = migration.name;
    line.module = migration.module;
    line.file = migration.path();
    const Unfinished* unfinished = log.FindUnfinished(migration.version);
    const bool dirty = state.dirty && state.counter == migration.version;
    const bool cut =
        dirty ||
        (unfinished && (unfinished->fate_unknown || !unfinished->done.empty()));
    const AppliedRow* row = state.Find(migration);
    if (!row) {
      line.state = cut ? State::kInterrupted : State::kPending;
      continue;
    }
    matched.Add(row);
    const Drift drift = Compare(migration, *row);
    line.state = cut ? State::kInterrupted
                 : drift == Drift::kNone || drift == Drift::kLineEndings
                     ? State::kApplied
                     : State::kDrifted;
    line.applied_at = row->applied_at;
    line.checksum = row->checksum.value_or("");
    if (const Acceptance* acceptance = log.FindAcceptance(*row))
      line.accepted = *acceptance;
  }
  matched.ForOthers([&](const AppliedRow& row) {
    lines.push_back({row.version,
                     row.name.value_or(""),
                     "",
                     "",
                     State::kMissing,
                     row.applied_at,
                     row.checksum.value_or(""),
                     {}});
  });
  const auto precedes = [](const StatusLine& a, const StatusLine& b) {
    return a.version < b.version;
  };
  if (!std::is_sorted(lines.begin(), lines.end(), precedes))
    std::stable_sort(lines.begin(), lines.end(), precedes);
  return lines;
}

Status ReadStatus(Runner& runner) {
  const Reading reading = runner.Read(Look::kWithTimes);
  Status status;
  status.engine = runner.engine_name();
  status.tracker = runner.tracker().table().text();
  status.current = CurrentVersion(reading.state, runner.tracker().traits());
  status.pending = CountPending(runner.migrations(), reading.state);
  status.migrations =
      CompareAll(runner.migrations(), reading.state, reading.log);
  const std::span<const ModulePlace> modules = runner.policy().modules;
  if (const auto shift =
          FindShift(runner.migrations(), reading.state, modules)) {
    status.shift = RefuseShift(*shift, modules);
    status.shift->state.clear();
  }
  if (reading.state.applied.empty() &&
      runner.tracker().kind() == TrackerKind::kAppliedSet) {
    for (const LegacyPlace& place : runner.FindLegacyTrackers())
      status.legacy += Cat(status.legacy.empty() ? "" : ", ",
                           place.table.text(), " of ", place.tool->name);
  }
  return status;
}

Verification Summarize(const Status& status) {
  Version newest = -1;
  for (const StatusLine& line : status.migrations)
    if (line.state != State::kPending && line.state != State::kInterrupted)
      newest = std::max(newest, line.version);
  Verification found;
  for (const StatusLine& line : status.migrations) {
    if (line.state == State::kMissing) found.orphans.push_back(line.version);
    if (line.state == State::kDrifted) found.drifted.push_back(line.version);
    if (line.state != State::kPending && line.state != State::kInterrupted)
      continue;
    found.pending.push_back(line.version);
    if (line.version < newest) found.missing.push_back(line.version);
  }
  return found;
}

Status UntrackedStatus(Runner& runner) {
  Status status;
  status.engine = runner.engine_name();
  status.tracker = runner.tracker().table().text();
  status.pending = runner.migrations().size();
  status.migrations = CompareAll(runner.migrations(), {}, {});
  return status;
}

namespace {

std::optional<Finding> CompareOne(const Migration& migration,
                                  const AppliedRow& row) {
  const std::string& path = migration.path();
  switch (Compare(migration, row)) {
    case Drift::kNone:
      break;
    case Drift::kChanged:
      return Finding{Finding::Kind::kChanged,
                     row.version,
                     path,
                     Cat(path, " changed after it was applied"),
                     {}};
    case Drift::kLineEndings:
      return Finding{Finding::Kind::kLineEndings,
                     row.version,
                     path,
                     Cat(path,
                         " has other line ends than when it was applied; its "
                         "text is the same"),
                     {}};
    case Drift::kRenamed:
      return Finding{Finding::Kind::kRenamed,
                     row.version,
                     path,
                     Cat(path, " was applied as '", *row.name, "'"),
                     {}};
  }
  return std::nullopt;
}

}  // namespace

std::vector<Finding> Verify(const std::vector<Migration>& migrations,
                            const TrackerState& state,
                            std::span<const ModulePlace> modules) {
  std::vector<Finding> findings;
  Matched explained(state);
  std::set<const AppliedRow*> shifted;
  std::set<std::string> moved;
  for (const Shift& shift : FindShifts(migrations, state, modules)) {
    shifted.insert(shift.row);
    explained.Add(shift.row);
    if (!moved.insert(shift.file->module).second) continue;
    const ErrorInfo info = RefuseShift(shift, modules);
    findings.push_back({Finding::Kind::kShifted, shift.row->version,
                        shift.file->path(), info.message, info.help});
  }
  for (const Migration& migration : migrations) {
    const AppliedRow* row = state.Find(migration);
    if (!row) continue;
    explained.Add(row);
    // It stands where another's was: that has been said.
    if (shifted.contains(row) || moved.contains(migration.module)) continue;
    if (auto finding = CompareOne(migration, *row))
      findings.push_back(std::move(*finding));
  }
  explained.ForOthers([&](const AppliedRow& row) {
    findings.push_back(
        {Finding::Kind::kMissing,
         row.version,
         "",
         Cat("no file for the applied version ", row.version,
             row.name && !row.name->empty() ? " " + *row.name : ""),
         {}});
  });
  return findings;
}

}  // namespace godwit::migrate
