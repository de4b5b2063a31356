// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migrate/formats/format.h"
#include "migrate/migration.h"
#include "migrate/version_map.h"

namespace godwit::migrate {

// A file that may be a migration, or half of one.
struct Candidate {
  std::string name;  // without the folder
  std::string path;
  bool is_folder = false;
  bool is_regular = false;                // of a folder's file: base/file.h
  std::string checksum;                   // empty: not known yet
  std::optional<std::string_view> bytes;  // nothing: not read yet
};
using ReadBytes = std::function<std::string_view(const Candidate&)>;

// The format that these files tell; reads those that may be migrations. Throws
// Error(kUsage) naming --format where they tell two, or none and `untold` says
// nothing. Without such a file any answer will do.
const Format& DetectFormat(std::vector<Candidate>& candidates,
                           const ReadBytes& read,
                           std::optional<FormatKind> untold = {});

enum class OtherNames { kIgnore, kRefuse };

// The migrations of these files, ascending; their paths are moved out. Throws
// Error(kBadFilename) with all bad names, Error(kVersionCollision) with both
// files. `versions` numbers Flyway's dotted ones, and must keep their order.
std::vector<Migration> Assemble(const Format& format,
                                std::vector<Candidate>& candidates,
                                const ReadBytes& read, OtherNames other_names,
                                const VersionMap& versions = {});

}  // namespace godwit::migrate
