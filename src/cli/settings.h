// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "cli/flags.h"
#include "config/project.h"
#include "godwit/migrator.h"
#include "migrate/source.h"
#include "sql/lexicon.h"

namespace godwit::cli {

// What a command of the group `migrate` works with, from flags, the project
// file's environment, the environment variables and the project file, in this
// order. What a command does not ask for is not looked at.
class MigrateSettings {
 public:
  explicit MigrateSettings(const Flags& flags);

  // Throws Error(kUsage) where nothing names a database.
  std::string Dsn() const;
  std::string Dir() const;
  std::optional<migrate::FormatKind> Format() const;
  // The dialect: of the DSN, else --engine, else the project's.
  const sql::Lexicon& Lexicon() const;
  MigrateOptions Options() const;
  migrate::Source ReadSource() const;

 private:
  // The first that is there; empty: none. `key` is the project file's.
  std::string Find(const std::string& flag, std::string_view key) const;
  std::string FromProject(std::string_view key) const;
  std::string FromEnvironmentEntry(std::string_view key) const;
  std::string Replaced(const config::Setting& setting) const;

  const Flags& flags_;
  config::Project project_;
  const config::Settings* environment_ = nullptr;
};

}  // namespace godwit::cli
