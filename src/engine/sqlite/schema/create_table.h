// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "schema/catalog.h"

namespace godwit::engine::sqlite {

// What a CREATE TABLE or CREATE VIRTUAL TABLE says, as sqlite_schema holds it.
// Constraints stand in the table's own form wherever they are written: a
// column's UNIQUE is UNIQUE ("email"). Throws NotRead for what is neither.
schema::Table ReadCreateTable(std::string_view sql);

// The statement with another table's name, and what names the table in its own
// expressions too. Throws NotRead.
std::string WithTableName(std::string_view sql, std::string_view name);
// Whether its own expressions name the table: CHECK (t.a > 0).
bool NamesItself(const schema::Table& table);

// Behind CONSTRAINT name, from the values. Whether it is deferred is kept from
// the definition that the key has.
std::string ForeignKeyDefinition(const schema::Constraint& key);

}  // namespace godwit::engine::sqlite
