// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace godwit::command {

// What the command line said. Texts are empty where a flag was not given.
struct Flags {
  // every command
  std::string config, env, url, engine;
  bool json = false, no_color = false, quiet = false, verbose = false,
       help = false;
  // the group migrate
  std::string dir, format, tracker, tracker_kind, out_of_order, on_drift,
      on_missing, lock_wait, lock_timeout, module;
  bool no_versioning = false;
  // some of its commands
  std::string to, steps, timeout, accept, as, on, from, legacy_tracker, map;
  bool all = false, forget = false, dry_run = false, check = false, yes = false,
       drop_legacy = false;

  // queries and the code written from them
  std::vector<std::string> schema, queries, exclude, variables;
  std::string dev, file, depfile, against, output_format;
  // schemas
  bool allow_destructive = false, online = false;

  std::vector<std::string> arguments;
};

// Which flags a command takes.
enum FlagSet : std::uint32_t {
  kEvery = 0,
  kMigrate = 1u << 0,
  kTo = 1u << 1,
  kSteps = 1u << 2,
  kAll = 1u << 3,
  kForget = 1u << 4,
  kDryRun = 1u << 5,
  kCheck = 1u << 6,
  kAccept = 1u << 7,
  kTimeout = 1u << 8,
  kAs = 1u << 9,
  kModule = 1u << 20,
  kAdopt = 1u << 11,     // adopt
  kHandBack = 1u << 12,  // handback
  kSources = 1u << 13,   // --schema, --queries
  kDev = 1u << 14,       // --dev
  kGenerate = 1u << 15,  // generate
  kSchemaInspect = 1u << 16,
  kSchemaDiff = 1u << 17,
  kQueryCheck = 1u << 18,
  kSchemaChange = 1u << 19,  // a plan is made from the project's schema
  kMigrateFiles = 1u << 21,  // of the group migrate what says where files are
  kSchemaApply = 1u << 22,
  kSchemaStatus = 1u << 23,
  kSchemaFmt = 1u << 24,
  kProject = 1u << 10,  // every command of the tool, which has a project file
};

// One flag: the one place that says its name, its value's name and its help.
struct FlagRow {
  std::string_view names;  // "--url,--db-dsn"
  std::string_view value;  // "DSN"; empty: the flag stands alone
  std::string_view help;
  std::uint32_t set;  // FlagSet; kEvery: all commands
  std::variant<std::string Flags::*, bool Flags::*,
               std::vector<std::string> Flags::*>
      field;                    // a list: the flag may be repeated
  std::string_view words = {};  // "apply refuse", where it takes one of these
  std::string_view in_application = {};  // the help there, where it differs

  std::vector<std::string_view> Names() const;
  bool is_general() const { return set == kEvery || set == kProject; }
  std::string_view HelpIn(bool application) const {
    return application && !in_application.empty() ? in_application : help;
  }
};

std::span<const FlagRow> FlagTable();

}  // namespace godwit::command
