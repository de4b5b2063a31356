// SPDX-License-Identifier: Apache-2.0
#include "engine/schema_engine.h"

#include "engine/schema/schema_engines.h"
#include "godwit/error.h"

namespace godwit::engine {

void SchemaEngine::LeaveOutUntouched(const schema::Plan&, schema::Catalog&,
                                     schema::Catalog&) const {}

const SchemaEngine& SchemaEngineOf(EngineKind engine) {
#if GODWIT_HAS_POSTGRESQL
  if (engine == EngineKind::kPostgresql) return PostgresSchema();
#endif
#if GODWIT_HAS_SQLITE
  if (engine == EngineKind::kSqlite) return SqliteSchema();
#endif
  throw Error(ErrorCode::kUnsupported,
              "this build of godwit does not know that engine");
}

}  // namespace godwit::engine
