// SPDX-License-Identifier: Apache-2.0
#include "query/macros.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/text.h"
#include "sql/lexer.h"

namespace godwit::query {

namespace {

using sql::Token;
using sql::TokenKind;

constexpr std::string_view kMacros[] = {"arg", "narg", "slice", "embed"};

bool IsComment(const Token& token) {
  return token.kind == TokenKind::kLineComment ||
         token.kind == TokenKind::kBlockComment;
}

bool IsOperatorSymbol(const Token& token) {
  return token.kind == TokenKind::kSymbol &&
         std::string_view("+-*/<>=~!@#%^&|`?:").find(token.text[0]) !=
             std::string_view::npos;
}

bool Touch(const Token& first, const Token& second) {
  return first.end() == second.offset;
}

class Rewriter {
 public:
  Rewriter(const AnnotatedQuery& query, const sql::DocumentView& document,
           const sql::Lexicon& lexicon, const engine::PlaceholderStyle& style)
      : query_(query), document_(document), lexicon_(lexicon), style_(style) {}

  PlainQuery Rewrite();

 private:
  // A piece of the text that something else is put for.
  struct Use {
    std::size_t begin = 0;  // in tokens_
    std::size_t end = 0;    // behind the last
    std::size_t parameter = 0;
    std::string embed;
  };

  void ReadTokens();
  void ReadUses();
  std::size_t ReadMacro(std::size_t at);
  std::size_t ReadAt(std::size_t at);
  std::size_t ReadQuestionMark(std::size_t at);
  std::size_t ReadNumber(std::size_t at);
  std::string MacroArgument(std::size_t open, std::size_t close,
                            std::string_view macro);
  std::size_t Named(const std::string& name);
  void Note(std::size_t begin, std::size_t end, std::size_t parameter) {
    uses_.push_back({begin, end, parameter, {}});
  }
  void GiveNumbers();
  void Write();
  void Put(const Use& use);
  bool ListsSlice(const Use& use, bool& negated) const;
  std::string Placeholder(int number) const {
    return Cat(style_.dollar_numbers ? "$" : "?", number);
  }
  [[noreturn]] void Refuse(std::size_t token, std::string message,
                           std::string hint = {}) const;
  const Token& At(std::size_t index) const {
    static const Token kEnd;
    return index < tokens_.size() ? tokens_[index] : kEnd;
  }

