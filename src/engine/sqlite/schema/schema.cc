// SPDX-License-Identifier: Apache-2.0
#include "engine/schema/schema_engines.h"
#include "godwit/error.h"

namespace godwit::engine {

namespace {

class SqliteSchemaEngine final : public SchemaEngine {
 public:
  schema::Catalog Inspect(Connection&) const override {
    throw Error(ErrorCode::kUnsupported, "schemas are not read yet");
  }
  schema::Plan MakePlan(const schema::Catalog&, const schema::Catalog&,
                        const schema::PlanOptions&) const override {
    throw Error(ErrorCode::kUnsupported, "schemas are not compared yet");
  }
};

}  // namespace

const SchemaEngine& SqliteSchema() {
  static const SqliteSchemaEngine engine;
  return engine;
}

}  // namespace godwit::engine
