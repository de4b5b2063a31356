// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "command/settings.h"
#include "config/project.h"

namespace godwit::cli {

// The tool's settings, from flags, the project file's environment, the
// environment variables and the project file, in this order.
class ProjectSettings final : public command::Settings {
 public:
  explicit ProjectSettings(const command::Flags& flags);

  std::string Dsn() const override;
  std::string Dir() const override;
  std::optional<migrate::FormatKind> Format() const override;
  // Of the DSN, else --engine, else the project's.
  EngineKind Engine() const;
  const sql::Lexicon& Lexicon() const override;
  // Where scratch databases are made: --dev, else the project's; empty: on a
  // server of one's own.
  std::string Dev() const;
  // The files and folders that are the schema, those that run before it and
  // after it, and where its snapshot is kept. Throw Error(kUsage) where one is
  // needed and nothing names it.
  std::vector<std::string> SchemaSource() const;
  std::vector<std::string> SchemaPre() const;
  std::vector<std::string> SchemaPost() const;
  std::string Snapshot() const;
  // The variables of a document, by name: of the project, and --var over them.
  std::map<std::string, std::vector<std::string>> Variables() const;
  MigrateOptions Options() const override;
  migrate::Source ReadSource(
      std::optional<migrate::FormatKind> untold) const override;
  migrate::VersionMap Versions() const override;
  std::vector<migrate::Source::ModuleFolder> ModuleFolders() const override;
  migrate::Version Stride() const override;
  // The file that says what `generate` writes: the project file itself, or the
  // one that it names; empty: neither.
  std::string GeneratePath() const;

 private:
  // The first that is there; empty: none. `key` is the project file's.
  std::string Find(const std::string& flag, std::string_view key) const;
  std::string FromProject(std::string_view key) const;
  // The values of a list, of the environment's entry or else of the file.
  std::vector<std::string> FindList(std::string_view key) const;
  std::vector<std::string> FindPaths(std::string_view key) const;
  std::vector<std::string> ReplacedItems(const config::Setting& setting) const;
  std::string FromEnvironmentEntry(std::string_view key) const;
  std::string Replaced(const config::Setting& setting) const;

  const command::Flags& flags_;
  config::Project project_;
  const config::Settings* environment_ = nullptr;
};

}  // namespace godwit::cli
