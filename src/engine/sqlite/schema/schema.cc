// SPDX-License-Identifier: Apache-2.0
#include "engine/schema/schema_engines.h"
#include "engine/sqlite/schema/declare.h"
#include "engine/sqlite/schema/describe.h"
#include "engine/sqlite/schema/inspect.h"
#include "engine/sqlite/schema/language.h"
#include "engine/sqlite/schema/plan.h"
#include "engine/sqlite/schema/untouched.h"

namespace godwit::engine {

namespace {

class SqliteSchemaEngine final : public SchemaEngine {
 public:
  schema::Catalog Inspect(Connection& connection) const override {
    return sqlite::InspectSqlite(connection);
  }
  schema::Plan MakePlan(const schema::Catalog& from, const schema::Catalog& to,
                        const schema::PlanOptions& options) const override {
    return sqlite::MakeSqlitePlan(from, to, options);
  }
  void LeaveOutUntouched(const schema::Plan& plan, schema::Catalog& from,
                         schema::Catalog& to) const override {
    sqlite::LeaveOut(plan, from, to);
  }
  const schema::Language& language() const override {
    return sqlite::SchemaLanguage();
  }
  schema::Declared Declare(
      const std::vector<schema::Declaration>& declarations) const override {
    return sqlite::DeclareSchema(declarations);
  }
  std::vector<schema::Declaration> Describe(
      const schema::Catalog& catalog) const override {
    return sqlite::DescribeCatalog(catalog);
  }
};

}  // namespace

const SchemaEngine& SqliteSchema() {
  static const SqliteSchemaEngine engine;
  return engine;
}

}  // namespace godwit::engine
