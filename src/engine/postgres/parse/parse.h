// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "sql/tree.h"

namespace godwit::engine {

// Reads one statement with PostgreSQL's own grammar (libpg_query, version 15).
// Null where that grammar does not know it: a newer server may. Offsets are
// bytes of `sql`.
sql::QueryPtr ParsePostgres(std::string_view sql);

}  // namespace godwit::engine
