// SPDX-License-Identifier: Apache-2.0
#include "hcl/lexer.h"

#include <array>

#include "base/text.h"
#include "hcl/unicode.h"

namespace godwit::hcl {

namespace {

using Kind = TokenKind;

bool IsBlank(char c) {
  return c == ' ' || c == '\t';
}

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool IsAsciiLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct Sign {
  std::string_view text;
  Kind kind;
};

// The longer ones first.
constexpr Sign kSigns[] = {
    {"...", Kind::kEllipsis},
    {"==", Kind::kEqual},
    {"!=", Kind::kNotEqual},
    {"<=", Kind::kLessOrEqual},
    {">=", Kind::kGreaterOrEqual},
    {"&&", Kind::kAnd},
    {"||", Kind::kOr},
    {"=>", Kind::kArrow},
    {"(", Kind::kOpenParen},
    {")", Kind::kCloseParen},
    {"[", Kind::kOpenBracket},
    {"]", Kind::kCloseBracket},
    {"=", Kind::kAssign},
    {"<", Kind::kLess},
    {">", Kind::kGreater},
    {"!", Kind::kBang},
    {".", Kind::kDot},
    {",", Kind::kComma},
    {"?", Kind::kQuestion},
    {":", Kind::kColon},
    {"*", Kind::kStar},
    {"/", Kind::kSlash},
    {"+", Kind::kPlus},
    {"-", Kind::kMinus},
    {"%", Kind::kPercent},
};

// What somebody may have meant by a character that means nothing here.
std::string_view HelpFor(char c) {
  switch (c) {
    case '\'':
      return "texts stand between double quotes";
    case ';':
      return "each attribute stands on a line of its own";
    case '&':
      return "the operator is &&";
    case '|':
      return "the operator is ||";
    case '`':
      return "a text of several lines is a heredoc: <<EOT";
    default:
      return "";
  }
}

class Scanner {
 public:
  Scanner(const Source& source, std::vector<Diagnostic>& diagnostics)
      : text_(source.text()), diagnostics_(diagnostics) {
    tokens_.reserve(text_.size() / 4 + 1);
  }

  std::vector<Token> Scan() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;  // a byte order mark
    while (at_ < text_.size()) {
      switch (modes_.empty() ? Mode::Kind::kCode : modes_.back().kind) {
        case Mode::Kind::kCode:
          ScanCode();
          break;
        case Mode::Kind::kQuoted:
          ScanQuoted();
          break;
        case Mode::Kind::kHeredoc:
          ScanHeredoc();
          break;
      }
    }
    Finish();
    return std::move(tokens_);
  }

 private:
  // What is open around the place where we are.
  struct Mode {
    enum class Kind { kCode, kQuoted, kHeredoc };
    Kind kind = Kind::kCode;
    int braces = 0;         // of code in a template
    std::string_view word;  // of a heredoc
    Span opened;
  };

  char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void Add(Kind kind, std::size_t length) {
    const auto begin = static_cast<std::uint32_t>(at_);
    at_ += length;
    tokens_.push_back({kind, {begin, static_cast<std::uint32_t>(at_)}});
  }

  void Complain(Span span, std::string message, std::string_view help = {}) {
    diagnostics_.push_back({std::move(message), span, std::string(help)});
  }

  void AddInvalid(std::size_t length, std::string message,
                  std::string_view help = {}) {
    Add(Kind::kInvalid, length);
    Complain(tokens_.back().span, std::move(message), help);
  }

  // `\n` or `\r\n` at `at`.
  std::size_t LineEnd(std::size_t at) const {
    if (at >= text_.size()) return 0;
    if (text_[at] == '\n') return 1;
    return text_.substr(at, 2) == "\r\n" ? 2 : 0;
  }

  void ScanCode() {
    const char c = text_[at_];
    if (IsBlank(c)) {
      ++at_;
    } else if (const std::size_t end = LineEnd(at_)) {
      Add(Kind::kNewline, end);
    } else if (IsAsciiLetter(c) || static_cast<unsigned char>(c) >= 0x80) {
      ScanIdentifier();
    } else if (IsDigit(c)) {
      ScanNumber();
    } else if (c == '"') {
      Add(Kind::kOpenQuote, 1);
      modes_.push_back({Mode::Kind::kQuoted, 0, {}, tokens_.back().span});
    } else if (c == '#' || (c == '/' && Peek(1) == '/')) {
      ScanLineComment();
    } else if (c == '/' && Peek(1) == '*') {
      ScanBlockComment();
    } else if (c == '<' && Peek(1) == '<' && ScanHeredocHead()) {
      return;
    } else if (c == '{' || c == '}' || c == '~') {
      ScanBrace();
    } else {
      ScanSign();
    }
  }

