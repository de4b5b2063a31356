// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "schema/catalog.h"
#include "sql/lexer.h"

namespace godwit::engine::pg {

// Takes a definition apart that the server printed: from left to right, word by
// word. The text must outlive it.
class Definition {
 public:
  explicit Definition(std::string_view text);

  bool AtEnd() const { return at_ == tokens_.size(); }
  // Of the token here, or the one so many behind it; kEnd behind the last.
  const sql::Token& Peek(std::size_t ahead = 0) const;
  bool IsWord(std::string_view word) const { return Peek().IsWord(word); }
  bool IsSymbol(char c) const { return Peek().IsSymbol(c); }
  // Passes these words (lower case, with blanks between) where they stand here.
  bool Take(std::string_view words);
  bool TakeSymbol(char c);
  void Skip() { ++at_; }
  // One identifier, as it is meant.
  std::string TakeName();
  schema::Name TakeQualified();
  // Its text: "public.f".
  std::string TakeQualifiedText();
  // What stands in the parentheses that begin here; and the same, apart at the
  // commas that are in no others.
  std::string TakeParentheses();
  std::vector<std::string> TakeList();
  // The text up to the first of these words that is in no parentheses, or up to
  // the end.
  std::string TakeUntil(const std::vector<std::string_view>& words);
  // The text from here to the end.
  std::string_view Rest() const;

 private:
  std::size_t Closing() const;
  std::string Between(std::size_t first, std::size_t last) const;

  std::string_view text_;
  std::vector<sql::Token> tokens_;
  std::size_t at_ = 0;
};

// A string of SQL as it is meant: 'it''s', E'a\\b'.
std::string StringMeant(std::string_view literal);

// One part of an index, an exclusion or a partition's key.
struct KeyPart {
  bool is_column = false;
  std::string text;  // the column's name; the expression
  std::string collation;
  std::string operator_class;  // with its parameters
  bool descending = false;
  bool nulls_first = false;
  bool nulls_last = false;
  std::string op;  // behind WITH
};

// False where it is not understood.
bool ReadKeyPart(std::string_view text, KeyPart& part);

}  // namespace godwit::engine::pg
