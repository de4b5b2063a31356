// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/migrations.h"
#include "migrate/formats/format.h"
#include "migrate/migration.h"

namespace godwit::migrate {

// The migrations of one folder or of one embedded set, ascending by version,
// each version once. Owns the bytes.
class Source {
 public:
  // Reads the files in the folder itself. `format` empty is `auto`: found from
  // the files. Throws Error: kNoMigrations (no folder, none in it: says which),
  // kFileUnreadable, kBadFilename (with all of them), kVersionCollision (naming
  // both files), kUsage (the format cannot be told: names --format).
  static Source ReadFolder(const std::string& folder,
                           std::optional<FormatKind> format);
  // The same rules; an empty set is fine. `format` empty is that of the set.
  static Source FromEmbedded(const Migrations& migrations,
                             std::optional<FormatKind> format = {});
  // Single files, as `migrate parse FILE…` names them.
  static Source ReadFiles(std::span<const std::string> paths,
                          std::optional<FormatKind> format);

  Source(Source&&) = default;
  Source& operator=(Source&&) = default;

  const Format& format() const { return *format_; }
  const std::string& folder() const { return folder_; }
  const std::vector<Migration>& migrations() const { return migrations_; }
  const Migration* Find(Version version) const;

 private:
  Source() = default;
  const Format* format_ = nullptr;
  std::string folder_;
  std::vector<Migration> migrations_;
  std::deque<std::string> owned_;
};

}  // namespace godwit::migrate
