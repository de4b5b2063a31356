// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/inspect.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "engine/schema/runner_tables.h"
#include "engine/sqlite/parse/cursor.h"
#include "engine/sqlite/schema/create_table.h"
#include "engine/sqlite/schema/meaning.h"

namespace godwit::engine::sqlite {

namespace {

using schema::Catalog;
using schema::Index;
using schema::Table;
using schema::Trigger;
using schema::View;

// One statement, and so one state of the database. Of views without any column
// something is not there.
constexpr std::string_view kReadSchema = R"(
SELECT type, name, tbl_name, coalesce(sql, ''), '', 0
FROM main.sqlite_schema WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\'
UNION ALL
SELECT '', name, '', '', type, ncol
FROM pragma_table_list WHERE schema = 'main')";

// Columns of virtual tables, which only their modules know; and those of plain
// tables, by name.
constexpr std::string_view kReadColumns = R"(
SELECT l.name, x.name, x.type, x."notnull", coalesce(x.dflt_value, ''), x.hidden
FROM pragma_table_list l, pragma_table_xinfo(l.name) x
WHERE l.schema = 'main' AND l.name = ?1)";

std::vector<SchemaRow> ReadRows(Connection& connection) {
  const Result result = connection.Execute(kReadSchema);
  std::vector<SchemaRow> rows;
  std::unordered_map<std::string, std::size_t> relations;
  for (std::size_t i = 0; i < result.size(); ++i) {
    SchemaRow row{result.Get<std::string>(i, 0),
                  result.Get<std::string>(i, 1),
                  result.Get<std::string>(i, 2),
                  result.Get<std::string>(i, 3),
                  result.Get<std::string>(i, 4),
                  static_cast<int>(result.Get<std::int64_t>(i, 5))};
    if (!row.type.empty()) {
      if (row.type == "table" || row.type == "view")
        relations[row.name] = rows.size();
      rows.push_back(std::move(row));
      continue;
    }
    const auto found = relations.find(row.name);
    if (found == relations.end()) continue;
    rows[found->second].kind = row.kind;
    rows[found->second].columns = row.columns;
  }
  return rows;
}

void ReadColumns(Connection& connection, Table& table) {
  const Result rows = connection.Execute(kReadColumns, table.name.name);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    schema::Column& column = table.columns.emplace_back();
    column.name = rows.Get<std::string>(i, 1);
    column.type = rows.Get<std::string>(i, 2);
    column.not_null = rows.Get<std::int64_t>(i, 3) != 0;
    column.default_value = rows.Get<std::string>(i, 4);
    column.hidden = rows.Get<std::int64_t>(i, 5) == 1;
  }
}

Table TableOf(const SchemaRow& row) {
  try {
    Table table = ReadCreateTable(row.sql);
    const bool is_read = !table.module.empty() || row.columns == 0 ||
                         row.columns == static_cast<int>(table.columns.size());
    // sqlite_schema has the name as it is now.
    table.name.name = row.name;
    table.definition = WithoutTrailingComment(row.sql);
    if (is_read) return table;
  } catch (const NotRead&) {
  }
  Table table;
  table.name.name = row.name;
  table.definition = WithoutTrailingComment(row.sql);
  table.text_only = true;
  return table;
}

// The names in the parentheses of CREATE INDEX that are columns.
Index IndexOf(const SchemaRow& row, const Table& table) {
  Index index;
  index.name = row.name;
  index.definition = WithoutTrailingComment(row.sql);
  Cursor cursor(row.sql);
  cursor.TakeWord("create");
  index.unique = cursor.TakeWord("unique");
  const std::set<std::string> words =
      WordsOf(row.sql.substr(std::min(row.sql.find('('), row.sql.size())));
  for (const schema::Column& column : table.columns) {
    if (words.contains(AsciiLower(column.name)))
      index.columns.push_back(column.name);
  }
  return index;
}

template <typename T>
void SortByName(std::vector<T>& things) {
  std::ranges::sort(things, {}, &T::name);
}

// Views behind those that they name, else by name.
void SortViews(std::vector<View>& views) {
  SortByName(views);
  std::vector<std::set<std::string>> words;
  for (const View& view : views) words.push_back(WordsOf(view.definition));
  std::vector<View> sorted;
  std::vector<int> state(views.size());  // 1: under way, 2: done
  const auto visit = [&](const auto& self, std::size_t at) -> void {
    if (state[at] != 0) return;
    state[at] = 1;
    for (std::size_t i = 0; i < views.size(); ++i) {
      if (words[at].contains(AsciiLower(views[i].name.name))) self(self, i);
    }
    state[at] = 2;
    sorted.push_back(views[at]);
  };
  for (std::size_t i = 0; i < views.size(); ++i) visit(visit, i);
  views = std::move(sorted);
}

bool KeepsWhatWasApplied(const Table& table) {
  if (table.columns.size() > kRunnerColumns) return false;
  std::vector<std::string> columns;
  for (const schema::Column& column : table.columns)
    columns.push_back(column.name);
  return IsRunnerTable(table.name.name, columns);
}

}  // namespace

schema::Catalog CatalogOf(const std::vector<SchemaRow>& rows) {
  Catalog catalog;
  for (const SchemaRow& row : rows) {
    if (row.type == "table" && row.kind != "shadow") {
      Table table = TableOf(row);
      if (!KeepsWhatWasApplied(table))
        catalog.tables.push_back(std::move(table));
    } else if (row.type == "view") {
      View& view = catalog.views.emplace_back();
      view.name.name = row.name;
      view.definition = WithoutTrailingComment(row.sql);
      view.broken = row.columns == 0;
    }
  }
  SortByName(catalog.tables);
  SortViews(catalog.views);
  std::map<std::string, Table*> tables;
  std::map<std::string, View*> views;
  for (Table& table : catalog.tables)
    tables[AsciiLower(table.name.name)] = &table;
  for (View& view : catalog.views) views[AsciiLower(view.name.name)] = &view;
  for (const SchemaRow& row : rows) {
    if (row.sql.empty() || (row.type != "index" && row.type != "trigger"))
      continue;
    const auto table = tables.find(AsciiLower(row.table));
    const auto view = views.find(AsciiLower(row.table));
    if (row.type == "index" && table != tables.end()) {
      table->second->indexes.push_back(IndexOf(row, *table->second));
    } else if (row.type == "trigger") {
      Trigger trigger{row.name, WithoutTrailingComment(row.sql), ""};
      if (table != tables.end())
        table->second->triggers.push_back(std::move(trigger));
      else if (view != views.end())
        view->second->triggers.push_back(std::move(trigger));
    }
  }
  for (Table& table : catalog.tables) {
    SortByName(table.indexes);
    SortByName(table.triggers);
  }
  for (View& view : catalog.views) SortByName(view.triggers);
  return catalog;
}

schema::Catalog InspectSqlite(Connection& connection) {
  Catalog catalog = CatalogOf(ReadRows(connection));
  for (Table& table : catalog.tables) {
    if (!table.module.empty() || table.text_only)
      ReadColumns(connection, table);
  }
  return catalog;
}

}  // namespace godwit::engine::sqlite
