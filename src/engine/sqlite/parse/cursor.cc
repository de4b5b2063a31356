// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/parse/cursor.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "engine/lexicons.h"

namespace godwit::engine {

namespace {

using sql::Token;
using sql::TokenKind;

// https://www.sqlite.org/lang_keywords.html: those that no name may be, as far
// as they can follow an expression or a table.
constexpr std::string_view kReserved[] = {
    "and",     "as",     "between", "case",   "collate",   "cross", "else",
    "end",     "escape", "except",  "exists", "filter",    "from",  "full",
    "glob",    "group",  "having",  "in",     "indexed",   "inner", "intersect",
    "is",      "isnull", "join",    "left",   "like",      "limit", "match",
    "natural", "not",    "notnull", "null",   "offset",    "on",    "or",
    "order",   "outer",  "over",    "regexp", "returning", "right", "select",
    "set",     "then",   "union",   "using",  "values",    "when",  "where",
    "window"};

}  // namespace

bool IsReserved(std::string_view word) {
  const std::string lower = AsciiLower(word);
  return std::ranges::binary_search(kReserved, lower);
}

Cursor::Cursor(std::string_view sql) {
  const sql::DocumentView document{sql, {}};
  sql::Lexer lexer(document, SqliteLexicon(), sql::Lexer::OnUnclosed::kToken);
  while (true) {
    const Token token = lexer.Next();
    if (token.kind == TokenKind::kUnclosed) throw NotRead{};
    if (token.kind == TokenKind::kLineComment ||
        token.kind == TokenKind::kBlockComment)
      continue;
    tokens_.push_back(token);
    if (token.kind == TokenKind::kEnd) return;
  }
}

const Token& Cursor::Peek(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

bool Cursor::TakeWord(std::string_view word) {
  if (!IsWord(word)) return false;
  Advance();
  return true;
}

bool Cursor::TakeSymbol(char c) {
  if (!IsSymbol(c)) return false;
  Advance();
  return true;
}

bool Cursor::TakeWords(std::initializer_list<std::string_view> words) {
  std::size_t ahead = 0;
  for (const std::string_view word : words) {
    if (!IsWord(word, ahead++)) return false;
  }
  at_ += words.size();
  return true;
}

bool Cursor::IsOperator(std::string_view text) const {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!IsSymbol(text[i], i)) return false;
    if (i > 0 && Peek(i - 1).end() != Peek(i).offset) return false;
  }
  return true;
}

bool Cursor::TakeOperator(std::string_view text) {
  if (!IsOperator(text)) return false;
  at_ += text.size();
  return true;
}

void Cursor::NeedWord(std::string_view word) {
  if (!TakeWord(word)) throw NotRead{};
}

void Cursor::NeedSymbol(char c) {
  if (!TakeSymbol(c)) throw NotRead{};
}

bool Cursor::IsName(std::size_t ahead) const {
  const TokenKind kind = Peek(ahead).kind;
  return kind == TokenKind::kWord || kind == TokenKind::kQuotedName ||
         kind == TokenKind::kString;
}

std::string Cursor::NeedName() {
  if (!IsName()) throw NotRead{};
  const Token token = Peek();
  Advance();
  return token.kind == TokenKind::kWord ? std::string(token.text)
                                        : sql::Unquoted(token.text);
}

void Cursor::SkipParentheses() {
  NeedSymbol('(');
  for (int depth = 1; depth > 0; Advance()) {
    if (at_end()) throw NotRead{};
    if (IsSymbol('(')) ++depth;
    if (IsSymbol(')')) --depth;
  }
}

}  // namespace godwit::engine
