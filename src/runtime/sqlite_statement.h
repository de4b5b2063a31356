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

// sqlite3_changes tells of the last statement that could change rows, which
// need not be this one.
class ChangeCount {
 public:
  explicit ChangeCount(sqlite3* database)
      : database_(database), before_(sqlite3_total_changes64(database)) {}
  std::int64_t Get() const {
    return sqlite3_total_changes64(database_) == before_
               ? 0
               : sqlite3_changes64(database_);
  }

 private:
  sqlite3* database_;
  std::int64_t before_;
};

std::unique_ptr<PreparedStatement> PrepareStatement(
    const std::shared_ptr<Database>& database, std::string_view sql);

}  // namespace godwit::internal
