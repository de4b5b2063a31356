// SPDX-License-Identifier: Apache-2.0
#include "migrate/table_choice.h"

#include "base/text.h"

namespace godwit::migrate {

namespace {

engine::TableName Name(const TableChoice& choice, bool has_schemas) {
  if (choice.text.empty()) return {"", std::string(choice.default_table)};
  const bool fold = choice.folds_case && has_schemas &&
                    choice.text.find('"') == std::string::npos;
  return engine::ParseTableName(fold ? AsciiLower(choice.text) : choice.text);
}

}  // namespace

engine::TableName ResolveTable(const TableChoice& choice,
                               engine::Database& database) {
  const bool has_schemas = database.dialect().has_schemas();
  engine::TableName name = Name(choice, has_schemas);
  if (!has_schemas) {
    if (!name.schema.empty() && name.schema != "main") {
      throw Error(ErrorCode::kUsage,
                  Cat("this database has no schemas; the tracker ", name.text(),
                      " names one"),
                  "name the table alone");
    }
    name.schema.clear();
    return name;
  }
  if (name.schema.empty())
    name.schema =
        choice.default_schema_is_public ? "public" : database.CurrentSchema();
  if (name.schema.empty()) {
    throw Error(
        ErrorCode::kTrackerUnusable,
        Cat("there is no schema to hold the tracker ", name.table,
            ": the search_path of the connection names none that exists"),
        "create the schema, or name the tracker with its schema: --tracker "
        "SCHEMA.TABLE");
  }
  return name;
}

}  // namespace godwit::migrate