  void ScanBrace() {
    const bool in_template = !modes_.empty();
    if (Peek() == '{') {
      if (in_template) ++modes_.back().braces;
      Add(Kind::kOpenBrace, 1);
    } else if (Peek() == '}') {
      if (in_template && modes_.back().braces == 0) {
        modes_.pop_back();
        Add(Kind::kCloseTemplate, 1);
        return;
      }
      if (in_template) --modes_.back().braces;
      Add(Kind::kCloseBrace, 1);
    } else if (in_template && modes_.back().braces == 0 && Peek(1) == '}') {
      modes_.pop_back();
      Add(Kind::kCloseTemplate, 2);
    } else {
      ScanSign();
    }
  }

  void ScanSign() {
    const std::string_view rest = text_.substr(at_);
    for (const Sign& sign : kSigns) {
      if (rest.starts_with(sign.text)) {
        Add(sign.kind, sign.text.size());
        return;
      }
    }
    const char c = rest.front();
    AddInvalid(1,
               Cat("the character ", Printable(rest.substr(0, 1)),
                   " has no meaning here"),
               HelpFor(c));
  }

  void ScanIdentifier() {
    const std::size_t begin = at_;
    std::size_t end = at_;
    while (end < text_.size()) {
      const char c = text_[end];
      if (static_cast<unsigned char>(c) < 0x80) {
        if (!IsAsciiLetter(c) && !IsDigit(c) && c != '_' && c != '-') break;
        ++end;
        continue;
      }
      const CodePoint letter = FirstCodePoint(text_.substr(end));
      if (letter.bytes == 0 || !(end == begin ? IsIdStart(letter.value)
                                              : IsIdContinue(letter.value)))
        break;
      end += letter.bytes;
    }
    if (end > begin) {
      Add(Kind::kIdentifier, end - begin);
      return;
    }
    const CodePoint letter = FirstCodePoint(text_.substr(at_));
    if (letter.bytes == 0) {
      AddInvalid(1, "the file is not UTF-8 here");
    } else {
      AddInvalid(letter.bytes,
                 Cat("the character ", text_.substr(at_, letter.bytes),
                     " has no meaning here"),
                 letter.value == 0x201C || letter.value == 0x201D
                     ? "texts stand between straight double quotes"
                     : "");
    }
  }

  void ScanNumber() {
    std::size_t end = at_;
    const auto digits = [&] {
      while (end < text_.size() && IsDigit(text_[end])) ++end;
    };
    const auto digit_at = [&](std::size_t at) {
      return at < text_.size() && IsDigit(text_[at]);
    };
    digits();
    if (end < text_.size() && text_[end] == '.' && digit_at(end + 1)) {
      ++end;
      digits();
    }
    if (end < text_.size() && (text_[end] == 'e' || text_[end] == 'E')) {
      const bool sign = end + 1 < text_.size() &&
                        (text_[end + 1] == '+' || text_[end + 1] == '-');
      if (digit_at(end + 1 + sign)) {
        end += 1 + sign;
        digits();
      }
    }
    Add(Kind::kNumber, end - at_);
  }

  // In a template the comment ends where its line does, too.
  void ScanLineComment() {
    std::size_t end = text_.find('\n', at_);
    end = end == std::string_view::npos ? text_.size() : end + 1;
    Add(Kind::kComment, end - at_);
  }

  void ScanBlockComment() {
    const std::size_t end = text_.find("*/", at_ + 2);
    if (end == std::string_view::npos) {
      AddInvalid(text_.size() - at_, "the comment is never closed",
                 "it ends with */");
      return;
    }
    Add(Kind::kComment, end + 2 - at_);
  }

  bool ScanHeredocHead() {
    std::size_t begin = at_ + 2;
    if (begin < text_.size() && text_[begin] == '-') ++begin;
    std::size_t end = begin;
    while (end < text_.size()) {
      const CodePoint letter = FirstCodePoint(text_.substr(end));
      if (letter.bytes == 0) break;
      const bool fits = end == begin
                            ? IsIdStart(letter.value)
                            : IsIdContinue(letter.value) || letter.value == '-';
      if (!fits) break;
      end += letter.bytes;
    }
    std::size_t after = end;
    if (end == begin) return false;
    const std::size_t line_end = LineEnd(after);
    if (line_end == 0) {
      AddInvalid(end - at_, "behind a heredoc's word its line ends");
      return true;
    }
    const std::string_view word = text_.substr(begin, end - begin);
    Add(Kind::kOpenHeredoc, after + line_end - at_);
    modes_.push_back({Mode::Kind::kHeredoc, 0, word, tokens_.back().span});
    line_begins_ = true;
    return true;
  }

