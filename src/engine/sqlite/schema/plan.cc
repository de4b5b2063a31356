// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/plan.h"

#include <iterator>

#include "engine/sqlite/schema/create_table.h"
#include "engine/sqlite/schema/dependents.h"
#include "engine/sqlite/schema/difference.h"
#include "engine/sqlite/schema/guard.h"
#include "engine/sqlite/schema/lookup.h"
#include "engine/sqlite/schema/rebuild.h"
#include "engine/sqlite/schema/renames.h"
#include "engine/sqlite/schema/render.h"
#include "engine/sqlite/schema/row_checks.h"

namespace godwit::engine::sqlite {

namespace {

using schema::Catalog;
using schema::Change;
using schema::Column;
using schema::Constraint;
using schema::Index;
using schema::Plan;
using schema::Table;
using Way = TableDifference::Way;

// A table that is there before and after.
struct Kept {
  const Table* from;  // after the renames
  const Table* to;
  TableDifference difference;
  std::vector<const Index*> dropped_indexes;
  std::vector<const Index*> created_indexes;

  bool is_virtual() const { return !to->module.empty(); }
  bool rebuilds() const { return difference.way == Way::kRebuild; }
};

class Planner {
 public:
  Planner(const Catalog& from, const Catalog& to,
          const schema::PlanOptions& options)
      : from_(from),
        to_(to),
        meaning_(from, to),
        renames_(FindRenames(from, to, options.renames)),
        names_(renames_),
        now_(from) {
    Apply(renames_, now_);
  }

  Plan Make();

 private:
  void Compare();
  void CompareIndexes(Kept& kept) const;
  void OrderDropped();
  bool NeedsForeignKeysOff() const;
  DependentChanges Dependents() const;
  void AddChecks();

  void DropIndexes();
  void RenameAll();
  void AlterTables();
  void DropTables();
  void RebuildTables();
  void RebuildOne(const Kept& kept);
  void RebuildOneVirtual(const Kept& kept);
  void CreateTables();
  void CreateIndexes();
  void Wrap();
  void AddGuard();

  void Emit(std::string kind, std::string object, std::vector<std::string> sql);
  Change& EmitLoss(std::string kind, std::string object,
                   std::vector<std::string> sql, std::string loses);
  std::string FreeName(std::string_view table);
  // Counts rows on the database as it is before the plan.
  std::string CountRows(const Table& table) const;
  std::string CountValues(const Table& table,
                          const std::vector<const Column*>& columns) const;

  const Catalog& from_;
  const Catalog& to_;
  Meaning meaning_;
  std::vector<AlterRename> renames_;
  OldNames names_;
  Catalog now_;  // from, after the renames

