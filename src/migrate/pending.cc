// SPDX-License-Identifier: Apache-2.0
// Pending is what is on disk minus what is applied. Everything here is a pure
// function of the files, the tracker's rows and the options.
#include "migrate/pending.h"

#include <algorithm>

#include "base/sha256.h"
#include "base/text.h"

namespace godwit::migrate {

namespace {

std::string Title(const Migration& migration) {
  return migration.name.empty() ? Cat(migration.version)
                                : Cat(migration.version, ' ', migration.name);
}

ErrorInfo Refuse(ErrorCode code, std::string message, std::string help,
                 const Migration* migration = nullptr) {
  ErrorInfo info = Error(code, std::move(message), std::move(help)).info();
  info.state = "nothing was run";
  if (migration) {
    info.version = migration->version;
    info.where.file = migration->path();
  }
  return info;
}

std::string WithLineEnds(std::string_view bytes, bool crlf) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n')
      continue;
    if (bytes[i] == '\n' && crlf) out += '\r';
    out += bytes[i];
  }
  return out;
}

// Whether the file was the recorded one with other line ends.
bool OnlyLineEnds(const Migration& migration, const std::string& recorded) {
  if (!migration.up) return false;
  return Sha256Hex(WithLineEnds(migration.up->bytes, false)) == recorded ||
         Sha256Hex(WithLineEnds(migration.up->bytes, true)) == recorded;
}

class Planner {
 public:
  Planner(const std::vector<Migration>& migrations, const TrackerState& state,
          const TrackerTraits& traits, const std::string& tracker,
          const Wish& wish, const Policy& policy)
      : migrations_(migrations),
        state_(state),
        traits_(traits),
        tracker_(tracker),
        wish_(wish),
        policy_(policy) {}

  Plan Make() {
    CheckCounter();
    if (const auto shift = FindShift(migrations_, state_, policy_.modules)) {
      plan_.refusals.push_back(RefuseShift(*shift, policy_.modules));
      return std::move(plan_);
    }
    if (wish_.kind == Wish::Kind::kUp) {
      CheckRows();
      CheckOrder();
      PlanUp();
    } else {
      if (traits_.is_counter) CheckOrder();
      PlanDown();
    }
    if (!plan_.refusals.empty()) plan_.steps.clear();
    return std::move(plan_);
  }

 private:
  const Migration* FileOf(const AppliedRow& row) const {
    auto at =
        std::lower_bound(migrations_.begin(), migrations_.end(), row.version,
                         [](const Migration& m, Version version) {
                           return m.version < version;
                         });
    for (; at != migrations_.end() && at->version == row.version; ++at) {
      if (!state_.tells_spellings_apart || at->spelling == row.spelling)
        return &*at;
    }
    return nullptr;
  }
  bool Wanted(const Migration& migration) const {
    if (!wish_.module.empty() && migration.module != wish_.module) return false;
    if (wish_.among && !wish_.among->contains(migration.version)) return false;
    if (wish_.only) return migration.version == *wish_.only;
    return !wish_.to || migration.version <= *wish_.to;
  }

  void CheckCounter();
  void CheckRows();
  void CheckFile(const Migration& migration, const AppliedRow& row);
  void CheckMissing();
  void CheckOrder();
  void PlanUp();
  void PlanDown();
  bool AddDown(const AppliedRow& row);
  std::vector<const AppliedRow*> RowsToRevert() const;
  bool IsWishedModules(const AppliedRow& row) const {
    const Migration* file = FileOf(row);
    return file && file->module == wish_.module;
  }

  const std::vector<Migration>& migrations_;
  const TrackerState& state_;
  const TrackerTraits& traits_;
  const std::string& tracker_;
  const Wish& wish_;
  const Policy& policy_;
  Plan plan_;
};

