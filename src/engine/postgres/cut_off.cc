// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/cut_off.h"

#include "base/text.h"
#include "engine/lexicons.h"
#include "sql/lexer.h"

namespace godwit::engine {

namespace {

using internal::PostgresSession;

// The statement's words, one after the other, without comments.
class Words {
 public:
  explicit Words(std::string_view text)
      : document_{.text = text}, lexer_(document_, PostgresLexicon()) {
    Step();
  }

  bool Accept(std::string_view word) {
    if (!token_.IsWord(word)) return false;
    Step();
    return true;
  }
  // (VERBOSE, …)
  void SkipParentheses() {
    if (!token_.IsSymbol('(')) return;
    while (!token_.IsSymbol(')') && token_.kind != sql::TokenKind::kEnd) Step();
    Step();
  }
  bool At(std::string_view word) const { return token_.IsWord(word); }
  // [schema.]name, unquoted and folded as the server does it.
  TableName TakeName() {
    TableName name{"", TakePart()};
    while (token_.IsSymbol('.')) {
      Step();
      name.schema = std::move(name.table);
      name.table = TakePart();
    }
    return name;
  }

 private:
  void Step() {
    do {
      token_ = lexer_.Next();
    } while (token_.kind == sql::TokenKind::kLineComment ||
             token_.kind == sql::TokenKind::kBlockComment);
  }
  std::string TakePart() {
    std::string part = AsciiLower(token_.text);
    if (token_.kind == sql::TokenKind::kQuotedName) {
      part.clear();
      for (std::size_t i = 1; i + 1 < token_.text.size(); ++i) {
        part += token_.text[i];
        if (token_.text[i] == '"') ++i;
      }
    }
    Step();
    return part;
  }

  sql::DocumentView document_;
  sql::Lexer lexer_;
  sql::Token token_;
};

bool Exists(PostgresSession& session, std::string_view query,
            const std::string& name) {
  const Value parameter = name;
  return !session.Execute(query, std::span(&parameter, 1)).empty();
}

// The file may have had a search_path of its own, so a name without a schema is
// looked for in all of them.
constexpr std::string_view kIndex = R"(
SELECT i.indisvalid, format('%I.%I', n.nspname, c.relname)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_class t ON t.oid = i.indrelid
WHERE c.relname = $1 AND t.relname = $2 AND ($3 = '' OR n.nspname = $3))";
constexpr std::string_view kAnyIndex = R"(
SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = $1 AND ($2 = '' OR n.nspname = $2) AND c.relkind IN ('i', 'I'))";

// What puts in order a half that was left.
void Mend(PostgresSession& session, const std::string& sql,
          std::string_view what) {
  try {
    session.Run(sql);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kStatementFailed) throw;
    ErrorInfo info = error.info();
    info.code = info.sqlstate == "55P03" ? ErrorCode::kLockTimeout
                                         : ErrorCode::kMigrationFailed;
    info.message = Cat(what, ", left by a run that was cut off: ", error.what(),
                       " (", sql, ")");
    info.help = "run that statement by hand, then run again";
    info.position = 0;
    throw Error(std::move(info));
  }
}

void DropInvalid(PostgresSession& session, const std::string& index) {
  Mend(session, Cat("DROP INDEX CONCURRENTLY IF EXISTS ", index),
       Cat("the invalid index ", index, " cannot be dropped"));
}

Fate SettleNewIndex(PostgresSession& session, Words& words) {
  if (words.At("on")) return Fate::kUnknown;  // the server made up its name
  if (words.Accept("if")) {
    words.Accept("not");
    words.Accept("exists");
  }
  const TableName index = words.TakeName();
  words.Accept("on");
  words.Accept("only");
  const TableName table = words.TakeName();
  const Value parameters[] = {index.table, table.table, table.schema};
  const Result found = session.Execute(kIndex, parameters);
  if (found.empty()) return Fate::kTryAgain;
  if (found.size() > 1) return Fate::kUnknown;
  if (found.Get<bool>(0, 0)) return Fate::kDone;
  DropInvalid(session, found.Get<std::string>(0, 1));
  return Fate::kTryAgain;
}

Fate SettleDroppedIndex(PostgresSession& session, Words& words) {
  if (words.Accept("if")) words.Accept("exists");
  const TableName index = words.TakeName();
  const Value parameters[] = {index.table, index.schema};
  return session.Execute(kAnyIndex, parameters).empty() ? Fate::kDone
                                                        : Fate::kTryAgain;
}

// An index is under a new name while it is built, and under another when the
// two have changed places. Of another's REINDEX that is at work: the DROP waits
// for it, and then finds nothing of that name.
constexpr std::string_view kHalfReindexed = R"(
WITH named AS (
  SELECT coalesce(i.indrelid, c.oid) AS oid
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
  WHERE CASE $1 WHEN 'schema' THEN n.nspname = $2 WHEN 'database' THEN true
        ELSE c.relname = $2 AND ($3 = '' OR n.nspname = $3) END),
