// SPDX-License-Identifier: Apache-2.0
#include "state/catalog/renames.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"
#include "sql/lexer.h"
#include "sql/splitter.h"

namespace godwit::state {

namespace {

using schema::Rename;
using sql::Token;
using sql::TokenKind;

constexpr std::string_view kMark = "@renamed";

bool IsComment(const Token& token) {
  return token.kind == TokenKind::kLineComment ||
         token.kind == TokenKind::kBlockComment;
}

// A name as the database knows it: plain ones without their letter case, where
// the engine has none.
std::string Meant(const Token& token, const sql::Lexicon& lexicon) {
  if (token.kind != TokenKind::kWord || !lexicon.folds_names)
    return sql::Unquoted(token.text);
  return AsciiLower(token.text);
}

// "-- @renamed from=user_name" -> user_name.
std::optional<std::string> OldName(std::string_view comment,
                                   const sql::Lexicon& lexicon) {
  const std::size_t mark = comment.find(kMark);
  if (mark == std::string_view::npos) return std::nullopt;
  std::string_view rest = Trim(comment.substr(mark + kMark.size()));
  if (!rest.starts_with("from")) return std::nullopt;
  rest = Trim(rest.substr(4));
  if (!rest.starts_with('=')) return std::nullopt;
  rest = Trim(rest.substr(1));
  if (comment.starts_with("/*") && rest.ends_with("*/"))
    rest = Trim(rest.substr(0, rest.size() - 2));
  const sql::DocumentView view{rest, {}};
  sql::Lexer lexer(view, lexicon, sql::Lexer::OnUnclosed::kToken);
  const Token name = lexer.Next();
  if (name.kind == TokenKind::kEnd || name.kind == TokenKind::kUnclosed)
    return std::nullopt;
  return Meant(name, lexicon);
}

// One statement, read for what its comments rename.
class Statement {
 public:
  Statement(std::string_view text, const sql::Lexicon& lexicon)
      : text_(text), lexicon_(lexicon) {
    const sql::DocumentView view{text, {}};
    sql::Lexer lexer(view, lexicon);
    for (Token token = lexer.Next(); token.kind != TokenKind::kEnd;
         token = lexer.Next())
      tokens_.push_back(token);
  }

  void Read(std::vector<Rename>& renames);

 private:
  enum class Object { kNone, kTable, kIndex, kType };

  void ReadHead();
  std::optional<Rename> At(std::size_t comment) const;
  std::size_t Before(std::size_t index) const;
  std::optional<Rename> Element(std::size_t last) const;

