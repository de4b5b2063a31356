// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/sqlite/schema/meaning.h"
#include "schema/catalog.h"

namespace godwit::engine::sqlite {

// What makes one table of another. Pointers are into the two tables.
struct TableDifference {
  enum class Way { kNothing, kAlter, kRebuild };
  Way way = Way::kNothing;
  std::vector<const schema::Column*> added;
  std::vector<const schema::Column*> dropped;
};

// Two tables of one name, neither virtual. ALTER TABLE is chosen where it can
// do all of it.
TableDifference Compare(const schema::Table& from, const schema::Table& to,
                        const Meaning& meaning);

// The column that is another name of the rowid, or null.
const schema::Column* RowidColumn(const schema::Table& table);
// A literal, with a sign before it or not.
bool IsLiteral(std::string_view expression);
bool IsNull(std::string_view expression);

}  // namespace godwit::engine::sqlite
