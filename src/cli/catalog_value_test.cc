// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "cli/schema_report.h"

namespace godwit::cli {
namespace {

using command::Json;

TEST(CatalogValue, WhatIsNotThereIsLeftOut) {
  EXPECT_EQ(CatalogValue({}).dump(), R"({"tables":[],"views":[]})");
}

TEST(CatalogValue, ATableHasItsParts) {
  const schema::Column id{.name = "id",
                          .type = "bigint",
                          .not_null = true,
                          .identity = schema::Identity{.maximum = 9}};
  const schema::Column twice{
      .name = "twice", .type = "integer", .generated = "id * 2"};
  const schema::Constraint key{.kind = schema::Constraint::Kind::kForeignKey,
                               .name = "users_fk",
                               .columns = {"id"},
                               .definition = "FOREIGN KEY …",
                               .references = {"public", "people"},
                               .referenced_columns = {"id"}};
  const schema::Catalog catalog{.tables = {{.name = {"public", "users"},
                                            .columns = {id, twice},
                                            .constraints = {key},
                                            .parents = {{"public", "all"}}}}};
  const Json expected = Json::parse(R"({
    "schema": "public", "name": "users",
    "columns": [
      {"name": "id", "type": "bigint", "not_null": true,
       "identity": {"always": false, "start": 1, "increment": 1, "minimum": 1,
                    "maximum": 9, "cache": 1, "cycle": false}},
      {"name": "twice", "type": "integer", "not_null": false,
       "generated": "id * 2", "stored": true}],
    "constraints": [
      {"kind": "foreign_key", "name": "users_fk", "columns": ["id"],
       "definition": "FOREIGN KEY …", "references": "public.people",
       "referenced_columns": ["id"]}],
    "parents": ["public.all"]})");
  EXPECT_EQ(CatalogValue(catalog)["tables"][0].dump(), expected.dump());
}

TEST(CatalogValue, AVirtualTableHasItsModule) {
  const schema::Catalog catalog{
      .tables = {{.name = {"", "f"},
                  .definition = "CREATE VIRTUAL TABLE …",
                  .module = "fts5",
                  .module_arguments = {"a"}}}};
  const Json expected = Json::parse(R"({
    "name": "f", "columns": [], "definition": "CREATE VIRTUAL TABLE …",
    "module": "fts5", "module_arguments": ["a"]})");
  EXPECT_EQ(CatalogValue(catalog)["tables"][0].dump(), expected.dump());
}

}  // namespace
}  // namespace godwit::cli
