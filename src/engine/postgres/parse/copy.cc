// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/parse/copy.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "engine/dialect.h"
#include "engine/engines.h"

namespace godwit::engine {

namespace {

using Kind = sql::Expression::Kind;

// The first that a name means; null where it is not known.
const schema::Relation* Find(const std::vector<std::string>& name,
                             std::span<const schema::Relation> relations) {
  const auto found =
      std::ranges::find_if(relations, [&](const schema::Relation& relation) {
        return relation.name == name.back() &&
               (name.size() < 2 || relation.schema == name[name.size() - 2]);
      });
  return found == relations.end() ? nullptr : &*found;
}

std::vector<std::string> ColumnsOf(const sql::Query& insert,
                                   const schema::Relation& table) {
  if (!insert.columns.empty()) return insert.columns;
  std::vector<std::string> columns;
  for (const schema::RelationColumn& column : table.columns)
    columns.push_back(column.name);
  return columns;
}

// By the number of the parameter; empty where a value is none, or one is there
// twice. A column that takes its default is left out.
std::map<int, std::string> ByParameter(
    const std::vector<sql::ExpressionPtr>& row,
    const std::vector<std::string>& columns) {
  std::map<int, std::string> by_number;
  if (row.size() > columns.size()) return {};
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] == nullptr) return {};
    if (row[i]->kind == Kind::kDefault) continue;
    if (row[i]->kind != Kind::kParameter ||
        !by_number.try_emplace(row[i]->number, columns[i]).second)
      return {};
  }
  return by_number;
}

}  // namespace

std::string CopyStatement(const sql::Query& insert,
                          std::span<const schema::Relation> relations) {
  const sql::Query* values = insert.source.get();
  if (insert.kind != sql::Query::Kind::kInsert || insert.has_conflict ||
      !insert.targets.empty() || !insert.with.empty() ||
      insert.target == nullptr || values == nullptr ||
      values->kind != sql::Query::Kind::kValues || values->rows.size() != 1 ||
      !values->with.empty())
    return {};
  const schema::Relation* table = Find(insert.target->name, relations);
  if (table == nullptr || !table->definition.empty()) return {};
  const std::map<int, std::string> columns =
      ByParameter(values->rows[0], ColumnsOf(insert, *table));
  // $1, $2, … without a gap.
  if (columns.empty() ||
      columns.rbegin()->first != static_cast<int>(columns.size()))
    return {};
  std::vector<std::string> names;
  for (const auto& [number, column] : columns) {
    const bool known = std::ranges::find(table->columns, column,
                                         &schema::RelationColumn::name) !=
                       table->columns.end();
    if (!known) return {};
    names.push_back(PostgresDialect().Quote(column));
  }
  std::vector<std::string> target;
  for (const std::string& part : insert.target->name)
    target.push_back(PostgresDialect().Quote(part));
  return Cat("COPY ", Join(target, "."), " (", Join(names, ", "),
             ") FROM STDIN (FORMAT binary)");
}

}  // namespace godwit::engine
