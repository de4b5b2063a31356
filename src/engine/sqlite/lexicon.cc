// SPDX-License-Identifier: Apache-2.0
#include "engine/lexicons.h"
#include "sql/head.h"

namespace godwit::engine {

namespace {
using sql::HeadView;

// PRAGMA foreign_keys = …, PRAGMA main.foreign_keys(…); not the question alone.
bool SetsForeignKeys(const HeadView& head) {
  std::size_t at = 1;
  if (head.IsSymbol(2, '.')) at = 3;
  return head.Is(0, "pragma") && head.Is(at, "foreign_keys") &&
         (head.IsSymbol(at + 1, '=') || head.IsSymbol(at + 1, '('));
}

std::uint32_t Classify(const HeadView& head) {
  std::uint32_t traits = sql::CommonTraits(head);
  if (head.Is(0, "pragma") || head.Is(0, "attach") || head.Is(0, "detach")) traits |= sql::kOwnStep;
  if (head.Is(0, "vacuum")) traits |= sql::kOwnStep | sql::kNoTransaction;
  if (SetsForeignKeys(head)) traits |= sql::kForeignKeysPragma;
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
