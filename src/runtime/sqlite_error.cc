// SPDX-License-Identifier: Apache-2.0
#include "runtime/sqlite_error.h"

#include "base/text.h"

namespace godwit::internal {

namespace {

constexpr std::string_view kFailed = " constraint failed: ";

// "UNIQUE constraint failed: t.a, t.b": one column is told as such.
void ReadColumns(std::string_view columns, ErrorInfo& info) {
  info.constraint = std::string(columns);
  const std::size_t dot = columns.find('.');
  if (dot == std::string_view::npos) return;
  info.table = std::string(columns.substr(0, dot));
  if (columns.find(", ") == std::string_view::npos)
    info.column = std::string(columns.substr(dot + 1));
}

// "UNIQUE constraint failed: index 'name'": of an index on expressions.
bool ReadIndex(std::string_view text, ErrorInfo& info) {
  constexpr std::string_view kIndex = "index '";
  if (!text.starts_with(kIndex) || !text.ends_with('\'')) return false;
  info.constraint =
      std::string(text.substr(kIndex.size(), text.size() - kIndex.size() - 1));
  return true;
}

// Only SQLite's own messages have this form; RAISE(ABORT, …) has its author's.
void ReadConstraint(ErrorInfo& info) {
  const std::size_t failed = info.message.find(kFailed);
  if (failed == std::string::npos) return;
  const std::string_view text =
      std::string_view(info.message).substr(failed + kFailed.size());
  switch (info.sqlite_code) {
    case SQLITE_CONSTRAINT_CHECK:
      info.constraint = std::string(text);
      return;
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_NOTNULL:
      if (!ReadIndex(text, info)) ReadColumns(text, info);
      return;
    default:
      return;
  }
}

int Position(sqlite3* database, std::string_view sql, std::size_t offset) {
#if SQLITE_VERSION_NUMBER >= 3038000
  const int at = sqlite3_error_offset(database);
  if (at < 0) return 0;
  return static_cast<int>(
             CodePoints(sql.substr(0, offset + static_cast<std::size_t>(at)))) +
         1;
#else
  return 0;
#endif
}

}  // namespace

ErrorInfo ReadError(sqlite3* database, std::string_view sql,
                    std::size_t offset) {
  ErrorInfo info;
  info.sqlite_code = sqlite3_extended_errcode(database);
  const bool interrupted = (info.sqlite_code & 0xFF) == SQLITE_INTERRUPT;
  info.code =
      interrupted ? ErrorCode::kInterrupted : ErrorCode::kStatementFailed;
  info.message = sqlite3_errmsg(database);
  info.condition = std::string(ConditionName(info.sqlite_code));
  info.position = Position(database, sql, offset);
  ReadConstraint(info);
  return info;
}

}  // namespace godwit::internal
