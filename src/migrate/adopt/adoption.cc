// SPDX-License-Identifier: Apache-2.0
// A history, the files and a map of versions make a plan: the rows of the
// applied set, or why there can be none. Pure.
#include "migrate/adopt/adoption.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace godwit::migrate {

namespace {

constexpr std::size_t kShown = 5;  // of a list in a message

std::string Shown(const std::vector<std::string>& texts) {
  std::string out;
  for (std::size_t i = 0; i < std::min(kShown, texts.size()); ++i)
    out += Cat(i > 0 ? ", " : "", texts[i]);
  if (texts.size() > kShown)
    out += Cat(" and ", texts.size() - kShown, " more");
  return out;
}

bool IsGraph(const LegacyTool& tool) {
  return tool.shape == LegacyShape::kGraph || tool.shape == LegacyShape::kHeads;
}

// The form of the file that makes it possible, with the versions at hand.
std::string MapForm(const std::vector<std::string>& versions) {
  return Cat(
      "give each a number with --map FILE, the numbers being those of "
      "your migration files; the file is YAML (~ leaves one out):",
      ProposeMap(versions));
}

class Planner {
 public:
  Planner(const LegacyTool& tool, const std::string& table,
          const LegacyHistory& history,
          const std::vector<Migration>& migrations, const VersionMap& map)
      : tool_(tool),
        table_(table),
        history_(history),
        migrations_(migrations),
        map_(map) {}

  Adoption Make() {
    adoption_.refusal = history_.trouble;
    CheckFiles();
    switch (tool_.shape) {
      case LegacyShape::kCounter:
        TakeCounter();
        break;
      case LegacyShape::kHeads:
        TakeHeads();
        break;
      default:
        TakeRows();
    }
    if (!adoption_.refusal) Fill();
    if (adoption_.refusal) return Refused();
    return std::move(adoption_);
  }

 private:
  void Refuse(ErrorCode code, std::string message, std::string help) {
    if (!adoption_.refusal)
      adoption_.refusal = LegacyTrouble(code, std::move(message), help);
  }
  Adoption Refused() {
    Adoption refused;
    refused.refusal = std::move(adoption_.refusal);
    return refused;
  }
  const Migration* FileOf(Version version) const {
    const auto at =
        std::lower_bound(migrations_.begin(), migrations_.end(), version,
                         [](const Migration& migration, Version wanted) {
                           return migration.version < wanted;
                         });
    return at == migrations_.end() || at->version != version ? nullptr : &*at;
  }

  void CheckFiles();
  void TakeCounter();
  void TakeHeads();
  void TakeRows();
  std::map<std::string, std::optional<Version>> Numbers();
  void CheckDoubles(
      const std::map<std::string, std::optional<Version>>& numbers);
  void TakeBaselines();
  void Fill();
  void Verify();

