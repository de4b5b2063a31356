// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include <string_view>

#include "godwit/error.h"

namespace godwit::internal {

// What the server said, every field of it.
ErrorInfo ReadError(const PGresult* result);

// Whether the server ends the session with this error (FATAL, PANIC), or libpq
// made it up because the connection broke.
bool EndsSession(const PGresult* result);

// "undefined_column" for 42703; the class's name for a state that is not in the
// table; empty for what is no SQLSTATE.
std::string_view ConditionName(std::string_view sqlstate);

}  // namespace godwit::internal
