// SPDX-License-Identifier: Apache-2.0
// Quoted texts and heredocs. Their tokens become a flat row of parts first;
// indentation and strip markers are dealt with there, then directives are put
// around what stands between them.
#include <algorithm>
#include <limits>

#include "base/text.h"
#include "hcl/expression_node.h"
#include "hcl/expression_parser.h"
#include "hcl/unicode.h"

namespace godwit::hcl {

namespace {

using Kind = TokenKind;

// How many of Unicode's blanks the text begins with.
std::size_t CountBlanks(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const CodePoint letter = FirstCodePoint(text);
    if (letter.bytes == 0 || !IsSpace(letter.value)) break;
    text.remove_prefix(letter.bytes);
    ++count;
  }
  return count;
}

std::string StripFront(std::string_view text) {
  while (!text.empty()) {
    const CodePoint letter = FirstCodePoint(text);
    if (letter.bytes == 0 || !IsSpace(letter.value)) break;
    text.remove_prefix(letter.bytes);
  }
  return std::string(text);
}

std::string StripBack(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint letter = FirstCodePoint(text.substr(at));
    const std::size_t bytes = std::max<std::size_t>(letter.bytes, 1);
    at += bytes;
    if (letter.bytes == 0 || !IsSpace(letter.value)) end = at;
  }
  return std::string(text.substr(0, end));
}

// A line of nothing but blanks, with its end.
bool IsBlankLine(std::string_view text) {
  return text.ends_with('\n') && Trim(text).empty();
}

template <typename Parts>
void TakeIndentation(Parts& parts) {
  std::size_t least = std::numeric_limits<std::size_t>::max();
  for (const auto& part : parts) {
    if (!part.begins_line) continue;
    if (part.kind != std::decay_t<decltype(part)>::Kind::kText) {
      least = 0;
    } else if (!IsBlankLine(part.text)) {
      least = std::min(least, CountBlanks(part.text));
    }
  }
  for (auto& part : parts) {
    if (part.begins_line && !IsBlankLine(part.text))
      part.text.erase(0, ByteOffset(part.text, least));
  }
}

template <typename Parts>
void StripMarked(Parts& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].strips_before && i > 0)
      parts[i - 1].text = StripBack(parts[i - 1].text);
    if (parts[i].strips_after && i + 1 < parts.size())
      parts[i + 1].text = StripFront(parts[i + 1].text);
  }
}

}  // namespace

std::string ExpressionParser::Unescape(Span span, bool has_escapes) {
  const std::string_view text = tokens_.Text(span);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c == '$' || c == '%') && i + 2 < text.size() && text[i + 1] == c &&
        text[i + 2] == '{') {
      out += c;
      ++i;
      continue;
    }
    if (c != '\\' || !has_escapes) {
      out += c;
      continue;
    }
    const auto at = static_cast<std::uint32_t>(span.begin + i);
    const char letter = ++i < text.size() ? text[i] : '\0';
    constexpr std::string_view kLetters = "nrt\"\\";
    constexpr std::string_view kMeant = "\n\r\t\"\\";
    if (const std::size_t known = kLetters.find(letter);
        known != std::string_view::npos && letter != '\0') {
      out += kMeant[known];
      continue;
    }
    const std::size_t digits = letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
    if (digits == 0)
      tokens_.Fail({at, at + 2}, "this is no escape",
                   R"(there are \n, \r, \t, \", \\, \uNNNN and \UNNNNNNNN)");
    std::uint32_t code = 0;
    for (std::size_t d = 1; d <= digits; ++d) {
      const int digit = i + d < text.size() ? HexDigit(text[i + d]) : -1;
      if (digit < 0 || code > 0x10FFFF)
        tokens_.Fail({at, at + 2}, Cat("behind \\", letter, " there are ",
                                       digits, " hexadecimal digits"));
      code = code * 16 + static_cast<std::uint32_t>(digit);
    }
    if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
      tokens_.Fail({at, at + 2}, "no letter of Unicode has this number");
    AppendUtf8(out, static_cast<std::int32_t>(code));
    i += digits;
  }
  return Compose(out);
}

