// SPDX-License-Identifier: Apache-2.0
#include "command/migrate_commands.h"

namespace godwit::command {

namespace {
constexpr std::size_t kMany = 100'000;
constexpr std::uint32_t kMoveUp = kMigrate | kModule | kTo | kSteps | kDryRun;
constexpr std::uint32_t kMoveDown =
    kMigrate | kModule | kTo | kSteps | kAll | kForget;
}  // namespace

std::span<const Command> MigrateCommands() {
  static constexpr Command kCommands[] = {
      {"migrate", "up", "", 0, 0, kMoveUp, "apply what is pending, ascending",
       RunUp},
      {"migrate", "up-to", "VERSION", 1, 1, kMigrate | kModule,
       "the same as up --to VERSION", RunUpTo},
      {"migrate", "up-by-one", "", 0, 0, kMigrate | kModule,
       "the same as up --steps 1", RunUpByOne},
      {"migrate", "down", "", 0, 0, kMoveDown,
       "revert the newest migration, or as the flags say", RunDown},
      {"migrate", "down-to", "VERSION", 1, 1, kMigrate | kModule | kForget,
       "the same as down --to VERSION", RunDownTo},
      {"migrate", "reset", "", 0, 0, kMigrate | kModule | kForget,
       "the same as down --all", RunReset},
      {"migrate", "redo", "", 0, 0, kMigrate,
       "revert the newest migration and apply it again", RunRedo},
      {"migrate", "goto", "VERSION", 1, 1, kMigrate,
       "up or down until VERSION is the newest", RunGoto},
      {"migrate", "status", "", 0, 0, kMigrate | kModule | kCheck,
       "every migration: applied, pending, missing, drifted, interrupted",
       RunStatus},
      {"migrate", "version", "", 0, 0, kMigrate,
       "the newest applied version; 0 when there is none", RunCurrent},
      {"migrate", "create", "NAME", 1, 1, kMigrate | kModule,
       "write a new, empty migration and print its path", RunCreate},
      {"migrate", "verify", "", 0, 0, kMigrate | kAccept,
       "compare the files with the tracker; exit status 3 where they differ",
       RunVerify},
      {"migrate", "parse", "[FILE…]", 0, kMany, kMigrate,
       "show how the files are read; needs no database", RunParse},
      {"migrate", "baseline", "VERSION", 1, 1, kMigrate,
       "record every version up to VERSION as applied, running nothing",
       RunBaseline},
      {"migrate", "force", "VERSION", 1, 1, kMigrate,
       "set golang-migrate's counter, clean; -- -1 empties it", RunForce},
      {"migrate", "resolve", "VERSION", 1, 1, kMigrate | kAs,
       "say what became of a cut-off statement (--as applied|pending)",
       RunResolve},
      {"migrate", "adopt", "", 0, 0, kMigrate | kAdopt,
       "take over from another tool's tracker, running nothing", RunAdopt},
      {"migrate", "handback", "", 0, 0, kMigrate | kHandBack,
       "write another tool's tracker again, as ours says", RunHandBack},
      {"migrate", "fix", "", 0, 0, kMigrate | kModule,
       "renumber timestamp versions into the sequence", RunFix},
      {"migrate", "wait", "", 0, 0, kMigrate | kTimeout,
       "wait until the database answers", RunWait},
  };
  return kCommands;
}

}  // namespace godwit::command
