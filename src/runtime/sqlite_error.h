// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sqlite3.h>

#include <string_view>

#include "godwit/error.h"

namespace godwit::internal {

// What SQLite said last about `sql`, whose statement began at byte `offset`.
ErrorInfo ReadError(sqlite3* database, std::string_view sql,
                    std::size_t offset);

// "SQLITE_CONSTRAINT_UNIQUE"; for an unknown extended code its primary code's.
std::string_view ConditionName(int extended_code);

}  // namespace godwit::internal
