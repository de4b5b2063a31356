// SPDX-License-Identifier: Apache-2.0
#include "cli/schema_report.h"

namespace godwit::cli {

namespace {

using command::Json;

Json Value(const schema::Column& column) {
  return {{"name", column.name},
          {"type", column.type},
          {"not_null", column.not_null},
          {"default", column.default_value}};
}

Json Value(const schema::Table& table) {
  Json value = {{"schema", table.name.schema}, {"name", table.name.name}};
  value["columns"] = Json::array();
  for (const schema::Column& column : table.columns)
    value["columns"].push_back(Value(column));
  return value;
}

}  // namespace

command::Json CatalogValue(const schema::Catalog& catalog) {
  Json document;
  document["tables"] = Json::array();
  for (const schema::Table& table : catalog.tables)
    document["tables"].push_back(Value(table));
  return document;
}

}  // namespace godwit::cli
