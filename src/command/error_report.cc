// SPDX-License-Identifier: Apache-2.0
#include "command/error_report.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "command/json.h"

namespace godwit::command {

namespace {

constexpr std::size_t kWidest = 100;  // code points of an excerpt

// What is shown of a line, and where its caret stands in it.
struct Window {
  std::string line;
  std::size_t caret = 0;
};

// The excerpt around the column. A tab is one column, and what steers a
// terminal does not reach it.
Window MakeWindow(const Place& place) {
  Window window{place.excerpt, place.column > 0
                                   ? static_cast<std::size_t>(place.column) - 1
                                   : 0};
  std::replace_if(
      window.line.begin(), window.line.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; },
      ' ');
  const std::size_t length = CodePoints(window.line);
  if (length <= kWidest) return window;
  const std::size_t half =
      window.caret > kWidest / 2 ? window.caret - kWidest / 2 : 0;
  const std::size_t start = std::min(half, length - kWidest);
  const std::string_view rest =
      std::string_view(window.line).substr(ByteOffset(window.line, start));
  const std::string_view shown = rest.substr(0, ByteOffset(rest, kWidest));
  window.caret = window.caret - start + (start > 0 ? 1 : 0);
  window.line =
      Cat(start > 0 ? "…" : "", shown, start + kWidest < length ? "…" : "");
  return window;
}

void ShowPlace(std::string& out, const Place& place, const Terminal& terminal) {
  if (place.file.empty()) return;
  out += Cat(terminal.Err(Colour::kCyan, "  --> "), Printable(place.file));
  if (place.line > 0) out += Cat(':', place.line);
  if (place.line > 0 && place.column > 0) out += Cat(':', place.column);
  out += '\n';
  if (place.line <= 0 || place.excerpt.empty()) return;
  const std::string number = Cat(place.line);
  const std::string margin(number.size() + 2, ' ');
  const Window window = MakeWindow(place);
  out += Cat(terminal.Err(Colour::kCyan, margin + "|"), "\n");
  out += Cat(terminal.Err(Colour::kCyan, Cat(' ', number, " |")), ' ',
             window.line, "\n");
  if (place.column > 0) {
    out += Cat(terminal.Err(Colour::kCyan, margin + "|"), ' ',
               std::string(window.caret, ' '), terminal.Err(Colour::kRed, "^"),
               "\n");
  }
}

std::string Text(std::string_view text) {
  return Printable(text, "\n\t");
}

// What the database said, its parts behind one another.
std::string Said(const ErrorInfo& info) {
  std::vector<std::string> parts;
  const auto add = [&](std::string_view label, const std::string& text) {
    if (!text.empty()) parts.push_back(Cat(label, text));
  };
  const std::string code = !info.sqlstate.empty()  ? info.sqlstate
                           : info.sqlite_code != 0 ? Cat(info.sqlite_code)
                                                   : "";
  if (!code.empty())
    parts.push_back(
        Cat(code, info.condition.empty() ? "" : " ", info.condition));
  add("constraint: ", info.constraint);
  add("detail: ", info.detail);
  add("hint: ", info.hint);
  return Join(parts, "; ");
}

void ShowHelp(std::string& out, const std::string& help,
              const Terminal& terminal) {
  if (!help.empty())
    out += Cat(terminal.Err(Colour::kDim, "  help: "), Text(help), "\n");
}

}  // namespace

std::string ShowError(std::string_view program, const ErrorInfo& info,
                      const Terminal& terminal) {
  std::string out =
      Cat(terminal.Err(Colour::kBold, Cat(program, ": ")),
          terminal.Err(Colour::kRed, "error:"), ' ', Text(info.message), "\n");
  ShowPlace(out, info.where, terminal);
  if (!info.others.empty()) ShowHelp(out, info.help, terminal);
  for (const Complaint& other : info.others) {
    out += Cat(terminal.Err(Colour::kRed, "error:"), ' ', Text(other.message),
               "\n");
    ShowPlace(out, other.where, terminal);
    ShowHelp(out, other.help, terminal);
  }
  const std::string said = Said(info);
  if (!said.empty())
    out += Cat(terminal.Err(Colour::kDim, "  server: "), Text(said), "\n");
  if (!info.state.empty())
    out += Cat(terminal.Err(Colour::kDim, "  state: "), Text(info.state), "\n");
  if (info.others.empty()) ShowHelp(out, info.help, terminal);
  return out;
}

std::string ErrorJson(const ErrorInfo& info) {
  Json document;
  document["error"] = ErrorValue(info);
  return Dump(document);
}

}  // namespace godwit::command
