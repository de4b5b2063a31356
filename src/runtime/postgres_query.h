// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "runtime/postgres_types.h"
#include "runtime/postgres_wire.h"
#include "runtime/prepared_query.h"

namespace godwit::internal {

// Prepares the statement under the name and learns the types of its parameters
// and columns, in one round trip; types that are new to the connection take
// another. Without a name nothing stays with the server: each run sends the
// text, as a pooler between that lends its connections by the transaction wants
// it. Throws Error(kStatementFailed).
std::shared_ptr<PreparedQuery> PreparePostgresQuery(
    const std::shared_ptr<Wire>& wire, PostgresTypes& types, std::string name,
    std::string_view sql, const PostgresTypes::Ask& ask);

}  // namespace godwit::internal
