// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/renames.h"

#include "engine/sqlite/schema/create_table.h"
#include "engine/sqlite/schema/lookup.h"
#include "engine/sqlite/schema/meaning.h"

namespace godwit::engine::sqlite {

namespace {

using schema::Catalog;
using schema::Column;
using schema::Constraint;
using schema::Index;
using schema::Rename;
using schema::Table;

void RenameTables(const Catalog& to, const std::vector<Rename>& named,
                  Catalog& now, std::vector<AlterRename>& renames) {
  for (const Rename& rename : named) {
    if (rename.kind != Rename::Kind::kTable) continue;
    const Table* old = Find(now.tables, rename.from);
    const Table* made = Find(to.tables, rename.to);
    if (!old || !made || !old->module.empty() || !made->module.empty() ||
        Find(now.tables, rename.to))
      continue;
    renames.push_back({old->name.name, "", made->name.name, ""});
    Apply({renames.back()}, now);
  }
  for (const Table& table : to.tables) {
    const Table* old = Find(now.tables, table.name.name);
    if (!old || old->name == table.name || !table.module.empty() ||
        !old->module.empty())
      continue;
    renames.push_back({old->name.name, "", table.name.name,
                       "godwit_rename:" + table.name.name});
    Apply({renames.back()}, now);
  }
}

void RenameColumns(const Catalog& to, const std::vector<Rename>& named,
                   Catalog& now, std::vector<AlterRename>& renames) {
  const auto add = [&](const std::string& table, const std::string& from,
                       const std::string& name) {
    renames.push_back({table, from, name, ""});
    Apply({renames.back()}, now);
  };
  for (const Rename& rename : named) {
    if (rename.kind != Rename::Kind::kColumn) continue;
    const Table* old = Find(now.tables, rename.parent.name);
    const Table* made = Find(to.tables, rename.parent.name);
    if (!old || !made || !old->module.empty()) continue;
    const Column* column = Find(old->columns, rename.from);
    const Column* renamed = Find(made->columns, rename.to);
    if (column && renamed && !Find(old->columns, rename.to))
      add(old->name.name, column->name, renamed->name);
  }
  for (const Table& table : to.tables) {
    const Table* old = Find(now.tables, table.name.name);
    if (!old || !old->module.empty() || !table.module.empty()) continue;
    for (const Column& column : table.columns) {
      const Column* known = Find(old->columns, column.name);
      if (known && known->name != column.name)
        add(old->name.name, known->name, column.name);
    }
  }
}

void RenameTable(const AlterRename& rename, Catalog& catalog) {
  for (Table& table : catalog.tables) {
    for (Constraint& key : table.constraints) {
      if (key.kind != Constraint::Kind::kForeignKey ||
          !EqualsIgnoringCase(key.references.name, rename.table))
        continue;
      key.references.name = rename.to;
      key.definition = ForeignKeyDefinition(key);
      table.definition.clear();
    }
  }
  Table* table = Find(catalog.tables, rename.table);
  if (!table) return;
  table->name.name = rename.to;
  table->definition.clear();
}

// Names in front of the parenthesis are the index's own and the table's.
void RenameIn(Index& index, const AlterRename& rename) {
  const std::size_t at = index.definition.find('(');
  if (at == std::string::npos) return;
  index.definition =
      index.definition.substr(0, at) +
      WithColumnName(index.definition.substr(at), rename.column, rename.to);
}

void RenameIn(std::vector<std::string>& names, const AlterRename& rename) {
  for (std::string& name : names) {
    if (EqualsIgnoringCase(name, rename.column)) name = rename.to;
  }
}

void RenameColumn(const AlterRename& rename, Catalog& catalog) {
  for (Table& table : catalog.tables) {
    const bool is_own = EqualsIgnoringCase(table.name.name, rename.table);
    for (Constraint& constraint : table.constraints) {
      if (EqualsIgnoringCase(constraint.references.name, rename.table))
        RenameIn(constraint.referenced_columns, rename);
      if (is_own) RenameIn(constraint.columns, rename);
      if (constraint.kind == Constraint::Kind::kForeignKey) {
        constraint.definition = ForeignKeyDefinition(constraint);
      } else if (is_own) {
        constraint.definition =
            WithColumnName(constraint.definition, rename.column, rename.to);
      }
    }
    if (!is_own) continue;
    for (Column& column : table.columns) {
      if (EqualsIgnoringCase(column.name, rename.column))
        column.name = rename.to;
      column.generated =
          WithColumnName(column.generated, rename.column, rename.to);
      column.definition.clear();
    }
    for (Index& index : table.indexes) {
      RenameIn(index, rename);
      RenameIn(index.columns, rename);
    }
  }
  for (Table& table : catalog.tables) table.definition.clear();
}

}  // namespace

void Apply(const std::vector<AlterRename>& renames, Catalog& catalog) {
  for (const AlterRename& rename : renames) {
    if (rename.column.empty()) {
      RenameTable(rename, catalog);
    } else {
      RenameColumn(rename, catalog);
    }
  }
}

std::vector<AlterRename> FindRenames(const Catalog& from, const Catalog& to,
                                     const std::vector<Rename>& named) {
  std::vector<AlterRename> renames;
  const auto differ_in_case = [](const auto& a, const auto& b) {
    return NameOf(a) != NameOf(b);
  };
  bool any = !named.empty();
  const ByName<Table> tables(from.tables);
  for (const Table& table : to.tables) {
    if (any) break;
    const Table* old = tables.Find(table.name.name);
    if (!old || old->definition == table.definition) continue;
    any = differ_in_case(*old, table);
    for (const Column& column : table.columns) {
      const Column* known = Find(old->columns, column.name);
      any = any || (known && differ_in_case(*known, column));
    }
  }
  if (!any) return renames;
  Catalog now = from;
  RenameTables(to, named, now, renames);
  RenameColumns(to, named, now, renames);
  return renames;
}

std::vector<std::string> Statements(const AlterRename& rename) {
  const auto rename_table = [](const std::string& from, const std::string& to) {
    return Cat("ALTER TABLE ", Quote(from), " RENAME TO ", Quote(to));
  };
  if (!rename.column.empty())
    return {Cat("ALTER TABLE ", Quote(rename.table), " RENAME COLUMN ",
                Quote(rename.column), " TO ", Quote(rename.to))};
  if (rename.between.empty()) return {rename_table(rename.table, rename.to)};
  return {rename_table(rename.table, rename.between),
          rename_table(rename.between, rename.to)};
}

}  // namespace godwit::engine::sqlite
