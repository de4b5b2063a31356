// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "command/command.h"

namespace godwit::cli {

// Scripts that let a shell complete the program's commands, its flags and their
// values, from the same tables as its help.
std::string BashCompletion(const command::Program& program);
std::string ZshCompletion(const command::Program& program);
std::string FishCompletion(const command::Program& program);

// What the three ask of the tables.

// What may stand as a value.
struct Values {
  enum class Kind { kNone, kAny, kWords, kFiles, kFolders };
  Kind kind = Kind::kNone;
  std::string words;  // a blank between two
};
Values ValuesOf(const command::FlagRow& row);
Values ArgumentsOf(const command::Command& command);

std::vector<std::string_view> GroupsOf(const command::Program& program);
// The commands of a group; of none: those that stand alone.
std::vector<const command::Command*> CommandsOf(const command::Program& program,
                                                std::string_view group);
std::vector<const command::FlagRow*> FlagsOf(const command::Program& program,
                                             const command::Command& command);
// All flags that take a value, a pattern of the shell: "--url|--dir".
std::string FlagsWithValue(const command::Program& program);

// The text with a backslash before each of these characters.
std::string Escaped(std::string_view text, std::string_view characters);

}  // namespace godwit::cli
