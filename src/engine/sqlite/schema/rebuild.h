// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/sqlite/schema/difference.h"
#include "schema/catalog.h"

namespace godwit::engine::sqlite {

// A column of the new table and what it is filled with from the old one.
struct Copied {
  std::string column;
  std::string expression;
};

// What INSERT … SELECT takes over: columns of both, with the new default in the
// place of NULL where NULL may not be any more; and the rowid, where it is not
// one of the columns.
std::vector<Copied> CopiedColumns(const schema::Table& from,
                                  const schema::Table& to);

// The documented way of changing what ALTER TABLE cannot: a new table under
// `name`, its rows, the old one dropped, the name. Indexes and triggers went
// with the old one. Foreign keys are off, legacy_alter_table is on.
std::vector<std::string> Rebuild(const schema::Table& from,
                                 const schema::Table& to,
                                 const std::string& name);

// A virtual table whose module can take rows and be renamed; empty where what
// it holds cannot be taken over.
std::vector<std::string> RebuildVirtual(const schema::Table& from,
                                        const schema::Table& to,
                                        const std::string& name);
// Fills an index over another table's rows; empty where it is none.
std::vector<std::string> Refill(const schema::Table& table);
// The table whose rows an FTS table indexes; empty: its own, or none.
std::string ContentTable(const schema::Table& table);

}  // namespace godwit::engine::sqlite
