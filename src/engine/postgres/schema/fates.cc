// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/fates.h"

#include <algorithm>

#include "engine/postgres/schema/names.h"

namespace godwit::engine::pg {

namespace {

using Way = Alteration::Way;

// Whether an index holds more than plain columns.
bool HasExpressions(const std::string& definition) {
  const std::size_t list = definition.find(" USING ");
  const std::size_t open = definition.find('(', list);
  if (open == definition.npos) return false;
  return definition.find('(', open + 1) != definition.npos ||
         definition.find(" WHERE ") != definition.npos;
}

bool IsGenerated(const Object& object) {
  const auto* of = std::get_if<ColumnOf>(&object.value);
  return of != nullptr && !of->column->generated.empty();
}

}  // namespace

Fates::Fates(const Graph& from, const Graph& to,
             const schema::PlanOptions& options)
    : from_(from),
      to_(to),
      in_to_(from.objects().size(), Graph::kNone),
      in_from_(to.objects().size(), Graph::kNone),
      gone_(from.objects().size(), false),
      alterations_(to.objects().size()) {
  Decide(options);
  Propagate();
}

bool Fates::IsGone(const std::string& key) const {
  const std::size_t object = from_.Position(key);
  return object != Graph::kNone && gone_[object];
}

bool Fates::IsNew(const std::string& key) const {
  const std::size_t object = to_.Position(key);
  return object != Graph::kNone && IsNew(object);
}

bool Fates::IsRetired(std::size_t from_object) const {
  const Kind kind = from_.objects()[from_object].kind;
  return IsRemade(from_object) && (kind == Kind::kTable || kind == Kind::kType);
}

void Fates::Decide(const schema::PlanOptions& options) {
  const AlterContext context{from_, to_, options};
  for (std::size_t old = 0; old < gone_.size(); ++old) {
    const Object& object = from_.objects()[old];
    const std::size_t now = to_.Position(object.key);
    if (now == Graph::kNone) {
      gone_[old] = true;
      causes_.push_back(old);
      continue;
    }
    in_to_[old] = now;
    in_from_[now] = old;
    Alteration& alteration = alterations_[now];
    alteration = Alter(object, to_.objects()[now], context);
    if (alteration.way == Way::kRemake) Remake(old);
    if (alteration.retypes) causes_.push_back(old);
  }
}

// A part cannot be taken off an index: both are made again.
void Fates::UndoAttachments() {
  for (std::size_t i = 0; i < gone_.size(); ++i) {
    const Object& link = from_.objects()[i];
    if (link.kind != Kind::kAttachment || !gone_[i]) continue;
    const std::size_t part = from_.Position(link.whole);
    for (const std::size_t index : from_.needs(i)) {
      const Kind kind = from_.objects()[index].kind;
      if (index != part &&
          (kind == Kind::kIndex || kind == Kind::kConstraint) &&
          !gone_[index] && !gone_[part] && !IsDetached(part, index))
        Remake(index);
    }
  }
}

// An index that must not be taken for the one that the partition has with its
// table is out of the way when the partition is attached.
void Fates::RemakeTwins() {
  for (std::size_t i = 0; i < in_from_.size(); ++i) {
    if (to_.objects()[i].kind != Kind::kIndex || IsNew(i)) continue;
    for (const std::size_t need : to_.needs(i))
      if (to_.objects()[need].kind == Kind::kPartition && IsNew(need))
        Remake(in_from_[i]);
  }
}

void Fates::Propagate() {
  UndoAttachments();
  RemakeTwins();
  while (!causes_.empty()) {
    const std::size_t cause = causes_.back();
    causes_.pop_back();
    for (const std::size_t object : from_.needed_by(cause))
      React(object, cause);
  }
}

void Fates::Remake(std::size_t object) {
  if (gone_[object]) return;
  gone_[object] = true;
  causes_.push_back(object);
}

void Fates::React(std::size_t object, std::size_t cause) {
  if (gone_[object]) {
    if (from_.objects()[object].kind == Kind::kAttachment && gone_[cause])
      ReactOfAttachment(object, cause);
    return;
  }
  if (gone_[cause])
    ReactToGone(object, cause);
  else
    ReactToRetyped(object);
}

void Fates::ReactToGone(std::size_t object, std::size_t cause) {
  const Object& thing = from_.objects()[object];
  const Object& lost = from_.objects()[cause];
  switch (thing.kind) {
    case Kind::kColumn:
      return ReactOfColumn(object, cause);
    case Kind::kSchema:
    case Kind::kExtension:
    case Kind::kSequence:
    case Kind::kDefaultPrivileges:
      return;
    case Kind::kTable:
      return;
    case Kind::kIndex:
      // That it comes after the partition is a wish of ours, too.
      if (lost.kind == Kind::kPartition) return;
      break;
    case Kind::kPartition:
      // That it comes after indexes of its own is a wish of ours only.
      if (lost.kind == Kind::kTable) Remake(object);
      return;
    case Kind::kAttachment:
      Remake(object);
      return ReactOfAttachment(object, cause);
    case Kind::kType:
      if (in_to_[cause] != Graph::kNone) Remake(object);
      return;
    default:
      break;
  }
  const Alteration& alteration = alterations_[in_to_[object]];
  const bool lets_go =
      alteration.way == Way::kReplace && !to_.Needs(thing.key, lost.key);
  if (!lets_go) Remake(object);
}

void Fates::ReactOfColumn(std::size_t object, std::size_t cause) {
  const Object& thing = from_.objects()[object];
  const Object& lost = from_.objects()[cause];
  if (lost.kind == Kind::kTable && thing.whole == lost.key)
    return Remake(object);
  if (IsGenerated(thing)) return Remake(object);
  if (lost.kind == Kind::kType) Retype(object);
}

void Fates::Retype(std::size_t object) {
  Alteration& alteration = alterations_[in_to_[object]];
  if (alteration.retypes) return;
  const auto& old = std::get<ColumnOf>(from_.objects()[object].value);
  const auto& now = std::get<ColumnOf>(to_.objects()[in_to_[object]].value);
  alteration.retypes = true;
  alteration.way = Way::kInPlace;
  if (!(now.column->inherited && old.column->inherited))
    alteration.sql.insert(alteration.sql.begin(),
                          AlterColumnType(old, now, true));
  causes_.push_back(object);
}

// Whether the table of an index's part is no part any more when the index goes.
bool Fates::IsDetached(std::size_t part, std::size_t index) const {
  const std::string& table = from_.objects()[part].whole;
  const std::string link = "partition " + table.substr(table.find(' ') + 1);
  return IsGone(link) || IsGone(from_.objects()[index].whole);
}

// A part of a partitioned index goes with it and never without it.
void Fates::ReactOfAttachment(std::size_t object, std::size_t cause) {
  const Object& attachment = from_.objects()[object];
  const std::size_t part = from_.Position(attachment.whole);
  if (part == Graph::kNone) return;
  if (part != cause) {
    if (!IsDetached(part, cause)) Remake(part);
    return;
  }
  const std::size_t table = from_.Position(from_.objects()[part].whole);
  if (table != Graph::kNone && gone_[table]) return;
  for (const std::size_t need : from_.needs(object)) {
    const Kind kind = from_.objects()[need].kind;
    if (need != part && (kind == Kind::kIndex || kind == Kind::kConstraint))
      Remake(need);
  }
}

void Fates::ReactToRetyped(std::size_t object) {
  const Object& thing = from_.objects()[object];
  switch (thing.kind) {
    case Kind::kDefault:
    case Kind::kView:
    case Kind::kRule:
    case Kind::kPolicy:
    case Kind::kTrigger:
    case Kind::kRoutine:
    case Kind::kForeignKey:
      return Remake(object);
    case Kind::kColumn:
      if (IsGenerated(thing)) Remake(object);
      return;
    case Kind::kConstraint: {
      const auto& of = std::get<ConstraintOf>(thing.value);
      if (of.constraint->kind == schema::Constraint::Kind::kCheck)
        Remake(object);
      return;
    }
    case Kind::kIndex:
      if (HasExpressions(thing.definition)) Remake(object);
      return;
    default:
      return;
  }
}

}  // namespace godwit::engine::pg
