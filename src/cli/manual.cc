// SPDX-License-Identifier: Apache-2.0
#include "cli/manual.h"

#include <vector>

#include "base/text.h"
#include "cli/completion.h"

namespace godwit::cli {

namespace {

using command::Command;
using command::FlagRow;
using command::Program;

constexpr std::string_view kAbout =
    "Migrations and schemas for SQLite and PostgreSQL";

constexpr std::string_view kExitStatus = R"(.SH EXIT STATUS
.TP
.B 0
Done; nothing to do is done too.
.TP
.B 1
It was tried and failed.
.TP
.B 2
It could not be tried: the words, the files or the state of things forbid it.
.TP
.B 3
It was a check, and the check found something.
)";

constexpr std::string_view kEnvironment = R"(.SH ENVIRONMENT
.TP
.BR GODWIT_URL ", " DATABASE_URL
The database, where neither a flag nor the chosen environment names it.
.TP
.B NO_COLOR
Plain text, as with
.BR \-\-no\-color .
.SH FILES
.TP
.I godwit.yaml
The project file, here or in a parent folder.
)";

// Text for troff: hyphens that are copied as such, ASCII only, no line that
// begins as a request would.
std::string Text(std::string_view text) {
  constexpr std::string_view kDots = "…";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with(kDots)) {
      out += "...";
      i += kDots.size() - 1;
    } else if (text[i] == '-') {
      out += "\\-";
    } else if (text[i] == '\\') {
      out += "\\e";
    } else {
      out += text[i];
    }
  }
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

std::string Sentence(std::string_view text) {
  return Cat(Text(text), ".\n");
}

std::string FlagParagraph(const FlagRow& row) {
  std::string names;
  for (const std::string_view name : row.Names())
    names += Cat(names.empty() ? "" : ", ", "\\fB", Text(name), "\\fR");
  if (!row.value.empty()) names += Cat(" \\fI", Text(row.value), "\\fR");
  return Cat(".TP\n", names, "\n", Sentence(row.help));
}

std::string Paragraph(const Program& program, const Command& command) {
  std::string out = Cat(".TP\n\\fB", Text(command.name), "\\fR");
  if (!command.arguments.empty())
    out += Cat(" \\fI", Text(command.arguments), "\\fR");
  out += Cat("\n", Sentence(command.summary));
  std::string own;
  for (const FlagRow* row : FlagsOf(program, command)) {
    if (row->is_general() || row->set == command::kMigrate) continue;
    own +=
        Cat(own.empty() ? "" : ", ", "\\fB", Text(row->Names().back()), "\\fR");
  }
  return own.empty() ? out : Cat(out, "Also takes ", own, ".\n");
}

// Those that some command of the group takes, the general ones last.
std::string Flags(const Program& program, std::string_view group) {
  std::string own, general;
  for (const FlagRow& row : command::FlagTable()) {
    bool taken = false;
    for (const Command* command : CommandsOf(program, group))
      taken = taken || program.Takes(*command, row);
    if (taken) (row.is_general() ? general : own) += FlagParagraph(row);
  }
  return Cat(own.empty() ? "" : ".SH FLAGS\n", own,
             ".SH FLAGS OF EVERY COMMAND\n", general);
}

std::string Heading(const Program& program, std::string_view group,
                    std::string_view version) {
  std::string title = program.name;
  if (!group.empty()) title += Cat('-', group);
  std::string upper;
  for (const char c : title)
    upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return Cat(
      ".TH ", upper, " 1 \"\" \"", program.name, " ", version, "\" \"\"\n",
      ".SH NAME\n", Text(title), " \\- ",
      group.empty() ? Text(kAbout)
                    : Cat("the group ", group, " of ", program.name),
      "\n.SH SYNOPSIS\n.B ", program.name,
      group.empty() ? Cat("\n.I GROUP VERB\n") : Cat(" ", group, "\n.I VERB\n"),
      ".RI [ ARGUMENTS ]\n.RI [ FLAGS ]\n");
}

}  // namespace

std::string ManualPage(const Program& program, std::string_view group,
                       std::string_view version) {
  std::string out = Heading(program, group, version);
  if (group.empty()) {
    out += ".SH GROUPS\n";
    for (const std::string_view name : GroupsOf(program))
      out += Cat(".TP\n.B ", name, "\nSee\n.BR ", program.name, "\\-", name,
                 " (1).\n");
  }
  out += ".SH COMMANDS\n";
  for (const Command* command : CommandsOf(program, group))
    out += Paragraph(program, *command);
  out += Flags(program, group);
  out += Cat(kExitStatus, kEnvironment);
  if (!group.empty()) out += Cat(".SH SEE ALSO\n.BR ", program.name, " (1)\n");
  return out;
}

}  // namespace godwit::cli
