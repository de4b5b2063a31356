// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/database.h"

namespace godwit::migrate {

// A tracker's table as the user names it, or not.
struct TableChoice {
  std::string text;  // [SCHEMA.]TABLE; empty is the default
  std::string_view default_table;
  bool default_schema_is_public = false;  // else the connection's current one
  bool folds_case = false;  // unquoted names go to lower case, as servers do
};

// The whole name, with its schema where the engine has schemas. Throws
// Error(kUsage) for what is no name, Error(kTrackerUnusable) where there is no
// schema to look in.
engine::TableName ResolveTable(const TableChoice& choice,
                               engine::Database& database);

}  // namespace godwit::migrate
