// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "base/text.h"
#include "runtime/sqlite_statement.h"

namespace godwit::internal {

namespace {

// What follows the statement is blanks and comments, or a caller's mistake.
void RefuseSecond(Database& database, std::string_view rest) {
  if (Trim(rest).empty()) return;
  sqlite3_stmt* second = nullptr;
  const char* tail = nullptr;
  const int code =
      sqlite3_prepare_v3(database.get(), rest.data(),
                         static_cast<int>(rest.size()), 0, &second, &tail);
  const StatementHandle owned(second);
  if (code != SQLITE_OK || owned != nullptr) {
    throw Error(ErrorCode::kInternal,
                "a text to be executed holds more than one statement");
  }
  const std::string_view after(tail, rest.data() + rest.size());
  if (after.size() < rest.size()) RefuseSecond(database, after);
}

}  // namespace

Compiled Compile(Database& database, std::string_view sql, unsigned flags) {
  if (sql.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw Error(ErrorCode::kUnsupported,
                "a statement is longer than SQLite takes");
  }
  // SQLite would end the text there without a word.
  if (sql.find('\0') != std::string_view::npos) {
    throw Error(ErrorCode::kUsage,
                "a statement holds a zero byte, which SQLite cannot read");
  }
  Compiled compiled;
  std::string_view rest = sql;
  // An empty statement (a semicolon alone) ends a text too; the next one
  // counts.
  while (!rest.empty() && compiled.statement == nullptr) {
    sqlite3_stmt* statement = nullptr;
    const char* tail = nullptr;
    compiled.offset = static_cast<std::size_t>(rest.data() - sql.data());
    if (sqlite3_prepare_v3(database.get(), rest.data(),
                           static_cast<int>(rest.size()), flags, &statement,
                           &tail) != SQLITE_OK) {
      database.Fail(sql, compiled.offset);
    }
    compiled.statement.reset(statement);
    rest = std::string_view(tail, rest.data() + rest.size());
  }
  RefuseSecond(database, rest);
  return compiled;
}

}  // namespace godwit::internal
