// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace godwit::schema {

// A table, a view or another thing with columns, as a query sees it.
struct RelationColumn {
  std::string name;
  std::string type;  // PostgreSQL: int4, public.status; SQLite: as declared
  int array_dims = 0;
  bool not_null = false;
  bool hidden = false;  // SQLite: not in `*`
};

struct Relation {
  std::string schema;  // empty on SQLite
  std::string name;
  std::vector<RelationColumn> columns;
  std::string definition;       // a view's query
  bool has_row_number = false;  // SQLite: rowid

  // "public.users", "users".
  std::string text() const {
    return schema.empty() ? name : schema + "." + name;
  }
};

}  // namespace godwit::schema
