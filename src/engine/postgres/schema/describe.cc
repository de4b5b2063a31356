// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/describe.h"

#include <map>
#include <set>

#include "engine/postgres/schema/describing.h"
#include "engine/postgres/schema/tables.h"

namespace godwit::engine::pg {

namespace {

using schema::Declaration;

// Objects of one kind and one name in two schemas are told apart by the schema
// before the name; so is whatever has such a schema's name for its own.
void Qualify(std::vector<Declaration>& declarations) {
  struct Names {
    std::map<std::string, std::set<std::string>> schemas;
    std::set<std::string> qualifiers;
  };
  const auto schema_of = [](const Declaration& declaration) {
    const schema::Value* schema = declaration.Find("schema");
    return schema == nullptr ? std::string() : schema->reference.name.name;
  };
  std::map<std::string, Names> kinds;
  for (const Declaration& declaration : declarations) {
    const std::string schema = schema_of(declaration);
    if (!declaration.name.empty() && !schema.empty())
      kinds[declaration.kind].schemas[declaration.name].insert(schema);
  }
  kinds.erase("extension");
  bool more = true;
  const auto is_qualified = [](const Names& names, const std::string& name) {
    const auto found = names.schemas.find(name);
    return found != names.schemas.end() &&
           (found->second.size() > 1 || names.qualifiers.contains(name));
  };
  while (more) {
    more = false;
    for (auto& [kind, names] : kinds)
      for (const auto& [name, schemas] : names.schemas)
        if (is_qualified(names, name))
          for (const std::string& schema : schemas)
            more |= names.qualifiers.insert(schema).second;
  }
  for (Declaration& declaration : declarations) {
    const auto found = kinds.find(declaration.kind);
    if (found != kinds.end() && is_qualified(found->second, declaration.name))
      declaration.qualifier = schema_of(declaration);
  }
}

}  // namespace

std::vector<Declaration> DescribeCatalog(const schema::Catalog& catalog) {
  Describing out(catalog);
  for (const schema::Table& table : catalog.tables)
    if (!IsPartition(table)) DescribeTable(table, out);
  for (const schema::Table& table : catalog.tables)
    if (IsPartition(table)) DescribeTable(table, out);
  for (const schema::View& view : catalog.views)
    if (!view.materialized) DescribeView(view, out);
  for (const schema::View& view : catalog.views)
    if (view.materialized) DescribeView(view, out);
  DescribeTypes(out);
  DescribeSequences(out);
  DescribeRoutines(out);
  DescribeTriggers(out);
  DescribePolicies(out);
  DescribeRules(out);
  DescribeOthers(out);
  DescribeRights(out);
  for (const schema::Schema& schema : catalog.schemas)
    PutText(out.Add("schema", {"", schema.name}), "comment", schema.comment);
  std::vector<Declaration> declarations = out.Take();
  Qualify(declarations);
  return declarations;
}

}  // namespace godwit::engine::pg
