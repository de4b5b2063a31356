// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "schema/catalog.h"

namespace godwit::engine::sqlite {

// CREATE TABLE …, as written where that is known, else from the values.
std::string CreateTable(const schema::Table& table);
// The same under another name.
std::string CreateTable(const schema::Table& table, const std::string& name);
// What stands behind ADD COLUMN: as written, else from the values.
std::string ColumnDefinition(const schema::Table& table,
                             const schema::Column& column);

}  // namespace godwit::engine::sqlite
