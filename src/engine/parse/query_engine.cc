// SPDX-License-Identifier: Apache-2.0
#include "engine/query_engine.h"

#include "engine/query_engines.h"

namespace godwit::engine {

std::unique_ptr<QueryEngine> OpenQueryEngine(Connection& connection) {
#if GODWIT_HAS_POSTGRESQL
  if (connection.engine() == EngineKind::kPostgresql)
    return OpenPostgresQueries(connection);
#endif
#if GODWIT_HAS_SQLITE
  if (connection.engine() == EngineKind::kSqlite)
    return OpenSqliteQueries(connection);
#endif
  throw Error(ErrorCode::kUnsupported,
              "this build reads no queries of that engine");
}

}  // namespace godwit::engine
