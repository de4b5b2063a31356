// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "command/flags.h"
#include "command/settings.h"
#include "command/terminal.h"
#include "godwit/error.h"

namespace godwit::command {

struct Call;

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
  int (*run)(const Call& call) = nullptr;
};

// Whose commands these are: the tool's, or an application's that offers the
// group of migrations under words of its own.
struct Program {
  std::string name;     // "godwit", "app": begins what is told
  std::string offered;  // "app migrate": the words are verbs of the group
                        // migrate, and this stands before them; empty: a tool
  std::span<const Command> commands;
  std::function<std::unique_ptr<Settings>(const Flags&)> settings;

  bool is_application() const { return !offered.empty(); }
  // How its user writes a group or a verb of it: "app migrate up".
  std::string Called(std::string_view group, std::string_view verb = {}) const;
  std::string Called(const Command& command) const {
    return Called(command.group, command.name);
  }
  bool Takes(const Command& command, const FlagRow& row) const;
  const Command* Find(std::string_view group, std::string_view name) const;
};

// One command at work: whose it is, what its words said, where it writes.
struct Call {
  const Program& program;
  const Flags& flags;
  const Terminal& terminal;
  std::ostream& out;  // results
  std::ostream& err;  // what is told beside them

  std::unique_ptr<Settings> ReadSettings() const {
    return program.settings(flags);
  }
};

// The words after the program's name: the command and its flags. Throws
// Error(kUsage), naming the nearest command or flag.
struct Invocation {
  const Command* command =
      nullptr;  // null: help is wanted, of a group or of all
  std::string group;
  Flags flags;
};
Invocation ParseArguments(const Program& program,
                          std::span<const std::string> words);

// Help for everything, a group, or one command.
std::string HelpText(const Program& program, std::string_view group,
                     const Command* command);

// The group migrate, one file or a few verbs each.
std::span<const Command> MigrateCommands();

// Runs the words and returns the exit status; what goes wrong is reported.
struct Output {
  std::ostream& out;
  std::ostream& err;
  bool is_own = false;  // the application's: no terminal, no colours
};
int Run(const Program& program, std::span<const std::string> words,
        const Output& output);

}  // namespace godwit::command