void Planner::CheckCounter() {
  if (state_.dirty) {
    const std::string at = state_.counter ? Cat("version ", *state_.counter)
                                          : "its first migration";
    plan_.refusals.push_back(
        Refuse(ErrorCode::kLegacyDirty,
               Cat("the tracker ", tracker_, " is dirty at ", at,
                   ": another tool's run failed there"),
               "see what of that migration is in the database, mend it, then "
               "run 'godwit migrate force V' "
               "with the version that "
               "the database really has"));
    return;
  }
  if (!traits_.is_counter || !state_.counter) return;
  const bool known = std::any_of(
      migrations_.begin(), migrations_.end(),
      [&](const Migration& m) { return m.version == *state_.counter; });
  if (known) return;
  plan_.refusals.push_back(
      Refuse(ErrorCode::kUnknownVersion,
             Cat("the tracker ", tracker_, " stands at version ",
                 *state_.counter, ", which has no file"),
             "restore its file, or set the counter to a version that has one "
             "with 'godwit migrate force "
             "V'"));
}

void Planner::CheckFile(const Migration& migration, const AppliedRow& row) {
  const Drift drift = Compare(migration, row);
  if (drift == Drift::kNone) return;
  if (drift == Drift::kRenamed) {
    plan_.refusals.push_back(
        Refuse(ErrorCode::kRenamed,
               Cat("version ", row.version, " was applied as '", *row.name,
                   "' and its file is now called '", migration.name, "'"),
               Cat("give the file its old name, or accept the new one with "
                   "'godwit migrate verify --accept ",
                   row.version, "'"),
               &migration));
    return;
  }
  if (drift == Drift::kLineEndings) {
    plan_.warnings.push_back(Cat(
        migration.path(),
        " has other line ends than when it was applied; its text is the same"));
    return;
  }
  ErrorInfo info = Refuse(
      ErrorCode::kChecksumMismatch,
      Cat(migration.path(), " changed after it was applied"),
      Cat("restore it, or accept it with 'godwit migrate verify --accept ",
          row.version, "'"),
      &migration);
  if (policy_.on_drift == OnDrift::kWarn)
    plan_.warnings.push_back(info.message);
  else
    plan_.refusals.push_back(std::move(info));
}

void Planner::CheckRows() {
  for (const Migration& migration : migrations_) {
    if (const AppliedRow* row = state_.Find(migration))
      CheckFile(migration, *row);
  }
  CheckMissing();
}

// Rows above the newest file never stop a start: an old release must run on a
// newer database.
void Planner::CheckMissing() {
  const Version newest = migrations_.empty() ? 0 : migrations_.back().version;
  std::vector<std::string> below;
  std::size_t above = 0;
  for (const AppliedRow& row : state_.applied) {
    if (FileOf(row)) continue;
    if (row.version > newest)
      ++above;
    else
      below.push_back(Cat(
          row.version, row.name && !row.name->empty() ? " " + *row.name : ""));
  }
  if (above > 0) {
    plan_.warnings.push_back(Cat("the database is ahead of the files: ", above,
                                 " applied version", above == 1 ? "" : "s",
                                 " above ", newest));
  }
  if (below.empty()) return;
  const std::string message =
      Cat("no file for the applied version", below.size() == 1 ? " " : "s ",
          Join(below, ", "));
  if (policy_.on_missing == OnMissing::kWarn) {
    plan_.warnings.push_back(message);
    return;
  }
  plan_.refusals.push_back(
      Refuse(ErrorCode::kMissingFile, message,
             "restore the file, or run with '--on-missing warn'"));
}

void Planner::CheckOrder() {
  if (policy_.out_of_order == OutOfOrder::kApply || wish_.only) return;
  const Version newest = state_.counter.value_or(state_.newest());
  std::vector<std::string> late;
  const Migration* first = nullptr;
  for (const Migration& migration : migrations_) {
    if (migration.version >= newest || state_.Has(migration)) continue;
    if (wish_.kind == Wish::Kind::kUp && !Wanted(migration)) continue;
    if (!first) first = &migration;
    late.push_back(Title(migration));
  }
  if (late.empty()) return;
  plan_.refusals.push_back(
      Refuse(ErrorCode::kOutOfOrder,
             Cat(late.size() == 1 ? "version " : "versions ", Join(late, ", "),
                 late.size() == 1 ? " was" : " were", " never applied and ",
                 late.size() == 1 ? "is" : "are",
                 " below the newest applied version ", newest),
             "apply it with '--out-of-order apply', or give its file a version "
             "above the newest",
             first));
}

