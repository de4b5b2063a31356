// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/guard.h"

#include <set>
#include <span>

#include "engine/sqlite/schema/lookup.h"

namespace godwit::engine::sqlite {

namespace {

using schema::Catalog;
using schema::Column;
using schema::Constraint;
using schema::Index;
using schema::Table;
using Kind = Constraint::Kind;

bool SameColumns(std::vector<std::string> a, std::vector<std::string> b) {
  for (auto* names : {&a, &b}) {
    for (std::string& name : *names) name = AsciiLower(name);
    std::ranges::sort(*names);
  }
  return a == b;
}

// Whether SQLite can look up what the key refers to; else each look is an
// error, "foreign key mismatch".
bool CanLookUp(const Constraint& key, const ByName<Table>& tables) {
  const Table* parent = tables.Find(key.references.name);
  if (!parent) return true;
  if (parent->text_only || !parent->module.empty()) return false;
  for (const Constraint& one : parent->constraints) {
    const bool is_primary = one.kind == Kind::kPrimaryKey;
    if (!is_primary && one.kind != Kind::kUnique) continue;
    if (is_primary && key.referenced_columns.empty())
      return one.columns.size() == key.columns.size();
    if (SameColumns(one.columns, key.referenced_columns)) return true;
  }
  return std::ranges::any_of(parent->indexes, [&](const Index& index) {
    return index.unique && SameColumns(index.columns, key.referenced_columns);
  });
}

bool CanCheck(const Table& table, const ByName<Table>& tables) {
  return std::ranges::all_of(table.constraints, [&](const Constraint& one) {
    return one.kind != Kind::kForeignKey || CanLookUp(one, tables);
  });
}

// What is compared of one table.
struct Count {
  std::string before;
  std::string after;
  std::string message;
  std::string_view relation;  // of after - before to 0
};

std::string Dangling(const Table& table) {
  return Cat("(SELECT count(*) FROM pragma_foreign_key_check(",
             Literal(table.name.name), "))");
}

// Its rows, and those of its values that an action may have set to NULL.
std::string Rows(const Table& table, const Table& old) {
  std::string out = "(SELECT count(*)";
  for (const Constraint& key : table.constraints) {
    if (key.kind != Kind::kForeignKey) continue;
    for (const std::string& column : key.columns) {
      if (Find(old.columns, column))
        out += Cat(" + count(", Quote(column), ')');
    }
  }
  return Cat(out, " FROM main.", Quote(table.name.name), ')');
}

std::vector<Count> CountsOf(const Catalog& now, const Catalog& to,
                            const std::set<std::string>& changed) {
  const ByName<Table> old_tables(now.tables);
  const ByName<Table> new_tables(to.tables);
  std::vector<Count> counts;
  for (const Table& table : to.tables) {
    const Table* old = old_tables.Find(table.name.name);
    if (!old || old->text_only || table.text_only) continue;
    const bool is_changed = changed.contains(AsciiLower(table.name.name));
    bool refers = false;
    for (const Constraint& key : table.constraints)
      refers =
          refers ||
          (key.kind == Kind::kForeignKey &&
           (is_changed || changed.contains(AsciiLower(key.references.name))));
    if (!refers) continue;
    if (CanCheck(table, new_tables)) {
      counts.push_back({CanCheck(*old, old_tables) ? Dangling(*old) : "0",
                        Dangling(table),
                        Cat("rows of ", table.name.name,
                            " refer to rows that are not there"),
                        "<="});
    }
    if (!is_changed)
      counts.push_back({Rows(table, *old), Rows(table, *old),
                        Cat("rows of ", table.name.name, " were lost"), ">="});
  }
  return counts;
}

// One table that keeps the numbers, and one that takes no worse ones.
void AddTables(std::span<const Count> counts, const std::string& suffix,
               Guard& guard) {
  const std::string kept = Quote("godwit_before" + suffix);
  const std::string checked = Quote("godwit_after" + suffix);
  std::string before;
  std::string columns;
  std::string after;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::string name = Cat('n', i + 1);
    const std::string_view between = i == 0 ? "" : ", ";
    before += Cat(between, counts[i].before, " AS ", name);
    columns +=
        Cat(between, name, " INTEGER CONSTRAINT ", Quote(counts[i].message),
            " CHECK (", name, ' ', counts[i].relation, " 0)");
    after += Cat(between, counts[i].after, " - ", name);
  }
  guard.before.push_back(
      Cat("CREATE TEMP TABLE ", kept, " AS SELECT ", before));
  for (const std::string& statement :
       {Cat("CREATE TEMP TABLE ", checked, " (", columns, ')'),
        Cat("INSERT INTO temp.", checked, " SELECT ", after, " FROM temp.",
            kept),
        Cat("DROP TABLE temp.", checked), Cat("DROP TABLE temp.", kept)})
    guard.after.push_back(statement);
}

}  // namespace

Guard MakeGuard(const Catalog& now, const Catalog& to,
                const std::vector<std::string>& changed) {
  const std::vector<Count> counts =
      CountsOf(now, to, {changed.begin(), changed.end()});
  // A table has at most 2000 columns.
  constexpr std::size_t kColumns = 500;
  Guard guard;
  for (std::size_t begin = 0; begin < counts.size(); begin += kColumns) {
    const std::size_t size = std::min(kColumns, counts.size() - begin);
    AddTables(std::span(counts).subspan(begin, size),
              begin == 0 ? "" : Cat('_', begin), guard);
  }
  return guard;
}

}  // namespace godwit::engine::sqlite
