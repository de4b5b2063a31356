// SPDX-License-Identifier: Apache-2.0
#include "engine/database.h"

#include "engine/engines.h"
#include "godwit/error.h"

namespace godwit::engine {

bool Unit::has_copy() const {
  for (const sql::StatementView& statement : body) {
    if (statement.traits & sql::kCopyFromStdin) return true;
  }
  return false;
}

std::unique_ptr<Database> Open(Connection& connection) {
#if GODWIT_HAS_POSTGRESQL
  if (connection.engine() == EngineKind::kPostgresql)
    return OpenPostgres(connection);
#endif
#if GODWIT_HAS_SQLITE
  if (connection.engine() == EngineKind::kSqlite) return OpenSqlite(connection);
#endif
  throw Error(ErrorCode::kUnsupported,
              "this build of godwit has no such engine");
}

const Dialect& DialectFor(EngineKind kind) {
  return kind == EngineKind::kPostgresql ? PostgresDialect() : SqliteDialect();
}

std::size_t Unit::transaction_modes() const {
  const auto other =
      std::find_if(body.begin(), body.end(), [](const auto& statement) {
        return !(statement.traits & sql::kTransactionMode);
      });
  return static_cast<std::size_t>(other - body.begin());
}

}  // namespace godwit::engine
