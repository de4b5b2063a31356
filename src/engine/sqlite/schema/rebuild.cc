// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/rebuild.h"

#include <optional>

#include "engine/sqlite/parse/cursor.h"
#include "engine/sqlite/schema/create_table.h"
#include "engine/sqlite/schema/lookup.h"
#include "engine/sqlite/schema/render.h"

namespace godwit::engine::sqlite {

namespace {

using schema::Column;
using schema::Table;

bool IsWhole(std::string_view type) {
  return EqualsIgnoringCase(type, "int") || EqualsIgnoringCase(type, "integer");
}

// What a strict column, or the rowid, does not take by itself, though nothing
// is lost: the bytes of a text, and 2.0 as a whole number.
std::string Strict(std::string value, std::string_view from,
                   std::string_view to) {
  if (EqualsIgnoringCase(from, to)) return value;
  if (IsWhole(to))
    return Cat("CASE WHEN typeof(", value, ") = 'real' AND ", value, " = CAST(",
               value, " AS INTEGER) THEN CAST(", value, " AS INTEGER) ELSE ",
               value, " END");
  if (EqualsIgnoringCase(to, "blob"))
    return Cat("CASE typeof(", value, ") WHEN 'text' THEN CAST(", value,
               " AS BLOB) ELSE ", value, " END");
  return value;
}

std::string ValueOf(const Column& from, const Table& table, const Column& to) {
  std::string value = Quote(from.name);
  // A computed 2.0 is not made whole by a column of whole numbers either.
  const bool is_computed = !from.generated.empty() && IsWhole(to.type);
  if (table.strict || is_computed || &to == RowidColumn(table))
    value = Strict(std::move(value), from.type, to.type);
  const bool fills = to.not_null && !IsNull(to.default_value) &&
                     !(from.not_null && from.generated.empty());
  return fills ? Cat("coalesce(", value, ", ", to.default_value, ')') : value;
}

// A name of the rowid that no column of either has; empty where there is none.
std::string RowidName(const Table& from, const Table& to) {
  for (const char* name : {"rowid", "_rowid_", "oid"}) {
    if (!Find(from.columns, name) && !Find(to.columns, name)) return name;
  }
  return "";
}

constexpr std::string_view kRowNumber = "row_number() OVER ()";

// Where a column becomes the rowid NULL would get a number that depends on the
// rows before it; so it is one above all that are there.
std::string NumberedAnew(const Table& from, const std::string& value,
                         std::string_view rowid) {
  return Cat("coalesce(", value, ", (SELECT coalesce(max(", value,
             "), 0) FROM ", Quote(from.name.name), ") + ", rowid, ')');
}

std::string InsertFrom(const Table& from, const std::string& name,
                       const std::vector<Copied>& copied) {
  std::string columns;
  std::string values;
  for (const Copied& one : copied) {
    columns += Cat(columns.empty() ? "" : ", ", Quote(one.column));
    values += Cat(values.empty() ? "" : ", ", one.expression);
  }
  // The new table's own conflict clauses must not leave rows out.
  return Cat("INSERT OR ABORT INTO ", Quote(name), " (", columns, ") SELECT ",
             values, " FROM ", Quote(from.name.name));
}

// key = value among the arguments of a module: without quotes.
std::optional<std::string> Option(const Table& table, std::string_view key) {
  for (const std::string& argument : table.module_arguments) {
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos) continue;
    if (!EqualsIgnoringCase(Trim(std::string_view(argument).substr(0, equals)),
                            key))
      continue;
    return sql::Unquoted(Trim(std::string_view(argument).substr(equals + 1)));
  }
  return std::nullopt;
}

bool IsFullText(const Table& table) {
  return table.module == "fts5" || table.module == "fts4" ||
         table.module == "fts3";
}

}  // namespace