void Planner::PlanUp() {
  for (const Migration& migration : migrations_) {
    if (state_.Has(migration) || !Wanted(migration)) continue;
    if (wish_.steps && plan_.steps.size() >= *wish_.steps) break;
    if (!migration.up && !traits_.is_counter) {
      plan_.refusals.push_back(Refuse(
          ErrorCode::kMissingFile,
          Cat("version ", Title(migration), " has a down file and no up file"),
          "restore the up file, or remove the down file", &migration));
      continue;
    }
    plan_.steps.push_back({false, &migration, {}, false});
  }
}

// Highest version first; with goose's kind the last applied first, but all of
// them (a reset) again by version.
std::vector<const AppliedRow*> Planner::RowsToRevert() const {
  std::vector<const AppliedRow*> rows;
  for (const AppliedRow& row : state_.applied) rows.push_back(&row);
  std::reverse(rows.begin(), rows.end());
  if (!traits_.reverts_last_applied_first || wish_.all) {
    std::stable_sort(rows.begin(), rows.end(),
                     [](auto* a, auto* b) { return a->version > b->version; });
  }
  if (wish_.to)
    std::erase_if(rows, [&](auto* row) { return row->version <= *wish_.to; });
  if (!wish_.module.empty())
    std::erase_if(rows, [&](auto* row) { return !IsWishedModules(*row); });
  const std::size_t most =
      wish_.steps.value_or(wish_.all || wish_.to ? rows.size() : 1);
  rows.resize(std::min(rows.size(), most));
  return rows;
}

bool Planner::AddDown(const AppliedRow& row) {
  const Migration* migration = FileOf(row);
  if (migration) {
    if (Compare(*migration, row) == Drift::kChanged) {
      plan_.warnings.push_back(
          Cat(migration->path(), " changed after it was applied"));
    }
    plan_.steps.push_back({true, migration, row, false});
    return true;
  }
  if (wish_.forget) {
    plan_.steps.push_back({true, nullptr, row, true});
    return true;
  }
  ErrorInfo info = Refuse(ErrorCode::kMissingFile,
                          Cat("version ", row.version,
                              " is applied and has no file to revert it with"),
                          "restore its file, or take its row away with 'godwit "
                          "migrate down --forget'");
  info.version = row.version;
  if (traits_.runs_up_to_a_refused_file && !plan_.steps.empty()) {
    info.state.clear();
    plan_.stop = std::move(info);
  } else {
    plan_.refusals.push_back(std::move(info));
  }
  return false;
}

void Planner::PlanDown() {
  for (const AppliedRow* row : RowsToRevert()) {
    // goose's reset passes over versions without a file.
    if (wish_.all && traits_.reverts_last_applied_first && !FileOf(*row) &&
        !wish_.forget) {
      plan_.warnings.push_back(
          Cat("version ", row->version, " has no file and stays applied"));
      continue;
    }
    if (!AddDown(*row)) return;
  }
}

}  // namespace

Drift Compare(const Migration& migration, const AppliedRow& row) {
  if (row.name && !row.name->empty() && *row.name != migration.name)
    return Drift::kRenamed;
  if (!row.checksum || row.checksum->empty() ||
      *row.checksum == migration.checksum)
    return Drift::kNone;
  return OnlyLineEnds(migration, *row.checksum) ? Drift::kLineEndings
                                                : Drift::kChanged;
}

Plan Pending(const std::vector<Migration>& migrations,
             const TrackerState& state, const TrackerTraits& traits,
             const std::string& tracker, const Wish& wish,
             const Policy& policy) {
  return Planner(migrations, state, traits, tracker, wish, policy).Make();
}

std::size_t CountPending(const std::vector<Migration>& migrations,
                         const TrackerState& state) {
  return static_cast<std::size_t>(
      std::count_if(migrations.begin(), migrations.end(),
                    [&](const Migration& m) { return !state.Has(m); }));
}

Version CurrentVersion(const TrackerState& state, const TrackerTraits& traits) {
  if (state.counter) return *state.counter;
  if (traits.reverts_last_applied_first)
    return state.applied.empty() ? 0 : state.applied.back().version;
  return state.newest();
}

}  // namespace godwit::migrate
