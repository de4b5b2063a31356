// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <algorithm>

#include "base/text.h"
#include "cli/command.h"
#include "godwit/error.h"

namespace godwit::cli {

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

void RefuseUnknownVerb(const std::string& group, const std::string& verb) {
  std::vector<std::string_view> known;
  for (const Command& command : CommandTable()) {
    if (command.group == group) known.push_back(command.name);
    if (group.empty() && !command.group.empty()) known.push_back(command.group);
  }
  const std::string_view nearest = Nearest(verb, known);
  Usage(Cat("unknown command '", group, group.empty() ? "" : " ", verb, "'"),
        nearest.empty() ? Cat("'godwit ", group, group.empty() ? "" : " ",
                              "--help' lists the commands")
                        : Cat("did you mean '", group, group.empty() ? "" : " ",
                              nearest, "'?"));
}

bool IsGroup(std::string_view word) {
  return std::any_of(
      CommandTable().begin(), CommandTable().end(),
      [&](const Command& c) { return !word.empty() && c.group == word; });
}

void RefuseUnknownFlag(const Command& command, std::string flag) {
  if (ParseInt64(flag))
    Usage(Cat("'", flag, "' reads like a flag"),
          Cat("write '-- ", flag, "' for a number below zero"));
  flag = flag.substr(0, flag.find('='));
  std::vector<std::string> names;
  for (const FlagRow& row : FlagTable()) {
    if (!Takes(command.flags, row)) continue;
    for (std::size_t at = 0; at <= row.names.size();) {
      const std::size_t comma =
          std::min(row.names.find(',', at), row.names.size());
      names.emplace_back(row.names.substr(at, comma - at));
      at = comma + 1;
    }
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  const std::string_view nearest = Nearest(flag, known);
  Usage(Cat("unknown flag '", flag, "' of 'godwit ", command.group,
            command.group.empty() ? "" : " ", command.name, "'"),
        nearest.empty()
            ? Cat("'godwit ", command.group, command.group.empty() ? "" : " ",
                  command.name, " --help' lists its flags")
            : Cat("did you mean ", nearest, "?"));
}

[[noreturn]] void NeedsValue(const Command& command, std::string_view flag) {
  Usage(Cat("the flag ", flag, " needs a value"),
        Cat("'godwit ", command.group, command.group.empty() ? "" : " ",
            command.name, " --help' lists its flags"));
}

// `--to "$VERSION"` of a variable that is not set must not mean no --to at all.
void RefuseEmptyValues(const Command& command, const CLI::App& app,
                       const Flags& flags) {
  for (const FlagRow& row : FlagTable()) {
    const auto* field = std::get_if<std::string Flags::*>(&row.field);
    if (!field || !Takes(command.flags, row) || !(flags.**field).empty())
      continue;
    const std::string_view names = row.names.substr(row.names.find("--"));
    const std::string first(names.substr(0, names.find(',')));
    if (app.count(first) > 0) NeedsValue(command, first);
  }
}

void ParseFlags(const Command& command, std::vector<std::string> words,
                Flags& flags) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  for (const FlagRow& row : FlagTable()) {
    if (!Takes(command.flags, row)) continue;
    std::visit(
        [&](auto field) {
          if constexpr (std::is_same_v<decltype(field), bool Flags::*>)
            app.add_flag(std::string(row.names), flags.*field);
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
    NeedsValue(command,
               std::string_view(error.what())
                   .substr(0, std::string_view(error.what()).find(':')));
  } catch (const CLI::ParseError& error) {
    std::string message = error.what();
    Usage(AsciiLower(message.substr(0, 1)) + message.substr(1),
          Cat("'godwit ", command.group, command.group.empty() ? "" : " ",
              command.name, " --help' lists its flags"));
  }
  RefuseEmptyValues(command, app, flags);
  for (const std::string& word : app.remaining()) {
    if (word.size() > 1 && word.starts_with('-'))
      RefuseUnknownFlag(command, word);
    flags.arguments.push_back(word);
  }
  flags.arguments.insert(flags.arguments.end(), rest.begin(), rest.end());
}

}  // namespace

Invocation ParseArguments(std::span<const std::string> words) {
  Invocation invocation;
  std::size_t verb = FindWord(words, 0);
  const auto only_help = [&](std::size_t from) {
    return from >= words.size() || IsHelp(words[from]);
  };
  if (verb == words.size()) {
    for (const std::string& word : words) {
      if (!IsHelp(word))
        Usage(Cat("no command, only '", word, "'"),
              "'godwit --help' lists the commands");
    }
    return invocation;
  }
  if (words[verb] == "help") return invocation;
  std::vector<std::string> rest(words.begin(), words.end());
  if (IsGroup(words[verb])) {
    invocation.group = words[verb];
    const std::size_t next = FindWord(words, verb + 1);
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(verb));
    if (next == words.size() || only_help(next)) return invocation;
    verb = next - 1;
  }
  invocation.command = FindCommand(invocation.group, rest[verb]);
  if (!invocation.command) RefuseUnknownVerb(invocation.group, rest[verb]);
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(verb));
  ParseFlags(*invocation.command, rest, invocation.flags);
  const Command& command = *invocation.command;
  const std::size_t count = invocation.flags.arguments.size();
  if (invocation.flags.help) return invocation;
  if (count < command.least)
    Usage(Cat("'godwit ", command.group, " ", command.name, "' needs ",
              command.arguments),
          Cat("usage: godwit ", command.group, " ", command.name, " ",
              command.arguments));
  if (count > command.most)
    Usage(Cat("'", invocation.flags.arguments[command.most],
              "' is one argument too many for 'godwit ", command.group,
              command.group.empty() ? "" : " ", command.name, "'"),
          "");
  return invocation;
}

}  // namespace godwit::cli
