// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "cli/completion.h"

namespace godwit::cli {

namespace {

using command::Command;
using command::FlagRow;
using command::Program;

// A text in single quotes.
std::string Quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text)
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string Action(const Values& values) {
  switch (values.kind) {
    case Values::Kind::kWords:
      return Cat("(", values.words, ")");
    case Values::Kind::kFiles:
      return "_files";
    case Values::Kind::kFolders:
      return "_files -/";
    case Values::Kind::kNone:
    case Values::Kind::kAny:
      break;
  }
  return " ";
}

// One specification a name: '(-c --config)--config[help]:FILE:_files'.
std::string FlagSpecs(const FlagRow& row) {
  std::string names(row.names);
  for (char& c : names) c = c == ',' ? ' ' : c;
  std::string out;
  for (const std::string_view name : row.Names()) {
    std::string spec = Cat("(", names, ")", name,
                           row.value.empty() || name.size() == 2 ? "" : "=",
                           "[", Escaped(row.help, "[]:\\"), "]");
    if (!row.value.empty())
      spec += Cat(":", row.value, ":", Action(ValuesOf(row)));
    out += Cat(" \\\n        ", Quoted(spec));
  }
  return out;
}

std::string CommandCase(const Program& program, const Command& command) {
  std::string out = Cat("      ", command.name, ")\n      _arguments");
  for (const FlagRow* row : FlagsOf(program, command)) out += FlagSpecs(*row);
  const Values values = ArgumentsOf(command);
  if (values.kind != Values::Kind::kNone) {
    const std::string_view many = command.most > 1 ? "*" : "1";
    out += Cat(" \\\n        ",
               Quoted(Cat(many, ":", Escaped(command.arguments, ":"), ":",
                          Action(values))));
  }
  return Cat(out, " ;;\n");
}

// The function that completes the verbs of a group and what is behind each.
std::string Function(const Program& program, std::string_view group) {
  std::string out = Cat("_", program.name, group.empty() ? "" : "_", group,
                        "() {\n  local line state\n  local -a verbs=(\n");
  const auto verb = [&](std::string_view name, std::string_view summary) {
    out += Cat("    ", Quoted(Cat(name, ":", Escaped(summary, ":\\"))), "\n");
  };
  if (group.empty()) {
    for (const std::string_view name : GroupsOf(program))
      verb(name, "a group of commands");
  }
  for (const Command* row : CommandsOf(program, group))
    verb(row->name, row->summary);
  out += "  )\n  _arguments -C";
  for (const FlagRow& row : command::FlagTable()) {
    if (row.is_general()) out += FlagSpecs(row);
  }
  out += " \\\n    '1: :->verb' '*:: :->rest'\n  case $state in\n";
  out += "    verb) _describe command verbs ;;\n    rest) case $line[1] in\n";
  if (group.empty()) {
    for (const std::string_view name : GroupsOf(program))
      out += Cat("      ", name, ") _", program.name, "_", name, " ;;\n");
  }
  for (const Command* row : CommandsOf(program, group))
    out += CommandCase(program, *row);
  return Cat(out, "    esac ;;\n  esac\n}\n\n");
}

}  // namespace

std::string ZshCompletion(const Program& program) {
  std::string out = Cat("#compdef ", program.name, "\n# Completion of ",
                        program.name, " for zsh.\n\n");
  for (const std::string_view group : GroupsOf(program))
    out += Function(program, group);
  out += Function(program, "");
  return Cat(out, "if [[ $funcstack[1] == _", program.name, " ]]; then\n  _",
             program.name, " \"$@\"\nelse\n  compdef _", program.name, " ",
             program.name, "\nfi\n");
}

}  // namespace godwit::cli
