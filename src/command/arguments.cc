// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <algorithm>

#include "base/text.h"
#include "command/command.h"
#include "godwit/error.h"

namespace godwit::command {

namespace {

[[noreturn]] void Usage(std::string message, std::string help) {
  throw Error(ErrorCode::kUsage, std::move(message), std::move(help));
}

bool IsHelp(const std::string& word) {
  return word == "--help" || word == "-h" || word == "help";
}

// Flags may stand before the command too: their values are no verbs.
std::size_t FindWord(std::span<const std::string> words, std::size_t from) {
  for (std::size_t i = from; i < words.size(); ++i) {
    if (!words[i].starts_with('-')) return i;
    if (words[i] == "--" || words[i].find('=') != std::string::npos) continue;
    for (const FlagRow& row : FlagTable()) {
      const std::string names = Cat(',', row.names, ',');
      if (!row.value.empty() &&
          names.find(Cat(',', words[i], ',')) != std::string::npos)
        ++i;
    }
  }
  return words.size();
}

void RefuseUnknownVerb(const Program& program, const std::string& group,
                       const std::string& verb) {
  std::vector<std::string_view> known;
  for (const Command& command : program.commands) {
    if (command.group == group) known.push_back(command.name);
    if (group.empty() && !command.group.empty()) known.push_back(command.group);
  }
  const std::string_view nearest = Nearest(verb, known);
  // Without the program's name: "migrate statsu".
  const auto words = [&](std::string_view last) {
    return program.Called(group, last).substr(program.name.size() + 1);
  };
  Usage(Cat("unknown command '", words(verb), "'"),
        nearest.empty()
            ? Cat("'", program.Called(group), " --help' lists the commands")
            : Cat("did you mean '", words(nearest), "'?"));
}

bool IsGroup(const Program& program, std::string_view word) {
  return std::any_of(
      program.commands.begin(), program.commands.end(),
      [&](const Command& c) { return !word.empty() && c.group == word; });
}

std::string ListsFlags(const Program& program, const Command& command) {
  return Cat("'", program.Called(command), " --help' lists its flags");
}

void RefuseUnknownFlag(const Program& program, const Command& command,
                       std::string flag) {
  if (ParseInt64(flag))
    Usage(Cat("'", flag, "' reads like a flag"),
          Cat("write '-- ", flag, "' for a number below zero"));
  flag = flag.substr(0, flag.find('='));
  std::vector<std::string_view> known;
  for (const FlagRow& row : FlagTable()) {
    if (!program.Takes(command, row)) continue;
    const std::vector<std::string_view> names = row.Names();
    known.insert(known.end(), names.begin(), names.end());
  }
  const std::string_view nearest = Nearest(flag, known);
  Usage(Cat("unknown flag '", flag, "' of '", program.Called(command), "'"),
        nearest.empty() ? ListsFlags(program, command)
                        : Cat("did you mean ", nearest, "?"));
}

[[noreturn]] void NeedsValue(const Program& program, const Command& command,
                             std::string_view flag) {
  Usage(Cat("the flag ", flag, " needs a value"), ListsFlags(program, command));
}

// `--to "$VERSION"` of a variable that is not set must not mean no --to at all.
void RefuseEmptyValues(const Program& program, const Command& command,
                       const CLI::App& app, const Flags& flags) {
  for (const FlagRow& row : FlagTable()) {
    const auto* field = std::get_if<std::string Flags::*>(&row.field);
    if (!field || !program.Takes(command, row) || !(flags.**field).empty())
      continue;
    const std::string_view names = row.names.substr(row.names.find("--"));
    const std::string first(names.substr(0, names.find(',')));
    if (app.count(first) > 0) NeedsValue(program, command, first);
  }
}

void ParseFlags(const Program& program, const Command& command,
                std::vector<std::string> words, Flags& flags) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  for (const FlagRow& row : FlagTable()) {
    if (!program.Takes(command, row)) continue;
    std::visit(
        [&](auto field) {
          if constexpr (std::is_same_v<decltype(field), bool Flags::*>)
            app.add_flag(std::string(row.names), flags.*field);
          else if constexpr (std::is_same_v<decltype(field),
                                            std::vector<std::string> Flags::*>)
            app.add_option(std::string(row.names), flags.*field)
                ->allow_extra_args(false);
          else
            app.add_option(std::string(row.names), flags.*field)
                ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
        },
        row.field);
  }
  // What stands behind "--" are arguments, whatever they look like.
  const auto end = std::find(words.begin(), words.end(), "--");
  std::vector<std::string> rest(end == words.end() ? end : end + 1,
                                words.end());
  words.erase(end, words.end());
  std::reverse(words.begin(), words.end());
  try {
    app.parse(words);
  } catch (const CLI::ArgumentMismatch& error) {
    NeedsValue(program, command,
               std::string_view(error.what())
                   .substr(0, std::string_view(error.what()).find(':')));
  } catch (const CLI::ParseError& error) {
    std::string message = error.what();
    Usage(AsciiLower(message.substr(0, 1)) + message.substr(1),
          ListsFlags(program, command));
  }
  RefuseEmptyValues(program, command, app, flags);
  for (const std::string& word : app.remaining()) {
    if (word.size() > 1 && word.starts_with('-'))
      RefuseUnknownFlag(program, command, word);
    flags.arguments.push_back(word);
  }
  flags.arguments.insert(flags.arguments.end(), rest.begin(), rest.end());
}

void CheckArguments(const Program& program, const Command& command,
                    const std::vector<std::string>& arguments) {
  if (arguments.size() < command.least)
    Usage(Cat("'", program.Called(command), "' needs ", command.arguments),
          Cat("usage: ", program.Called(command), " ", command.arguments));
  if (arguments.size() > command.most)
    Usage(Cat("'", arguments[command.most], "' is one argument too many for '",
              program.Called(command), "'"),
          "");
}

// Without a command: nothing, or only a wish for help.
void CheckOnlyHelp(const Program& program, std::span<const std::string> words) {
  for (const std::string& word : words) {
    if (!IsHelp(word))
      Usage(Cat("no command, only '", word, "'"),
            Cat("'", program.name, " --help' lists the commands"));
  }
}

}  // namespace

Invocation ParseArguments(const Program& program,
                          std::span<const std::string> given) {
  Invocation invocation;
  std::vector<std::string> words(given.begin(), given.end());
  if (program.is_application()) words.insert(words.begin(), "migrate");
  std::size_t verb = FindWord(words, 0);
  if (verb == words.size()) {
    CheckOnlyHelp(program, words);
    return invocation;
  }
  if (words[verb] == "help") return invocation;
  if (IsGroup(program, words[verb])) {
    invocation.group = words[verb];
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(verb));
    verb = FindWord(words, verb);
    if (verb == words.size() || IsHelp(words[verb])) return invocation;
  }
  invocation.command = program.Find(invocation.group, words[verb]);
  if (!invocation.command)
    RefuseUnknownVerb(program, invocation.group, words[verb]);
  words.erase(words.begin() + static_cast<std::ptrdiff_t>(verb));
  ParseFlags(program, *invocation.command, std::move(words), invocation.flags);
  if (!invocation.flags.help)
    CheckArguments(program, *invocation.command, invocation.flags.arguments);
  return invocation;
}

}  // namespace godwit::command