Label ExpressionParser::ParseLabel(Span quote) {
  Label label;
  while (tokens_.Next(Kind::kText))
    label.text += Unescape(tokens_.Take().span, true);
  if (tokens_.Next(Kind::kOpenInterpolation) ||
      tokens_.Next(Kind::kOpenDirective))
    tokens_.Fail(tokens_.Peek().span, "a label is plain text",
                 "for a computed name set the attribute `name`");
  const Span end = tokens_.Expect(Kind::kCloseQuote, "a closing quote").span;
  label.span = Join(quote, end);
  return label;
}

ExpressionParser::TemplatePart ExpressionParser::ParseInterpolation() {
  const TokenReader::Lines lines(tokens_, false);
  TemplatePart part;
  part.kind = TemplatePart::Kind::kValue;
  const Span open = tokens_.Take().span;
  part.strips_before = open.end - open.begin == 3;
  part.expression = Parse();
  const Span close =
      tokens_.Expect(Kind::kCloseTemplate, "`}` behind the value").span;
  part.strips_after = close.end - close.begin == 2;
  part.span = Join(open, close);
  return part;
}

ExpressionParser::TemplatePart ExpressionParser::ParseDirective() {
  using PartKind = TemplatePart::Kind;
  const TokenReader::Lines lines(tokens_, false);
  TemplatePart part;
  const Span open = tokens_.Take().span;
  part.strips_before = open.end - open.begin == 3;
  const Token word = tokens_.Expect(Kind::kIdentifier, "`if` or `for`");
  const std::string_view text = tokens_.Text(word.span);
  if (text == "if") {
    part.kind = PartKind::kIf;
    part.expression = Parse();
  } else if (text == "for") {
    part.kind = PartKind::kFor;
    ParseForNames(part.key_name, part.value_name);
    part.expression = Parse();
  } else if (text == "else") {
    part.kind = PartKind::kElse;
  } else if (text == "endif") {
    part.kind = PartKind::kEndIf;
  } else if (text == "endfor") {
    part.kind = PartKind::kEndFor;
  } else {
    tokens_.Fail(word.span, Cat("there is no directive ", text),
                 "there are if, else, endif, for and endfor");
  }
  const Span close =
      tokens_.Expect(Kind::kCloseTemplate, "`}` behind the directive").span;
  part.strips_after = close.end - close.begin == 2;
  part.span = Join(open, close);
  return part;
}

ExpressionParser::Parts ExpressionParser::ParseParts(Kind closer, Span& end) {
  const bool in_heredoc = closer == Kind::kCloseHeredoc;
  const TokenReader::Lines lines(tokens_, true);
  Parts parts;
  bool begins_line = in_heredoc;
  while (!tokens_.Next(closer)) {
    TemplatePart part;
    if (tokens_.Next(Kind::kText)) {
      part.span = tokens_.Take().span;
      part.text = Unescape(part.span, !in_heredoc);
    } else if (tokens_.Next(Kind::kOpenInterpolation)) {
      part = ParseInterpolation();
    } else if (tokens_.Next(Kind::kOpenDirective)) {
      part = ParseDirective();
    } else {
      tokens_.FailExpected("the text's end");
    }
    part.begins_line = begins_line;
    // Where a strip marker takes the line's end, the next one is the same line.
    const bool is_stripped =
        !parts.empty() && parts.back().strips_after && IsBlankLine(part.text);
    begins_line = in_heredoc && tokens_.Text(part.span).ends_with('\n') &&
                  part.kind == TemplatePart::Kind::kText && !is_stripped;
    parts.push_back(std::move(part));
  }
  end = tokens_.Take().span;
  return parts;
}

ExpressionPtr ExpressionParser::ParseQuoted() {
  const Span open = tokens_.Take().span;
  Span close;
  Parts parts = ParseParts(Kind::kCloseQuote, close);
  return BuildTemplate(std::move(parts), Join(open, close));
}

