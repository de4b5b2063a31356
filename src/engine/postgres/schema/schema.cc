// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/declare.h"
#include "engine/postgres/schema/describe.h"
#include "engine/postgres/schema/inspect.h"
#include "engine/postgres/schema/language.h"
#include "engine/postgres/schema/plan.h"
#include "engine/schema/schema_engines.h"

namespace godwit::engine {

namespace {

class PostgresSchemaEngine final : public SchemaEngine {
 public:
  schema::Catalog Inspect(Connection& connection) const override {
    return pg::ReadCatalog(connection);
  }
  schema::Plan MakePlan(const schema::Catalog& from, const schema::Catalog& to,
                        const schema::PlanOptions& options) const override {
    return pg::MakePlan(from, to, options);
  }
  const schema::Language& language() const override {
    return pg::SchemaLanguage();
  }
  schema::Declared Declare(
      const std::vector<schema::Declaration>& declarations) const override {
    return pg::DeclareSchema(declarations);
  }
  std::vector<schema::Declaration> Describe(
      const schema::Catalog& catalog) const override {
    return pg::DescribeCatalog(catalog);
  }
};

}  // namespace

const SchemaEngine& PostgresSchema() {
  static const PostgresSchemaEngine engine;
  return engine;
}

}  // namespace godwit::engine
