// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "migrate/adopt/legacy.h"
#include "migrate/tracker.h"
#include "migrate/version_map.h"

namespace godwit::migrate {

// A row for the applied set.
struct AdoptedRow {
  Version version = 0;
  std::string name;
  std::optional<std::string> checksum;  // of the file, where the old tool's
                                        // checksum agrees with it
  std::string applied_at;               // empty: now

  bool operator==(const AdoptedRow&) const = default;
};

// What taking over would do. A value: deciding it touches no database.
struct Adoption {
  std::vector<AdoptedRow> rows;  // ascending
  std::vector<Version> adopted;  // with a file
  std::vector<Version> unknown;  // without one
  std::vector<Version> pending;
  std::vector<Version> drifted;  // the file is not the one that was applied
  std::vector<std::string> assumptions;
  std::vector<std::string> warnings;
  std::optional<ErrorInfo> refusal;   // it cannot be taken over
  std::optional<ErrorInfo> question;  // only a person's word makes it possible
};

// `table` is the tracker's name for messages.
Adoption PlanAdoption(const LegacyTool& tool, const std::string& table,
                      const LegacyHistory& history,
                      const std::vector<Migration>& migrations,
                      const VersionMap& map);

// What handing back would write: the other tool's tracker then says what the
// applied set says.
struct HandBack {
  std::vector<LegacyEntry> written;  // ascending
  std::vector<LegacyRow> removed;
  std::optional<Version> counter;  // of a counter: what it is set to
  std::vector<std::string> warnings;
  std::optional<ErrorInfo> refusal;
};
HandBack PlanHandBack(const LegacyTool& tool, const LegacyHistory& history,
                      const std::vector<Migration>& migrations,
                      const TrackerState& state, const VersionMap& map);

// "1-3, 7"
std::string ListVersions(const std::vector<Version>& versions);

}  // namespace godwit::migrate
