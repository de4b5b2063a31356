// SPDX-License-Identifier: Apache-2.0
#include "sql/lexer.h"

#include <algorithm>

#include "base/text.h"
#include "sql/characters.h"

// A byte's class decides what begins there. What is long (strings, comments,
// dollar quotes) is skipped by memchr and never looked at byte by byte.

namespace godwit::sql {

namespace {
constexpr std::size_t kNowhere = std::string_view::npos;

// Length of `$tag$` at the offset, or 0: a tag has no digit first and no `$`.
std::size_t DollarDelimiter(std::string_view text, std::size_t start) {
  std::size_t at = start + 1;
  if (at < text.size() && ClassOf(text[at]) == CharClass::kDigit) return 0;
  while (at < text.size() && text[at] != '$') {
    const CharClass kind = ClassOf(text[at]);
    if (kind != CharClass::kWord && kind != CharClass::kDigit) return 0;
    ++at;
  }
  return at < text.size() ? at + 1 - start : 0;
}

bool At(std::string_view text, std::size_t at, char c) {
  return at < text.size() && text[at] == c;
}
}  // namespace

std::string Unquoted(std::string_view text) {
  if (text.size() < 2 ||
      std::string_view("\"`['").find(text[0]) == std::string_view::npos)
    return std::string(text);
  const char close = text[0] == '[' ? ']' : text[0];
  std::string out;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    out += text[i];
    if (text[i] == close && text[i + 1] == close) ++i;
  }
  return out;
}

bool Spells(std::string_view text, std::string_view word) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != word[i])
      return false;
  }
  return true;
}

void Lexer::Seek(std::size_t offset) {
  position_ = offset;
  escape_end_ = kNowhere;
}

Token Lexer::Make(TokenKind kind, std::size_t start, std::size_t end) {
  position_ = end;
  if (kind != TokenKind::kLineComment) escape_end_ = kNowhere;
  return {kind, text_.substr(start, end - start), start};
}

Token Lexer::Next() {
  std::size_t start = position_;
  while (start < text_.size() && ClassOf(text_[start]) == CharClass::kBlank)
    ++start;
  if (start >= text_.size())
    return Make(TokenKind::kEnd, text_.size(), text_.size());
  switch (ClassOf(text_[start])) {
    case CharClass::kWord:
      return Word(start);
    case CharClass::kDigit:
      return Number(start);
    case CharClass::kQuote:
      if (ContinuesEscapeString(start)) return EscapeString(start, start);
      return Quoted(start, TokenKind::kString, "string");
    case CharClass::kDoubleQuote:
      return Quoted(start, TokenKind::kQuotedName, "quoted identifier");
    case CharClass::kBacktick:
      if (lexicon_.backtick_identifiers)
        return Quoted(start, TokenKind::kQuotedName, "quoted identifier");
      break;
    case CharClass::kBracket:
      if (lexicon_.bracket_identifiers) return Bracketed(start);
      break;
    case CharClass::kDollar:
      return Dollar(start);
    case CharClass::kDash:
      if (At(text_, start + 1, '-')) return LineComment(start);
      break;
    case CharClass::kSlash:
      if (At(text_, start + 1, '*')) return BlockComment(start);
      break;
    case CharClass::kDot:
      if (start + 1 < text_.size() &&
          ClassOf(text_[start + 1]) == CharClass::kDigit)
        return Number(start);
      break;
    default:
      break;
  }
  return Make(TokenKind::kSymbol, start, start + 1);
}

Token Lexer::Word(std::size_t start) {
  std::size_t end = start + 1;
  while (end < text_.size() && ContinuesWord(text_[end])) ++end;
  const bool is_e =
      end == start + 1 && (text_[start] == 'E' || text_[start] == 'e');
  if (is_e && lexicon_.escape_strings && At(text_, end, '\''))
    return EscapeString(start, end);
  return Make(TokenKind::kWord, start, end);
}

Token Lexer::Number(std::size_t start) {
  std::size_t end = start + 1;
  while (end < text_.size()) {
    const CharClass kind = ClassOf(text_[end]);
    const bool sign = (text_[end] == '+' || text_[end] == '-') &&
                      (text_[end - 1] == 'e' || text_[end - 1] == 'E') &&
                      end + 1 < text_.size() &&
                      ClassOf(text_[end + 1]) == CharClass::kDigit;
    if (kind != CharClass::kDigit && kind != CharClass::kWord &&
        kind != CharClass::kDot && !sign)
      break;
    ++end;
  }
  return Make(TokenKind::kNumber, start, end);
}

std::size_t Lexer::Find(char c, std::size_t start, Occurrence& next) const {
  if (start < next.from || start > next.at || next.at == 0)
    next = {start, std::min(text_.find(c, start), text_.size())};
  return next.at;
}

