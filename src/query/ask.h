// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "godwit/connection.h"
#include "query/shape.h"

namespace godwit::query {

// Loads the schema (files and folders) into a scratch database and asks it
// about every query. `engine` is its name, `where` as in
// state::DevDatabase::Make. Throws Error where the schema cannot be read or
// does not load, and where no database can be made; what is wrong with a query
// is among the problems.
Analyzed AskDatabase(std::string_view engine, std::string_view where,
                     std::span<const std::string> schema,
                     std::span<const QueryFile> queries);

// The same of a database that holds the schema already; it is only asked.
Analyzed AskDatabase(Connection& connection,
                     std::span<const QueryFile> queries);

}  // namespace godwit::query
