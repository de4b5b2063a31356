// SPDX-License-Identifier: Apache-2.0
#include "sql/head.h"

#include <algorithm>

namespace godwit::sql {

bool HeadView::Is(std::size_t index, std::string_view word) const {
  return index < tokens.size() && tokens[index].IsWord(word);
}

bool HeadView::IsSymbol(std::size_t index, char c) const {
  return index < tokens.size() && tokens[index].IsSymbol(c);
}

bool HeadView::Starts(std::initializer_list<std::string_view> words,
                      std::size_t index) const {
  return std::all_of(words.begin(), words.end(),
                     [&](std::string_view word) { return Is(index++, word); });
}

std::size_t HeadView::Find(std::string_view word, std::size_t index) const {
  while (index < tokens.size() && !tokens[index].IsWord(word)) ++index;
  return std::min(index, tokens.size());
}

namespace {
// COMMIT, END, ROLLBACK and ABORT may be followed by one of these.
std::size_t AfterNoise(const HeadView& head) {
  return head.Is(1, "work") || head.Is(1, "transaction") ? 2 : 1;
}

std::uint32_t EndingTraits(const HeadView& head, bool commits) {
  const std::size_t next = AfterNoise(head);
  if (head.Is(1, "prepared")) return kTransactionControl | kNoTransaction;
  if (head.Is(next, "to")) return kSavepoint;
  const bool chains = head.Starts({"and", "chain"}, next);
  return kTransactionControl | kClosesTransaction |
         (commits && !chains ? kCommitsTransaction : 0u);
}
}  // namespace

std::uint32_t CommonTraits(const HeadView& head) {
  if (head.Is(0, "begin") || head.Starts({"start", "transaction"}))
    return kTransactionControl | kOpensTransaction;
  if (head.Is(0, "commit") || head.Is(0, "end"))
    return EndingTraits(head, true);
  if (head.Is(0, "rollback") || head.Is(0, "abort"))
    return EndingTraits(head, false);
  if (head.Is(0, "savepoint") || head.Is(0, "release")) return kSavepoint;
  if (head.Starts({"drop", "table"}) ||
      head.Starts({"drop", "foreign", "table"}))
    return kDropTable;
  return 0;
}

bool IsHarmlessHead(const HeadView& head) {
  constexpr std::string_view kHarmlessWords[] = {"comment", "grant",  "revoke",
                                                 "insert",  "update", "delete"};
  for (const std::string_view word : kHarmlessWords) {
    if (head.Is(0, word)) return true;
  }
  if (!head.Is(0, "create") && !head.Is(0, "alter") && !head.Is(0, "drop"))
    return false;
  constexpr std::string_view kModifiers[] = {"unique", "unlogged", "foreign",
                                             "virtual"};
  std::size_t at = 1;
  for (const std::string_view word : kModifiers)
    at += head.Is(at, word) ? 1 : 0;
  return head.Is(at, "table") || head.Is(at, "index") || head.Is(at, "type");
}

}  // namespace godwit::sql
