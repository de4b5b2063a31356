// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/steps.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/text.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/online.h"
#include "engine/postgres/schema/retire.h"
#include "engine/postgres/schema/tables.h"

namespace godwit::engine::pg {

namespace {

using ConstraintKind = schema::Constraint::Kind;
constexpr std::size_t kNone = Graph::kNone;

class StepMaker {
 public:
  StepMaker(const Fates& fates, const schema::PlanOptions& options)
      : fates_(fates),
        from_(fates.from()),
        to_(fates.to()),
        options_(options),
        drop_(from_.objects().size(), kNone),
        retire_(from_.objects().size(), kNone),
        make_(to_.objects().size(), kNone),
        copy_(to_.objects().size(), kNone) {}

  StepGraph Run() {
    FindInside();
    AddDrops();
    AddMakes();
    LinkFrom();
    LinkTo();
    LinkNames();
    LinkCopies();
    LinkPartitionedIndexes();
    LinkUndone();
    return std::move(graph_);
  }

 private:
  std::size_t Add(Step step) {
    graph_.steps.push_back(std::move(step));
    return graph_.steps.size() - 1;
  }
  void Before(std::size_t first, std::size_t second) {
    if (first != kNone && second != kNone && first != second)
      graph_.before.emplace_back(first, second);
  }

  // What is said by the statement of something else.
  void FindInside();
  bool BelongsInside(std::size_t object) const;
  bool HasPartitions(const std::string& table) const;
  bool Reaches(std::size_t object, const std::string& table) const;
  std::size_t GoesWith(std::size_t object) const;
  std::size_t OwningColumn(const std::string& sequence) const;
  std::size_t PartOfGoneIndex(std::size_t object) const;
  bool IsInForeignKeyCircle(std::size_t object) const;

  void AddDrops();
  std::size_t DropOf(std::size_t object);
  std::vector<std::string> LostColumns(std::size_t object) const;
  bool HasConstraintsAsParts(std::size_t object) const;
  bool StaysWhenDetached(std::size_t object) const;
  std::size_t UndoneLink(const std::string& table) const;
  void LinkUndone();
  void AddMakes();
  std::size_t MakeOf(std::size_t object);
  std::size_t ParentStep(std::size_t object);
  std::size_t FreedBy(std::size_t object) const;
  Step Create(std::size_t object) const;
  void ContinueNumbers(std::size_t object, Step& step) const;
  Step AlterStep(std::size_t old, std::size_t now) const;
  void AddCopy(std::size_t old, std::size_t now);
  void LinkFrom();
  void LinkTo();
  void LinkWholeIndex(std::size_t index, std::size_t object);
  void LinkNames();
  void LinkCopies();
  void LinkPartitionedIndexes();

