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

void DropInvalid(PostgresSession& session, const std::string& index) {
  try {
    session.Run(Cat("DROP INDEX CONCURRENTLY ", index));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kStatementFailed) throw;
    ErrorInfo info = error.info();
    info.code = info.sqlstate == "55P03" ? ErrorCode::kLockTimeout
                                         : ErrorCode::kMigrationFailed;
    info.message = Cat(
        "the invalid index ", index,
        ", left by a run that was cut off, cannot be dropped: ", error.what());
    info.help = "drop it, then run again";
    info.position = 0;
    throw Error(std::move(info));
  }
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
  // DETACH PARTITION … CONCURRENTLY goes through two transactions; after the
  // first it wants another statement. The rest (VACUUM, REINDEX, …) can be done
  // twice.
  if (words.Accept("alter"))
    return words.At("table") ? Fate::kUnknown : Fate::kTryAgain;
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
      {"tablespace", "SELECT 1 FROM pg_tablespace WHERE spcname = $1"}};
  for (const Row& row : kRows) {
    if (words.Accept(row.word))
      return SettleShared(session, words, row.catalog, creates);
  }
  return Fate::kUnknown;
}

}  // namespace godwit::engine