  // Whether a template begins at `at`: `${` or `%{`, and neither is doubled.
  bool OpensTemplate(std::size_t at) const {
    return (text_[at] == '$' || text_[at] == '%') && at + 1 < text_.size() &&
           text_[at + 1] == '{';
  }

  // `$${` is text.
  bool IsEscapedTemplate(std::size_t at) const {
    return (text_[at] == '$' || text_[at] == '%') && at + 2 < text_.size() &&
           text_[at + 1] == text_[at] && text_[at + 2] == '{';
  }

  void OpenTemplate() {
    const Kind kind =
        Peek() == '$' ? Kind::kOpenInterpolation : Kind::kOpenDirective;
    Add(kind, Peek(2) == '~' ? 3 : 2);
    modes_.push_back({Mode::Kind::kCode, 0, {}, tokens_.back().span});
  }

  void ScanQuoted() {
    std::size_t end = at_;
    while (end < text_.size()) {
      const char c = text_[end];
      if (c == '"' || c == '\n' || OpensTemplate(end)) break;
      if (c == '\\' && end + 1 < text_.size() && text_[end + 1] != '\n') {
        end += 2;
      } else {
        end += IsEscapedTemplate(end) ? 3 : 1;
      }
    }
    if (end > at_) AddText(end);
    if (at_ >= text_.size()) return;
    if (text_[at_] == '"') {
      Add(Kind::kCloseQuote, 1);
      modes_.pop_back();
    } else if (text_[at_] == '\n') {
      const Span opened = modes_.back().opened;
      modes_.pop_back();
      Complain(opened, "the text has no closing quote on its line",
               "a text of several lines is a heredoc: <<EOT");
      tokens_.push_back(
          {Kind::kInvalid,
           {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(at_)}});
      LeaveTemplates();
    } else {
      OpenTemplate();
    }
  }

  // After a text that was never closed: the line's end closes what it is in.
  void LeaveTemplates() {
    while (!modes_.empty() && modes_.back().kind != Mode::Kind::kHeredoc) {
      modes_.pop_back();
    }
  }

  void AddText(std::size_t end) {
    Add(Kind::kText, end - at_);
    const Span span = tokens_.back().span;
    std::string_view rest = text_.substr(span.begin, span.end - span.begin);
    if (IsAscii(rest)) return;
    while (!rest.empty()) {
      const CodePoint letter = FirstCodePoint(rest);
      if (letter.bytes == 0) {
        const auto at = static_cast<std::uint32_t>(span.end - rest.size());
        Complain({at, at + 1}, "the file is not UTF-8 here");
        tokens_.back().kind = Kind::kInvalid;
        return;
      }
      rest.remove_prefix(letter.bytes);
    }
  }

  bool ScanHeredocEnd() {
    std::size_t end = text_.find('\n', at_);
    if (end == std::string_view::npos) end = text_.size();
    if (Trim(text_.substr(at_, end - at_)) != modes_.back().word) return false;
    if (end > at_ && end < text_.size() && text_[end - 1] == '\r') --end;
    Add(Kind::kCloseHeredoc, end - at_);
    modes_.pop_back();
    return true;
  }

  void ScanHeredoc() {
    if (line_begins_ && ScanHeredocEnd()) return;
    std::size_t end = at_;
    line_begins_ = false;
    while (end < text_.size() && !OpensTemplate(end)) {
      if (text_[end] == '\n') {
        ++end;
        line_begins_ = true;
        break;
      }
      end += IsEscapedTemplate(end) ? 3 : 1;
    }
    if (end > at_) AddText(end);
    if (at_ < text_.size() && !line_begins_) OpenTemplate();
  }

  void Finish() {
    at_ = text_.size();
    if (!modes_.empty()) {
      const Mode& open = modes_.front();
      if (open.kind == Mode::Kind::kHeredoc) {
        const auto end = static_cast<std::uint32_t>(text_.size());
        Complain({end, end}, Cat("a heredoc is never closed: no line has ",
                                 open.word, " alone"));
      } else {
        Complain(open.opened, "the text is never closed");
      }
      Add(Kind::kInvalid, 0);
    }
    Add(Kind::kEnd, 0);
  }

  std::string_view text_;
  std::vector<Diagnostic>& diagnostics_;
  std::size_t at_ = 0;
  std::vector<Mode> modes_;
  bool line_begins_ = false;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> Scan(const Source& source,
                        std::vector<Diagnostic>& diagnostics) {
  return Scanner(source, diagnostics).Scan();
}

}  // namespace godwit::hcl
