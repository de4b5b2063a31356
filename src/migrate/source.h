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
#include "migrate/modules.h"
#include "migrate/version_map.h"

namespace godwit::migrate {

// The migrations of one folder or of one embedded set, ascending by version,
// each version once. Owns the bytes.
class Source {
 public:
  // Reads the files in the folder itself. `format` empty is `auto`: found from
  // the files. Throws Error: kNoMigrations (no folder, none in it: says which),
  // kFileUnreadable, kBadFilename (with all of them), kVersionCollision (naming
  // both files), kUsage (the format cannot be told: names --format). `untold`
  // is the format of files that tell none, where something else tells it;
  // `versions` numbers versions that are texts.
  static Source ReadFolder(const std::string& folder,
                           std::optional<FormatKind> format,
                           std::optional<FormatKind> untold = {},
                           const VersionMap& versions = {});
  // The same rules; an empty set is fine. `format` empty is that of the set.
  static Source FromEmbedded(const Migrations& migrations,
                             std::optional<FormatKind> format = {},
                             std::optional<FormatKind> untold = {},
                             const VersionMap& versions = {});
  // The folders of modules, as one sequence. One that holds no file yet is
  // fine, as long as another does.
  struct ModuleFolder {
    std::string name;
    std::string folder;
  };
  static Source ReadModules(std::span<const ModuleFolder> modules,
                            std::optional<FormatKind> format, Version stride,
                            const VersionMap& versions = {});
  // Single files, as `migrate parse FILE…` names them.
  static Source ReadFiles(std::span<const std::string> paths,
                          std::optional<FormatKind> format,
                          const VersionMap& versions = {});

  Source(Source&&) = default;
  Source& operator=(Source&&) = default;

  const Format& format() const { return *format_; }
  const std::string& folder() const { return folder_; }
  const std::vector<Migration>& migrations() const { return migrations_; }
  const Migration* Find(Version version) const;
  // Files that run before the migrations and after them.
  const std::vector<Migration>& pre() const { return pre_; }
  const std::vector<Migration>& post() const { return post_; }
  struct Script {
    std::string path;
    std::string text;
  };
  void SetScripts(std::vector<Script> pre, std::vector<Script> post);
  // In their order; empty where there are none.
  const std::vector<ModulePlace>& modules() const { return modules_; }

 private:
  Source() = default;
  const Format* format_ = nullptr;
  std::string folder_;
  std::vector<Migration> migrations_;
  static Source ReadFolderIfAny(const std::string& folder,
                                std::optional<FormatKind> format,
                                std::optional<FormatKind> untold,
                                const VersionMap& versions);
  static Source FromEmbeddedModules(const Migrations& migrations,
                                    std::optional<FormatKind> format,
                                    const VersionMap& versions);
  void Append(std::size_t index, Source module);

  std::vector<Migration> MakeScripts(std::vector<Script> scripts,
                                     std::string_view when);

  std::deque<std::string> owned_;
  std::vector<Migration> pre_, post_;
  std::vector<ModulePlace> modules_;
  std::vector<Source> parts_;  // the modules', which own the bytes
};

}  // namespace godwit::migrate