Token Lexer::LineComment(std::size_t start) {
  std::size_t end = Find('\n', start, newline_);
  if (lexicon_.carriage_return_ends_comment) {
    end = std::min(end, Find('\r', start, return_));
  } else if (text_[end - 1] == '\r') {
    --end;
  }
  return Make(TokenKind::kLineComment, start, end);
}

Token Lexer::BlockComment(std::size_t start) {
  std::size_t end = lexicon_.nested_comments ? SkipNested(start)
                                             : text_.find("*/", start + 2);
  if (end == kNowhere) return Unclosed(start, "comment", "*/");
  if (!lexicon_.nested_comments) end += 2;
  return Make(TokenKind::kBlockComment, start, end);
}

// The end of the comment, or nowhere.
std::size_t Lexer::SkipNested(std::size_t start) const {
  std::size_t depth = 1;
  std::size_t at = start + 2;
  while (depth > 0) {
    while (at < text_.size() && text_[at] != '*' && text_[at] != '/') ++at;
    if (at + 1 >= text_.size()) return kNowhere;
    if (text_[at] == '*' && text_[at + 1] == '/') {
      --depth;
      at += 2;
    } else if (text_[at] == '/' && text_[at + 1] == '*') {
      ++depth;
      at += 2;
    } else {
      ++at;
    }
  }
  return at;
}

// A doubled quote stands for one.
Token Lexer::Quoted(std::size_t start, TokenKind kind, std::string_view what) {
  const char quote = text_[start];
  std::size_t at = start + 1;
  while (true) {
    at = text_.find(quote, at);
    if (at == kNowhere)
      return Unclosed(start, what, std::string_view(&quote, 1));
    if (!At(text_, at + 1, quote)) return Make(kind, start, at + 1);
    at += 2;
  }
}

Token Lexer::EscapeString(std::size_t start, std::size_t quote) {
  std::size_t at = quote + 1;
  while (true) {
    while (at < text_.size() && text_[at] != '\'' && text_[at] != '\\') ++at;
    if (at >= text_.size() || (text_[at] == '\\' && at + 1 >= text_.size()))
      return Unclosed(start, "string", "'");
    if (text_[at] == '\\' || At(text_, at + 1, '\'')) {
      at += 2;
      continue;
    }
    const Token token = Make(TokenKind::kString, start, at + 1);
    escape_end_ = at + 1;
    return token;
  }
}

// PostgreSQL goes on with a string after a line's end, in the same manner:
// E'a' ⏎ 'it\'s' is one string with escapes.
bool Lexer::ContinuesEscapeString(std::size_t quote) const {
  return escape_end_ != kNowhere &&
         text_.substr(escape_end_, quote - escape_end_).find('\n') != kNowhere;
}

Token Lexer::Bracketed(std::size_t start) {
  const std::size_t closing = text_.find(']', start);
  if (closing == kNowhere) return Unclosed(start, "quoted identifier", "]");
  return Make(TokenKind::kQuotedName, start, closing + 1);
}

Token Lexer::Dollar(std::size_t start) {
  std::size_t end = start + 1;
  if (end < text_.size() && ClassOf(text_[end]) == CharClass::kDigit) {
    while (end < text_.size() && ClassOf(text_[end]) == CharClass::kDigit)
      ++end;
    return Make(TokenKind::kParameter, start, end);
  }
  if (!lexicon_.dollar_quotes) {
    while (end < text_.size() && ContinuesWord(text_[end])) ++end;
    return Make(TokenKind::kParameter, start, end);
  }
  const std::size_t length = DollarDelimiter(text_, start);
  if (length == 0) return Make(TokenKind::kSymbol, start, start + 1);
  const std::string_view delimiter = text_.substr(start, length);
  const std::size_t closing = text_.find(delimiter, start + length);
  if (closing == kNowhere) return Unclosed(start, "dollar quote", delimiter);
  return Make(TokenKind::kString, start, closing + length);
}

Token Lexer::Unclosed(std::size_t start, std::string_view what,
                      std::string_view closing) {
  if (on_unclosed_ == OnUnclosed::kToken)
    return Make(TokenKind::kUnclosed, start, text_.size());
  ThrowParseError(document_, start,
                  Cat(what, " is not closed: no ", closing, " after it"));
}

std::size_t BlankLength(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return 0;
  if (ClassOf(text[offset]) == CharClass::kBlank) return 1;
  const std::string_view rest = text.substr(offset, 3);
  if (rest.starts_with("\xC2\x85") || rest.starts_with("\xC2\xA0")) return 2;
  if (rest.starts_with("\xE2\x80") && rest.size() == 3) {
    const auto last = static_cast<unsigned char>(rest[2]);
    return (last >= 0x80 && last <= 0x8A) || last == 0xA8 || last == 0xA9 ||
                   last == 0xAF
               ? 3
               : 0;
  }
  for (const std::string_view blank :
       {"\xE1\x9A\x80", "\xE2\x81\x9F", "\xE3\x80\x80"}) {
    if (rest == blank) return 3;
  }
  return 0;
}

}  // namespace godwit::sql
