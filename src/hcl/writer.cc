// SPDX-License-Identifier: Apache-2.0
#include "hcl/writer.h"

#include <algorithm>
#include <cstdio>

#include "base/text.h"
#include "hcl/unicode.h"

namespace godwit::hcl {

namespace {

void AppendEscaped(std::string& out, const CodePoint& letter,
                   std::string_view bytes) {
  switch (letter.value) {
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    default:
      break;
  }
  if (letter.bytes == 0 || IsPrintable(letter.value)) {
    out += bytes;
    return;
  }
  char escape[16];
  std::snprintf(escape, sizeof escape,
                letter.value > 0xFFFF ? "\\U%08X" : "\\u%04X",
                static_cast<unsigned>(letter.value));
  out += escape;
}

// The text with `${` and `%{` made to stand for themselves.
std::string WithoutTemplates(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if ((text[i] == '$' || text[i] == '%') && i + 1 < text.size() &&
        text[i + 1] == '{')
      out += text[i];
  }
  return out;
}

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

// Whether what is put before its lines is what a reader takes away: some line
// begins without a blank, and none has only blanks.
bool CanBeIndented(std::string_view text) {
  bool flush = false;
  for (const std::string_view line : Lines(text)) {
    if (line.empty()) continue;
    if (line.find_first_not_of(" \t") == std::string_view::npos) return false;
    flush = flush || (line.front() != ' ' && line.front() != '\t');
  }
  return flush;
}

// One that no line has alone.
std::string HeredocWord(std::string_view text) {
  const std::vector<std::string_view> lines = Lines(text);
  std::string word = "SQL";
  for (int number = 1; std::ranges::any_of(
           lines, [&](std::string_view line) { return Trim(line) == word; });
       ++number)
    word = Cat("SQL", number);
  return word;
}

// One line of ASCII that needs no escape.
bool IsPlain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
  });
}

}  // namespace

std::string Quote(std::string_view text) {
  std::string out = "\"";
  const std::string safe = WithoutTemplates(text);
  if (IsPlain(safe)) return Cat('"', safe, '"');
  for (std::string_view rest = safe; !rest.empty();) {
    const CodePoint letter = FirstCodePoint(rest);
    const std::size_t bytes = std::max<std::size_t>(letter.bytes, 1);
    AppendEscaped(out, letter, rest.substr(0, bytes));
    rest.remove_prefix(bytes);
  }
  return out += '"';
}

bool FitsHeredoc(std::string_view text) {
  while (!text.empty()) {
    const CodePoint letter = FirstCodePoint(text);
    if (letter.bytes == 0) return false;
    if (letter.value != '\n' && letter.value != '\t' &&
        !IsPrintable(letter.value))
      return false;
    text.remove_prefix(letter.bytes);
  }
  return true;
}

bool IsIdentifier(std::string_view text) {
  bool first = true;
  for (; !text.empty(); first = false) {
    const CodePoint letter = FirstCodePoint(text);
    if (letter.bytes == 0) return false;
    if (first ? !IsIdStart(letter.value)
              : !IsIdContinue(letter.value) && letter.value != '-')
      return false;
    text.remove_prefix(letter.bytes);
  }
  return !first;
}

std::string MemberStep(std::string_view name) {
  const bool is_number =
      !name.empty() && name.size() < 18 &&
      std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; }) &&
      (name.size() == 1 || name.front() != '0');
  if (is_number || IsIdentifier(name)) return Cat('.', name);
  return Cat('[', Quote(name), ']');
}

void Writer::Indent() {
  out_.append(2 * static_cast<std::size_t>(depth_), ' ');
}

void Writer::FlushRun() {
  std::size_t width = 0;
  for (const auto& [name, expression] : run_)
    width = std::max(width, CodePoints(name));
  for (const auto& [name, expression] : run_) {
    Indent();
    out_ += name;
    out_.append(width - CodePoints(name), ' ');
    out_ += Cat(" = ", expression, '\n');
  }
  run_.clear();
}

void Writer::Attribute(std::string_view name, std::string_view expression) {
  run_.emplace_back(name, expression);
}

void Writer::Heredoc(std::string_view name, std::string_view text) {
  const std::string safe = WithoutTemplates(text);
  const bool indented = CanBeIndented(safe);
  const std::string indent(indented ? 2 * static_cast<std::size_t>(depth_) : 0,
                           ' ');
  const std::string word = HeredocWord(safe);
  std::string expression = Cat(indented ? "<<-" : "<<", word, '\n');
  for (std::string_view rest = safe;;) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    if (!line.empty()) expression += Cat(indent, line);
    expression += '\n';
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  expression += Cat(indent, word);
  Attribute(name, expression);
  FlushRun();
}

void Writer::BeginBlock(std::string_view type,
                        std::span<const std::string> labels) {
  FlushRun();
  Indent();
  out_ += type;
  for (const std::string& label : labels) out_ += Cat(' ', Quote(label));
  out_ += " {\n";
  ++depth_;
}

void Writer::EndBlock() {
  FlushRun();
  --depth_;
  Indent();
  out_ += "}\n";
}

std::string Writer::Take() {
  FlushRun();
  return std::exchange(out_, {});
}

}  // namespace godwit::hcl