  const Fates& fates_;
  const Graph& from_;
  const Graph& to_;
  const schema::PlanOptions& options_;
  StepGraph graph_;
  std::vector<std::size_t> drop_;    // by objects of `from`
  std::vector<std::size_t> retire_;  // by objects of `from`
  std::vector<std::size_t> make_;    // by objects of `to`: made or changed
  std::vector<std::size_t> copy_;    // by objects of `to`
  std::vector<bool> inside_;         // by objects of `to`
};

// Whether it needs the table by way of something else than the table's parts.
bool StepMaker::Reaches(std::size_t object, const std::string& table) const {
  std::vector<std::size_t> open;
  std::set<std::size_t> seen;
  const auto is_part = [&](std::size_t index) {
    const Object& other = to_.objects()[index];
    return other.key == table || other.whole == table;
  };
  for (const std::size_t need : to_.needs(object))
    if (!is_part(need)) open.push_back(need);
  while (!open.empty()) {
    const std::size_t next = open.back();
    open.pop_back();
    if (!seen.insert(next).second) continue;
    if (is_part(next)) return true;
    for (const std::size_t need : to_.needs(next)) open.push_back(need);
    for (const std::size_t need : to_.mentions(next)) open.push_back(need);
  }
  return false;
}

bool IsIndexed(const schema::Constraint& constraint) {
  return constraint.kind != ConstraintKind::kCheck &&
         constraint.kind != ConstraintKind::kForeignKey;
}

bool StepMaker::HasPartitions(const std::string& table) const {
  for (const std::size_t user : to_.needed_by(to_.Position(table))) {
    const Object& object = to_.objects()[user];
    if (object.kind == Kind::kPartition && object.whole != table) return true;
  }
  return false;
}

bool StepMaker::BelongsInside(std::size_t index) const {
  const Object& object = to_.objects()[index];
  if (!fates_.IsNew(index) || object.whole.empty() ||
      !fates_.IsNew(object.whole))
    return false;
  switch (object.kind) {
    case Kind::kColumn:
    case Kind::kInheritance:
      return true;
    case Kind::kDefault: {
      const Object& column = *to_.Find(object.whole);
      return !Reaches(index, column.whole);
    }
    case Kind::kConstraint: {
      const auto& of = std::get<ConstraintOf>(object.value);
      return !of.constraint->definition.ends_with(" NOT VALID") &&
             !(IsIndexed(*of.constraint) && HasPartitions(object.whole)) &&
             !Reaches(index, object.whole);
    }
    default:
      return false;
  }
}

void StepMaker::FindInside() {
  inside_.resize(to_.objects().size(), false);
  for (std::size_t i = 0; i < inside_.size(); ++i)
    inside_[i] = BelongsInside(i);
}

std::size_t StepMaker::OwningColumn(const std::string& sequence) const {
  const std::size_t link =
      from_.Position("ownership " + sequence.substr(sequence.find(' ') + 1));
  if (link == kNone) return kNone;
  for (const std::size_t need : from_.needs(link))
    if (from_.objects()[need].kind == Kind::kColumn) return need;
  return kNone;
}

// The link of a table to the one that it is a part of, where that is undone and
// the table stays.
std::size_t StepMaker::UndoneLink(const std::string& table) const {
  const std::string name = table.substr(table.find(' ') + 1);
  const std::size_t link = from_.Position("partition " + name);
  return link != kNone && fates_.IsGone(link) && !fates_.IsGone(table) ? link
                                                                       : kNone;
}

std::size_t StepMaker::PartOfGoneIndex(std::size_t object) const {
  const std::size_t link =
      from_.Position("attachment " + from_.objects()[object].key);
  if (link == kNone || UndoneLink(from_.objects()[object].whole) != kNone)
    return kNone;
  for (const std::size_t need : from_.needs(link)) {
    const Kind kind = from_.objects()[need].kind;
    if (need != object && fates_.IsGone(need) &&
        (kind == Kind::kIndex || kind == Kind::kConstraint))
      return need;
  }
  return kNone;
}

// Tables that go and refer to each other cannot go one after the other.
bool StepMaker::IsInForeignKeyCircle(std::size_t object) const {
  const auto table_of = [&](std::size_t key) {
    return from_.Position(from_.objects()[key].whole);
  };
  const auto target_of = [&](std::size_t key) {
    const auto& of = std::get<ConstraintOf>(from_.objects()[key].value);
    return from_.Position(Key("table", of.constraint->references));
  };
  const std::size_t start = table_of(object);
  std::vector<std::size_t> open = {target_of(object)};
  std::set<std::size_t> seen;
  if (open[0] == start) return false;
  while (!open.empty()) {
    const std::size_t table = open.back();
    open.pop_back();
    if (table == kNone || !seen.insert(table).second) continue;
    if (table == start) return true;
    for (const std::size_t part : from_.needed_by(table))
      if (from_.objects()[part].kind == Kind::kForeignKey &&
          table_of(part) == table)
        open.push_back(target_of(part));
  }
  return false;
}

// A foreign key goes with the columns that refer, not with those that are
// referred to.
bool BearsKey(const Object& object, const Object& column) {
  if (object.kind != Kind::kForeignKey) return true;
  const auto& columns =
      std::get<ConstraintOf>(object.value).constraint->columns;
  const auto& name = std::get<ColumnOf>(column.value).column->name;
  return std::find(columns.begin(), columns.end(), name) != columns.end();
}

// What a thing that goes is dropped with; kNone: it needs its own statement.
std::size_t StepMaker::GoesWith(std::size_t index) const {
  const Object& object = from_.objects()[index];
  if (object.kind == Kind::kSequence) {
    const std::size_t column = OwningColumn(object.key);
    return column != kNone && fates_.IsGone(column) ? column : kNone;
  }
  if (object.whole.empty()) return kNone;
  const std::size_t whole = from_.Position(object.whole);
  if (fates_.IsGone(whole)) {
    const bool link =
        object.kind == Kind::kPartition || object.kind == Kind::kInheritance;
    if ((link || object.kind == Kind::kStatistics) && fates_.IsRemade(whole))
      return kNone;
    if (object.kind == Kind::kForeignKey && IsInForeignKeyCircle(index))
      return kNone;
    return whole;
  }
  if (object.kind == Kind::kIndex || object.kind == Kind::kConstraint) {
    const std::size_t parent = PartOfGoneIndex(index);
    if (parent != kNone) return parent;
  }
  const bool of_columns = object.kind == Kind::kIndex ||
                          object.kind == Kind::kConstraint ||
                          object.kind == Kind::kForeignKey;
  if (of_columns)
    for (const std::size_t need : from_.needs(index)) {
      const Object& column = from_.objects()[need];
      if (column.kind == Kind::kColumn && BearsKey(object, column) &&
          column.whole == object.whole && fates_.IsGone(need))
        return need;
    }
  return kNone;
}

// What a table had from another one is its own afterwards.
bool StepMaker::StaysWhenDetached(std::size_t index) const {
  const Object& object = from_.objects()[index];
  const auto* of = std::get_if<ConstraintOf>(&object.value);
  return of != nullptr && object.drop.empty() && of->constraint->inherited &&
         UndoneLink(object.whole) != kNone;
}

// The values that a table that is made again has no place for.
std::vector<std::string> StepMaker::LostColumns(std::size_t index) const {
  std::vector<std::string> lost;
  const auto* table =
      std::get_if<const schema::Table*>(&from_.objects()[index].value);
  if (table == nullptr) return lost;
  for (const schema::Column& column : (*table)->columns)
    if (to_.Find(Key("column", (*table)->name, column.name)) == nullptr)
      lost.push_back(column.name);
  return lost;
}

// An index whose parts bear constraints: the server drops them on demand only.
bool StepMaker::HasConstraintsAsParts(std::size_t index) const {
  if (from_.objects()[index].kind != Kind::kIndex) return false;
  for (const std::size_t link : from_.needed_by(index)) {
    const Object& part = from_.objects()[link];
    if (part.kind == Kind::kAttachment &&
        part.whole != from_.objects()[index].key &&
        part.whole.starts_with("constraint "))
      return true;
  }
  return false;
}

std::size_t StepMaker::DropOf(std::size_t index) {
  if (drop_[index] != kNone) return drop_[index];
  const std::size_t other = GoesWith(index);
  if (other != kNone) return drop_[index] = DropOf(other);
  const Object& object = from_.objects()[index];
  Step step{.action = Step::Action::kDrop, .from = &object};
  if (!object.drop.empty()) step.sql = {object.drop};
  if (options_.online) step.sql = DropOnline(object);
  if (StaysWhenDetached(index))
    step.sql = {DropConstraint(std::get<ConstraintOf>(object.value))};
  if (HasConstraintsAsParts(index)) step.sql.back() += " CASCADE";
  if (fates_.IsRetired(index)) {
    retire_[index] = Add({.action = Step::Action::kRetire,
                          .from = &object,
                          .sql = Retire(object)});
    step.sql = {DropRetired(object)};
    step.retired = true;
    step.lost = LostColumns(index);
  }
  return drop_[index] = Add(std::move(step));
}

void StepMaker::AddDrops() {
  for (std::size_t i = 0; i < drop_.size(); ++i)
    if (fates_.IsGone(i)) DropOf(i);
  for (std::size_t i = 0; i < retire_.size(); ++i)
    if (retire_[i] != kNone) Before(retire_[i], drop_[i]);
}

Step StepMaker::Create(std::size_t index) const {
  const Object& object = to_.objects()[index];
  Step step{.action = Step::Action::kCreate, .to = &object};
  const bool used = !object.whole.empty() && !fates_.IsNew(object.whole);
  step.on_new = !used;
  step.sql = options_.online && used ? CreateOnline(object) : object.create;
  const auto inside = [this](const std::string& key) {
    const std::size_t part = to_.Position(key);
    return part != kNone && inside_[part];
  };
  if (object.kind == Kind::kTable) {
    step.sql = {
        CreateTable(*std::get<const schema::Table*>(object.value), inside)};
  } else if (object.kind == Kind::kColumn) {
    const auto& of = std::get<ColumnOf>(object.value);
    const bool with_default =
        inside(Key("default", of.table->name, of.column->name));
    step.sql = {Cat(
        "ALTER TABLE ", Quoted(of.table->name), " ADD COLUMN ",
        ColumnDefinition(*of.table, *of.column,
                         with_default ? WithDefault::kYes : WithDefault::kNo))};
  }
  if (object.kind == Kind::kOwnership) ContinueNumbers(index, step);
  for (std::string& sql : AlterProperties({}, object.properties))
    step.sql.push_back(std::move(sql));
  return step;
}

// A new sequence of a column that has rows begins behind them.
void StepMaker::ContinueNumbers(std::size_t index, Step& step) const {
  const Object& sequence = *to_.Find(to_.objects()[index].whole);
  if (!fates_.IsNew(sequence.key)) return;
  const auto& of = *std::get<const schema::Sequence*>(sequence.value);
  const std::string key = Key("column", of.owner_table, of.owner_column);
  if (fates_.IsNew(key) || to_.Find(key) == nullptr) return;
  const std::string column = Quoted(of.owner_column);
  const bool up = of.options.increment > 0;
  const std::string last = Cat(up ? "max(" : "min(", column, ")");
  step.sql.push_back(Cat("SELECT pg_catalog.setval(", Literal(Quoted(of.name)),
                         ", ", last, ") FROM ", Quoted(of.owner_table),
                         " HAVING ", last,
                         up ? " >= " : " <= ", of.options.start));
}

Step StepMaker::AlterStep(std::size_t old, std::size_t now) const {
  const Alteration& alteration = fates_.alteration(now);
  Step step{.action = Step::Action::kAlter,
            .from = &from_.objects()[old],
            .to = &to_.objects()[now],
            .sql = alteration.sql,
            .hazards = alteration.hazards};
  for (std::string& sql :
       AlterProperties(step.from->properties, step.to->properties))
    step.sql.push_back(std::move(sql));
  return step;
}

// What a table has from its parents is made and changed there.
std::size_t StepMaker::ParentStep(std::size_t index) {
  const Object& object = to_.objects()[index];
  if (object.kind != Kind::kColumn) return kNone;
  const auto& of = std::get<ColumnOf>(object.value);
  if (!of.column->inherited) return kNone;
  // What had a column of its own before is attached with it.
  const std::size_t old = fates_.PartnerOfTo(index);
  if (!fates_.IsNew(index) &&
      !std::get<ColumnOf>(from_.objects()[old].value).column->inherited)
    return kNone;
  for (const schema::Name& parent : of.table->parents) {
    const std::size_t column =
        to_.Position(Key("column", parent, of.column->name));
    if (column != kNone) return MakeOf(column);
  }
  return kNone;
}

std::size_t StepMaker::MakeOf(std::size_t index) {
  if (make_[index] != kNone) return make_[index];
  const Object& object = to_.objects()[index];
  const std::size_t old = fates_.PartnerOfTo(index);
  const bool is_new = fates_.IsNew(index);
  if (is_new && inside_[index]) {
    const std::size_t whole = MakeOf(to_.Position(object.whole));
    for (std::string& sql : AlterProperties({}, object.properties))
      graph_.steps[whole].sql.push_back(std::move(sql));
    return make_[index] = whole;
  }
  const std::size_t parent = ParentStep(index);
  if (parent == kNone) {
    if (!is_new && fates_.alteration(index).way == Alteration::Way::kSame &&
        AlterProperties(from_.objects()[old].properties, object.properties)
            .empty())
      return kNone;
    return make_[index] = Add(is_new ? Create(index) : AlterStep(old, index));
  }
  Step step = is_new ? Step{.action = Step::Action::kAlter,
                            .to = &object,
                            .sql = AlterProperties({}, object.properties)}
                     : AlterStep(old, index);
  if (step.sql.empty()) return make_[index] = parent;
  make_[index] = Add(std::move(step));
  Before(parent, make_[index]);
  return make_[index];
}

// After which step a thing's name is free: what goes with a retired table was
// given another name with it.
std::size_t StepMaker::FreedBy(std::size_t object) const {
  const Step& step = graph_.steps[drop_[object]];
  const std::size_t whole = from_.Position(step.from->key);
  return retire_[whole] != kNone ? retire_[whole] : drop_[object];
}

void StepMaker::AddMakes() {
  for (std::size_t i = 0; i < make_.size(); ++i) MakeOf(i);
  for (std::size_t i = 0; i < make_.size(); ++i) {
    const std::size_t old = fates_.PartnerOfTo(i);
    if (old == kNone || !fates_.IsGone(old)) continue;
    Before(FreedBy(old), make_[i]);
    if (retire_[old] == kNone) continue;
    Before(make_[i], drop_[old]);
    if (to_.objects()[i].kind == Kind::kTable) AddCopy(old, i);
  }
}

void StepMaker::AddCopy(std::size_t old, std::size_t now) {
  const auto& old_table =
      *std::get<const schema::Table*>(from_.objects()[old].value);
  const auto& new_table =
      *std::get<const schema::Table*>(to_.objects()[now].value);
  copy_[now] = Add({.action = Step::Action::kCopy,
                    .from = &from_.objects()[old],
                    .to = &to_.objects()[now],
                    .sql = CopyRows(old_table, new_table)});
  Before(make_[now], copy_[now]);
  Before(copy_[now], drop_[old]);
}

// What needs a thing lets go of it before the thing goes or changes.
void StepMaker::LinkFrom() {
  for (std::size_t object = 0; object < drop_.size(); ++object)
    for (const std::size_t need : from_.needs(object)) {
      const std::size_t need_now = fates_.PartnerOfFrom(need);
      if (fates_.IsGone(object)) {
        if (fates_.IsGone(need)) {
          Before(drop_[object], drop_[need]);
          const bool folded_part =
              from_.objects()[object].kind == Kind::kPartition &&
              graph_.steps[drop_[object]].from != &from_.objects()[object];
          if (retire_[need] != kNone && !folded_part &&
              drop_[object] != drop_[need])
            Before(drop_[object],
                   retire_[object] == kNone ? retire_[need] : kNone);
        } else if (need_now != kNone) {
          Before(drop_[object], make_[need_now]);
        }
      } else if (fates_.IsGone(need)) {
        Before(make_[fates_.PartnerOfFrom(object)], drop_[need]);
      }
    }
}

// The index of a partitioned table is one when all of its parts are there.
void StepMaker::LinkWholeIndex(std::size_t index, std::size_t object) {
  for (const std::size_t part : to_.needed_by(index))
    if (to_.objects()[part].kind == Kind::kAttachment)
      Before(make_[part], make_[object]);
}

void StepMaker::LinkTo() {
  for (std::size_t object = 0; object < make_.size(); ++object) {
    if (make_[object] == kNone) continue;
    for (const std::size_t need : to_.needs(object)) {
      Before(make_[need], make_[object]);
      if (to_.objects()[object].kind == Kind::kForeignKey)
        LinkWholeIndex(need, object);
      const std::size_t old = fates_.PartnerOfTo(object);
      if (to_.objects()[object].kind == Kind::kIndex && old != kNone &&
          to_.objects()[need].kind == Kind::kPartition)
        Before(drop_[old], make_[need]);
    }
    for (const std::size_t need : to_.mentions(object))
      if (make_[need] != kNone && make_[need] != make_[object])
        graph_.better_before.emplace_back(make_[need], make_[object]);
  }
}

void StepMaker::LinkNames() {
  std::map<std::string, std::size_t> freed;
  for (std::size_t i = 0; i < drop_.size(); ++i) {
    if (!fates_.IsGone(i)) continue;
    for (const std::string& name : from_.objects()[i].names)
      freed[name] = FreedBy(i);
  }
  for (std::size_t i = 0; i < make_.size(); ++i) {
    if (make_[i] == kNone) continue;
    for (const std::string& name : to_.objects()[i].names) {
      const auto step = freed.find(name);
      if (step == freed.end()) continue;
      Before(step->second, make_[i]);
    }
  }
}

// Rows are there before what watches them, and come from parts that are still
// attached.
void StepMaker::LinkCopies() {
  for (std::size_t table = 0; table < copy_.size(); ++table) {
    if (copy_[table] == kNone) continue;
    for (const std::size_t user : to_.needed_by(table)) {
      const Kind kind = to_.objects()[user].kind;
      if (kind == Kind::kPartition) Before(make_[user], copy_[table]);
      if (kind == Kind::kTrigger || kind == Kind::kForeignKey ||
          kind == Kind::kRule || kind == Kind::kIndex)
        Before(copy_[table], make_[user]);
    }
    const std::size_t old = fates_.PartnerOfTo(table);
    for (const std::size_t user : from_.needed_by(old))
      if (from_.objects()[user].kind == Kind::kPartition &&
          drop_[user] != kNone &&
          graph_.steps[drop_[user]].from != &from_.objects()[user])
        Before(copy_[table], drop_[user]);
  }
}

// A part that is attached gets an index for each of the table's that it has
// not: the table's own come later, and say themselves what is attached to them.
void StepMaker::LinkPartitionedIndexes() {
  for (std::size_t link = 0; link < make_.size(); ++link) {
    const Object& object = to_.objects()[link];
    if (object.kind != Kind::kPartition || make_[link] == kNone) continue;
    for (const std::size_t table : to_.needs(link)) {
      if (to_.objects()[table].kind != Kind::kTable ||
          to_.objects()[table].key == object.whole)
        continue;
      for (const std::size_t part : to_.needed_by(table)) {
        const Kind kind = to_.objects()[part].kind;
        if ((kind == Kind::kIndex || kind == Kind::kConstraint) &&
            to_.objects()[part].whole == to_.objects()[table].key)
          Before(make_[link], make_[part]);
      }
    }
  }
}

// Keys that reach parts go before the parts do; what is of a part's own comes
// when it is none any more.
void StepMaker::LinkUndone() {
  for (std::size_t i = 0; i < drop_.size(); ++i) {
    const Object& object = from_.objects()[i];
    if (drop_[i] == kNone) continue;
    const bool is_index =
        object.kind == Kind::kIndex || object.kind == Kind::kConstraint;
    if (StaysWhenDetached(i) || is_index) {
      const std::size_t link = UndoneLink(object.whole);
      if (link != kNone) Before(drop_[link], drop_[i]);
    }
    if (object.kind != Kind::kPartition || UndoneLink(object.whole) != i)
      continue;
    for (const std::size_t table : from_.needs(i))
      for (const std::size_t key : from_.needed_by(table))
        if (from_.objects()[key].kind == Kind::kForeignKey &&
            from_.objects()[table].key != object.whole)
          Before(drop_[key], drop_[i]);
  }
  for (std::size_t i = 0; i < make_.size(); ++i) {
    const std::string& whole = to_.objects()[i].whole;
    if (make_[i] == kNone || whole.empty()) continue;
    const std::size_t link = UndoneLink(whole);
    if (link != kNone) Before(drop_[link], make_[i]);
  }
}

}  // namespace

StepGraph MakeSteps(const Fates& fates, const schema::PlanOptions& options) {
  return StepMaker(fates, options).Run();
}

}  // namespace godwit::engine::pg