  const AnnotatedQuery& query_;
  const sql::DocumentView& document_;
  const sql::Lexicon& lexicon_;
  const engine::PlaceholderStyle style_;
  std::vector<Token> tokens_;  // without comments
  std::vector<Use> uses_;
  std::vector<WrittenParameter> parameters_;
  std::map<std::string, std::size_t> by_name_;
  std::map<int, std::size_t> by_number_;
  std::size_t copied_ = 0;  // of the file, up to here
  PlainQuery plain_;
};

void Rewriter::Refuse(std::size_t token, std::string message,
                      std::string hint) const {
  throw schema::Problem{query_.name, schema::ProblemCode::kBadAnnotation,
                        std::move(message), document_.PlaceOf(At(token).offset),
                        std::move(hint)};
}

void Rewriter::ReadTokens() {
  sql::Lexer lexer(document_, lexicon_, sql::Lexer::OnUnclosed::kToken);
  lexer.Seek(query_.offset);
  const std::size_t end = query_.offset + query_.sql.size();
  while (true) {
    const Token token = lexer.Next();
    if (token.kind == TokenKind::kEnd || token.offset >= end) return;
    if (!IsComment(token)) tokens_.push_back(token);
  }
}

// The parameter of this name, made where it is new.
std::size_t Rewriter::Named(const std::string& name) {
  const auto [found, is_new] = by_name_.try_emplace(name, parameters_.size());
  if (is_new) parameters_.push_back({0, name, false, false});
  return found->second;
}

std::string Rewriter::MacroArgument(std::size_t open, std::size_t close,
                                    std::string_view macro) {
  if (close == open + 1)
    Refuse(open - 3, Cat("sqlc.", macro, " takes one name and got none"));
  const Token& token = At(open + 1);
  if (close > open + 2) {
    for (std::size_t i = open + 1; i < close; ++i) {
      if (At(i).IsSymbol(','))
        Refuse(open - 3, Cat("sqlc.", macro, " takes one name and got more"));
    }
  }
  const bool is_name =
      close == open + 2 &&
      (token.kind == TokenKind::kString || token.kind == TokenKind::kWord ||
       token.kind == TokenKind::kQuotedName);
  if (!is_name) {
    const std::string_view written =
        document_.text.substr(token.offset, At(close).offset - token.offset);
    Refuse(open + 1, Cat("sqlc.", macro, " takes a name and got ", written));
  }
  if (token.kind == TokenKind::kWord) {
    // PostgreSQL reads plain names in lower case.
    return style_.dollar_numbers ? AsciiLower(token.text)
                                 : std::string(token.text);
  }
  return sql::Unquoted(token.text);
}

// sqlc . arg ( name ): the index behind it; `at` where it is none.
std::size_t Rewriter::ReadMacro(std::size_t at) {
  if (!At(at).IsWord("sqlc") || !At(at + 1).IsSymbol('.') ||
      At(at + 2).kind != TokenKind::kWord || !At(at + 3).IsSymbol('('))
    return at;
  const std::string macro = AsciiLower(At(at + 2).text);
  if (std::ranges::find(kMacros, macro) == std::end(kMacros)) {
    const std::string_view nearest = Nearest(macro, kMacros);
    Refuse(at, Cat("there is no macro sqlc.", macro),
           nearest.empty() ? "the macros are arg, narg, slice and embed"
                           : Cat("did you mean sqlc.", nearest, "?"));
  }
  std::size_t close = at + 4;
  int depth = 1;
  for (; close < tokens_.size(); ++close) {
    if (At(close).IsSymbol('(')) ++depth;
    if (At(close).IsSymbol(')') && --depth == 0) break;
  }
  if (close == tokens_.size())
    Refuse(at + 3, Cat("the parenthesis of sqlc.", macro, " is not closed"));
  const std::string name = MacroArgument(at + 3, close, macro);
  if (macro == "embed") {
    uses_.push_back({at, close + 1, 0, name});
    return close + 1;
  }
  const std::size_t parameter = Named(name);
  if (macro == "narg") parameters_[parameter].nullable = true;
  if (macro == "slice") parameters_[parameter].slice = true;
  Note(at, close + 1, parameter);
  return close + 1;
}

// @name, :name: the sign touches the name and no operator before it.
std::size_t Rewriter::ReadAt(std::size_t at) {
  const Token& sign = At(at);
  const bool is_sign =
      sign.IsSymbol('@') || (!style_.dollar_numbers && sign.IsSymbol(':'));
  if (!is_sign || At(at + 1).kind != TokenKind::kWord ||
      !Touch(sign, At(at + 1)))
    return at;
  if (at > 0 && IsOperatorSymbol(At(at - 1)) && Touch(At(at - 1), sign))
    return at;
  Note(at, at + 2, Named(std::string(At(at + 1).text)));
  return at + 2;
}

// ? and ?1.
std::size_t Rewriter::ReadQuestionMark(std::size_t at) {
  if (style_.dollar_numbers || !At(at).IsSymbol('?')) return at;
  const Token& next = At(at + 1);
  if (next.kind == TokenKind::kNumber && Touch(At(at), next)) {
    int number = 0;
    std::from_chars(next.text.data(), next.text.data() + next.text.size(),
                    number);
    if (number < 1 || number > 32766)
      Refuse(at, Cat("there can be no parameter ?", next.text));
    const auto [found, is_new] =
        by_number_.try_emplace(number, parameters_.size());
    if (is_new) parameters_.push_back({number, {}, false, false});
    Note(at, at + 2, found->second);
    return at + 2;
  }
  parameters_.push_back({});
  Note(at, at + 1, parameters_.size() - 1);
  return at + 1;
}

// $1; on engines that have ?1 it is a name, like any other behind a dollar.
std::size_t Rewriter::ReadNumber(std::size_t at) {
  const Token& token = At(at);
  if (token.kind != TokenKind::kParameter) return at;
  if (!style_.dollar_numbers) {
    Note(at, at + 1, Named(std::string(token.text.substr(1))));
    return at + 1;
  }
  int number = 0;
  std::from_chars(token.text.data() + 1, token.text.data() + token.text.size(),
                  number);
  if (number < 1 || number > 65535)
    Refuse(at, Cat("there can be no parameter ", token.text));
  const auto [found, is_new] =
      by_number_.try_emplace(number, parameters_.size());
  if (is_new) parameters_.push_back({number, {}, false, false});
  Note(at, at + 1, found->second);
  return at + 1;
}

void Rewriter::ReadUses() {
  for (std::size_t at = 0; at < tokens_.size();) {
    std::size_t next = at;
    for (const auto read :
         {&Rewriter::ReadMacro, &Rewriter::ReadAt, &Rewriter::ReadQuestionMark,
          &Rewriter::ReadNumber}) {
      next = (this->*read)(at);
      if (next != at) break;
    }
    at = next == at ? at + 1 : next;
  }
}

void Rewriter::GiveNumbers() {
  std::set<int> taken;
  for (const WrittenParameter& parameter : parameters_)
    taken.insert(parameter.number);
  int free = 1;
  for (WrittenParameter& parameter : parameters_) {
    if (parameter.number != 0) continue;
    while (taken.contains(free)) ++free;
    parameter.number = free++;
  }
}

// x IN (sqlc.slice(a)), where a slice is one array: = ANY($1).
bool Rewriter::ListsSlice(const Use& use, bool& negated) const {
  if (!style_.array_slices || use.begin < 2) return false;
  if (!At(use.begin - 1).IsSymbol('(') || !At(use.end).IsSymbol(')'))
    return false;
  if (!At(use.begin - 2).IsWord("in")) return false;
  negated = use.begin >= 3 && At(use.begin - 3).IsWord("not");
  return true;
}

void Rewriter::Put(const Use& use) {
  std::size_t begin = At(use.begin).offset;
  std::string text;
  if (!use.embed.empty()) {
    const Token& name = At(use.begin + 4);
    text = Cat(name.kind == TokenKind::kString ? std::string_view(use.embed)
                                               : name.text,
               ".*");
  } else {
    const WrittenParameter& parameter = parameters_[use.parameter];
    text = Placeholder(parameter.number);
    bool negated = false;
    if (parameter.slice && ListsSlice(use, negated)) {
      begin = At(use.begin - (negated ? 3 : 2)).offset;
      text = Cat(negated ? "<> ALL(" : "= ANY(", text);
    }
  }
  plain_.sql += document_.text.substr(copied_, begin - copied_);
  plain_.shifts.push_back({plain_.sql.size(), begin});
  const std::size_t at = plain_.sql.size();
  if (!use.embed.empty()) {
    plain_.embeds.push_back({use.embed, at});
  }
  if (use.embed.empty() && parameters_[use.parameter].slice &&
      !style_.array_slices)
    plain_.lists.push_back({at, text.size()});
  plain_.sql += text;
  copied_ = At(use.end - 1).end();
  plain_.shifts.push_back({plain_.sql.size(), copied_});
}

void Rewriter::Write() {
  copied_ = query_.offset;
  plain_.shifts.push_back({0, query_.offset});
  for (const Use& use : uses_) Put(use);
  const std::size_t end = query_.offset + query_.sql.size();
  plain_.sql += document_.text.substr(copied_, end - copied_);
}

PlainQuery Rewriter::Rewrite() {
  ReadTokens();
  ReadUses();
  GiveNumbers();
  Write();
  std::ranges::sort(parameters_, {}, &WrittenParameter::number);
  plain_.parameters = std::move(parameters_);
  return std::move(plain_);
}

}  // namespace

// https://www.sqlite.org/json1.html#jeach
std::string PlainQuery::ExecutedText() const {
  std::string text = sql;
  for (auto list = lists.rbegin(); list != lists.rend(); ++list) {
    text.insert(list->offset + list->size, ")");
    text.insert(list->offset, "SELECT value FROM json_each(");
  }
  return text;
}

std::size_t PlainQuery::Written(std::size_t offset) const {
  const auto after =
      std::ranges::upper_bound(shifts, offset, {}, &Shift::plain);
  if (after == shifts.begin()) return offset;
  const Shift& shift = *std::prev(after);
  std::size_t written = shift.written + (offset - shift.plain);
  // Inside of what was put for something longer or shorter.
  if (after != shifts.end()) written = std::min(written, after->written);
  return written;
}

PlainQuery Rewrite(const AnnotatedQuery& query,
                   const sql::DocumentView& document,
                   const sql::Lexicon& lexicon,
                   const engine::PlaceholderStyle& style) {
  return Rewriter(query, document, lexicon, style).Rewrite();
}

}  // namespace godwit::query
