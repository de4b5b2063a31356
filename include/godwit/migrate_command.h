// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <span>
#include <string>

#include "godwit/migrations.h"
#include "godwit/migrator.h"

namespace godwit {

// What a program brings so that its users can say `app migrate up`. The start
// of the program and the command work from the same one:
//
//   const godwit::MigrateCommand migrate = {
//       .program = "app migrate",
//       .dsn = options.dsn,
//       .migrations = app::db::Migrations(),
//   };
//   if (verb == "migrate") return godwit::RunMigrateCommand(migrate, words);
//   godwit::Migrate(migrate);
struct MigrateCommand {
  // What stands before the verbs, for usage and errors; its first word begins
  // what is told.
  std::string program = {};
  // --url among the words wins; empty: GODWIT_URL, then DATABASE_URL.
  std::string dsn = {};
  // --dir among the words wins.
  Migrations migrations = {};
  // What the flags do not say; `to` and `steps` are those of the words alone.
  MigrateOptions options = {};
  // Where results and what is told beside them go; null: standard output and
  // standard error.
  std::ostream* out = nullptr;
  std::ostream* err = nullptr;
};

// Runs one verb of the group migrate with its flags, just as `godwit migrate`
// does: up, down, status and all others, `--help`, `--json`. The words are
// those behind the program's own ("up", "--to", "5"). Returns the exit status:
// 0 done, 1 tried and failed, 2 could not be tried, 3 a check found something.
// What goes wrong is reported, nothing is thrown.
//
// While it runs, Ctrl-C and SIGTERM stop the run cleanly. The DSN is blotted
// out in the process list where it stands among the program's arguments.
int RunMigrateCommand(const MigrateCommand& command,
                      std::span<const std::string> words);
int RunMigrateCommand(const MigrateCommand& command, int count,
                      const char* const* words);

// Applies what is pending, for the program's start.
Report Migrate(const MigrateCommand& command);

}  // namespace godwit
