// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "schema/catalog.h"

namespace godwit::engine::pg {

// "id bigint NOT NULL", as in CREATE TABLE and ADD COLUMN.
enum class WithDefault { kNo, kYes };
enum class WithIdentity { kNo, kYes };
std::string ColumnDefinition(const schema::Table& table,
                             const schema::Column& column,
                             WithDefault with_default,
                             WithIdentity with_identity = WithIdentity::kYes);
// "GENERATED ALWAYS AS IDENTITY (…)".
std::string IdentityDefinition(const schema::Table& table,
                               const schema::Column& column);
// "CONSTRAINT a PRIMARY KEY (id)".
std::string ConstraintDefinition(const schema::Constraint& constraint);

// CREATE TABLE with those of its columns, defaults and constraints that are
// `inside`, by their keys.
std::string CreateTable(
    const schema::Table& table,
    const std::function<bool(const std::string& key)>& inside);

// A part of a partitioned table.
inline bool IsPartition(const schema::Table& table) {
  return !table.partition_bound.empty();
}

}  // namespace godwit::engine::pg
