// SPDX-License-Identifier: Apache-2.0
#include "sql/body.h"

#include <algorithm>
#include <array>

namespace godwit::sql {

namespace {
template <std::size_t n>
bool IsOneOf(const Token& token, const std::array<std::string_view, n>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return token.IsWord(word); });
}

// What may stand between CREATE and the kind of object.
constexpr std::array<std::string_view, 4> kModifiers = {"or", "replace", "temp",
                                                        "temporary"};
constexpr std::array<std::string_view, 3> kExplain = {"explain", "query",
                                                      "plan"};
}  // namespace

void BodyTracker::Follow(const Token& token) {
  if (kind_ == Kind::kUndecided) Decide(token);
  if (token.kind == TokenKind::kSymbol) {
    TakeParenthesis(token);
    if (token.text[0] == ';') TakeSemicolon();
  }
  if (kind_ == Kind::kPlain) return;
  if (kind_ == Kind::kRoutine) TakeInRoutine(token);
  if (kind_ == Kind::kTrigger) TakeInTrigger(token);
  if (kind_ == Kind::kCopy) TakeInCopy(token);
  before_last_ = last_;
  last_ = WordOf(token);
  last_offset_ = token.offset;
}

void BodyTracker::Decide(const Token& token) {
  if (creates_) {
    if (IsOneOf(token, kModifiers)) return;
    const bool routine = token.IsWord("function") || token.IsWord("procedure");
    kind_ = Kind::kPlain;
    if (routine && lexicon_->atomic_bodies) kind_ = Kind::kRoutine;
    if (token.IsWord("trigger") && lexicon_->trigger_bodies)
      kind_ = Kind::kTrigger;
    if (token.IsWord("rule") && lexicon_->rule_bodies) kind_ = Kind::kRule;
    return;
  }
  creates_ = token.IsWord("create");
  if (creates_ || IsOneOf(token, kExplain)) return;
  kind_ =
      lexicon_->copy_data && token.IsWord("copy") ? Kind::kCopy : Kind::kPlain;
}

void BodyTracker::TakeParenthesis(const Token& token) {
  if (!lexicon_->rule_bodies) return;
  if (token.text[0] == '(' && parentheses_++ == 0)
    parenthesis_offset_ = token.offset;
  if (token.text[0] == ')' && parentheses_ > 0) --parentheses_;
}

void BodyTracker::TakeSemicolon() {
  if (kind_ == Kind::kTrigger && depth_ > 0) {
    // SQLite's own rule: a trigger's body ends where END stands right after a
    // semicolon; the END of a CASE never does.
    ended_ = last_ == Word::kEnd &&
             (before_last_ == Word::kSemicolon || before_last_ == Word::kBegin);
    return;
  }
  // Elsewhere a parenthesis left open is the server's to report.
  ended_ = depth_ == 0 && (kind_ != Kind::kRule || parentheses_ == 0);
}

void BodyTracker::TakeInRoutine(const Token& token) {
  if (token.kind != TokenKind::kWord || last_ == Word::kDot ||
      last_ == Word::kAs)
    return;
  if (depth_ == 0) {
    if (last_ != Word::kBegin || !token.IsWord("atomic")) return;
    depth_ = 1;
    body_offset_ = last_offset_;
    return;
  }
  if (token.IsWord("case") || (token.IsWord("begin") && StartsInnerStatement()))
    ++depth_;
  if (token.IsWord("end")) --depth_;
}

void BodyTracker::TakeInTrigger(const Token& token) {
  if (depth_ > 0 || !token.IsWord("begin")) return;
  depth_ = 1;
  body_offset_ = token.offset;
}

void BodyTracker::TakeInCopy(const Token& token) {
  // PostgreSQL takes STDOUT for the same.
  if (parentheses_ > 0 || last_ != Word::kFrom) return;
  copies_ = copies_ || token.IsWord("stdin") || token.IsWord("stdout");
}

BodyTracker::Word BodyTracker::WordOf(const Token& token) {
  if (token.IsSymbol(';')) return Word::kSemicolon;
  if (token.IsSymbol('.')) return Word::kDot;
  if (token.IsWord("begin")) return Word::kBegin;
  if (token.IsWord("atomic")) return Word::kAtomic;
  if (token.IsWord("end")) return Word::kEnd;
  if (token.IsWord("from")) return Word::kFrom;
  return token.IsWord("as") ? Word::kAs : Word::kOther;
}

std::optional<BodyTracker::Opening> BodyTracker::Unclosed() const {
  const bool trigger_done = kind_ == Kind::kTrigger && last_ == Word::kEnd &&
                            before_last_ == Word::kSemicolon;
  if (depth_ > 0 && !trigger_done) {
    const bool routine = kind_ == Kind::kRoutine;
    return Opening{body_offset_, routine ? "BEGIN ATOMIC body" : "trigger body",
                   "END"};
  }
  if (kind_ == Kind::kRule && parentheses_ > 0)
    return Opening{parenthesis_offset_, "parenthesis", "')'"};
  return std::nullopt;
}

}  // namespace godwit::sql