family AS (
  SELECT oid FROM named UNION SELECT t.relid FROM named, pg_partition_tree(named.oid) t),
tables AS (
  SELECT oid FROM family UNION SELECT c.reltoastrelid FROM pg_class c JOIN family USING (oid))
SELECT format('%I.%I', n.nspname, c.relname)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' AND i.indrelid IN (SELECT oid FROM tables)
ORDER BY 1)";

// It can be done twice; what it left on the way would stay for ever.
Fate SettleReindex(PostgresSession& session, Words& words) {
  words.SkipParentheses();
  constexpr std::string_view kKinds[] = {"index", "table", "schema",
                                         "database"};
  for (const std::string_view kind : kKinds) {
    if (!words.Accept(kind)) continue;
    words.Accept("concurrently");
    const TableName name = words.TakeName();
    const Value parameters[] = {std::string(kind), name.table, name.schema};
    const Result found = session.Execute(kHalfReindexed, parameters);
    for (std::size_t i = 0; i < found.size(); ++i)
      DropInvalid(session, found.Get<std::string>(i, 0));
  }
  return Fate::kTryAgain;
}

// The column came with version 14, as did the statement.
constexpr std::string_view kAttached = R"(
SELECT coalesce(to_jsonb(i) ->> 'inhdetachpending', 'false') = 'true',
       format('%I.%I', pn.nspname, p.relname), format('%I.%I', cn.nspname, c.relname)
FROM pg_inherits i
     JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
     JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace
WHERE p.relname = $1 AND ($2 = '' OR pn.nspname = $2) AND c.relname = $3 AND ($4 = '' OR cn.nspname = $4))";
constexpr std::string_view kAnyTable = R"(
SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = $1 AND ($2 = '' OR n.nspname = $2) AND c.relkind IN ('r', 'p', 'f'))";

// ALTER TABLE … DETACH PARTITION … CONCURRENTLY goes through two transactions;
// after the first it wants FINALIZE.
Fate SettleDetach(PostgresSession& session, Words& words) {
  if (words.Accept("if")) words.Accept("exists");
  words.Accept("only");
  const TableName parent = words.TakeName();
  if (!words.Accept("detach") || !words.Accept("partition"))
    return Fate::kUnknown;
  const TableName partition = words.TakeName();
  const Value names[] = {parent.table, parent.schema, partition.table,
                         partition.schema};
  const Result attached = session.Execute(kAttached, names);
  if (attached.size() > 1) return Fate::kUnknown;
  if (attached.empty()) {
    const Value name[] = {partition.table, partition.schema};
    return session.Execute(kAnyTable, name).empty() ? Fate::kTryAgain
                                                    : Fate::kDone;
  }
  if (!attached.Get<bool>(0, 0)) return Fate::kTryAgain;
  const std::string child = attached.Get<std::string>(0, 2);
  Mend(session,
       Cat("ALTER TABLE ", attached.Get<std::string>(0, 1),
           " DETACH PARTITION ", child, " FINALIZE"),
       Cat("the partition ", child, " is half detached"));
  return Fate::kFinished;
}

// CREATE and DROP of what belongs to no schema: a row in a catalog, or none.
Fate SettleShared(PostgresSession& session, Words& words,
                  std::string_view catalog, bool creates) {
  if (words.Accept("if")) words.Accept("exists");
  const bool exists = Exists(session, catalog, words.TakeName().table);
  return exists == creates ? Fate::kDone : Fate::kTryAgain;
}

}  // namespace

Fate SettleCutOff(PostgresSession& session,
                  const sql::StatementView& statement) {
  if (!(statement.traits & sql::kNoTransaction)) return Fate::kUnknown;
  Words words(statement.text);
  const bool creates = words.Accept("create");
  if (words.Accept("alter"))
    return words.Accept("table") ? SettleDetach(session, words)
                                 : Fate::kTryAgain;
  if (words.Accept("reindex")) return SettleReindex(session, words);
  // The rest (VACUUM, CLUSTER, …) can be done twice.
  if (!creates && !words.Accept("drop")) return Fate::kTryAgain;
  words.Accept("unique");
  if (words.Accept("index")) {
    words.Accept("concurrently");
    return creates ? SettleNewIndex(session, words)
                   : SettleDroppedIndex(session, words);
  }
  struct Row {
    std::string_view word;
    std::string_view catalog;
  };
  constexpr Row kRows[] = {
      {"database", "SELECT 1 FROM pg_database WHERE datname = $1"},
      {"tablespace", "SELECT 1 FROM pg_tablespace WHERE spcname = $1"},
      {"subscription",
       "SELECT 1 FROM pg_subscription s JOIN pg_database d ON d.oid = "
       "s.subdbid "
       "WHERE s.subname = $1 AND d.datname = current_database()"}};
  for (const Row& row : kRows) {
    if (words.Accept(row.word))
      return SettleShared(session, words, row.catalog, creates);
  }
  return Fate::kUnknown;
}

}  // namespace godwit::engine
