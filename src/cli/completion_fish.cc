// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "cli/completion.h"

namespace godwit::cli {

namespace {

using command::Command;
using command::FlagRow;
using command::Program;

constexpr std::string_view kIsAt =
    R"(# Whether the words before the cursor, without flags, begin with these.
function __{name}_at
    set -l words
    set -l skip 0
    for word in (commandline -opc)[2..]
        if test $skip = 1
            set skip 0
        else if string match -qr -- '^({values})$' $word
            set skip 1
        else if not string match -q -- '-*' $word
            set -a words $word
        end
    end
    if test "$argv[1]" = exactly
        test "$words" = "$argv[2..]"
    else
        test "$words[1..$(count $argv)]" = "$argv"
    end
end

complete -c {name} -f
)";

std::string Quoted(std::string_view text) {
  return Cat("'", Escaped(text, "\\'"), "'");
}

std::string Line(const Program& program, std::string_view condition,
                 std::string_view rest) {
  const std::string when =
      condition.empty() ? ""
                        : Cat("-n '__", program.name, "_at", condition, "' ");
  return Cat("complete -c ", program.name, " ", when, rest, "\n");
}

std::string ValueFlags(const Values& values) {
  switch (values.kind) {
    case Values::Kind::kWords:
      return Cat(" -x -a ", Quoted(values.words));
    case Values::Kind::kFiles:
      return " -r -F";
    case Values::Kind::kFolders:
      return " -x -a '(__fish_complete_directories)'";
    case Values::Kind::kAny:
      return " -x";
    case Values::Kind::kNone:
      break;
  }
  return "";
}

std::string FlagLine(const Program& program, std::string_view at,
                     const FlagRow& row) {
  std::string rest;
  for (const std::string_view name : row.Names())
    rest += name.size() == 2 ? Cat("-s ", name.substr(1), " ")
                             : Cat("-l ", name.substr(2), " ");
  return Line(program, at,
              Cat(rest, "-d ", Quoted(row.help), ValueFlags(ValuesOf(row))));
}

std::string CommandLines(const Program& program, const Command& command) {
  const std::string group(command.group);
  std::string out =
      Line(program, Cat(" exactly", group.empty() ? "" : " ", group),
           Cat("-a ", command.name, " -d ", Quoted(command.summary)));
  const std::string at =
      Cat(group.empty() ? "" : " ", group, " ", command.name);
  const Values values = ArgumentsOf(command);
  if (values.kind == Values::Kind::kFiles) out += Line(program, at, "-F");
  if (values.kind == Values::Kind::kWords)
    out += Line(program, at, Cat("-a ", Quoted(values.words)));
  for (const FlagRow* row : FlagsOf(program, command)) {
    if (!row->is_general()) out += FlagLine(program, at, *row);
  }
  return out;
}

}  // namespace

std::string FishCompletion(const Program& program) {
  std::string out(kIsAt);
  const auto replace = [&](std::string_view mark, std::string_view by) {
    for (std::size_t at = out.find(mark); at != out.npos; at = out.find(mark))
      out.replace(at, mark.size(), by);
  };
  replace("{name}", program.name);
  replace("{values}", FlagsWithValue(program));
  out = Cat("# Completion of ", program.name, " for fish.\n\n", out);
  for (const std::string_view group : GroupsOf(program))
    out += Line(program, " exactly",
                Cat("-a ", group, " -d 'a group of commands'"));
  for (const FlagRow& row : command::FlagTable()) {
    if (row.is_general()) out += FlagLine(program, "", row);
  }
  for (const Command& row : program.commands) out += CommandLines(program, row);
  return out;
}

}  // namespace godwit::cli