std::vector<Copied> CopiedColumns(const Table& from, const Table& to) {
  std::vector<Copied> copied;
  const Column* rowid = RowidColumn(to);
  const std::string name = RowidName(from, to);
  bool has_rowid_column = false;
  for (const Column& column : to.columns) {
    const Column* old = Find(from.columns, column.name);
    if (!old || !column.generated.empty()) continue;
    std::string value = ValueOf(*old, to, column);
    if (&column == rowid) {
      has_rowid_column = true;
      if (old != RowidColumn(from) && !old->not_null)
        value = NumberedAnew(
            from, value,
            from.without_rowid || name.empty() ? kRowNumber : name);
    }
    copied.push_back({column.name, std::move(value)});
  }
  const bool is_known = !from.text_only && !to.text_only;
  const bool keeps_rowid = !from.without_rowid && !to.without_rowid &&
                           !has_rowid_column && is_known && !name.empty();
  if (keeps_rowid) {
    copied.insert(copied.begin(), {rowid ? rowid->name : name, name});
  } else if (rowid && !has_rowid_column && is_known) {
    copied.insert(copied.begin(), {rowid->name, std::string(kRowNumber)});
  }
  if (!copied.empty()) return copied;
  // Nothing is left of the rows but their number.
  for (const Column& column : to.columns) {
    if (!column.generated.empty()) continue;
    const bool has_default = !IsNull(column.default_value);
    return {{column.name, has_default ? Cat('(', column.default_value, ')')
                                      : std::string("NULL")}};
  }
  return {};
}

std::vector<std::string> Rebuild(const Table& from, const Table& to,
                                 const std::string& name) {
  std::vector<std::string> sql = {
      CreateTable(to, name),
      InsertFrom(from, name, CopiedColumns(from, to)),
  };
  if (from.autoincrement && to.autoincrement) {
    sql.push_back(
        Cat("DELETE FROM sqlite_sequence WHERE name = ", Literal(name)));
    sql.push_back(Cat(
        "INSERT INTO sqlite_sequence (name, seq) SELECT ", Literal(name),
        ", seq FROM sqlite_sequence WHERE name = ", Literal(from.name.name)));
  }
  sql.push_back("DROP TABLE " + Quote(from.name.name));
  // The legacy way leaves the table's name in its own expressions as it is.
  const bool names_itself = NamesItself(to);
  if (names_itself) sql.push_back("PRAGMA legacy_alter_table = OFF");
  sql.push_back(
      Cat("ALTER TABLE ", Quote(name), " RENAME TO ", Quote(to.name.name)));
  if (names_itself) sql.push_back("PRAGMA legacy_alter_table = ON");
  return sql;
}

std::string ContentTable(const Table& table) {
  return IsFullText(table) ? Option(table, "content").value_or("") : "";
}

std::vector<std::string> Refill(const Table& table) {
  if (ContentTable(table).empty()) return {};
  return {Cat("INSERT INTO ", Quote(table.name.name), '(',
              Quote(table.name.name), ") VALUES ('rebuild')")};
}

std::vector<std::string> RebuildVirtual(const Table& from, const Table& to,
                                        const std::string& name) {
  const bool is_known =
      IsFullText(to) || to.module == "rtree" || to.module == "rtree_i32";
  // An index over another table, or over nothing, has no rows of its own.
  const bool has_rows = !Option(from, "content") && !Option(to, "content");
  if (!is_known || !has_rows || from.module != to.module) return {};
  std::vector<Copied> copied;
  if (IsFullText(to)) copied.push_back({"rowid", "rowid"});
  for (const Column& column : to.columns) {
    const Column* old = Find(from.columns, column.name);
    if (old && !old->hidden && !column.hidden)
      copied.push_back({column.name, Quote(old->name)});
  }
  if (copied.empty()) return {};
  return {CreateTable(to, name), InsertFrom(from, name, copied),
          "DROP TABLE " + Quote(from.name.name),
          Cat("ALTER TABLE ", Quote(name), " RENAME TO ", Quote(to.name.name))};
}

}  // namespace godwit::engine::sqlite
