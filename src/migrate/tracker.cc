// SPDX-License-Identifier: Apache-2.0
#include "migrate/tracker.h"

#include <algorithm>

#include "base/text.h"
#include "migrate/trackers/trackers.h"

namespace godwit::migrate {

void TrackerState::Index() {
  by_version_.clear();
  by_version_.reserve(applied.size());
  for (std::size_t i = 0; i < applied.size(); ++i)
    by_version_.push_back({applied[i].version, i});
  const auto precedes = [](const Place& a, const Place& b) {
    return a.version < b.version;
  };
  // Most kinds have them in order already.
  if (!std::is_sorted(by_version_.begin(), by_version_.end(), precedes))
    std::stable_sort(by_version_.begin(), by_version_.end(), precedes);
}

const AppliedRow* TrackerState::Find(const Migration& migration) const {
  auto at = std::lower_bound(by_version_.begin(), by_version_.end(),
                             migration.version,
                             [](const Place& place, Version version) {
                               return place.version < version;
                             });
  for (; at != by_version_.end() && at->version == migration.version; ++at) {
    const AppliedRow& row = applied[at->index];
    if (!tells_spellings_apart || row.spelling == migration.spelling)
      return &row;
  }
  return nullptr;
}

Version TrackerState::newest() const {
  Version most = 0;
  for (const AppliedRow& row : applied) most = std::max(most, row.version);
  return most;
}

std::int64_t RunLockKey(std::string_view schema_and_table) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : schema_and_table) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3u;
  }
  return static_cast<std::int64_t>(hash);
}

std::int64_t Tracker::LockKey() const {
  return RunLockKey(table_.text());
}

Connection::Query Tracker::Probe(
    const std::vector<Connection::Query>& applied) const {
  // Both fail with an error of their own where no row is found: a division by
  // zero, a text that is no JSON.
  const std::string where =
      Cat(" FROM {table} WHERE ", version_column(), " = {p1}");
  const std::string server = Cat("SELECT 1 / count(*)", where);
  const std::string embedded = Cat("SELECT CASE WHEN EXISTS (SELECT 1", where,
                                   ") THEN 1 ELSE json('') END");
  return {Render(dialect_.Choose({server, embedded})),
          {applied.back().parameters.front()}};
}

std::span<const TrackerEntry> TrackerEntries() {
  static const TrackerEntry kEntries[] = {
      {TrackerKind::kAppliedSet, "applied-set", kAppliedSetTraits,
       MakeAppliedSet},
      {TrackerKind::kGoose, "goose", kGooseTraits, MakeGoose},
      {TrackerKind::kGolangMigrate, "golang-migrate", kGolangMigrateTraits,
       MakeGolangMigrate},
      {TrackerKind::kDbmate, "dbmate", kDbmateTraits, MakeDbmate},
  };
  return kEntries;
}

const TrackerEntry& FindTracker(TrackerKind kind) {
  return TrackerEntries()[static_cast<std::size_t>(kind)];
}

const TrackerEntry* FindTracker(std::string_view name) {
  for (const TrackerEntry& entry : TrackerEntries()) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

}  // namespace godwit::migrate
