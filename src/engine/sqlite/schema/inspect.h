// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "godwit/connection.h"
#include "schema/catalog.h"

namespace godwit::engine::sqlite {

// The main schema of the connection, sorted by names; views stand behind those
// that they name. What a CREATE TABLE says is read from its text, since no
// pragma tells all of it. Throws Error(kStatementFailed).
schema::Catalog InspectSqlite(Connection& connection);

// A row of sqlite_schema, with what pragma_table_list adds.
struct SchemaRow {
  std::string type;  // table, index, view, trigger
  std::string name;
  std::string table;  // that it belongs to
  std::string sql;
  std::string kind;  // of tables: table, virtual, shadow
  int columns = 0;   // of tables and views
};

// The same from the rows. Pure.
schema::Catalog CatalogOf(const std::vector<SchemaRow>& rows);

}  // namespace godwit::engine::sqlite
