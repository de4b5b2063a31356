// SPDX-License-Identifier: Apache-2.0
#include "schema_model.h"

#include <algorithm>
#include <ostream>
#include <set>

#include "base/text.h"

namespace godwit::property {

namespace {

using Statements = std::vector<std::string>;

const std::string& Pick(const std::vector<std::string>& words, int number) {
  return words[static_cast<std::size_t>(number) % words.size()];
}

// A table with what there is once.
struct PlainTable {
  std::string name;
  const ModelTable* model;
  std::vector<const ModelColumn*> columns;
  bool has_number() const { return model->key == 1; }
};

std::string NameOf(const ModelColumn& column) {
  return Cat('c', column.name);
}

std::vector<PlainTable> TablesOf(const Model& model) {
  std::vector<PlainTable> tables;
  std::set<int> names;
  for (const ModelTable& table : model.tables) {
    if (!names.insert(table.name).second) continue;
    PlainTable& made =
        tables.emplace_back(PlainTable{Cat('t', table.name), &table, {}});
    std::set<int> columns;
    for (const ModelColumn& column : table.columns) {
      if (columns.insert(column.name).second) made.columns.push_back(&column);
    }
    // Something must be there that is not computed.
    const bool all_computed = std::ranges::all_of(
        made.columns,
        [](const ModelColumn* column) { return column->generated != 0; });
    static const ModelColumn kPlain{.name = 9};
    if (all_computed) made.columns.insert(made.columns.begin(), &kPlain);
  }
  return tables;
}

bool IsText(const ModelColumn& column, const Words& words) {
  return Pick(words.types, column.type) == "text";
}

std::string ValueOf(const ModelColumn& column, const Words& words, int row) {
  return IsText(column, words) ? Cat("'v", row, "'") : Cat(row);
}

std::string DefaultOf(const ModelColumn& column, const Words& words) {
  if (column.default_value == 0) return "";
  const std::string value = ValueOf(column, words, 100 + column.default_value);
  if (column.default_value < 3) return " DEFAULT " + value;
  return IsText(column, words) ? Cat(" DEFAULT (lower(", value, "))")
                               : Cat(" DEFAULT (", value, " + 1)");
}

// A number that depends on the value, by a function that never changes.
std::string LengthOf(std::string_view name) {
  return Cat("length('x' || CAST(", name, " AS text))");
}

std::string ColumnSql(const ModelColumn& column, const PlainTable& table,
                      const Words& words) {
  std::string sql = Cat(NameOf(column), ' ', Pick(words.types, column.type));
  if (IsText(column, words) && column.collation != 0)
    sql += " COLLATE " + Pick(words.collations, column.collation);
  const auto source = std::ranges::find_if(
      table.columns,
      [](const ModelColumn* other) { return other->generated == 0; });
  if (column.generated != 0) {
    sql +=
        Cat(" GENERATED ALWAYS AS (",
            IsText(column, words)
                ? Cat("'g' || CAST(", NameOf(**source), " AS text)")
                : LengthOf(NameOf(**source)),
            ") ", words.sqlite && column.generated == 1 ? "VIRTUAL" : "STORED");
  } else {
    sql += DefaultOf(column, words);
  }
  if (column.not_null) sql += " NOT NULL";
  if (column.check)
    sql += Cat(" CHECK (", LengthOf(NameOf(column)), " > ",
               1 + column.default_value % 2, ')');
  return sql;
}

// The names of columns by their places, each once; computed ones not.
Statements Columns(const PlainTable& table, const std::vector<int>& places) {
  Statements names;
  for (const int place : places) {
    const ModelColumn& column =
        *table.columns[static_cast<std::size_t>(place) % table.columns.size()];
    const std::string name = NameOf(column);
    if (column.generated == 0 && std::ranges::count(names, name) == 0)
      names.push_back(name);
  }
  return names;
}

Statements KeyColumns(const PlainTable& table) {
  return table.model->key == 2 ? Columns(table, {0, 1}) : Statements();
}

const PlainTable* ParentOf(const PlainTable& table,
                           const std::vector<PlainTable>& tables) {
  if (table.model->foreign_key == 0) return nullptr;
  const auto place = static_cast<std::size_t>(table.model->foreign_key);
  const PlainTable& parent = tables[place % tables.size()];
  return parent.has_number() ? &parent : nullptr;
}

std::string ForeignKeySql(const PlainTable& table, const PlainTable& parent) {
  const char* const kActions[] = {"", " ON DELETE CASCADE",
                                  " ON DELETE SET NULL"};
  return Cat("FOREIGN KEY (parent) REFERENCES ", parent.name, " (id)",
             kActions[table.model->on_delete % 3]);
}

std::string TableSql(const PlainTable& table,
                     const std::vector<PlainTable>& tables,
                     const Words& words) {
  const ModelTable& model = *table.model;
  Statements parts;
  const bool counts = words.sqlite && model.form == 3;
  if (table.has_number())
    parts.push_back(words.sqlite ? Cat("id INTEGER PRIMARY KEY",
                                       counts ? " AUTOINCREMENT" : "")
                                 : std::string("id integer PRIMARY KEY"));
  for (const ModelColumn* column : table.columns)
    parts.push_back(ColumnSql(*column, table, words));
  const Statements key = KeyColumns(table);
  if (!key.empty()) parts.push_back(Cat("PRIMARY KEY (", Join(key, ", "), ')'));
  const Statements unique = Columns(table, model.unique_columns);
  if (!unique.empty())
    parts.push_back(Cat("UNIQUE (", Join(unique, ", "), ')'));
  const PlainTable* parent = ParentOf(table, tables);
  if (parent) parts.push_back("parent integer");
  if (parent && words.sqlite) parts.push_back(ForeignKeySql(table, *parent));
  // A column must not stand behind a constraint.
  std::ranges::stable_partition(parts, [](const std::string& part) {
    return !part.starts_with("PRIMARY KEY (") &&
           !part.starts_with("UNIQUE (") && !part.starts_with("FOREIGN KEY (");
  });
  std::string sql =
      Cat("CREATE TABLE ", table.name, " (", Join(parts, ", "), ')');
  if (words.sqlite && model.form == 1) sql += " STRICT";
  if (words.sqlite && model.form == 2 && (!key.empty() || table.has_number()))
    sql += " WITHOUT ROWID";
  return sql;
}

void AddIndexes(const PlainTable& table, Statements& sql,
                std::set<std::string>& names) {
  for (const ModelIndex& index : table.model->indexes) {
    Statements parts = Columns(table, index.columns);
    const std::string name = Cat('i', index.name);
    if (parts.empty() || !names.insert(name).second) continue;
    const std::string first = parts.front();
    if (index.expression) parts.front() = Cat('(', LengthOf(first), ')');
    if (index.descending) parts.front() += " DESC";
    sql.push_back(Cat(
        "CREATE ", index.unique ? "UNIQUE " : "", "INDEX ", name, " ON ",
        table.name, " (", Join(parts, ", "), ')',
        index.partial ? Cat(" WHERE ", first, " IS NOT NULL") : std::string()));
  }
}

}  // namespace

std::vector<std::string> SchemaSql(const Model& model, const Words& words) {
  const std::vector<PlainTable> tables = TablesOf(model);
  Statements sql;
  std::set<std::string> names;
  Statements relations;
  for (const PlainTable& table : tables) {
    sql.push_back(TableSql(table, tables, words));
    relations.push_back(table.name);
  }
  for (const PlainTable& table : tables) {
    AddIndexes(table, sql, names);
    // Elsewhere a parent must be there first.
    const PlainTable* parent = ParentOf(table, tables);
    if (parent && !words.sqlite)
      sql.push_back(Cat("ALTER TABLE ", table.name, " ADD ",
                        ForeignKeySql(table, *parent)));
  }
  for (const ModelView& view : model.views) {
    const std::string name = Cat('v', view.name);
    if (relations.empty() || !names.insert(name).second) continue;
    sql.push_back(Cat("CREATE VIEW ", name, " AS SELECT * FROM ",
                      Pick(relations, view.of)));
    relations.push_back(name);
  }
  if (!words.sqlite) return sql;
  for (const PlainTable& table : tables) {
    if (table.model->trigger)
      sql.push_back(Cat("CREATE TRIGGER tr_", table.name, " AFTER DELETE ON ",
                        table.name, " BEGIN DELETE FROM ", relations.front(),
                        " WHERE 0; END"));
  }
  return sql;
}

std::vector<std::string> RowsSql(const Model& model, const Words& words) {
  const std::vector<PlainTable> tables = TablesOf(model);
  Statements sql;
  for (const PlainTable& table : tables) {
    for (int row = 1; row <= table.model->rows; ++row) {
      Statements columns;
      Statements values;
      const auto add = [&](std::string column, std::string value) {
        columns.push_back(std::move(column));
        values.push_back(std::move(value));
      };
      if (table.has_number()) add("id", Cat(row));
      for (const ModelColumn* column : table.columns) {
        if (column->generated != 0) continue;
        const bool is_null = !column->not_null && (row + column->name) % 3 == 0;
        // Some values come twice.
        add(NameOf(*column),
            is_null ? "NULL" : ValueOf(*column, words, row == 3 ? 1 : row));
      }
      sql.push_back(Cat("INSERT INTO ", table.name, " (", Join(columns, ", "),
                        ") VALUES (", Join(values, ", "), ')'));
    }
    if (table.model->foreign_key > 0)
      sql.push_back(Cat("UPDATE ", table.name, " SET parent = 1"));
  }
  return sql;
}

std::ostream& operator<<(std::ostream& out, const Model& model) {
  const Words words{{"integer", "text", "real"}, {"NOCASE", "RTRIM"}, true};
  for (const std::string& statement : SchemaSql(model, words))
    out << statement << ";\n";
  for (const std::string& statement : RowsSql(model, words))
    out << statement << ";\n";
  return out;
}

}  // namespace godwit::property