  std::vector<Kept> kept_;
  std::vector<const Table*> created_;
  std::vector<const Table*> dropped_;
  bool dropped_in_cycle_ = false;
  std::vector<std::string> taken_;
  Plan plan_;
  std::size_t altered_end_ = 0;  // changes up to the last ALTER TABLE
};

void Planner::Emit(std::string kind, std::string object,
                   std::vector<std::string> sql) {
  plan_.changes.push_back({.kind = std::move(kind),
                           .object = std::move(object),
                           .sql = std::move(sql)});
}

Change& Planner::EmitLoss(std::string kind, std::string object,
                          std::vector<std::string> sql, std::string loses) {
  Emit(std::move(kind), std::move(object), std::move(sql));
  Change& change = plan_.changes.back();
  change.destructive = true;
  change.loses = std::move(loses);
  change.hazards.push_back("data_loss");
  return change;
}

std::string Planner::CountRows(const Table& table) const {
  return "SELECT count(*) FROM " + Quote(names_.Table(table.name.name));
}

std::string Planner::CountValues(
    const Table& table, const std::vector<const Column*>& columns) const {
  std::string where;
  for (const Column* column : columns)
    where += Cat(where.empty() ? " WHERE " : " OR ",
                 Quote(names_.Column(table.name.name, column->name)),
                 " IS NOT NULL");
  return CountRows(table) + where;
}

// "column a of t and its values".
std::string ColumnsLost(const Table& table,
                        const std::vector<const Column*>& columns) {
  std::string names;
  for (const Column* column : columns)
    names += Cat(names.empty() ? "" : ", ", column->name);
  const bool is_one = columns.size() == 1;
  return Cat(is_one ? "column " : "columns ", names, " of ", table.name.name,
             is_one ? " and its values" : " and their values");
}

std::string TableLost(const Table& table) {
  return table.module.empty()
             ? Cat("table ", table.name.name, " and its rows")
             : Cat("what the virtual table ", table.name.name, " holds");
}

// What an FTS table over another table's rows holds is made of those again.
bool HoldsOwnRows(const Table& table) {
  return ContentTable(table).empty();
}

// A name that neither schema has.
std::string Planner::FreeName(std::string_view table) {
  if (taken_.empty()) {
    for (const Catalog* catalog :
         std::initializer_list<const Catalog*>{&from_, &now_, &to_}) {
      for (const Table& one : catalog->tables) {
        taken_.push_back(one.name.name);
        for (const Index& index : one.indexes) taken_.push_back(index.name);
      }
      for (const schema::View& one : catalog->views)
        taken_.push_back(one.name.name);
    }
  }
  std::string name = Cat("godwit_rebuild:", table);
  for (int number = 2; Holds(taken_, name); ++number)
    name = Cat("godwit_rebuild", number, ':', table);
  taken_.push_back(name);
  return name;
}

void Planner::CompareIndexes(Kept& kept) const {
  std::vector<std::string> meanings;
  for (const Index& index : kept.to->indexes)
    meanings.push_back(meaning_.Of(index));
  const auto stays = [&](const Index& index) {
    const std::string meaning = meaning_.Of(index);
    return std::ranges::find(meanings, meaning) != meanings.end();
  };
  std::vector<std::string> old_meanings;
  for (const Index& index : kept.from->indexes) {
    old_meanings.push_back(meaning_.Of(index));
    if (!stays(index)) kept.dropped_indexes.push_back(&index);
  }
  for (std::size_t i = 0; i < meanings.size(); ++i) {
    const bool is_new =
        std::ranges::find(old_meanings, meanings[i]) == old_meanings.end();
    if (is_new) kept.created_indexes.push_back(&kept.to->indexes[i]);
  }
}

void Planner::Compare() {
  const ByName<Table> old_tables(now_.tables);
  for (const Table& table : to_.tables) {
    const Table* old = old_tables.Find(table.name.name);
    if (!old || old->module.empty() != table.module.empty()) {
      created_.push_back(&table);
      continue;
    }
    Kept kept{.from = old, .to = &table};
    if (!table.module.empty()) {
      const bool is_same =
          old->definition == table.definition ||
          (!old->definition.empty() && old->name == table.name &&
           meaning_.Of(old->definition) == meaning_.Of(table.definition));
      if (!is_same) kept.difference.way = Way::kRebuild;
    } else {
      kept.difference = sqlite::Compare(*old, table, meaning_);
      CompareIndexes(kept);
    }
    kept_.push_back(std::move(kept));
  }
  const ByName<Table> new_tables(to_.tables);
  for (const Table& table : now_.tables) {
    const Table* made = new_tables.Find(table.name.name);
    if (!made || made->module.empty() != table.module.empty())
      dropped_.push_back(&table);
  }
  OrderDropped();
}

bool RefersTo(const Table& child, const Table& parent) {
  return std::ranges::any_of(child.constraints, [&](const Constraint& key) {
    return key.kind == Constraint::Kind::kForeignKey &&
           EqualsIgnoringCase(key.references.name, parent.name.name);
  });
}

// Children before their parents.
void Planner::OrderDropped() {
  std::vector<const Table*> ordered;
  while (!dropped_.empty()) {
    const auto free = std::ranges::find_if(dropped_, [&](const Table* table) {
      return std::ranges::none_of(dropped_, [&](const Table* other) {
        return other != table && RefersTo(*other, *table);
      });
    });
    dropped_in_cycle_ = dropped_in_cycle_ || free == dropped_.end();
    const auto next = free == dropped_.end() ? dropped_.begin() : free;
    ordered.push_back(*next);
    dropped_.erase(next);
  }
  dropped_ = std::move(ordered);
}

// DROP TABLE deletes the rows first, and with them those of children.
bool Planner::NeedsForeignKeysOff() const {
  if (dropped_in_cycle_ || std::ranges::any_of(kept_, &Kept::rebuilds))
    return true;
  return std::ranges::any_of(dropped_, [&](const Table* table) {
    return std::ranges::any_of(
        kept_, [&](const Kept& kept) { return RefersTo(*kept.from, *table); });
  });
}

DependentChanges Planner::Dependents() const {
  std::set<std::string> altered;
  std::set<std::string> gone;
  for (const AlterRename& rename : renames_) {
    const std::string old = names_.Table(rename.table);
    altered.insert({AsciiLower(old), AsciiLower(rename.table),
                    AsciiLower(rename.column.empty() ? rename.to : old)});
  }
  for (const Kept& kept : kept_) {
    const std::string old = AsciiLower(names_.Table(kept.from->name.name));
    if (kept.rebuilds()) gone.insert(old);
    if (kept.rebuilds() && !kept.is_virtual() && NamesItself(*kept.to))
      altered.insert(old);
    if (kept.difference.way == Way::kAlter && !kept.difference.dropped.empty())
      altered.insert(old);
  }
  for (const Table* table : dropped_)
    gone.insert(AsciiLower(names_.Table(table->name.name)));
  return CompareDependents(
      {from_, to_, meaning_, std::move(altered), [&](const std::string& table) {
         return gone.contains(AsciiLower(table));
       }});
}

void Planner::AddChecks() {
  for (const Kept& kept : kept_) {
    if (kept.is_virtual()) continue;
    if (kept.difference.way != Way::kNothing || !kept.created_indexes.empty())
      AddRowChecks({now_, to_, meaning_, names_}, *kept.from, *kept.to,
                   plan_.checks);
  }
}

void Planner::DropIndexes() {
  for (const Kept& kept : kept_) {
    if (kept.rebuilds()) continue;
    for (const Index* index : kept.dropped_indexes)
      Emit("drop_index", index->name, {"DROP INDEX " + Quote(index->name)});
  }
}

void Planner::RenameAll() {
  for (const AlterRename& rename : renames_) {
    const bool is_table = rename.column.empty();
    Emit(is_table ? "rename_table" : "rename_column",
         is_table ? rename.table : Cat(rename.table, '.', rename.column),
         Statements(rename));
  }
}

void Planner::AlterTables() {
  for (const Kept& kept : kept_) {
    if (kept.difference.way != Way::kAlter) continue;
    const std::string alter =
        Cat("ALTER TABLE ", Quote(kept.to->name.name), ' ');
    for (const Column* column : kept.difference.added) {
      Emit("add_column", Cat(kept.to->name.name, '.', column->name),
           {Cat(alter, "ADD COLUMN ", ColumnDefinition(*kept.to, *column))});
    }
    for (const Column* column : kept.difference.dropped) {
      const std::string object = Cat(kept.to->name.name, '.', column->name);
      std::vector<std::string> sql = {
          Cat(alter, "DROP COLUMN ", Quote(column->name))};
      if (!column->generated.empty()) {
        Emit("drop_column", object, std::move(sql));
        continue;
      }
      Change& change = EmitLoss("drop_column", object, std::move(sql),
                                ColumnsLost(*kept.to, {column}));
      change.count = CountValues(*kept.from, {column});
      change.hazards.push_back("table_rewrite");
    }
  }
}

void Planner::DropTables() {
  for (const Table* table : dropped_) {
    std::vector<std::string> sql = {"DROP TABLE " + Quote(table->name.name)};
    if (!HoldsOwnRows(*table)) {
      Emit("drop_table", table->name.name, std::move(sql));
      continue;
    }
    EmitLoss("drop_table", table->name.name, std::move(sql), TableLost(*table))
        .count = CountRows(*table);
  }
}

void Planner::RebuildOne(const Kept& kept) {
  const Table& from = *kept.from;
  const Table& to = *kept.to;
  std::vector<const Column*> lost;
  for (const Column& column : from.columns) {
    const Column* now = Find(to.columns, column.name);
    if (column.generated.empty() && (!now || !now->generated.empty()))
      lost.push_back(&column);
  }
  std::vector<std::string> sql = Rebuild(from, to, FreeName(to.name.name));
  if (lost.empty()) {
    Emit("rebuild_table", to.name.name, std::move(sql));
  } else {
    EmitLoss("rebuild_table", to.name.name, std::move(sql),
             ColumnsLost(to, lost))
        .count = CountValues(from, lost);
  }
  plan_.changes.back().hazards.push_back("table_rewrite");
}

void Planner::RebuildOneVirtual(const Kept& kept) {
  const Table& from = *kept.from;
  const Table& to = *kept.to;
  std::vector<std::string> sql =
      RebuildVirtual(from, to, FreeName(to.name.name));
  std::vector<const Column*> lost;
  for (const Column& column : from.columns) {
    if (!column.hidden && !Find(to.columns, column.name))
      lost.push_back(&column);
  }
  if (!sql.empty() && lost.empty()) {
    Emit("rebuild_table", to.name.name, std::move(sql));
  } else if (!sql.empty()) {
    EmitLoss("rebuild_table", to.name.name, std::move(sql),
             ColumnsLost(to, lost));
  } else {
    sql = {"DROP TABLE " + Quote(from.name.name), CreateTable(to)};
    if (HoldsOwnRows(from)) {
      EmitLoss("rebuild_table", to.name.name, std::move(sql), TableLost(from))
          .count = CountRows(from);
    } else {
      Emit("rebuild_table", to.name.name, std::move(sql));
    }
  }
  plan_.changes.back().hazards.push_back("table_rewrite");
}

void Planner::RebuildTables() {
  for (const Kept& kept : kept_) {
    if (kept.rebuilds() && !kept.is_virtual()) RebuildOne(kept);
  }
  for (const Kept& kept : kept_) {
    if (kept.rebuilds() && kept.is_virtual()) RebuildOneVirtual(kept);
  }
}

// Indexes over other tables' rows are filled when all rows are in their place.
void Planner::CreateTables() {
  for (const Table* table : created_)
    Emit("create_table", table->name.name, {CreateTable(*table)});
  const auto refill = [&](const Table& table) {
    std::vector<std::string> sql = Refill(table);
    if (!sql.empty() && Find(now_.tables, ContentTable(table)))
      Emit("fill_table", table.name.name, std::move(sql));
  };
  for (const Table* table : created_) refill(*table);
  for (const Kept& kept : kept_) {
    if (kept.rebuilds() && kept.is_virtual()) refill(*kept.to);
  }
}

void Planner::CreateIndexes() {
  const auto create = [&](const Index& index) {
    Emit("create_index", index.name, {index.definition});
  };
  for (const Kept& kept : kept_) {
    if (kept.rebuilds()) {
      for (const Index& index : kept.to->indexes) create(index);
    } else {
      for (const Index* index : kept.created_indexes) create(*index);
    }
  }
  for (const Table* table : created_) {
    for (const Index& index : table->indexes) create(index);
  }
}

// Puts the transaction around all changes.
void Planner::Wrap() {
  const bool is_off = NeedsForeignKeysOff();
  std::size_t statements = 0;
  for (const Change& change : plan_.changes) statements += change.sql.size();
  if (!is_off && (plan_.checks.empty() || statements < 2)) return;
  if (is_off) AddGuard();
  std::vector<Change> wrapped;
  const auto add = [&](const char* kind, const char* statement) {
    wrapped.push_back({.kind = kind, .sql = {statement}});
  };
  if (is_off) add("settings", "PRAGMA foreign_keys = OFF");
  add("begin", "BEGIN IMMEDIATE");
  std::ranges::move(plan_.changes, std::back_inserter(wrapped));
  add("commit", "COMMIT");
  if (is_off) add("settings", "PRAGMA foreign_keys = ON");
  plan_.changes = std::move(wrapped);
}

// Around all changes but those that ALTER TABLE makes.
void Planner::AddGuard() {
  std::vector<std::string> changed;
  for (const Kept& kept : kept_) {
    if (kept.rebuilds()) changed.push_back(AsciiLower(kept.to->name.name));
  }
  for (const Table* table : dropped_)
    changed.push_back(AsciiLower(table->name.name));
  Guard guard = MakeGuard(now_, to_, changed);
  guard.before.push_back("PRAGMA legacy_alter_table = ON");
  guard.after.push_back("PRAGMA legacy_alter_table = OFF");
  plan_.changes.insert(
      plan_.changes.begin() + static_cast<std::ptrdiff_t>(altered_end_),
      {.kind = "count_rows", .sql = std::move(guard.before)});
  plan_.changes.push_back(
      {.kind = "check_rows", .sql = std::move(guard.after)});
}

Plan Planner::Make() {
  Compare();
  DependentChanges dependents = Dependents();
  AddChecks();
  plan_.changes = std::move(dependents.dropped);
  DropIndexes();
  RenameAll();
  AlterTables();
  altered_end_ = plan_.changes.size();
  DropTables();
  RebuildTables();
  CreateTables();
  CreateIndexes();
  std::ranges::move(dependents.created, std::back_inserter(plan_.changes));
  if (!plan_.changes.empty()) Wrap();
  return std::move(plan_);
}

}  // namespace

Plan MakeSqlitePlan(const Catalog& from, const Catalog& to,
                    const schema::PlanOptions& options) {
  return Planner(from, to, options).Make();
}

}  // namespace godwit::engine::sqlite
