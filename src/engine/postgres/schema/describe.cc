// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/describe.h"

#include "engine/postgres/schema/describing.h"
#include "engine/postgres/schema/tables.h"

namespace godwit::engine::pg {

std::vector<schema::Declaration> DescribeCatalog(
    const schema::Catalog& catalog) {
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
  return out.Take();
}

}  // namespace godwit::engine::pg
