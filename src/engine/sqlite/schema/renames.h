// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"

namespace godwit::engine::sqlite {

// A table or a column that gets its new name by ALTER TABLE, with what that
// makes of everything that names it.
struct AlterRename {
  std::string table;   // as it is called at that moment
  std::string column;  // empty: the table itself
  std::string to;
  // Names that differ in case alone need a step between for a table.
  std::string between;
};

// What the operator named, as far as it is still to be done, and names that
// differ in case alone; tables first. Pure.
std::vector<AlterRename> FindRenames(const schema::Catalog& from,
                                     const schema::Catalog& to,
                                     const std::vector<schema::Rename>& named);

// The catalog as it is after them. Texts of views and triggers stay.
void Apply(const std::vector<AlterRename>& renames, schema::Catalog& catalog);

std::vector<std::string> Statements(const AlterRename& rename);

}  // namespace godwit::engine::sqlite
