// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "sql/tree.h"

namespace godwit::engine {

// Reads one SELECT, VALUES, INSERT, REPLACE, UPDATE or DELETE in SQLite's
// grammar (https://www.sqlite.org/lang.html). What is not in it is left to
// SQLite: null where the text is no such statement or is nested too deeply.
// Offsets are bytes of `sql`.
sql::QueryPtr ParseSqlite(std::string_view sql);

}  // namespace godwit::engine
