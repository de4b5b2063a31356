// SPDX-License-Identifier: Apache-2.0
#include "query/scope.h"

#include <algorithm>

namespace godwit::query {

const schema::Relation* Names::Find(std::span<const std::string> path) const {
  if (path.empty()) return nullptr;
  for (const schema::Relation& relation : relations_) {
    if (!Same(relation.name, path.back())) continue;
    // "main.users" on SQLite, where what is in no other schema has none here.
    if (path.size() < 2 || Same(relation.schema, path[path.size() - 2]) ||
        (relation.schema.empty() && Same("main", path[path.size() - 2])))
      return &relation;
  }
  return nullptr;
}

bool Names::Same(std::string_view a, std::string_view b) const {
  if (!folds_) return a == b;
  return std::ranges::equal(a, b, [](char x, char y) {
    const auto lower = [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    };
    return lower(x) == lower(y);
  });
}

Field Scope::At(const FieldPlace& place) const {
  const Source& source = sources_[place.source];
  Field field = source.fields[place.field];
  if (source.blanked) field.derived.nullable = true;
  return field;
}

Field Scope::Of(const Merged& merged) const {
  Field field = At(merged.parts[0]);
  field.derived.nullable = merged.nullable;
  return field;
}

const Source* Scope::FindSource(std::string_view alias) const {
  for (const Source& source : sources_) {
    if (names_.Same(source.alias, alias)) return &source;
  }
  return outer_ == nullptr ? nullptr : outer_->FindSource(alias);
}

std::optional<FieldPlace> Scope::Place(
    const std::vector<std::string>& path) const {
  std::optional<FieldPlace> found;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    const Source& source = sources_[i];
    if (path.size() > 1 && !names_.Same(source.alias, path[path.size() - 2]))
      continue;
    if (path.size() > 2 && !source.schema.empty() &&
        !names_.Same(source.schema, path[path.size() - 3]))
      continue;
    for (std::size_t j = 0; j < source.fields.size(); ++j) {
      if (!names_.Same(source.fields[j].name, path.back())) continue;
      // Twice: a hidden column (an FTS table's) gives way.
      const bool better =
          !found || sources_[found->source].fields[found->field].hidden;
      if (better) found = FieldPlace{i, j};
    }
  }
  return found;
}

void Scope::Prove(const std::vector<std::string>& path) {
  if (path.size() == 1) {
    for (Merged& merged : range_.merged) {
      if (!names_.Same(merged.name, path[0])) continue;
      merged.nullable = false;
      return;
    }
  }
  const std::optional<FieldPlace> place = Place(path);
  if (!place) return;
  Source& source = sources_[place->source];
  source.blanked = false;
  source.fields[place->field].derived.nullable = false;
}

std::optional<Field> Scope::FindHere(
    const std::vector<std::string>& path) const {
  if (path.size() == 1) {
    for (const Merged& merged : range_.merged) {
      if (names_.Same(merged.name, path[0])) return Of(merged);
    }
  }
  if (const std::optional<FieldPlace> place = Place(path)) return At(*place);
  return std::nullopt;
}

std::optional<Field> Scope::Find(const std::vector<std::string>& path) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->outer_) {
    if (std::optional<Field> field = scope->FindHere(path)) return field;
    // It may be one of the columns that are not known.
    for (const Source& source : scope->sources_) {
      if (source.any_columns &&
          (path.size() == 1 || names_.Same(source.alias, path[0])))
        return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace godwit::query