ExpressionPtr ExpressionParser::ParseHeredoc() {
  const Span open = tokens_.Take().span;
  Span close;
  Parts parts = ParseParts(Kind::kCloseHeredoc, close);
  if (tokens_.Text(open).starts_with("<<-")) TakeIndentation(parts);
  return BuildTemplate(std::move(parts), Join(open, close));
}

ExpressionPtr ExpressionParser::BuildTemplate(Parts parts, Span span) {
  using PartKind = TemplatePart::Kind;
  StripMarked(parts);
  const bool is_text = std::ranges::all_of(parts, [](const TemplatePart& part) {
    return part.kind == PartKind::kText;
  });
  if (is_text) {
    std::string text;
    for (const TemplatePart& part : parts) text += part.text;
    return Make(span, Literal{Value::Of(std::move(text))});
  }
  if (parts.size() == 1 && parts.front().kind == PartKind::kValue)
    return Make(span, Wrapped{std::move(parts.front().expression)});
  std::size_t at = 0;
  std::vector<ExpressionPtr> built = BuildParts(parts, at, PartKind::kText);
  return Make(span, Template{std::move(built)});
}

std::vector<ExpressionPtr> ExpressionParser::BuildParts(
    Parts& parts, std::size_t& at, TemplatePart::Kind until) {
  using PartKind = TemplatePart::Kind;
  std::vector<ExpressionPtr> built;
  while (at < parts.size()) {
    TemplatePart& part = parts[at];
    switch (part.kind) {
      case PartKind::kText:
        if (!part.text.empty())
          built.push_back(
              Make(part.span, Literal{Value::Of(std::move(part.text))}));
        ++at;
        break;
      case PartKind::kValue:
        built.push_back(std::move(part.expression));
        ++at;
        break;
      case PartKind::kIf:
        built.push_back(BuildIf(parts, at));
        break;
      case PartKind::kFor:
        built.push_back(BuildFor(parts, at));
        break;
      case PartKind::kElse:
        if (until == PartKind::kEndIf) return built;
        tokens_.Fail(part.span, "there is no %{ if } for this %{ else }");
      case PartKind::kEndIf:
        if (until == PartKind::kEndIf) return built;
        tokens_.Fail(part.span, "there is no %{ if } for this %{ endif }");
      case PartKind::kEndFor:
        if (until == PartKind::kEndFor) return built;
        tokens_.Fail(part.span, "there is no %{ for } for this %{ endfor }");
    }
  }
  return built;
}

ExpressionPtr ExpressionParser::BuildIf(Parts& parts, std::size_t& at) {
  using PartKind = TemplatePart::Kind;
  if (++depth_ > 256)
    tokens_.Fail(parts[at].span, "the template is nested too deep");
  TemplatePart& head = parts[at++];
  TemplateIf node;
  node.condition = std::move(head.expression);
  node.yes = Make(head.span, Template{BuildParts(parts, at, PartKind::kEndIf)});
  if (at < parts.size() && parts[at].kind == PartKind::kElse) {
    ++at;
    node.no =
        Make(head.span, Template{BuildParts(parts, at, PartKind::kEndIf)});
  }
  if (at == parts.size() || parts[at].kind != PartKind::kEndIf)
    tokens_.Fail(head.span, "this %{ if } has no %{ endif }");
  const Span span = Join(head.span, parts[at++].span);
  --depth_;
  return Make(span, std::move(node));
}

ExpressionPtr ExpressionParser::BuildFor(Parts& parts, std::size_t& at) {
  using PartKind = TemplatePart::Kind;
  if (++depth_ > 256)
    tokens_.Fail(parts[at].span, "the template is nested too deep");
  TemplatePart& head = parts[at++];
  TemplateFor node{head.key_name, head.value_name, std::move(head.expression),
                   nullptr};
  node.body =
      Make(head.span, Template{BuildParts(parts, at, PartKind::kEndFor)});
  if (at == parts.size())
    tokens_.Fail(head.span, "this %{ for } has no %{ endfor }");
  const Span span = Join(head.span, parts[at++].span);
  --depth_;
  return Make(span, std::move(node));
}

}  // namespace godwit::hcl
