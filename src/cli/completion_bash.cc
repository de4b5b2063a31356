// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "cli/completion.h"

namespace godwit::cli {

namespace {

using command::Command;
using command::FlagRow;
using command::Program;

// `=` parts words in bash, so that --dir=x is three; what is before the word to
// complete is found behind it.
constexpr std::string_view kBegin = R"(# Completion of {name} for bash.
_{name}() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
  local command= words= flags= i
  if [[ $word == = ]]; then
    word=
  elif [[ $before == = ]]; then
    before=${COMP_WORDS[COMP_CWORD-2]}
  fi
  COMPREPLY=()
)";

constexpr std::string_view kCommand = R"(
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      {values})
        [[ ${COMP_WORDS[i+1]} == = ]] && i=$((i + 1))
        i=$((i + 1)) ;;
      -*) ;;
      *) command+=" ${COMP_WORDS[i]}" ;;
    esac
  done
)";

constexpr std::string_view kEnd = R"(
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$word")
  elif [[ $words == / ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  fi
}
complete -F _{name} {name}
)";

std::string Replaced(std::string_view text, std::string_view mark,
                     std::string_view by) {
  std::string out(text);
  for (std::size_t at = out.find(mark); at != out.npos;
       at = out.find(mark, at + by.size()))
    out.replace(at, mark.size(), by);
  return out;
}

std::string Names(const FlagRow& row, std::string_view separator) {
  return Replaced(row.names, ",", separator);
}

// What stands behind a flag.
std::string ValueCase(const FlagRow& row) {
  const Values values = ValuesOf(row);
  std::string reply;
  if (values.kind == Values::Kind::kWords)
    reply = Cat("-W '", values.words, "'");
  if (values.kind == Values::Kind::kFiles) reply = "-f";
  if (values.kind == Values::Kind::kFolders) reply = "-d";
  std::string out = Cat("    ", Names(row, "|"), ")\n");
  if (reply.starts_with("-f") || reply.starts_with("-d"))
    out += "      compopt -o filenames 2>/dev/null\n";
  if (!reply.empty())
    out += Cat("      mapfile -t COMPREPLY < <(compgen ", reply,
               " -- \"$word\")\n");
  return Cat(out, "      return ;;\n");
}

// What may follow a command: its arguments ("/" are files) and its flags.
std::string CommandCase(const Program& program, const Command& command) {
  const Values values = ArgumentsOf(command);
  std::string flags;
  for (const FlagRow* row : FlagsOf(program, command))
    flags += Cat(flags.empty() ? "" : " ", Names(*row, " "));
  return Cat("    ' ", command.group, command.group.empty() ? "" : " ",
             command.name, values.kind == Values::Kind::kNone ? "'" : "'*",
             ")\n      words='",
             values.kind == Values::Kind::kFiles ? "/" : values.words,
             "'\n      flags='", flags, "' ;;\n");
}

std::string VerbsCase(const Program& program, std::string_view group) {
  std::string words;
  for (const Command* row : CommandsOf(program, group))
    words += Cat(words.empty() ? "" : " ", row->name);
  if (group.empty()) {
    for (const std::string_view name : GroupsOf(program))
      words += Cat(' ', name);
  }
  return Cat("    '", group.empty() ? "" : " ", group, "')\n      words='",
             words, "'\n      flags='--help' ;;\n");
}

}  // namespace

std::string BashCompletion(const Program& program) {
  std::string out(kBegin);
  out += "\n  case $before in\n";
  for (const FlagRow& row : command::FlagTable()) {
    if (!row.value.empty()) out += ValueCase(row);
  }
  out += "  esac\n";
  out += Replaced(kCommand, "{values}", FlagsWithValue(program));
  out += "\n  case $command in\n";
  out += VerbsCase(program, "");
  for (const std::string_view group : GroupsOf(program))
    out += VerbsCase(program, group);
  for (const Command& row : program.commands) out += CommandCase(program, row);
  out += "  esac\n";
  out += kEnd;
  return Replaced(out, "{name}", program.name);
}

}  // namespace godwit::cli
