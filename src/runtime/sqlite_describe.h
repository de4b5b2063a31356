// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/sqlite.h"

namespace godwit::internal {

// What SQLite says of a statement that it has compiled.
struct SqliteDescription {
  struct Column {
    std::string name;
    std::string declared_type;  // empty: an expression, or none was declared
    std::string table;          // empty: no column of a table
    std::string origin;         // the column's name there
  };
  std::vector<Column> columns;
  int parameters = 0;  // the highest number
};

// Compiles one statement and runs nothing. Throws Error(kStatementFailed) with
// the position. Needs SQLite built with SQLITE_ENABLE_COLUMN_METADATA, as its
// packages are; only the command links it.
SqliteDescription Describe(SqliteSession& session, std::string_view sql);

// One column of a table.
struct SqliteColumn {
  std::string name;
  std::string declared_type;
  bool not_null = false;  // declared so
  int primary_key = 0;    // its place in the key, from 1; 0: not in it
  int hidden =
      0;  // 1: of a virtual table; 2, 3: generated (pragma table_xinfo)
};
std::vector<SqliteColumn> ColumnsOf(SqliteSession& session,
                                    std::string_view schema,
                                    std::string_view table);

}  // namespace godwit::internal
