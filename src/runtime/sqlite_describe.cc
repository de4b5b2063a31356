// SPDX-License-Identifier: Apache-2.0
#include "runtime/sqlite_describe.h"

#include <sqlite3.h>

#include <memory>

#include "base/text.h"
#include "runtime/sqlite_error.h"

namespace godwit::internal {

namespace {

std::string Text(const char* text) {
  return text == nullptr ? std::string() : std::string(text);
}

struct Finalize {
  void operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
  }
};

}  // namespace

SqliteDescription Describe(SqliteSession& session, std::string_view sql) {
  auto* const database = static_cast<sqlite3*>(session.handle());
  sqlite3_stmt* prepared = nullptr;
  const int code =
      sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()), 0,
                         &prepared, nullptr);
  const std::unique_ptr<sqlite3_stmt, Finalize> statement(prepared);
  if (code != SQLITE_OK) throw Error(ReadError(database, sql, 0));
  SqliteDescription description;
  if (statement == nullptr) return description;
  for (int i = 0; i < sqlite3_column_count(prepared); ++i) {
    description.columns.push_back(
        {Text(sqlite3_column_name(prepared, i)),
         Text(sqlite3_column_decltype(prepared, i)),
         Text(sqlite3_column_table_name(prepared, i)),
         Text(sqlite3_column_origin_name(prepared, i))});
  }
  description.parameters = sqlite3_bind_parameter_count(prepared);
  return description;
}

std::vector<SqliteColumn> ColumnsOf(SqliteSession& session,
                                    std::string_view schema,
                                    std::string_view table) {
  const Value parameters[] = {Value(table), Value(schema)};
  const Result rows = session.Execute(
      "SELECT name, type, \"notnull\", pk, hidden "
      "FROM pragma_table_xinfo(?1, ?2) ORDER BY cid",
      parameters);
  std::vector<SqliteColumn> columns;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    columns.push_back({rows.Get<std::string>(i, 0), rows.Get<std::string>(i, 1),
                       rows.Get<int>(i, 2) != 0, rows.Get<int>(i, 3),
                       rows.Get<int>(i, 4)});
  }
  return columns;
}

}  // namespace godwit::internal
