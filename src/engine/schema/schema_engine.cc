// SPDX-License-Identifier: Apache-2.0
#include "engine/schema_engine.h"

#include "engine/schema/schema_engines.h"
#include "godwit/error.h"

namespace godwit::engine {

void SchemaEngine::LeaveOutUntouched(const schema::Plan&, schema::Catalog&,
                                     schema::Catalog&) const {}

namespace {

[[noreturn]] void ThrowNoDocuments() {
  throw Error(ErrorCode::kUnsupported,
              "this engine reads and writes no declarations");
}

}  // namespace

schema::Declared SchemaEngine::Declare(
    const std::vector<schema::Declaration>&) const {
  ThrowNoDocuments();
}

std::vector<schema::Declaration> SchemaEngine::Describe(
    const schema::Catalog&) const {
  ThrowNoDocuments();
}

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
