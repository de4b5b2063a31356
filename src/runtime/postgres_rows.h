// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include "godwit/connection.h"

namespace godwit::internal {

// A result's rows as text, and how many rows its command changed.
Result ReadRows(const PGresult* result);

}  // namespace godwit::internal
