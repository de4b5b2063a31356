// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/checks.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "engine/postgres/schema/names.h"

namespace godwit::engine::pg {

namespace {

using ConstraintKind = schema::Constraint::Kind;

class Checker {
 public:
  Checker(const Fates& fates, const std::vector<schema::Rename>& renames)
      : fates_(fates), renames_(renames) {}

  std::vector<schema::RowCheck> Run() {
    const auto& objects = fates_.to().objects();
    for (std::size_t i = 0; i < objects.size(); ++i) {
      const Object& object = objects[i];
      if (object.kind == Kind::kColumn) {
        const auto& of = std::get<ColumnOf>(object.value);
        if (!of.column->inherited) Column(of, i);
      } else if (object.kind == Kind::kConstraint ||
                 object.kind == Kind::kForeignKey) {
        if (fates_.IsNew(i)) Constraint(std::get<ConstraintOf>(object.value));
      } else if (object.kind == Kind::kIndex && fates_.IsNew(i)) {
        UniqueIndex(object);
      } else if (object.kind == Kind::kPartition && fates_.IsNew(i)) {
        Partition(object);
      } else if (object.kind == Kind::kTable && fates_.IsNew(i)) {
        PartitionedTable(*std::get<const schema::Table*>(object.value));
      }
    }
    return std::move(checks_);
  }

 private:
  // The table as it is now; null where there is none.
  const schema::Table* Old(const schema::Name& name) const {
    const Object* object = fates_.from().Find(Key("table", name));
    return object == nullptr ? nullptr
                             : std::get<const schema::Table*>(object->value);
  }
  const schema::Column* OldColumn(const schema::Name& table,
                                  const std::string& name) const {
    const std::string key = Key("column", table, name);
    const Object* object = fates_.from().Find(key);
    if (object == nullptr) return nullptr;
    // One that is made again is empty, but in a table that is: rows are copied.
    if (fates_.IsNew(key) && !fates_.IsNew(Key("table", table))) return nullptr;
    return std::get<ColumnOf>(object->value).column;
  }
  void Add(const schema::Name& table, std::string query, std::string message) {
    checks_.push_back({table.text(), std::move(query), std::move(message)});
  }

  void Column(const ColumnOf& of, std::size_t index);
  void NewColumn(const ColumnOf& of);
  void RetypedColumn(const ColumnOf& from, const ColumnOf& to);
  bool EnumColumn(const ColumnOf& of, const schema::Column& old);
  void Constraint(const ConstraintOf& of);
  void Check(const ConstraintOf& of);
  void Unique(const schema::Table& table,
              const std::vector<std::string>& columns, std::string_view where,
              bool with_nulls, const std::string& what);
  bool IsDistinct(const schema::Name& table, const std::string& column,
                  bool with_nulls) const;
  void ForeignKey(const ConstraintOf& of);
  void UniqueIndex(const Object& object);
  void Partition(const Object& object);
  void PartitionedTable(const schema::Table& table);
  std::string RowsOf(const schema::Name& table,
                     std::string_view alias = "") const;
  std::string AsNew(const schema::Table& now,
                    const std::vector<std::string>& wanted) const;

