// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "command/command.h"

namespace godwit::command {

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

void ListFlags(std::string& out, const Program& program, const Command& command,
               bool general) {
  for (const FlagRow& row : FlagTable()) {
    if (row.is_general() != general || !program.Takes(command, row)) continue;
    std::string names;
    for (char c : row.names)
      names += c == ',' ? std::string(", ") : std::string(1, c);
    if (!row.value.empty()) names += Cat(' ', row.value);
    out += Cat("  ", Padded(names, 26), "  ",
               row.HelpIn(program.is_application()), "\n");
  }
}

std::string CommandHelp(const Program& program, const Command& command) {
  std::string out = Cat("usage: ", program.Called(command),
                        command.arguments.empty() ? "" : " ", command.arguments,
                        " [FLAGS]\n\n", command.summary, "\n\n");
  std::string flags;
  ListFlags(flags, program, command, false);
  if (!flags.empty()) out += Cat("flags:\n", flags, "\n");
  out += "flags of every command:\n";
  ListFlags(out, program, command, true);
  return out;
}

}  // namespace

std::string HelpText(const Program& program, std::string_view group,
                     const Command* command) {
  if (command) return CommandHelp(program, *command);
  std::string out;
  if (group.empty())
    out = Cat(program.name,
              ": migrations and schemas for SQLite and PostgreSQL\n\n");
  const std::string line =
      group.empty() ? Cat(program.name, " GROUP") : program.Called(group);
  out += Cat("usage: ", line, " VERB [ARGUMENTS] [FLAGS]\n");
  std::string_view shown = "?";
  for (const Command& row : program.commands) {
    if (!group.empty() && row.group != group) continue;
    if (row.group != shown)
      out += Cat("\n", row.group.empty() ? "other commands" : row.group, ":\n");
    shown = row.group;
    out += Cat("  ", Padded(CommandLine(row), 18), "  ", row.summary, "\n");
  }
  return Cat(out, "\n'", line, " VERB --help' shows a command's flags.\n");
}

}  // namespace godwit::command
