// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/text.h"
#include "engine/lexicons.h"
#include "sql/head.h"

namespace godwit::engine {

namespace {
using sql::HeadView;

constexpr std::string_view kWatched[] = {"set_config",
                                         "with",
                                         "pg_advisory_unlock_all",
                                         "pg_create_logical_replication_slot",
                                         "pg_copy_logical_replication_slot",
                                         "pg_drop_replication_slot"};
enum Watched : std::uint32_t {
  kSetConfig = 1u << 0,
  kWith = 1u << 1,
  kUnlockAll = 1u << 2,
  kSlots = 1u << 3 | 1u << 4 | 1u << 5
};

bool BuildsConcurrently(const HeadView& head) {
  if (head.Starts({"create", "index", "concurrently"}) ||
      head.Starts({"create", "unique", "index", "concurrently"}) ||
      head.Starts({"drop", "index", "concurrently"})) {
    return true;
  }
  return head.Starts({"alter", "table"}) &&
         head.Has("concurrently", head.Find("detach"));
}

// REINDEX (CONCURRENTLY) TABLE t, REINDEX TABLE CONCURRENTLY t, REINDEX SCHEMA
// s.
bool ReindexesAlone(const HeadView& head) {
  if (!head.Is(0, "reindex")) return false;
  std::size_t at = 1;
  if (head.IsSymbol(at, '(')) {
    for (; at < head.tokens.size() && !head.IsSymbol(at, ')'); ++at) {
      if (head.Is(at, "concurrently") && !head.Is(at + 1, "false") &&
          !head.Is(at + 1, "off"))
        return true;
    }
    ++at;
  }
  const bool whole =
      head.Is(at, "database") || head.Is(at, "system") || head.Is(at, "schema");
  return whole || head.Is(at + 1, "concurrently");
}

// CLUSTER without a table clusters all of them, each in its own transaction.
bool ClustersAll(const HeadView& head) {
  if (!head.Is(0, "cluster")) return false;
  std::size_t at = 1;
  if (head.IsSymbol(at, '(')) {
    while (at < head.tokens.size() && !head.IsSymbol(at, ')')) ++at;
    ++at;
  }
  if (head.Is(at, "verbose")) ++at;
  return at >= head.tokens.size() || head.IsSymbol(at, ';');
}

// Whether an option of WITH (…) is switched off: "connect = false".
bool IsOff(const HeadView& head, std::string_view option) {
  const std::size_t at = head.Find(option);
  if (!head.IsSymbol(at + 1, '=') || at + 2 >= head.tokens.size()) return false;
  const std::string_view value = head.tokens[at + 2].text;
  constexpr std::string_view kOff[] = {"false",   "off",   "0",
                                       "'false'", "'off'", "'0'"};
  return std::any_of(
      std::begin(kOff), std::end(kOff),
      [&](std::string_view off) { return EqualsIgnoringCase(value, off); });
}

// Those that talk to the publisher.
bool ChangesSubscription(const HeadView& head) {
  if (!head.Is(1, "subscription")) return false;
  if (head.Is(0, "create"))
    return !IsOff(head, "connect") && !IsOff(head, "create_slot");
  if (head.Is(0, "drop")) return true;
  return head.Is(0, "alter") && head.Is(4, "publication") &&
         !IsOff(head, "refresh");
}

bool CannotRunInTransaction(const HeadView& head) {
  const bool creates_or_drops = head.Is(0, "create") || head.Is(0, "drop");
  if (creates_or_drops && (head.Is(1, "database") || head.Is(1, "tablespace")))
    return true;
  if (head.Starts({"alter", "database"}) &&
      head.Starts({"set", "tablespace"}, 3))
    return true;
  if (head.Is(0, "vacuum") || head.Starts({"alter", "system"}) ||
      head.Starts({"discard", "all"}))
    return true;
  return BuildsConcurrently(head) || ReindexesAlone(head) ||
         ClustersAll(head) || ChangesSubscription(head);
}

bool HoldsIgnoringCase(std::string_view text, std::string_view word) {
  return AsciiLower(text).find(word) != std::string::npos;
}

// Both release the lock of the run.
bool ReleasesLocks(const HeadView& head) {
  if (head.Starts({"discard", "all"})) return true;
  if (head.Is(0, "do")) return HoldsIgnoringCase(head.statement, kWatched[2]);
  if ((head.watched & kUnlockAll) == 0) return false;
  // These name a function and do not call it.
  constexpr std::string_view kNaming[] = {"create",  "alter", "drop",
                                          "comment", "grant", "revoke"};
  return std::none_of(std::begin(kNaming), std::end(kNaming),
                      [&](std::string_view word) { return head.Is(0, word); });
}

// COPY … TO stdout, or TO stdin, which the grammar takes as well.
bool CopiesToStdout(const HeadView& head) {
  if (!head.Is(0, "copy")) return false;
  const sql::DocumentView document{.text = head.statement};
  sql::Lexer lexer(document, PostgresLexicon());
  int depth = 0;
  bool after_to = false;
  for (sql::Token token = lexer.Next(); token.kind != sql::TokenKind::kEnd;
       token = lexer.Next()) {
    if (token.kind == sql::TokenKind::kLineComment ||
        token.kind == sql::TokenKind::kBlockComment)
      continue;
    if (after_to) return token.IsWord("stdout") || token.IsWord("stdin");
    depth += token.IsSymbol('(') ? 1 : token.IsSymbol(')') ? -1 : 0;
    after_to = depth == 0 && token.IsWord("to");
  }
  return false;
}

// Isolation level, snapshot, DEFERRABLE. READ ONLY may come later, and must:
// the version's row is written first.
bool SetsTransactionMode(const HeadView& head) {
  const bool session = head.Is(1, "local") || head.Is(1, "session");
  return head.Is(0, "set") && head.Is(session ? 2 : 1, "transaction") &&
         !head.Has("only");
}

bool IsHarmless(const HeadView& head) {
  if ((head.watched & kSetConfig) != 0 || !sql::IsHarmlessHead(head))
    return false;
  const bool changes_rows =
      head.Is(0, "insert") || head.Is(0, "update") || head.Is(0, "delete");
  return !changes_rows || (head.watched & kWith) == 0;
}

// CALL and a DO block may commit in between, slots of replication are outside
// of transactions, and views of TimescaleDB refuse one. A word that is not
// known here may be an extension's.
bool CanShareTransaction(const HeadView& head) {
  constexpr std::string_view kWords[] = {
      "alter",  "analyze",  "comment", "copy",     "create", "delete",
      "do",     "drop",     "grant",   "import",   "insert", "merge",
      "revoke", "reassign", "refresh", "security", "select", "truncate",
      "update", "values",   "with"};
  const bool known =
      std::any_of(std::begin(kWords), std::end(kWords),
                  [&](std::string_view word) { return head.Is(0, word); });
  if (!known || (head.watched & kSlots) != 0) return false;
  const auto holds = [&](std::string_view word) {
    return HoldsIgnoringCase(head.statement, word);
  };
  if (head.Is(0, "do"))
    return !holds("commit") && !holds("rollback") && !holds("call");
  return !head.Starts({"create", "materialized"}) || !holds("timescaledb");
}

std::uint32_t Classify(const HeadView& head) {
  std::uint32_t traits = sql::CommonTraits(head);
  if (head.Starts({"prepare", "transaction"}))
    traits |= sql::kTransactionControl | sql::kClosesTransaction;
  if (CannotRunInTransaction(head))
    traits |= sql::kNoTransaction;
  else if (CanShareTransaction(head))
    traits |= sql::kCanShare;
  if (ReleasesLocks(head)) traits |= sql::kForbidden;
  if (CopiesToStdout(head)) traits |= sql::kCopyToStdout;
  if (SetsTransactionMode(head)) traits |= sql::kTransactionMode;
  if (IsHarmless(head)) traits |= sql::kHarmless;
  return traits;
}

constexpr sql::Lexicon kLexicon = {
    .nested_comments = true,
    .dollar_quotes = true,
    .escape_strings = true,
    .folds_names = true,
    .copy_data = true,
    .psql_commands = true,
    .atomic_bodies = true,
    .rule_bodies = true,
    .carriage_return_ends_comment = true,
    .watched_words = kWatched,
    .classify = Classify,
};
}  // namespace

const sql::Lexicon& PostgresLexicon() {
  return kLexicon;
}

}  // namespace godwit::engine
