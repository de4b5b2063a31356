// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "cli/flags.h"

namespace godwit::cli {

// One command. The table is what `--help` shows and what the arguments are
// checked against.
struct Command {
  std::string_view group;      // "migrate"; empty: a command of its own
  std::string_view name;       // "up"
  std::string_view arguments;  // "[FILE…]"
  std::size_t least = 0;       // arguments
  std::size_t most = 0;
  std::uint32_t flags = 0;  // FlagSet
  std::string_view summary;
  int (*run)(const Flags& flags) = nullptr;
};

std::span<const Command> CommandTable();
const Command* FindCommand(std::string_view group, std::string_view name);

// The words after the program's name: the command and its flags. Throws
// Error(kUsage), naming the nearest command or flag.
struct Invocation {
  const Command* command =
      nullptr;  // null: help is wanted, of a group or of all
  std::string group;
  Flags flags;
};
Invocation ParseArguments(std::span<const std::string> words);

// Help for everything, a group, or one command.
std::string HelpText(std::string_view group, const Command* command);

// The commands, one file each.
int RunUp(const Flags& flags);
int RunUpTo(const Flags& flags);
int RunUpByOne(const Flags& flags);
int RunDown(const Flags& flags);
int RunDownTo(const Flags& flags);
int RunReset(const Flags& flags);
int RunRedo(const Flags& flags);
int RunGoto(const Flags& flags);
int RunStatus(const Flags& flags);
int RunCurrent(const Flags& flags);
int RunCreate(const Flags& flags);
int RunVerify(const Flags& flags);
int RunParse(const Flags& flags);
int RunBaseline(const Flags& flags);
int RunForce(const Flags& flags);
int RunResolve(const Flags& flags);
int RunFix(const Flags& flags);
int RunWait(const Flags& flags);
int RunVersion(const Flags& flags);

}  // namespace godwit::cli
