// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>

#include "runtime/prepared_query.h"
#include "runtime/sqlite_database.h"

namespace godwit::internal {

// Throws Error(kStatementFailed) for SQL that does not compile.
std::shared_ptr<PreparedQuery> PrepareSqliteQuery(
    const std::shared_ptr<Database>& database, std::string_view sql);

}  // namespace godwit::internal
