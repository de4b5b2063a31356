// SPDX-License-Identifier: Apache-2.0
// The way back: what the other tool's tracker must be told so that it agrees
// with the applied set. Pure.
#include <algorithm>

#include "base/text.h"
#include "migrate/adopt/adoption.h"

namespace godwit::migrate {

namespace {

const Migration* FileOf(const std::vector<Migration>& migrations,
                        Version version) {
  for (const Migration& migration : migrations)
    if (migration.version == version) return &migration;
  return nullptr;
}

// A counter says "everything up to here": files below it that are not applied
// would be taken for applied.
void PlanCounter(const LegacyHistory& history,
                 const std::vector<Migration>& migrations,
                 const TrackerState& state, HandBack& plan) {
  if (!state.applied.empty()) plan.counter = state.newest();
  std::vector<Version> gaps;
  for (const Migration& file : migrations)
    if (plan.counter && file.version < *plan.counter && !state.Has(file))
      gaps.push_back(file.version);
  if (!gaps.empty()) {
    plan.refusal = LegacyTrouble(
        ErrorCode::kLegacyAmbiguous,
        Cat("a counter cannot say that ", ListVersions(gaps), " ",
            gaps.size() == 1 ? "is" : "are", " not applied although ",
            *plan.counter, " is"),
        "apply what is pending with 'godwit migrate up', then hand back");
    return;
  }
  if (plan.counter && !FileOf(migrations, *plan.counter)) {
    plan.warnings.push_back(
        Cat("the newest applied version ", *plan.counter,
            " has no file; the other tool will not go on from there"));
  }
  if (history.counter == plan.counter) return;
  if (history.counter)
    plan.removed.push_back({Cat(*history.counter), {}, {}, {}});
  if (!plan.counter) return;
  plan.written.push_back({*plan.counter, Cat(*plan.counter), "",
                          FileOf(migrations, *plan.counter), ""});
}

std::vector<std::string> ChecksumsOf(const LegacyTool& tool,
                                     const std::vector<Migration>& migrations) {
  if (!tool.checksums) return std::vector<std::string>(migrations.size());
  std::vector<const Migration*> files;
  for (const Migration& migration : migrations) files.push_back(&migration);
  return tool.checksums(files);
}

// The number of a version as the other tool spells it.
std::optional<Version> NumberOf(const std::string& text,
                                const VersionMap& map) {
  const auto found = map.find(text);
  return found == map.end() ? ParseInt64(text) : found->second;
}

void PlanSet(const LegacyTool& tool, const LegacyHistory& history,
             const std::vector<Migration>& migrations,
             const TrackerState& state, const VersionMap& map, HandBack& plan) {
  const auto covered = [&](Version version) {
    return std::any_of(history.applied.begin(), history.applied.end(),
                       [&](const LegacyRow& row) {
                         return NumberOf(row.version, map) == version;
                       }) ||
           std::any_of(history.baselines.begin(), history.baselines.end(),
                       [&](const std::string& text) {
                         return NumberOf(text, map).value_or(-1) >= version;
                       });
  };
  const std::vector<std::string> checksums = ChecksumsOf(tool, migrations);
  for (const AppliedRow& row : state.applied) {
    if (covered(row.version)) continue;
    const Migration* file = FileOf(migrations, row.version);
    plan.written.push_back(
        {row.version, file ? file->spelling : Cat(row.version),
         file ? file->name : row.name.value_or(""), file,
         file ? checksums[static_cast<std::size_t>(file - migrations.data())]
              : ""});
  }
  for (const LegacyRow& row : history.applied) {
    const auto version = NumberOf(row.version, map);
    const bool applied = std::any_of(
        state.applied.begin(), state.applied.end(),
        [&](const AppliedRow& ours) { return ours.version == version; });
    if (version && !applied) plan.removed.push_back(row);
  }
}

}  // namespace

HandBack PlanHandBack(const LegacyTool& tool, const LegacyHistory& history,
                      const std::vector<Migration>& migrations,
                      const TrackerState& state, const VersionMap& map) {
  HandBack plan;
  if (!tool.writer) {
    plan.refusal =
        LegacyTrouble(ErrorCode::kUnsupported,
                      Cat("the tracker of ", tool.name,
                          " cannot be written: its revisions "
                          "stand in its own files"),
                      Cat("write its rows with ", tool.name, " itself"));
  } else if (history.trouble) {
    plan.refusal = history.trouble;
  } else if (tool.shape == LegacyShape::kCounter) {
    PlanCounter(history, migrations, state, plan);
  } else {
    PlanSet(tool, history, migrations, state, map, plan);
  }
  return plan;
}

}  // namespace godwit::migrate
