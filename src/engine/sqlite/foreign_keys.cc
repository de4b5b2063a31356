// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/foreign_keys.h"

#include <charconv>

#include "base/text.h"
#include "engine/engines.h"
#include "engine/lexicons.h"
#include "sql/lexer.h"

namespace godwit::engine {

namespace {

std::vector<sql::Token> Significant(std::string_view text) {
  std::vector<sql::Token> tokens;
  const sql::DocumentView document{.text = text};
  sql::Lexer lexer(document, SqliteLexicon());
  while (tokens.size() < 12) {
    const sql::Token token = lexer.Next();
    if (token.kind == sql::TokenKind::kEnd) break;
    const bool comment = token.kind == sql::TokenKind::kLineComment ||
                         token.kind == sql::TokenKind::kBlockComment;
    if (!comment) tokens.push_back(token);
  }
  return tokens;
}

// The table's name in DROP TABLE [IF EXISTS] [schema.]name.
std::string DroppedTable(std::string_view statement) {
  const std::vector<sql::Token> tokens = Significant(statement);
  std::size_t at = 2;
  if (tokens.size() > 4 && EqualsIgnoringCase(tokens[2].text, "if")) at = 4;
  if (tokens.size() > at + 2 && tokens[at + 1].text == ".") at += 2;
  return at < tokens.size() ? sql::Unquoted(tokens[at].text) : "";
}

// ALTER TABLE [schema.]old RENAME TO new; nothing where it is another
// statement.
struct Rename {
  std::string from;
  std::string to;
};
std::optional<Rename> FindRename(std::string_view statement) {
  const std::vector<sql::Token> tokens = Significant(statement);
  if (tokens.size() < 6 || !tokens[0].IsWord("alter")) return std::nullopt;
  const std::size_t at = tokens[3].IsSymbol('.') ? 4 : 2;
  if (at + 3 >= tokens.size() || !tokens[at + 1].IsWord("rename") ||
      !tokens[at + 2].IsWord("to"))
    return std::nullopt;
  return Rename{sql::Unquoted(tokens[at].text),
                sql::Unquoted(tokens[at + 3].text)};
}

// As SQLite reads a PRAGMA's value: a word, or the low byte of the whole number
// that it begins with.
bool IsTrue(std::string_view value) {
  if (value == "on" || value == "yes" || value == "true") return true;
  if (value.empty() || value[0] < '0' || value[0] > '9') return false;
  const bool is_hex = value.starts_with("0x");
  if (is_hex) value.remove_prefix(2);
  std::int32_t number = 0;
  std::from_chars(value.data(), value.data() + value.size(), number,
                  is_hex ? 16 : 10);
  return (number & 0xff) != 0;
}

}  // namespace

std::optional<bool> ForeignKeysValue(std::string_view statement) {
  const std::vector<sql::Token> tokens = Significant(statement);
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i].text != "=" && tokens[i].text != "(") continue;
    const bool is_positive = tokens[i + 1].text == "+" && i + 2 < tokens.size();
    return IsTrue(
        AsciiLower(sql::Unquoted(tokens[i + (is_positive ? 2 : 1)].text)));
  }
  return std::nullopt;
}

bool ForeignKeysOn(internal::SqliteSession& session) {
  return session.Execute("PRAGMA foreign_keys", {}).Get<std::int64_t>(0, 0) !=
         0;
}

Violations FindViolations(internal::SqliteSession& session) {
  const Result rows = session.Execute(
      "SELECT \"table\" || ' -> ' || \"parent\", count(*) FROM "
      "pragma_foreign_key_check GROUP BY 1",
      {});
  Violations violations;
  for (std::size_t i = 0; i < rows.size(); ++i)
    violations[rows.Get<std::string>(i, 0)] = rows.Get<std::int64_t>(i, 1);
  return violations;
}

std::vector<std::int64_t> ChildRows::Count(internal::SqliteSession& session,
                                           const Child& child) {
  std::string columns = "count(*)";
  for (const std::string& column : child.columns)
    columns += Cat(", count(", SqliteDialect().Quote(column), ")");
  const Result row = session.Execute(Cat("SELECT ", columns, " FROM main.",
                                         SqliteDialect().Quote(child.table)),
                                     {});
  std::vector<std::int64_t> counts;
  for (std::size_t i = 0; i < row.columns().size(); ++i)
    counts.push_back(row.Get<std::int64_t>(0, i));
  return counts;
}

void ChildRows::BeforeDrop(internal::SqliteSession& session,
                           const sql::StatementView& statement) {
  before_.clear();
  const std::string parent = DroppedTable(statement.text);
  if (parent.empty() || !ForeignKeysOn(session)) return;
  const Value parameter = parent;
  const Result rows = session.Execute(
      "SELECT m.name, f.\"from\" FROM main.sqlite_schema m, "
      "pragma_foreign_key_list(m.name) f "
      "WHERE m.type = 'table' AND f.\"table\" = ?1 COLLATE NOCASE AND m.name "
      "<> ?1 COLLATE NOCASE "
      "AND f.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT') ORDER BY "
      "m.name",
      std::span(&parameter, 1));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string table = rows.Get<std::string>(i, 0);
    if (before_.empty() || before_.back().table != table)
      before_.push_back({table, parent, {}, {}});
    before_.back().columns.push_back(rows.Get<std::string>(i, 1));
  }
  for (Child& child : before_) child.counts = Count(session, child);
}

void ChildRows::AfterDrop(internal::SqliteSession& session) {
  for (const Child& child : before_) {
    const std::vector<std::int64_t> now = Count(session, child);
    std::int64_t most = 0;
    for (std::size_t i = 0; i < now.size(); ++i)
      most = std::max(most, child.counts[i] - now[i]);
    if (most > 0) lost_.emplace_back(child, most);
  }
}

void ChildRows::After(const sql::StatementView& statement) {
  if (lost_.empty()) return;
  const auto rename = FindRename(statement.text);
  if (!rename) return;
  for (auto& [child, rows] : lost_) {
    if (EqualsIgnoringCase(child.table, rename->from)) child.table = rename->to;
  }
}

std::optional<ErrorInfo> ChildRows::Loss(
    internal::SqliteSession& session) const {
  for (const auto& [child, rows] : lost_) {
    const Value parameter = child.table;
    const Result there = session.Execute(
        "SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ?1 "
        "COLLATE NOCASE",
        std::span(&parameter, 1));
    if (there.empty()) continue;
    ErrorInfo info;
    info.code = ErrorCode::kMigrationFailed;
    info.message =
        Cat("dropping the table ", child.parent, " deleted or emptied ", rows,
            " row", rows == 1 ? "" : "s", " of ", child.table,
            ", which refers to it");
    info.help = Cat(
        "to rebuild ", child.parent,
        " put 'PRAGMA foreign_keys = OFF;' at the start of the file; to lose "
        "the rows of ",
        child.table, " delete them or drop that table first");
    return info;
  }
  return std::nullopt;
}

}  // namespace godwit::engine
