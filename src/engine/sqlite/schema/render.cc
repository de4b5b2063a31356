// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/render.h"

#include "engine/sqlite/schema/create_table.h"
#include "engine/sqlite/schema/difference.h"
#include "engine/sqlite/schema/lookup.h"

namespace godwit::engine::sqlite {

namespace {

using schema::Column;
using schema::Constraint;
using schema::Table;

// Keys that only mean what they mean behind their column.
bool MustBeOfColumn(const Table& table, const Constraint& constraint) {
  return constraint.kind == Constraint::Kind::kPrimaryKey &&
         (table.autoincrement ||
          constraint.definition.find('(') == std::string::npos);
}

std::string NamePrefix(const Constraint& constraint) {
  return constraint.name.empty()
             ? ""
             : Cat("CONSTRAINT ", Quote(constraint.name), ' ');
}

std::string DefaultOf(const Column& column) {
  constexpr std::string_view kWords =
      " current_time current_date current_timestamp ";
  const std::string& value = column.default_value;
  if (value.empty()) return "";
  const bool is_plain =
      IsLiteral(value) || HoldsWord(kWords, AsciiLower(value));
  return is_plain ? " DEFAULT " + value : Cat(" DEFAULT (", value, ')');
}

std::string Rendered(const Table& table, const Column& column,
                     bool with_constraints) {
  std::string out = Quote(column.name);
  if (!column.type.empty()) out += ' ' + column.type;
  for (const Constraint& one : table.constraints) {
    if (one.columns.size() != 1 || one.columns.front() != column.name ||
        !MustBeOfColumn(table, one))
      continue;
    out += Cat(' ', NamePrefix(one), "PRIMARY KEY",
               table.autoincrement ? " AUTOINCREMENT" : " DESC");
  }
  if (column.not_null) out += " NOT NULL";
  if (!column.not_null_conflict.empty())
    out += " ON CONFLICT " + column.not_null_conflict;
  out += DefaultOf(column);
  if (!column.collation.empty()) out += " COLLATE " + column.collation;
  if (!column.generated.empty())
    out += Cat(" GENERATED ALWAYS AS (", column.generated, ") ",
               column.generated_stored ? "STORED" : "VIRTUAL");
  if (!with_constraints) return out;
  for (const Constraint& one : table.constraints) {
    if (!one.of_column || one.columns.front() != column.name) continue;
    if (one.kind == Constraint::Kind::kForeignKey) {
      out += Cat(' ', NamePrefix(one),
                 one.definition.substr(one.definition.find("REFERENCES ")));
    } else if (one.kind == Constraint::Kind::kCheck) {
      out += Cat(' ', NamePrefix(one), one.definition);
    }
  }
  return out;
}

std::string RenderedTable(const Table& table, const std::string& name) {
  std::string out = Cat("CREATE TABLE ", Quote(name), " (");
  std::string_view between = "\n  ";
  for (const Column& column : table.columns) {
    out += Cat(between, Rendered(table, column, false));
    between = ",\n  ";
  }
  for (const Constraint& one : table.constraints) {
    if (!MustBeOfColumn(table, one))
      out += Cat(between, NamePrefix(one), one.definition);
  }
  out += "\n)";
  if (table.strict) out += " STRICT";
  if (table.without_rowid)
    out += table.strict ? ", WITHOUT ROWID" : " WITHOUT ROWID";
  return out;
}

std::string RenderedVirtual(const Table& table, const std::string& name) {
  return Cat("CREATE VIRTUAL TABLE ", Quote(name), " USING ", table.module, '(',
             Join(table.module_arguments, ", "), ')');
}

}  // namespace

std::string CreateTable(const Table& table, const std::string& name) {
  if (!table.definition.empty()) return WithTableName(table.definition, name);
  return table.module.empty() ? RenderedTable(table, name)
                              : RenderedVirtual(table, name);
}

std::string CreateTable(const Table& table) {
  return table.definition.empty() ? CreateTable(table, table.name.name)
                                  : table.definition;
}

std::string ColumnDefinition(const Table& table, const Column& column) {
  return column.definition.empty() ? Rendered(table, column, true)
                                   : column.definition;
}

}  // namespace godwit::engine::sqlite
