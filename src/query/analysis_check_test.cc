// SPDX-License-Identifier: Apache-2.0
#include "query/analysis_check.h"

#include "query/analysis.h"

namespace godwit::query {

std::string ShowColumns(
    std::string_view sql, std::span<const schema::Relation> relations,
    const engine::QueryFacts& facts, bool types,
    const std::function<sql::QueryPtr(std::string_view)>& parse) {
  const sql::QueryPtr query = parse(sql);
  if (query == nullptr) return "not read";
  const Names names(relations, facts.folds_names());
  const Analysis analysis = Analyze(*query, {names, facts, parse, {}});
  std::string shown;
  for (const DerivedColumn& column : analysis.columns) {
    if (!shown.empty()) shown += ", ";
    shown += column.any_number ? "…" : column.name.empty() ? "_" : column.name;
    if (types) shown += ":" + column.derived.type;
    if (column.derived.nullable) shown += '?';
  }
  return analysis.one_row ? "1: " + shown : shown;
}

std::string ShowParameters(
    std::string_view sql, std::span<const schema::Relation> relations,
    const engine::QueryFacts& facts,
    const std::function<sql::QueryPtr(std::string_view)>& parse) {
  const sql::QueryPtr query = parse(sql);
  if (query == nullptr) return "not read";
  const Names names(relations, facts.folds_names());
  const Analysis analysis = Analyze(*query, {names, facts, parse, {}});
  std::string shown;
  for (const auto& [number, parameter] : analysis.parameters) {
    if (!shown.empty()) shown += ", ";
    shown += std::to_string(number) + " " + parameter.name;
    if (parameter.nullable) shown += '?';
  }
  return shown;
}

std::vector<schema::Relation> SmallSchema(std::string_view integer) {
  const std::string number(integer);
  const std::string schema = number == "int4" ? "public" : "";
  std::vector<schema::Relation> relations;
  relations.push_back({schema,
                       "a",
                       {{"id", number, 0, true},
                        {"x", number, 0, true},
                        {"note", "text", 0, false}},
                       "",
                       true});
  relations.push_back({schema,
                       "b",
                       {{"id", number, 0, true},
                        {"a_id", number, 0, true},
                        {"y", "text", 0, true},
                        {"z", "text", 0, false}},
                       "",
                       true});
  relations.push_back({schema,
                       "v",
                       {{"id", number}, {"y", "text"}},
                       "SELECT a.id, b.y FROM a LEFT JOIN b ON b.a_id = a.id",
                       false});
  return relations;
}

}  // namespace godwit::query