  const Fates& fates_;
  const std::vector<schema::Rename>& renames_;
  std::vector<schema::RowCheck> checks_;
};

std::vector<std::string> NamesOfColumns(const schema::Table& table) {
  std::vector<std::string> names;
  for (const schema::Column& column : table.columns)
    names.push_back(column.name);
  return names;
}

// A table to select from by its new names, before it has them.
std::string Checker::RowsOf(const schema::Name& table,
                            std::string_view alias) const {
  using RenameKind = schema::Rename::Kind;
  schema::Name old_name = table;
  std::map<std::string, std::string> old_columns;
  for (const schema::Rename& rename : renames_) {
    if (rename.parent != table && rename.parent != schema::Name{"", table.name})
      continue;
    if (rename.kind == RenameKind::kTable) old_name.name = rename.from;
    if (rename.kind == RenameKind::kColumn)
      old_columns[rename.to] = rename.from;
  }
  const std::string as = alias.empty() ? "" : Cat(" AS ", alias);
  if (old_name == table && old_columns.empty()) return Quoted(table) + as;
  std::vector<std::string> columns;
  for (const schema::Column& column : Old(table)->columns) {
    const auto old = old_columns.find(column.name);
    columns.push_back(
        old == old_columns.end()
            ? Quoted(column.name)
            : Cat(Quoted(old->second), " AS ", Quoted(column.name)));
  }
  return Cat("(SELECT ", Join(columns, ", "), " FROM ", Quoted(old_name),
             ") AS ", alias.empty() ? Quoted(table.name) : alias);
}

std::string What(const ColumnOf& of) {
  return Cat("column ", of.column->name, " of ", of.table->name.text());
}

void Checker::NewColumn(const ColumnOf& of) {
  const std::string table = RowsOf(of.table->name);
  const schema::Column& column = *of.column;
  if (column.identity) {
    const schema::Identity& identity = *column.identity;
    const std::int64_t end =
        identity.increment > 0 ? identity.maximum : identity.minimum;
    const std::int64_t numbers =
        (end - identity.start) / identity.increment + 1;
    if (numbers < 1'000'000'000 && !identity.cycle)
      Add(of.table->name,
          Cat("SELECT greatest(count(*) - ", numbers, ", 0) FROM ", table),
          Cat(What(of), " has no more numbers than ", numbers));
    return;
  }
  if (column.not_null && column.default_value.empty() &&
      column.generated.empty())
    Add(of.table->name, "SELECT count(*) FROM " + table,
        Cat(What(of), " is to be NOT NULL and has no default"));
}

void Checker::Column(const ColumnOf& of, std::size_t index) {
  const schema::Table* old_table = Old(of.table->name);
  if (old_table == nullptr) return;
  const schema::Column* old = OldColumn(of.table->name, of.column->name);
  if (old == nullptr) return NewColumn(of);
  if (of.column->not_null && !old->not_null)
    Add(of.table->name,
        Cat("SELECT count(*) FROM ", RowsOf(of.table->name), " WHERE ",
            Quoted(of.column->name), " IS NULL"),
        What(of) + " is to be NOT NULL");
  if (fates_.alteration(index).retypes) RetypedColumn({old_table, old}, of);
}

// Labels are compared as text: the new ones are not there yet.
bool Checker::EnumColumn(const ColumnOf& of, const schema::Column& old) {
  const std::string& type = of.column->type;
  const bool array = type.ends_with("[]");
  const Object* object = fates_.to().Find(
      "type " + (array ? type.substr(0, type.size() - 2) : type));
  if (object == nullptr) return false;
  const auto* found = std::get_if<const schema::Enum*>(&object->value);
  if (found == nullptr || array != old.type.ends_with("[]")) return true;
  std::vector<std::string> labels;
  for (const std::string& label : (*found)->labels)
    labels.push_back(Literal(label));
  const std::string name = Quoted(of.column->name);
  const std::string list = Cat("ARRAY[", Join(labels, ", "), "]::text[]");
  Add(of.table->name,
      array ? Cat("SELECT count(*) FROM ", RowsOf(of.table->name),
                  " WHERE NOT ", name, "::text[] <@ ", list)
            : Cat("SELECT count(*) FROM ", RowsOf(of.table->name), " WHERE ",
                  name, "::text <> ALL (", list, ")"),
      Cat(What(of), " is to be ", type));
  return true;
}

void Checker::RetypedColumn(const ColumnOf& from, const ColumnOf& to) {
  if (EnumColumn(to, *from.column)) return;
  if (from.column->type == to.column->type) return;
  // The server says by an error which value does not fit.
  Add(to.table->name,
      Cat("SELECT 0 * count((", Converted(*from.column, *to.column),
          ")::", to.column->type, ") FROM ", RowsOf(to.table->name)),
      Cat(What(to), " is to be ", to.column->type));
}

// The rows as they will be, for expressions that use the new types; empty where
// that cannot be asked.
std::string Checker::AsNew(const schema::Table& now,
                           const std::vector<std::string>& wanted) const {
  const schema::Table* old_table = Old(now.name);
  if (old_table == nullptr) return {};
  std::vector<std::string> columns;
  for (const schema::Column& column : now.columns) {
    if (std::find(wanted.begin(), wanted.end(), column.name) == wanted.end())
      continue;
    const schema::Column* old = OldColumn(now.name, column.name);
    const std::string name = Quoted(column.name);
    if (old == nullptr) {
      const std::string value = column.default_value.empty() ? "NULL"
                                : column.default_value.starts_with("nextval(")
                                    ? "1"
                                    : column.default_value;
      if (!column.generated.empty()) continue;
      columns.push_back(Cat("(", value, ")::", column.type, " AS ", name));
    } else if (old->type == column.type) {
      columns.push_back(name);
    } else {
      columns.push_back(
          Cat("(", Converted(*old, column), ")::", column.type, " AS ", name));
    }
  }
  if (columns.empty()) return {};
  return Cat("(SELECT ", Join(columns, ", "), " FROM ", RowsOf(now.name),
             ") AS ", Quoted(now.name.name));
}

void Checker::Check(const ConstraintOf& of) {
  std::string expression = of.constraint->definition;
  const std::string_view no_inherit = " NO INHERIT";
  if (expression.ends_with(no_inherit))
    expression.erase(expression.size() - no_inherit.size());
  if (!expression.starts_with("CHECK ")) return;
  expression.erase(0, std::string_view("CHECK ").size());
  const std::string rows = AsNew(*of.table, of.constraint->columns);
  if (rows.empty()) return;
  Add(of.table->name,
      Cat("SELECT count(*) FROM ", rows, " WHERE NOT ", expression),
      Cat("the check ", of.constraint->name, " of ", of.table->name.text(),
          " is to hold"));
}

// Whether a new column has another value in every row, or none that counts; or
// one that cannot be told.
bool Checker::IsDistinct(const schema::Name& table, const std::string& column,
                         bool with_nulls) const {
  if (OldColumn(table, column) != nullptr) return false;
  const Object* object = fates_.to().Find(Key("column", table, column));
  if (object == nullptr) return true;
  const schema::Column& now = *std::get<ColumnOf>(object->value).column;
  return now.identity || !now.generated.empty() ||
         now.default_value.starts_with("nextval(") ||
         (now.default_value.empty() && !with_nulls);
}

void Checker::Unique(const schema::Table& table,
                     const std::vector<std::string>& columns,
                     std::string_view where, bool with_nulls,
                     const std::string& what) {
  std::vector<std::string> names;
  std::string condition(where);
  for (const std::string& column : columns) {
    if (IsDistinct(table.name, column, with_nulls)) return;
    names.push_back(Quoted(column));
    if (!with_nulls)
      condition +=
          Cat(condition.empty() ? "" : " AND ", names.back(), " IS NOT NULL");
  }
  const std::string rows =
      AsNew(table, where.empty() ? columns : NamesOfColumns(table));
  if (rows.empty()) return;
  Add(table.name,
      Cat("SELECT coalesce(sum(n - 1), 0)::bigint FROM (SELECT count(*) AS n "
          "FROM ",
          rows, condition.empty() ? "" : " WHERE ", condition, " GROUP BY ",
          Join(names, ", "), ") AS godwit_groups"),
      what);
}

void Checker::ForeignKey(const ConstraintOf& of) {
  const schema::Constraint& key = *of.constraint;
  const std::string child = RowsOf(of.table->name, "c");
  const schema::Table* target = Old(key.references);
  std::string known, match;
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    const auto* old = OldColumn(of.table->name, key.columns[i]);
    if (old == nullptr) return;
    const std::string column = "c." + Quoted(key.columns[i]);
    known += Cat(i == 0 ? "" : " AND ", column, " IS NOT NULL");
    if (target == nullptr) continue;
    const auto* other = OldColumn(key.references, key.referenced_columns[i]);
    if (other == nullptr || other->type != old->type) return;
    match += Cat(i == 0 ? "" : " AND ", "p.", Quoted(key.referenced_columns[i]),
                 " = ", column);
  }
  std::string query = Cat("SELECT count(*) FROM ", child, " WHERE ", known);
  if (target != nullptr)
    query += Cat(" AND NOT EXISTS (SELECT FROM ", RowsOf(key.references, "p"),
                 " WHERE ", match, ")");
  Add(of.table->name, query,
      Cat("the foreign key ", key.name, " of ", of.table->name.text(),
          " is to hold"));
}

void Checker::Constraint(const ConstraintOf& of) {
  const schema::Constraint& constraint = *of.constraint;
  if (constraint.inherited || Old(of.table->name) == nullptr ||
      constraint.definition.ends_with(" NOT VALID"))
    return;
  switch (constraint.kind) {
    case ConstraintKind::kCheck:
      return Check(of);
    case ConstraintKind::kForeignKey:
      return ForeignKey(of);
    case ConstraintKind::kPrimaryKey:
    case ConstraintKind::kUnique: {
      const bool nulls =
          constraint.definition.find("NULLS NOT DISTINCT") != std::string::npos;
      return Unique(*of.table, constraint.columns, "", nulls,
                    Cat(constraint.name, " of ", of.table->name.text(),
                        " is to be unique"));
    }
    case ConstraintKind::kExclusion:
      return;
  }
}

void Checker::UniqueIndex(const Object& object) {
  const schema::Index& index = *std::get<struct IndexOf>(object.value).index;
  const std::size_t list = index.definition.find(" USING ");
  const std::size_t open = index.definition.find('(', list);
  const std::size_t close = index.definition.find(')', open);
  const std::size_t where = index.definition.find(" WHERE ");
  if (!index.unique || close == std::string::npos ||
      index.definition.find('(', open + 1) < std::min(close, where) ||
      index.definition.find(" INCLUDE ") != std::string::npos)
    return;
  const Object* owner = fates_.to().Find(object.whole);
  const auto* table = std::get_if<const schema::Table*>(&owner->value);
  if (table == nullptr || Old((*table)->name) == nullptr) return;
  Unique(**table, index.columns,
         where == std::string::npos
             ? std::string_view()
             : std::string_view(index.definition).substr(where + 7),
         index.definition.find("NULLS NOT DISTINCT") != std::string::npos,
         Cat("index ", index.name, " of ", (*table)->name.text(),
             " is to be unique"));
}

void Checker::Partition(const Object& object) {
  const Object* owner = fates_.to().Find(object.whole);
  const auto& table = *std::get<const schema::Table*>(owner->value);
  if (table.partition_check.empty()) return;
  const std::string rows = AsNew(table, NamesOfColumns(table));
  if (rows.empty()) return;
  Add(table.name,
      Cat("SELECT count(*) FROM ", rows, " WHERE NOT (", table.partition_check,
          ")"),
      Cat(table.name.text(), " is to be a partition of ",
          table.parents[0].text(), ", ", table.partition_bound));
}

// Its rows go where its partitions take them.
void Checker::PartitionedTable(const schema::Table& table) {
  const schema::Table* old = Old(table.name);
  if (old == nullptr || table.partition_by.empty() ||
      !old->partition_by.empty())
    return;
  std::string condition;
  for (const Object& object : fates_.to().objects()) {
    if (object.kind != Kind::kTable) continue;
    const auto* part = std::get_if<const schema::Table*>(&object.value);
    if (part == nullptr || (*part)->partition_bound.empty() ||
        (*part)->parents[0] != table.name)
      continue;
    if ((*part)->partition_bound == "DEFAULT" ||
        (*part)->partition_check.empty())
      return;
    condition += Cat(condition.empty() ? " WHERE " : " AND ", "NOT (",
                     (*part)->partition_check, ")");
  }
  const std::string rows = AsNew(table, NamesOfColumns(table));
  if (rows.empty()) return;
  Add(table.name, Cat("SELECT count(*) FROM ", rows, condition),
      Cat(table.name.text(),
          " is to be partitioned, and a partition has to take each row"));
}

}  // namespace

std::vector<schema::RowCheck> RowChecks(
    const Fates& fates, const std::vector<schema::Rename>& renames) {
  for (const schema::Rename& rename : renames)
    if (rename.kind == schema::Rename::Kind::kType ||
        rename.kind == schema::Rename::Kind::kEnumValue)
      return {};
  return Checker(fates, renames).Run();
}

}  // namespace godwit::engine::pg
