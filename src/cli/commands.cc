// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"

#include <vector>

#include "cli/project_settings.h"

namespace godwit::cli {

namespace {

using command::Command;

constexpr std::size_t kMany = 100'000;

constexpr Command kOwn[] = {
    {"query", "analyze", "", 0, 0, command::kSources | command::kDev,
     "columns and parameters of every query, as the generator knows them",
     RunQueryAnalyze},
    {"query", "check", "", 0, 0, command::kQueryCheck | command::kDev,
     "the queries that another schema breaks", RunQueryCheck},
    {"schema", "inspect", "", 0, 0, command::kSchemaInspect | command::kDev,
     "the schema of a database or of files, as SQL, HCL or JSON",
     RunSchemaInspect},
    {"schema", "diff", "", 0, 0, command::kSchemaDiff | command::kDev,
     "the SQL that turns one schema into another", RunSchemaDiff},
    {"schema", "new", "NAME", 1, 1,
     command::kMigrateFiles | command::kModule | command::kSchemaChange |
         command::kDev,
     "write the next migration: from what the migrations make to the schema",
     RunSchemaNew},
    {"schema", "apply", "", 0, 0,
     command::kMigrate | command::kSchemaChange | command::kSchemaApply |
         command::kDev,
     "bring a database to the schema, without a migration", RunSchemaApply},
    {"schema", "update", "NAME", 1, 1,
     command::kMigrate | command::kModule | command::kSchemaChange |
         command::kDev,
     "new, migrate up, snapshot and generate, as far as each is needed",
     RunSchemaUpdate},
    {"schema", "snapshot", "", 0, 0, command::kSchemaStatus | command::kDev,
     "write the database's schema into the project's snapshot",
     RunSchemaSnapshot},
    {"schema", "status", "", 0, 0,
     command::kMigrate | command::kSchemaStatus | command::kDev,
     "what differs between schema, migrations and database", RunSchemaStatus},
    {"dev", "init", "", 0, 0, command::kDev,
     "make the scratch database that the project names, with the pre file",
     RunDevInit},
    {"dev", "clean", "", 0, 0, command::kDev, "empty it", RunDevClean},
    {"dev", "status", "", 0, 0, command::kDev, "what is in it", RunDevStatus},
    {"schema", "fmt", "[FILE…]", 0, kMany, command::kSchemaFmt,
     "formats HCL files in place, and says which", RunSchemaFmt},
    {"", "generate", "", 0, 0, command::kGenerate | command::kDev,
     "typed C++ functions from annotated queries", RunGenerate},
    {"", "completion", "SHELL", 1, 1, command::kEvery,
     "a script that completes commands and flags: bash, zsh or fish",
     RunCompletion},
    {"", "version", "", 0, 0, command::kEvery, "the version of godwit",
     RunVersion},
};

std::vector<Command> AllCommands() {
  const std::span<const Command> migrate = command::MigrateCommands();
  std::vector<Command> all(migrate.begin(), migrate.end());
  all.insert(all.end(), std::begin(kOwn), std::end(kOwn));
  return all;
}

}  // namespace

const command::Program& Tool() {
  static const std::vector<Command> commands = AllCommands();
  static const command::Program tool = {
      .name = "godwit",
      .offered = {},
      .commands = commands,
      .settings =
          [](const command::Flags& flags) {
            return std::make_unique<ProjectSettings>(flags);
          },
  };
  return tool;
}

}  // namespace godwit::cli
