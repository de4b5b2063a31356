// SPDX-License-Identifier: Apache-2.0
#include "cli/completion.h"

#include <algorithm>
#include <ostream>

#include "base/text.h"
#include "cli/commands.h"
#include "command/exit_status.h"

namespace godwit::cli {

using command::Command;
using command::FlagRow;
using command::Program;

namespace {
constexpr const char* kShells = "bash zsh fish";
}  // namespace

Values ValuesOf(const FlagRow& row) {
  if (row.value.empty()) return {};
  if (!row.words.empty()) return {Values::Kind::kWords, std::string(row.words)};
  if (row.value == "FILE") return {Values::Kind::kFiles, {}};
  if (row.value == "DIR") return {Values::Kind::kFolders, {}};
  return {Values::Kind::kAny, {}};
}

Values ArgumentsOf(const Command& command) {
  if (command.arguments.empty()) return {};
  if (command.arguments == "SHELL") return {Values::Kind::kWords, kShells};
  const bool files = command.arguments.find("FILE") != std::string_view::npos;
  return {files ? Values::Kind::kFiles : Values::Kind::kAny, {}};
}

std::vector<std::string_view> GroupsOf(const Program& program) {
  std::vector<std::string_view> groups;
  for (const Command& row : program.commands) {
    const bool known =
        std::find(groups.begin(), groups.end(), row.group) != groups.end();
    if (!row.group.empty() && !known) groups.push_back(row.group);
  }
  return groups;
}

std::vector<const Command*> CommandsOf(const Program& program,
                                       std::string_view group) {
  std::vector<const Command*> commands;
  for (const Command& row : program.commands) {
    if (row.group == group) commands.push_back(&row);
  }
  return commands;
}

std::vector<const FlagRow*> FlagsOf(const Program& program,
                                    const Command& command) {
  std::vector<const FlagRow*> rows;
  for (const FlagRow& row : command::FlagTable()) {
    if (program.Takes(command, row)) rows.push_back(&row);
  }
  return rows;
}

std::string FlagsWithValue(const Program& program) {
  std::vector<std::string> names;
  for (const FlagRow& row : command::FlagTable()) {
    const bool taken = std::any_of(
        program.commands.begin(), program.commands.end(),
        [&](const Command& command) { return program.Takes(command, row); });
    if (row.value.empty() || !taken) continue;
    for (const std::string_view name : row.Names()) {
      if (std::find(names.begin(), names.end(), name) == names.end())
        names.emplace_back(name);
    }
  }
  return Join(names, "|");
}

std::string Escaped(std::string_view text, std::string_view characters) {
  std::string out;
  for (const char c : text) {
    if (characters.find(c) != characters.npos) out += '\\';
    out += c;
  }
  return out;
}

int RunCompletion(const command::Call& call) {
  struct Row {
    std::string_view shell;
    std::string (*write)(const Program& program);
  };
  constexpr Row kRows[] = {{"bash", BashCompletion},
                           {"zsh", ZshCompletion},
                           {"fish", FishCompletion}};
  const std::string& shell = call.flags.arguments[0];
  for (const Row& row : kRows) {
    if (row.shell != shell) continue;
    call.out << row.write(call.program);
    return command::kDone;
  }
  throw Error(ErrorCode::kUsage,
              Cat("there is no completion for the shell '", shell, "'"),
              "the shells are bash, zsh and fish");
}

}  // namespace godwit::cli