  const std::string_view text_;
  const sql::Lexicon& lexicon_;
  std::vector<Token> tokens_;
  Object object_ = Object::kNone;
  schema::Name name_;
  std::size_t list_ = 0;  // the parenthesis that opens the columns or values
};

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// CREATE [words] TABLE|INDEX|TYPE [CONCURRENTLY] [IF NOT EXISTS] name … (
void Statement::ReadHead() {
  std::vector<std::size_t> words;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (tokens_[i].IsSymbol('(')) {
      list_ = i;
      break;
    }
    if (!IsComment(tokens_[i])) words.push_back(i);
  }
  if (words.empty() || !tokens_[words[0]].IsWord("create")) return;
  std::size_t at = 1;
  for (; at < words.size() && object_ == Object::kNone; ++at) {
    const Token& word = tokens_[words[at]];
    if (word.IsWord("table")) object_ = Object::kTable;
    if (word.IsWord("index")) object_ = Object::kIndex;
    if (word.IsWord("type")) object_ = Object::kType;
  }
  for (; at < words.size(); ++at) {
    const Token& word = tokens_[words[at]];
    if (!word.IsWord("concurrently") && !word.IsWord("if") &&
        !word.IsWord("not") && !word.IsWord("exists"))
      break;
  }
  if (at >= words.size()) {
    object_ = Object::kNone;
    return;
  }
  name_.name = Meant(tokens_[words[at]], lexicon_);
  if (at + 2 < words.size() && tokens_[words[at + 1]].IsSymbol('.')) {
    name_.schema = name_.name;
    name_.name = Meant(tokens_[words[at + 2]], lexicon_);
  }
}

// The last token that is no comment before this one.
std::size_t Statement::Before(std::size_t index) const {
  while (index > 0) {
    if (!IsComment(tokens_[--index])) return index;
  }
  return kNone;
}

// Of the list's element that this token ends.
std::optional<Rename> Statement::Element(std::size_t last) const {
  std::size_t begin = last;
  int depth = 0;
  for (std::size_t i = last + 1; i-- > list_ + 1;) {
    if (tokens_[i].IsSymbol(')')) ++depth;
    if (tokens_[i].IsSymbol('(')) --depth;
    if (depth < 0 || (depth == 0 && tokens_[i].IsSymbol(','))) break;
    if (!IsComment(tokens_[i])) begin = i;
  }
  Rename rename;
  rename.parent = name_;
  const Token& first = tokens_[begin];
  if (object_ == Object::kType) {
    if (first.kind != TokenKind::kString) return std::nullopt;
    rename.kind = Rename::Kind::kEnumValue;
    rename.to = sql::Unquoted(first.text);
    return rename;
  }
  if (object_ != Object::kTable) return std::nullopt;
  rename.kind = Rename::Kind::kColumn;
  rename.to = Meant(first, lexicon_);
  if (first.IsWord("constraint") && begin < last) {
    rename.kind = Rename::Kind::kConstraint;
    for (std::size_t i = begin + 1; i <= last; ++i) {
      if (IsComment(tokens_[i])) continue;
      rename.to = Meant(tokens_[i], lexicon_);
      break;
    }
  }
  return rename;
}

std::optional<Rename> Statement::At(std::size_t comment) const {
  std::size_t last = Before(comment);
  if (last == kNone) return std::nullopt;
  const std::string_view between = text_.substr(
      tokens_[last].end(), tokens_[comment].offset - tokens_[last].end());
  if (between.find('\n') != std::string_view::npos) return std::nullopt;
  const bool in_list = list_ != 0 && last > list_;
  if (!in_list) {
    Rename rename;
    rename.kind = object_ == Object::kTable   ? Rename::Kind::kTable
                  : object_ == Object::kIndex ? Rename::Kind::kIndex
                                              : Rename::Kind::kType;
    rename.parent = name_;
    rename.to = name_.name;
    return rename;
  }
  if (tokens_[last].IsSymbol(',')) last = Before(last);
  if (last == kNone || last <= list_) return std::nullopt;
  return Element(last);
}

void Statement::Read(std::vector<Rename>& renames) {
  ReadHead();
  if (object_ == Object::kNone) return;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (!IsComment(tokens_[i])) continue;
    const std::optional<std::string> from = OldName(tokens_[i].text, lexicon_);
    if (!from) continue;
    std::optional<Rename> rename = At(i);
    if (!rename) continue;
    const bool told = std::ranges::any_of(renames, [&](const Rename& other) {
      return other.kind == rename->kind && other.parent == rename->parent &&
             other.to == rename->to;
    });
    if (told) continue;
    rename->from = *from;
    renames.push_back(std::move(*rename));
  }
}

}  // namespace

std::vector<Rename> ReadRenames(const sql::DocumentView& document,
                                const sql::Lexicon& lexicon) {
  std::vector<Rename> renames;
  if (document.text.find(kMark) == std::string_view::npos) return renames;
  // A comment behind a statement's semicolon, on its line, is not inside it.
  for (const sql::StatementView& statement : sql::Split(document, lexicon)) {
    if (statement.text.find(kMark) != std::string_view::npos)
      Statement(statement.text, lexicon).Read(renames);
  }
  return renames;
}

}  // namespace godwit::state
