// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "godwit/connection.h"
#include "runtime/session.h"
#include "runtime/sqlite_database.h"

namespace godwit::internal {

// The one statement of a text, compiled. Null where the text holds none.
struct Compiled {
  StatementHandle statement;
  std::size_t offset = 0;  // where in the text it begins, in bytes
};

// Throws Error(kStatementFailed) for SQL that does not compile,
// Error(kInternal) for a second statement in the text.
Compiled Compile(Database& database, std::string_view sql, unsigned flags);

// Throws where there are more or fewer values than parameters.
void Bind(Database& database, sqlite3_stmt* statement,
          std::span<const Value> parameters);

// Runs it to its end. `compiled` may hold no statement.
Result CollectRows(Database& database, const Compiled& compiled,
                   std::string_view sql);
void DropRows(Database& database, const Compiled& compiled,
              std::string_view sql);

std::unique_ptr<PreparedStatement> PrepareStatement(
    const std::shared_ptr<Database>& database, std::string_view sql);

}  // namespace godwit::internal
