// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/lexicons.h"
#include "sql/head.h"

namespace godwit::engine {

namespace {
using sql::HeadView;

// A name, in quotes or not.
bool IsName(const HeadView& head, std::size_t index, std::string_view name) {
  if (head.Is(index, name)) return true;
  if (index >= head.tokens.size() ||
      head.tokens[index].kind != sql::TokenKind::kQuotedName)
    return false;
  const std::string_view text = head.tokens[index].text;
  return text.size() == name.size() + 2 &&
         sql::Spells(text.substr(1, name.size()), name);
}

// PRAGMA foreign_keys = …, PRAGMA main.foreign_keys(…) set; the name alone
// asks.
std::uint32_t PragmaTraits(const HeadView& head) {
  const std::size_t at = head.IsSymbol(2, '.') ? 3 : 1;
  const bool sets = head.IsSymbol(at + 1, '=') || head.IsSymbol(at + 1, '(');
  std::uint32_t traits = sql::kOwnStep;
  if (sets && IsName(head, at, "foreign_keys"))
    traits |= sql::kForeignKeysPragma;
  // Inside a transaction the first is ignored without a word, the others fail.
  const bool refused = sets && (IsName(head, at, "journal_mode") ||
                                IsName(head, at, "synchronous"));
  if (refused || IsName(head, at, "wal_checkpoint"))
    traits |= sql::kNoTransaction;
  return traits;
}

bool CanShareTransaction(const HeadView& head) {
  constexpr std::string_view kWords[] = {
      "alter",   "analyze", "create", "delete", "drop",   "insert",
      "reindex", "replace", "select", "update", "values", "with"};
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return head.Is(0, word); });
}

std::uint32_t Classify(const HeadView& head) {
  std::uint32_t traits = sql::CommonTraits(head);
  if (head.Is(0, "pragma")) traits |= PragmaTraits(head);
  if (head.Is(0, "attach") || head.Is(0, "detach")) traits |= sql::kOwnStep;
  if (head.Is(0, "vacuum")) traits |= sql::kOwnStep | sql::kNoTransaction;
  if (CanShareTransaction(head)) traits |= sql::kCanShare;
  const bool harmless = sql::IsHarmlessHead(head) || head.Is(0, "replace");
  return harmless ? traits | sql::kHarmless : traits;
}

constexpr sql::Lexicon kLexicon = {
    .bracket_identifiers = true,
    .backtick_identifiers = true,
    .trigger_bodies = true,
    .classify = Classify,
};
}  // namespace

const sql::Lexicon& SqliteLexicon() {
  return kLexicon;
}

}  // namespace godwit::engine
