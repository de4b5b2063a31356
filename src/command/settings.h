// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "command/flags.h"
#include "godwit/migrator.h"
#include "migrate/source.h"
#include "migrate/version_map.h"
#include "sql/lexicon.h"

namespace godwit::command {

// What a command of the group migrate works with. A flag wins; what no flag
// says comes from where the program keeps it: the tool in its project file, an
// application in itself. What a command does not ask for is not looked at.
class Settings {
 public:
  virtual ~Settings() = default;

  // Throws Error(kUsage) where nothing names a database.
  virtual std::string Dsn() const = 0;
  // The folder of the files. Throws Error(kUsage) where nothing names one.
  virtual std::string Dir() const = 0;
  // Nothing: found from the files.
  virtual std::optional<migrate::FormatKind> Format() const = 0;
  virtual const sql::Lexicon& Lexicon() const = 0;
  virtual MigrateOptions Options() const = 0;
  // `untold` is the format of files that tell none by themselves.
  virtual migrate::Source ReadSource(
      std::optional<migrate::FormatKind> untold) const = 0;
  // Numbers for versions that are texts.
  virtual migrate::VersionMap Versions() const = 0;
  // The folders of the modules; none where there are no modules, or where a
  // folder of the user's own stands for all.
  virtual std::vector<migrate::Source::ModuleFolder> ModuleFolders() const {
    return {};
  }
  virtual migrate::Version Stride() const { return 1000; }
  // A stop that the program itself may ask for.
  virtual std::stop_token Stop() const { return {}; }
};

// A value of --format; empty and auto are nothing. Throws Error(kUsage).
std::optional<migrate::FormatKind> ParseFormat(std::string_view name);

// The options with what the texts of the flags say. Throws Error(kUsage).
MigrateOptions ReadOptions(const Flags& flags, MigrateOptions options);

}  // namespace godwit::command
