// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "godwit/connection.h"

namespace godwit::state {

// What a database on a server holds beside what every new one has: "table
// public.users", "extension citext". Members of extensions are not named.
std::vector<std::string> ContentsOf(Connection& database);

// Takes all of it away, in one transaction.
void ClearDatabase(Connection& database);

// Whether somebody has said that the database may be emptied; says so.
bool MayBeEmptied(Connection& database);
void AllowEmptying(Connection& database);

}  // namespace godwit::state