  const LegacyTool& tool_;
  const std::string& table_;
  const LegacyHistory& history_;
  const std::vector<Migration>& migrations_;
  const VersionMap& map_;
  std::map<Version, const LegacyRow*> applied_;  // null: no row of its own
  Adoption adoption_;
};

// The applied set has a number once; dbmate's files may have it twice.
void Planner::CheckFiles() {
  for (std::size_t i = 1; i < migrations_.size(); ++i) {
    const Migration& file = migrations_[i];
    if (file.version != migrations_[i - 1].version) continue;
    Refuse(ErrorCode::kLegacyAmbiguous,
           Cat("two files have version ", file.version, ": ",
               migrations_[i - 1].path(), " and ", file.path()),
           "the applied set knows versions as numbers: give one of them "
           "another");
  }
}

void Planner::TakeCounter() {
  if (!history_.counter) return;
  const Version counter = *history_.counter;
  std::vector<Version> covered;
  for (const Migration& file : migrations_) {
    if (file.version > counter) break;
    covered.push_back(file.version);
    applied_.emplace(file.version, nullptr);
  }
  adoption_.assumptions.push_back(
      Cat("the counter stands at ", counter, ": ",
          covered.empty() ? "no file lies at or below it"
          : covered.size() == 1
              ? Cat("the file ", covered.front(),
                    " at or below it counts as applied; whether it ran it "
                    "cannot say")
              : Cat("the files ", ListVersions(covered),
                    " at or below it count as applied; whether each of them "
                    "ran it cannot say")));
  if (FileOf(counter)) return;
  const std::string message =
      Cat("the counter ", table_, " stands at version ", counter,
          ", which has no file",
          covered.empty()       ? ""
          : covered.size() == 1 ? "; the file "
                                : "; the files ",
          covered.empty() ? "" : ListVersions(covered),
          covered.empty() ? "" : " below it may never have run");
  adoption_.warnings.push_back(message);
  adoption_.question = LegacyTrouble(
      ErrorCode::kLegacyAmbiguous, message,
      Cat("restore its file; or, where the files below it are in the database, "
          "say so with --yes; or set the counter right with 'migrate force "
          "V'"));
}

// Of an Alembic history only the newest revisions are known. What lies below
// them is what the map puts there.
void Planner::TakeHeads() {
  if (history_.applied.empty()) return;
  std::vector<std::string> strange;
  Version newest = 0;
  for (const LegacyRow& row : history_.applied) {
    const auto found = map_.find(row.version);
    if (found == map_.end() || !found->second)
      strange.push_back(row.version);
    else
      newest = std::max(newest, *found->second);
  }
  if (map_.empty()) {
    Refuse(ErrorCode::kUnsupported,
           Cat("the tracker ", table_, " of ", tool_.name,
               " knows the newest revisions alone (", Shown(strange),
               "); what lies below them stands in its own files"),
           MapForm(strange) + "\nlist the revisions below them, too");
    return;
  }
  if (!strange.empty()) {
    Refuse(ErrorCode::kLegacyAmbiguous,
           Cat("the map gives no number to what is applied: ", Shown(strange)),
           MapForm(strange));
    return;
  }
  for (const auto& [revision, number] : map_)
    if (number && *number <= newest) applied_.emplace(*number, nullptr);
  adoption_.assumptions.push_back(
      Cat("the revisions that the map gives numbers up to ", newest,
          " count as applied"));
}

// The number of each applied version; nothing: left out.
std::map<std::string, std::optional<Version>> Planner::Numbers() {
  std::map<std::string, std::optional<Version>> numbers;
  std::vector<std::string> strange;
  for (const LegacyRow& row : history_.applied) {
    const auto found = map_.find(row.version);
    const auto number = ParseInt64(row.version);
    if (found != map_.end())
      numbers[row.version] = found->second;
    else if (number && *number >= 0 && !IsGraph(tool_))
      numbers[row.version] = *number;
    else
      strange.push_back(row.version);
  }
  if (strange.empty()) return numbers;
  if (IsGraph(tool_) && map_.empty()) {
    Refuse(ErrorCode::kUnsupported,
           Cat("the tracker ", table_, " of ", tool_.name,
               " holds revisions without numbers: ", Shown(strange)),
           MapForm(strange));
  } else {
    // Dotted versions lie between whole ones: all of them get numbers.
    std::vector<std::string> all;
    for (const LegacyRow& row : history_.applied) all.push_back(row.version);
    const bool dotted = std::all_of(all.begin(), all.end(), IsDotted) &&
                        strange.front().find('.') != std::string::npos;
    Refuse(ErrorCode::kLegacyAmbiguous,
           Cat("the tracker ", table_, " of ", tool_.name,
               " holds versions that are no whole numbers: ", Shown(strange)),
           MapForm(dotted ? all : strange));
  }
  return numbers;
}

// Several revisions may have become one file, but then all of them are applied;
// and 1 and 01 are one number by accident.
void Planner::CheckDoubles(
    const std::map<std::string, std::optional<Version>>& numbers) {
  std::map<Version, std::string> by_number;
  for (const auto& [text, number] : numbers) {
    if (!number) continue;
    const auto [at, is_new] = by_number.emplace(*number, text);
    if (is_new || (map_.contains(text) && map_.contains(at->second))) continue;
    Refuse(ErrorCode::kLegacyAmbiguous,
           Cat("the tracker ", table_, " of ", tool_.name, " holds ",
               at->second, " and ", text, ", which are one number"),
           MapForm({at->second, text}));
  }
  for (const auto& [text, number] : map_) {
    if (!number || !by_number.contains(*number) || numbers.contains(text))
      continue;
    Refuse(ErrorCode::kLegacyAmbiguous,
           Cat("the map makes ", by_number[*number], " and ", text,
               " one version, ", *number, ", and only the first is applied"),
           "give them numbers of their own");
  }
}

// Below a baseline nothing has a row, and nothing will be run.
void Planner::TakeBaselines() {
  for (const std::string& text : history_.baselines) {
    const auto found = map_.find(text);
    const auto number = found == map_.end() ? ParseInt64(text) : found->second;
    if (!number) continue;
    for (const Migration& file : migrations_)
      if (file.version <= *number) applied_.emplace(file.version, nullptr);
    adoption_.assumptions.push_back(
        Cat("the baseline ", text, " covers every file up to it"));
  }
}

void Planner::TakeRows() {
  const auto numbers = Numbers();
  if (adoption_.refusal) return;
  CheckDoubles(numbers);
  for (const LegacyRow& row : history_.applied) {
    const auto& number = numbers.at(row.version);
    if (number) applied_.emplace(*number, &row);
  }
  TakeBaselines();
}

void Planner::Fill() {
  for (const auto& [version, row] : applied_) {
    const Migration* file = FileOf(version);
    (file ? adoption_.adopted : adoption_.unknown).push_back(version);
    adoption_.rows.push_back({version,
                              file  ? file->name
                              : row ? row->name
                                    : "",
                              {},
                              row ? row->applied_at : ""});
  }
  for (const Migration& file : migrations_)
    if (!applied_.contains(file.version))
      adoption_.pending.push_back(file.version);
  if (!adoption_.unknown.empty()) {
    adoption_.warnings.push_back(Cat("no file for the applied version",
                                     adoption_.unknown.size() == 1 ? " " : "s ",
                                     ListVersions(adoption_.unknown)));
  }
  if (tool_.checksums) Verify();
}

// Where the old tool's checksum agrees with the file, that file is what was
// applied, and ours can be written. In a chain a file that was added later
// spoils the sums behind it, so the files that are applied are tried alone,
// too.
void Planner::Verify() {
  std::vector<const Migration*> files;
  std::vector<const Migration*> applied;
  for (const Migration& file : migrations_) {
    files.push_back(&file);
    if (applied_.contains(file.version)) applied.push_back(&file);
  }
  std::map<const Migration*, std::set<std::string>> sums;
  const auto collect = [&](const std::vector<const Migration*>& chain) {
    const std::vector<std::string> checksums = tool_.checksums(chain);
    for (std::size_t i = 0; i < chain.size(); ++i)
      sums[chain[i]].insert(checksums[i]);
  };
  collect(files);
  if (tool_.chains_checksums) collect(applied);
  for (AdoptedRow& row : adoption_.rows) {
    const LegacyRow* legacy = applied_.at(row.version);
    const Migration* file = FileOf(row.version);
    if (!file || !legacy || legacy->checksum.empty()) continue;
    if (sums[file].contains(legacy->checksum)) {
      row.checksum = file->checksum;
    } else if (!sums[file].contains("")) {
      adoption_.drifted.push_back(row.version);
      adoption_.warnings.push_back(Cat(
          file->path(), tool_.chains_checksums ? ", or a file before it," : "",
          " is not what ", tool_.name, " applied: its checksum differs"));
    }
  }
}

}  // namespace

std::string ListVersions(const std::vector<Version>& versions) {
  std::string out;
  for (std::size_t i = 0; i < versions.size();) {
    std::size_t end = i + 1;
    while (end < versions.size() && versions[end] == versions[end - 1] + 1)
      ++end;
    out += Cat(out.empty() ? "" : ", ", versions[i]);
    if (end - i > 1) out += Cat(end - i > 2 ? "-" : ", ", versions[end - 1]);
    i = end;
  }
  return out;
}

Adoption PlanAdoption(const LegacyTool& tool, const std::string& table,
                      const LegacyHistory& history,
                      const std::vector<Migration>& migrations,
                      const VersionMap& map) {
  return Planner(tool, table, history, migrations, map).Make();
}

}  // namespace godwit::migrate
