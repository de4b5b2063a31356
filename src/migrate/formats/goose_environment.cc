// SPDX-License-Identifier: Apache-2.0
#include "migrate/formats/goose_environment.h"

#include <algorithm>

#include "base/text.h"
#include "migrate/environment.h"
#include "migrate/formats/goose_annotation.h"
#include "sql/lexer.h"

namespace godwit::migrate {

namespace {
constexpr std::size_t kNowhere = std::string_view::npos;

// Where the text ends that was written so far.
enum class Inside {
  kNothing,  // between statements
  kStatement,
  kDollarQuote,  // goose's annotations for substitution count in function
                 // bodies
  kOther,        // a literal, a block comment
};

// The last character of what closes this token.
char ClosingOf(std::string_view token) {
  switch (token[0]) {
    case '"':
    case '`':
    case '/':
    case '$':
      return token[0];
    case '[':
      return ']';
    default:
      return '\'';
  }
}

class Pass {
 public:
  Pass(const sql::DocumentView& file, const sql::Lexicon& lexicon,
       const Environment& environment)
      : file_(file), lexicon_(lexicon), environment_(environment) {}

  GooseSubstitution Run() {
    for (std::size_t start = 0; start < file_.text.size();) {
      const std::size_t end =
          std::min(file_.text.find('\n', start), file_.text.size());
      TakeLine(start, end);
      start = end + 1;
    }
    return std::move(out_);
  }

 private:
  void TakeLine(std::size_t start, std::size_t end) {
    std::string_view line = file_.text.substr(start, end - start);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool comment = Trim(line).starts_with("--");
    if (comment) {
      const Inside inside = LookInside();
      const GooseReading reading = ReadGooseAnnotation(line);
      const bool toggle = reading.annotation == GooseAnnotation::kEnvSubOn ||
                          reading.annotation == GooseAnnotation::kEnvSubOff;
      if (toggle && inside != Inside::kOther)
        return Toggle(reading.annotation == GooseAnnotation::kEnvSubOn);
      if (inside == Inside::kNothing ||
          (inside == Inside::kStatement && line.find("+goose") != kNowhere)) {
        return Write(line, end);
      }
    }
    on_ ? Write(Replaced(line, start), end) : Write(line, end);
  }

  void Toggle(bool on) {
    on_ = on;
    out_.switched_on = out_.switched_on || on;
    Shift(out_.text.size(), +1);
  }

  void Shift(std::size_t offset, int by) {
    shift_ += by;
    out_.shifts.push_back({offset, shift_});
  }

  void Write(std::string_view line, std::size_t end) {
    const std::size_t start = out_.text.size();
    out_.text += line;
    for (std::size_t at = start; (at = out_.text.find('\n', at)) != kNowhere;)
      Shift(++at, -1);
    if (end < file_.text.size()) out_.text += '\n';
  }

  std::string Replaced(std::string_view line, std::size_t start) {
    Substitution result = Substitute(line, environment_);
    if (!result.problem.empty()) {
      sql::ThrowParseError(file_, start + result.problem_at,
                           Cat("substitution failed: ", result.problem),
                           "it is switched on by '-- +goose ENVSUB ON' above");
    }
    return std::move(result.text);
  }

  Inside LookInside() {
    // What was open stays open while nothing was written that could close it.
    const bool still_open =
        closing_ != '\0' && out_.text.find(closing_, looked_at_) == kNowhere;
    looked_at_ = out_.text.size();
    if (!still_open) Lex();
    if (closing_ != '\0')
      return closing_ == '$' ? Inside::kDollarQuote : Inside::kOther;
    return in_statement_ ? Inside::kStatement : Inside::kNothing;
  }

  // Reads what was written since the last time, from the token that was open.
  void Lex() {
    const sql::DocumentView written{.text = out_.text};
    sql::Lexer lexer(written, lexicon_, sql::Lexer::OnUnclosed::kToken);
    lexer.Seek(resume_);
    resume_ = out_.text.size();
    closing_ = '\0';
    for (sql::Token token = lexer.Next(); token.kind != sql::TokenKind::kEnd;
         token = lexer.Next()) {
      if (token.kind == sql::TokenKind::kUnclosed) {
        resume_ = token.offset;
        closing_ = ClosingOf(token.text);
        break;
      }
      if (token.kind == sql::TokenKind::kLineComment ||
          token.kind == sql::TokenKind::kBlockComment)
        continue;
      in_statement_ = !token.IsSymbol(';');
    }
  }

  const sql::DocumentView& file_;
  const sql::Lexicon& lexicon_;
  const Environment& environment_;
  GooseSubstitution out_;
  bool on_ = false;
  int shift_ = 0;
  std::size_t resume_ = 0;     // where the lexer goes on
  std::size_t looked_at_ = 0;  // what is written up to here was read
  char closing_ = '\0';  // the last character of what closes the open token
  bool in_statement_ = false;
};
}  // namespace

bool HoldsEnvSub(std::string_view text) {
  for (std::size_t at = 0; (at = text.find("+goose", at)) != kNowhere;
       at += 6) {
    const std::size_t word =
        std::min(text.find_first_not_of(" \t", at + 6), text.size());
    if (EqualsIgnoringCase(text.substr(word, 6), "envsub")) return true;
  }
  return false;
}

GooseSubstitution SubstituteEnvironment(const sql::DocumentView& file,
                                        const sql::Lexicon& lexicon,
                                        const Environment& environment) {
  return Pass(file, lexicon, environment).Run();
}

}  // namespace godwit::migrate
