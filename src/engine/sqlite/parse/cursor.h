// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql/document.h"
#include "sql/lexer.h"

namespace godwit::engine {

// The text is none of the statements that are read.
struct NotRead {};

// A place among a statement's tokens.
class Cursor {
 public:
  explicit Cursor(std::string_view sql);

  const sql::Token& Peek(std::size_t ahead = 0) const;
  bool at_end() const { return Peek().kind == sql::TokenKind::kEnd; }
  std::size_t offset() const { return Peek().offset; }
  // Where the token before this place ends.
  std::size_t last_end() const { return at_ == 0 ? 0 : tokens_[at_ - 1].end(); }
  void Advance() { ++at_; }

  bool IsWord(std::string_view word, std::size_t ahead = 0) const {
    return Peek(ahead).IsWord(word);
  }
  bool IsSymbol(char c, std::size_t ahead = 0) const {
    return Peek(ahead).IsSymbol(c);
  }
  bool TakeWord(std::string_view word);
  bool TakeSymbol(char c);
  // The words one after the other, or nothing of them.
  bool TakeWords(std::initializer_list<std::string_view> words);
  // An operator of one or two or three characters that touch each other.
  bool TakeOperator(std::string_view text);
  bool IsOperator(std::string_view text) const;
  // Throw NotRead where something else stands there.
  void NeedWord(std::string_view word);
  void NeedSymbol(char c);
  // A name as it is meant: without its quotes.
  std::string NeedName();
  bool IsName(std::size_t ahead = 0) const;
  // Past the parentheses that open here.
  void SkipParentheses();

 private:
  std::vector<sql::Token> tokens_;  // without comments
  std::size_t at_ = 0;
};

// Whether the word cannot be an alias without AS.
bool IsReserved(std::string_view word);

}  // namespace godwit::engine
