// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/definition.h"

#include <algorithm>

#include "base/text.h"
#include "engine/lexicons.h"

namespace godwit::engine::pg {

using sql::Token;
using sql::TokenKind;

Definition::Definition(std::string_view text) : text_(text) {
  const sql::DocumentView document{text, {}};
  sql::Lexer lexer(document, PostgresLexicon(), sql::Lexer::OnUnclosed::kToken);
  for (Token token = lexer.Next(); token.kind != TokenKind::kEnd;
       token = lexer.Next()) {
    if (token.kind != TokenKind::kLineComment &&
        token.kind != TokenKind::kBlockComment)
      tokens_.push_back(token);
  }
}

const Token& Definition::Peek(std::size_t ahead) const {
  static const Token end;
  return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : end;
}

bool Definition::Take(std::string_view words) {
  std::size_t count = 0;
  while (!words.empty()) {
    const std::size_t blank = std::min(words.find(' '), words.size());
    if (!Peek(count).IsWord(words.substr(0, blank))) return false;
    ++count;
    words.remove_prefix(std::min(blank + 1, words.size()));
  }
  at_ += count;
  return true;
}

bool Definition::TakeSymbol(char c) {
  if (!IsSymbol(c)) return false;
  ++at_;
  return true;
}

std::string Definition::TakeName() {
  if (AtEnd()) return {};
  return sql::Unquoted(tokens_[at_++].text);
}

schema::Name Definition::TakeQualified() {
  schema::Name name{{}, TakeName()};
  while (TakeSymbol('.')) {
    name.schema = name.name;
    name.name = TakeName();
  }
  return name;
}

std::string Definition::TakeQualifiedText() {
  const std::size_t first = at_;
  TakeQualified();
  return Between(first, at_);
}

// Of the parenthesis here: the position of the one that closes it.
std::size_t Definition::Closing() const {
  int depth = 0;
  for (std::size_t i = at_; i < tokens_.size(); ++i) {
    if (tokens_[i].IsSymbol('(')) ++depth;
    if (tokens_[i].IsSymbol(')') && --depth == 0) return i;
  }
  return tokens_.size();
}

std::string Definition::Between(std::size_t first, std::size_t last) const {
  if (first >= last) return {};
  const std::size_t begin = tokens_[first].offset;
  return std::string(text_.substr(begin, tokens_[last - 1].end() - begin));
}

std::string Definition::TakeParentheses() {
  if (!IsSymbol('(')) return {};
  const std::size_t closing = Closing();
  std::string inside = Between(at_ + 1, closing);
  at_ = std::min(closing + 1, tokens_.size());
  return inside;
}

std::vector<std::string> Definition::TakeList() {
  std::vector<std::string> items;
  if (!IsSymbol('(')) return items;
  const std::size_t closing = Closing();
  std::size_t first = at_ + 1;
  int depth = 0;
  for (std::size_t i = first; i < closing; ++i) {
    const Token& token = tokens_[i];
    if (token.IsSymbol('(') || token.IsSymbol('[')) ++depth;
    if (token.IsSymbol(')') || token.IsSymbol(']')) --depth;
    if (depth > 0 || !token.IsSymbol(',')) continue;
    items.push_back(Between(first, i));
    first = i + 1;
  }
  if (first < closing) items.push_back(Between(first, closing));
  at_ = std::min(closing + 1, tokens_.size());
  return items;
}

std::string Definition::TakeUntil(const std::vector<std::string_view>& words) {
  const std::size_t first = at_;
  int depth = 0;
  for (; at_ < tokens_.size(); ++at_) {
    const Token& token = tokens_[at_];
    if (token.IsSymbol('(')) ++depth;
    if (token.IsSymbol(')')) --depth;
    if (depth == 0 && std::ranges::any_of(words, [&](std::string_view word) {
          return token.IsWord(word);
        }))
      break;
  }
  return Between(first, at_);
}

std::string_view Definition::Rest() const {
  return AtEnd() ? std::string_view() : text_.substr(tokens_[at_].offset);
}

std::string StringMeant(std::string_view literal) {
  if (!literal.starts_with('E') && !literal.starts_with('e'))
    return sql::Unquoted(literal);
  const std::string text = sql::Unquoted(literal.substr(1));
  std::string meant;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    meant += text[i];
  }
  return meant;
}

bool ReadKeyPart(std::string_view text, KeyPart& part) {
  Definition reader(text);
  if (reader.IsSymbol('(')) {
    part.text = Cat("(", reader.TakeParentheses(), ")");
  } else {
    const std::string name = reader.TakeQualifiedText();
    part.is_column = !reader.IsSymbol('(');
    part.text = part.is_column ? sql::Unquoted(name)
                               : Cat(name, "(", reader.TakeParentheses(), ")");
  }
  if (reader.Take("collate")) part.collation = reader.TakeQualifiedText();
  const bool ends = reader.AtEnd() || reader.IsWord("asc") ||
                    reader.IsWord("desc") || reader.IsWord("nulls") ||
                    reader.IsWord("with");
  if (!ends) {
    part.operator_class = reader.TakeQualifiedText();
    if (reader.IsSymbol('('))
      part.operator_class += Cat("(", reader.TakeParentheses(), ")");
  }
  part.descending = reader.Take("desc");
  reader.Take("asc");
  part.nulls_first = reader.Take("nulls first");
  part.nulls_last = reader.Take("nulls last");
  if (reader.Take("with")) {
    part.op = std::string(reader.Rest());
    return true;
  }
  return reader.AtEnd();
}

}  // namespace godwit::engine::pg
