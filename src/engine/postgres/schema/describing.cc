// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/describing.h"

#include <algorithm>

#include "base/text.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/tables.h"
#include "engine/postgres/schema/types.h"

namespace godwit::engine::pg {

using schema::Declaration;
using schema::Name;
using schema::Value;

namespace {

Value Make(Value::Kind kind, std::string_view text) {
  Value value;
  value.kind = kind;
  value.text = text;
  return value;
}

}  // namespace

Value TextValue(std::string_view text) {
  return Make(Value::Kind::kString, text);
}
Value WordValue(std::string_view word) {
  return Make(Value::Kind::kWord, word);
}
Value SqlValue(std::string_view text) {
  return Make(Value::Kind::kSql, text);
}
Value NumberValue(std::string_view digits) {
  return Make(Value::Kind::kNumber, digits);
}
Value FlagValue(bool truth) {
  Value value;
  value.kind = Value::Kind::kBool;
  value.truth = truth;
  return value;
}
Value ListValue(std::vector<Value> items) {
  Value value;
  value.kind = Value::Kind::kList;
  value.items = std::move(items);
  return value;
}
Value ReferenceValue(schema::Reference reference) {
  Value value;
  value.kind = Value::Kind::kReference;
  value.reference = std::move(reference);
  return value;
}
Value ObjectValue(std::string_view kind, const Name& name) {
  return ReferenceValue({std::string(kind), name, {}, {}});
}

void Put(Declaration& out, std::string_view name, Value value) {
  out.attributes.push_back({std::string(name), std::move(value), {}});
}

void PutText(Declaration& out, std::string_view name, std::string_view text) {
  if (!text.empty()) Put(out, name, TextValue(text));
}

void PutWord(Declaration& out, std::string_view name, std::string_view words) {
  if (words.empty()) return;
  std::string word(words);
  std::ranges::replace(word, ' ', '_');
  Put(out, name, WordValue(word));
}

void PutNumber(Declaration& out, std::string_view name,
               std::string_view digits) {
  if (!digits.empty()) Put(out, name, NumberValue(digits));
}

void PutFlag(Declaration& out, std::string_view name, bool truth, bool usual) {
  if (truth != usual) Put(out, name, FlagValue(truth));
}

void PutSchema(Declaration& out, const std::string& name) {
  Put(out, "schema", ObjectValue("schema", {"", name}));
}

namespace {

// Digits that a number has again when it is printed: no zero too many.
bool IsCanonicalNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const auto digits = [](std::string_view part) {
    return !part.empty() &&
           part.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (!digits(whole) || (whole.size() > 1 && whole[0] == '0')) return false;
  if (point == text.npos) return true;
  const std::string_view fraction = text.substr(point + 1);
  return digits(fraction) && fraction.back() != '0';
}

}  // namespace

Value ParameterValue(const std::string& text) {
  if (text == "true" || text == "false") return FlagValue(text == "true");
  return IsCanonicalNumber(text) ? NumberValue(text) : TextValue(text);
}

void PutParameters(Declaration& out, std::string_view kind,
                   const std::vector<std::string>& options) {
  if (options.empty()) return;
  Declaration block;
  block.kind = kind;
  for (const std::string& option : options) {
    const std::size_t equals = std::min(option.find('='), option.size());
    const std::string text =
        equals == option.size() ? "true" : option.substr(equals + 1);
    Put(block, option.substr(0, equals), ParameterValue(text));
  }
  out.blocks.push_back(std::move(block));
}

void PutState(Declaration& out, std::string_view enabled) {
  if (enabled == "DISABLE") Put(out, "state", WordValue("DISABLED"));
  if (enabled.starts_with("ENABLE ")) PutWord(out, "state", enabled.substr(7));
}

std::string CollationText(std::string_view sql) {
  if (sql.empty()) return {};
  Definition reader(sql);
  const Name name = reader.TakeQualified();
  const bool plain = name.schema.empty() || name.schema == "pg_catalog";
  if (plain && !name.name.starts_with('"')) return name.name;
  const auto quoted = [](std::string_view identifier) {
    std::string out = "\"";
    for (const char c : identifier) {
      if (c == '"') out += c;
      out += c;
    }
    return out + '"';
  };
  if (name.schema.empty()) return quoted(name.name);
  return Cat(quoted(name.schema), ".", quoted(name.name));
}

void PutSequenceOptions(Declaration& out, const schema::Identity& options,
                        std::string_view type) {
  const schema::Identity usual = UsualSequence(options, type);
  const auto put = [&](std::string_view name, std::int64_t value,
                       std::int64_t otherwise) {
    if (value != otherwise) PutNumber(out, name, Cat(value));
  };
  put("start", options.start, usual.start);
  put("increment", options.increment, 1);
  put("min_value", options.minimum, usual.minimum);
  put("max_value", options.maximum, usual.maximum);
  put("cache", options.cache, 1);
  PutFlag(out, "cycle", options.cycle);
}

Describing::Describing(const schema::Catalog& catalog) : catalog_(catalog) {
  for (const schema::Table& table : catalog.tables) {
    tables_[table.name] = &table;
    relations_[table.name] = IsPartition(table) ? "partition" : "table";
  }
  for (const schema::View& view : catalog.views)
    relations_[view.name] = view.materialized ? "materialized" : "view";
  types_ = relations_;
  for (const auto& type : catalog.enums) types_[type.name] = "enum";
  for (const auto& type : catalog.domains) types_[type.name] = "domain";
  for (const auto& type : catalog.composites) types_[type.name] = "composite";
  for (const auto& type : catalog.ranges) types_[type.name] = "range";
  using Kind = schema::Routine::Kind;
  for (const schema::Routine& routine : catalog.routines) {
    ++routines_[routine.name];
    routine_kinds_[routine.name] =
        routine.kind == Kind::kAggregate   ? "aggregate"
        : routine.kind == Kind::kProcedure ? "procedure"
                                           : "function";
  }
  FindSerials();
  FindTargets();
  for (const schema::Table& table : catalog.tables)
    blocks_[&table] = FindBlocks(table);
}

const schema::Table* Describing::FindTable(const Name& name) const {
  const auto found = tables_.find(name);
  return found == tables_.end() ? nullptr : found->second;
}

std::string_view Describing::RelationKind(const Name& name) const {
  const auto found = relations_.find(name);
  return found == relations_.end() ? std::string_view() : found->second;
}

Value Describing::Relation(const Name& name) const {
  const std::string_view kind = RelationKind(name);
  return ObjectValue(kind.empty() ? "table" : kind, name);
}

// A sequence as `serial` makes it, behind a column as `serial` makes that.
void Describing::FindSerials() {
  for (const schema::Sequence& sequence : catalog_.sequences) {
    const schema::Table* table = FindTable(sequence.owner_table);
    if (table == nullptr || IsPartition(*table) || !table->of_type.empty())
      continue;
    const Name usual{table->name.schema,
                     Cat(table->name.name, "_", sequence.owner_column, "_seq")};
    const bool plain =
        sequence.name == usual && usual.name.size() < 64 &&
        SequenceOptions(sequence.options, sequence.type).empty() &&
        sequence.comment.empty() && sequence.grants.empty() &&
        !sequence.unlogged && !table->unlogged;
    const auto column = std::ranges::find(table->columns, sequence.owner_column,
                                          &schema::Column::name);
    if (!plain || column == table->columns.end()) continue;
    const std::string value =
        Cat("nextval(", Literal(Quoted(sequence.name)), "::regclass)");
    if (!column->not_null || column->type != sequence.type ||
        column->default_value != value || column->inherited)
      continue;
    serials_.insert(&sequence);
    serial_columns_.emplace(table->name, column->name);
  }
}

void Describing::FindTargets() {
  for (const schema::Table& table : catalog_.tables) {
    for (const schema::Constraint& constraint : table.constraints)
      if (!constraint.inherited)
        targets_[constraint.references].insert(
            constraint.referenced_columns.begin(),
            constraint.referenced_columns.end());
    for (const schema::Grant& grant : table.grants)
      if (!grant.column.empty()) targets_[table.name].insert(grant.column);
  }
  for (const schema::Sequence& sequence : catalog_.sequences)
    if (!sequence.owner_column.empty())
      targets_[sequence.owner_table].insert(sequence.owner_column);
}

bool Describing::IsSerial(const schema::Table& table,
                          const schema::Column& column) const {
  return serial_columns_.contains({table.name, column.name});
}

namespace {

bool IsAsInherited(const schema::Column& column, const schema::Column& parent) {
  return column.not_null == parent.not_null &&
         column.default_value == parent.default_value &&
         column.not_null_constraint == parent.not_null_constraint &&
         column.storage == parent.storage &&
         column.compression == parent.compression && !column.statistics &&
         column.options.empty() && column.comment.empty();
}

const schema::Column* ColumnOf(const schema::Table& table,
                               const std::string& name) {
  const auto found =
      std::ranges::find(table.columns, name, &schema::Column::name);
  return found == table.columns.end() ? nullptr : &*found;
}

}  // namespace

// A part has the columns of its whole, in their order, or says them all; an
// heir says what is its own, and what it changes.
std::set<std::string> Describing::FindBlocks(const schema::Table& table) const {
  std::set<std::string> all;
  for (const schema::Column& column : table.columns) all.insert(column.name);
  const auto targets = targets_.find(table.name);
  const auto is_target = [&](const std::string& name) {
    return targets != targets_.end() && targets->second.contains(name);
  };
  if (IsPartition(table)) {
    const schema::Table* whole =
        table.parents.empty() ? nullptr : FindTable(table.parents[0]);
    if (whole == nullptr || whole->columns.size() != table.columns.size() ||
        std::ranges::any_of(all, is_target))
      return all;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      if (table.columns[i].name != whole->columns[i].name ||
          table.columns[i].generated != whole->columns[i].generated ||
          !IsAsInherited(table.columns[i], whole->columns[i]))
        return all;
    return {};
  }
  if (!table.of_type.empty()) {
    std::erase_if(all, [&](const std::string& name) {
      const schema::Column& column = *ColumnOf(table, name);
      return IsAsInherited(column, {.name = name}) && !column.identity &&
             !is_target(name);
    });
    return all;
  }
  std::erase_if(all, [&](const std::string& name) {
    const schema::Column& column = *ColumnOf(table, name);
    if (column.local || !column.inherited || is_target(name)) return false;
    for (const Name& parent : table.parents) {
      const schema::Table* found = FindTable(parent);
      const schema::Column* of =
          found == nullptr ? nullptr : ColumnOf(*found, name);
      if (of != nullptr) return IsAsInherited(column, *of);
    }
    return false;
  });
  return all;
}

const std::set<std::string>& Describing::Blocks(
    const schema::Table& table) const {
  return blocks_.at(&table);
}

// A column that has no block here is named as its parent's.
Value Describing::Column(const Name& relation,
                         const std::string& column) const {
  const schema::Table* table = FindTable(relation);
  const std::string kind(RelationKind(relation));
  if (table == nullptr || Blocks(*table).contains(column))
    return ReferenceValue({kind, relation, "column", column});
  for (const Name& parent : table->parents) {
    const schema::Table* found = FindTable(parent);
    if (found != nullptr && ColumnOf(*found, column) != nullptr)
      return Column(parent, column);
  }
  if (!table->of_type.empty()) {
    Definition reader(table->of_type);
    return ReferenceValue(
        {"composite", reader.TakeQualified(), "field", column});
  }
  return ReferenceValue({kind, relation, "column", column});
}

Value Describing::OwnColumn(const Name& relation,
                            const std::string& column) const {
  Value value = Column(relation, column);
  if (value.reference.name == relation) {
    value.reference.kind.clear();
    value.reference.name = {};
  }
  return value;
}

bool Describing::HasNameAlone(const schema::Routine& routine) const {
  return routines_.at(routine.name) == 1;
}

Value Describing::Callee(const std::string& text) const {
  Definition reader(text);
  const Name name = reader.TakeQualified();
  const auto found = routine_kinds_.find(name);
  if (!reader.AtEnd() || found == routine_kinds_.end()) return TextValue(text);
  return ObjectValue(found->second, name);
}

Declaration& Describing::Add(std::string_view kind, const Name& name) {
  Declaration& out = out_.emplace_back();
  out.kind = kind;
  out.name = name.name;
  if (!name.schema.empty()) PutSchema(out, name.schema);
  return out;
}

void Describing::AddObject(std::string_view kind, std::string_view identity,
                           std::vector<std::string> statements,
                           const std::string& comment) {
  Declaration& out = Add("object", {"", std::string(identity)});
  PutText(out, "kind", kind);
  std::vector<Value> list;
  for (const std::string& statement : statements)
    list.push_back(TextValue(statement));
  Put(out, "create", ListValue(std::move(list)));
  PutText(out, "comment", comment);
}

namespace {

Value RoleValue(const schema::Grant& grant) {
  if (grant.owner) return WordValue("OWNER");
  return grant.role.empty() ? WordValue("PUBLIC") : TextValue(grant.role);
}

}  // namespace

// One block for all rights of one kind of one role.
void Describing::AddPermissions(const Value& object,
                                const std::string* arguments,
                                const std::vector<schema::Grant>& grants) {
  using Key = std::tuple<std::string, bool, bool, bool, std::string>;
  std::map<Key, std::vector<const schema::Grant*>> groups;
  for (const schema::Grant& grant : grants)
    groups[{grant.role, grant.owner, grant.grantable, grant.revoked,
            grant.column}]
        .push_back(&grant);
  for (const auto& [key, group] : groups) {
    const schema::Grant& first = *group.front();
    Declaration& out = Add("permission", {});
    Put(out, "to", RoleValue(first));
    Put(out, "for",
        first.column.empty() ? object
                             : Column(object.reference.name, first.column));
    if (arguments != nullptr) Put(out, "args", TextValue(*arguments));
    std::vector<Value> privileges;
    for (const schema::Grant* grant : group)
      privileges.push_back(WordValue(grant->privilege));
    Put(out, "privileges", ListValue(std::move(privileges)));
    PutFlag(out, "grantable", first.grantable);
    PutFlag(out, "revoked", first.revoked);
  }
}

}  // namespace godwit::engine::pg
