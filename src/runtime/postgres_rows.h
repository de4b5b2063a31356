// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include "godwit/connection.h"

namespace godwit::internal {

// A result's rows as text, and how many rows its command changed.
Result ReadRows(const PGresult* result);

// How many rows the command inserted, updated or deleted.
std::int64_t ChangedRows(const PGresult* result);

// One value; null is Null.
Value ReadValue(const PGresult* result, int row, int column);

// A result behind rows that came one by one.
Result ReadRows(const PGresult* result, std::vector<Value> before);

}  // namespace godwit::internal
