// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>

#include "cli/project_settings.h"
#include "command/command.h"
#include "state/catalog/source.h"
#include "state/dev_database.h"

namespace godwit::cli {

// The project's schema, as a command names it.
inline constexpr std::string_view kProjectSchema = "source";
inline constexpr std::string_view kProjectMigrations = "migrations";

// The schemas that a command names, and the scratch server that it reads them
// with. One engine for all: that of their DSNs, else --engine, else the
// project's. What runs before the schema is in all that are made; what runs
// after it where one of them is a database, which has it.
class SchemaSources {
 public:
  SchemaSources(const command::Call& call,
                std::span<const std::string> sources);

  // Of the source with this number.
  state::ReadSchema Read(std::size_t number);
  // Of a source beside which a database is not looked at.
  state::ReadSchema ReadWithoutPost(std::size_t number);
  // What a database has of which these migrations are applied.
  state::ReadSchema ReadMigrations(const std::set<migrate::Version>& among);
  // The project's; a folder without files is the empty set.
  const migrate::Source& Migrations();
  // An empty database with what the migrations make.
  state::DevDatabase MakeFromMigrations();
  state::DevServer& dev() { return *dev_; }
  const ProjectSettings& settings() const { return settings_; }

 private:
  state::SchemaSource Parse(const std::string& text) const;
  state::SchemaContext Context(bool with_migrations);

  // The command's flags; what names a source that is no database is no DSN.
  command::Flags flags_;
  ProjectSettings settings_;
  std::vector<state::SchemaSource> sources_;
  std::optional<state::DevServer> dev_;
  std::optional<migrate::Source> migrations_;
};

}  // namespace godwit::cli
