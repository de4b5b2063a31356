// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "sql/lexer.h"
#include "sql/lexicon.h"

namespace godwit::sql {

// Follows one statement token by token and knows whether a semicolon ends it:
// not inside the parentheses of a rule, BEGIN ATOMIC bodies and trigger bodies.
class BodyTracker {
 public:
  explicit BodyTracker(const Lexicon& lexicon) : lexicon_(&lexicon) {}

  // A statement begins anew.
  void Reset() { *this = BodyTracker(*lexicon_); }
  void Take(const Token& token) {
    ended_ = false;
    // Nearly all tokens of nearly all statements.
    if (kind_ == Kind::kPlain && !token.IsSymbol(';')) return;
    Follow(token);
  }
  // Whether the semicolon taken last ended the statement.
  bool ended() const { return ended_; }
  bool copies_from_stdin() const { return copies_; }

  struct Opening {
    std::size_t offset = 0;
    std::string_view what;     // "BEGIN ATOMIC body"
    std::string_view closing;  // "END"
  };
  // What is open still, the outermost first.
  std::optional<Opening> Unclosed() const;

 private:
  enum class Kind { kUndecided, kPlain, kRoutine, kTrigger, kRule, kCopy };
  // What the tokens before the current one were, as far as bodies care.
  enum class Word {
    kOther,
    kBegin,
    kAtomic,
    kEnd,
    kSemicolon,
    kFrom,
    kAs,
    kDot
  };

  void Follow(const Token& token);
  void Decide(const Token& token);
  void TakeParenthesis(const Token& token);
  void TakeSemicolon();
  void TakeInRoutine(const Token& token);
  void TakeInTrigger(const Token& token);
  void TakeInCopy(const Token& token);
  static Word WordOf(const Token& token);
  bool StartsInnerStatement() const {
    return last_ == Word::kSemicolon || last_ == Word::kAtomic ||
           last_ == Word::kBegin;
  }

  const Lexicon* lexicon_;
  Kind kind_ = Kind::kUndecided;
  bool creates_ = false;
  bool copies_ = false;
  bool ended_ = false;
  int parentheses_ = 0;
  int depth_ = 0;  // of BEGIN … END and CASE … END
  Word last_ = Word::kOther;
  Word before_last_ = Word::kOther;
  std::size_t last_offset_ = 0;
  std::size_t parenthesis_offset_ = 0;
  std::size_t body_offset_ = 0;
};

}  // namespace godwit::sql
