// SPDX-License-Identifier: Apache-2.0
#include "cli/command.h"

#include "base/text.h"

namespace godwit::cli {

namespace {
constexpr std::size_t kMany = 100'000;
constexpr std::uint32_t kMoveUp = kMigrate | kTo | kSteps | kDryRun;
constexpr std::uint32_t kMoveDown = kMigrate | kTo | kSteps | kAll | kForget;
}  // namespace

std::span<const Command> CommandTable() {
  static constexpr Command kCommands[] = {
      {"migrate", "up", "", 0, 0, kMoveUp, "apply what is pending, ascending",
       RunUp},
      {"migrate", "up-to", "VERSION", 1, 1, kMigrate,
       "the same as up --to VERSION", RunUpTo},
      {"migrate", "up-by-one", "", 0, 0, kMigrate, "the same as up --steps 1",
       RunUpByOne},
      {"migrate", "down", "", 0, 0, kMoveDown,
       "revert the newest migration, or as the flags say", RunDown},
      {"migrate", "down-to", "VERSION", 1, 1, kMigrate | kForget,
       "the same as down --to VERSION", RunDownTo},
      {"migrate", "reset", "", 0, 0, kMigrate | kForget,
       "the same as down --all", RunReset},
      {"migrate", "redo", "", 0, 0, kMigrate,
       "revert the newest migration and apply it again", RunRedo},
      {"migrate", "goto", "VERSION", 1, 1, kMigrate,
       "up or down until VERSION is the newest", RunGoto},
      {"migrate", "status", "", 0, 0, kMigrate | kCheck,
       "every migration: applied, pending, missing, drifted, interrupted",
       RunStatus},
      {"migrate", "version", "", 0, 0, kMigrate,
       "the newest applied version; 0 when there is none", RunCurrent},
      {"migrate", "create", "NAME", 1, 1, kMigrate,
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
      {"migrate", "fix", "", 0, 0, kMigrate,
       "renumber timestamp versions into the sequence", RunFix},
      {"migrate", "wait", "", 0, 0, kMigrate | kTimeout,
       "wait until the database answers", RunWait},
      {"", "version", "", 0, 0, kEvery, "the version of godwit", RunVersion},
  };
  return kCommands;
}

const Command* FindCommand(std::string_view group, std::string_view name) {
  for (const Command& command : CommandTable()) {
    if (command.group == group && command.name == name) return &command;
  }
  return nullptr;
}

namespace {

std::string Padded(std::string text, std::size_t width) {
  const std::size_t length = CodePoints(text);
  if (length < width) text.append(width - length, ' ');
  return text;
}

std::string CommandLine(const Command& command) {
  return Cat(command.name, command.arguments.empty() ? "" : " ",
             command.arguments);
}

void ListFlags(std::string& out, std::uint32_t set, bool only_general) {
  for (const FlagRow& row : FlagTable()) {
    if ((row.set == kEvery) != only_general || !Takes(set, row)) continue;
    std::string names;
    for (char c : row.names)
      names += c == ',' ? std::string(", ") : std::string(1, c);
    if (!row.value.empty()) names += Cat(' ', row.value);
    out += Cat("  ", Padded(names, 26), "  ", row.help, "\n");
  }
}

}  // namespace

std::string HelpText(std::string_view group, const Command* command) {
  std::string out;
  if (command) {
    const std::string line = CommandLine(*command);
    out =
        Cat("usage: godwit ", command->group, command->group.empty() ? "" : " ",
            line, " [FLAGS]\n\n", command->summary, "\n\n");
    std::string flags;
    ListFlags(flags, command->flags, false);
    if (!flags.empty()) out += Cat("flags:\n", flags, "\n");
    out += "flags of every command:\n";
    ListFlags(out, command->flags, true);
    return out;
  }
  out = group.empty()
            ? "godwit: migrations and schemas for SQLite and "
              "PostgreSQL\n\nusage: godwit "
              "GROUP VERB [ARGUMENTS] [FLAGS]\n"
            : Cat("usage: godwit ", group, " VERB [ARGUMENTS] [FLAGS]\n");
  std::string_view shown = "?";
  for (const Command& row : CommandTable()) {
    if (!group.empty() && row.group != group) continue;
    if (row.group != shown)
      out += Cat("\n", row.group.empty() ? "other commands" : row.group, ":\n");
    shown = row.group;
    out += Cat("  ", Padded(CommandLine(row), 18), "  ", row.summary, "\n");
  }
  out += Cat("\n'godwit ", group.empty() ? "GROUP" : group,
             " VERB --help' shows a command's flags.\n");
  return out;
}

}  // namespace godwit::cli
