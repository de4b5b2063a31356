// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/untouched.h"

#include <map>
#include <set>

#include "engine/sqlite/schema/lookup.h"
#include "engine/sqlite/schema/meaning.h"

namespace godwit::engine::sqlite {

namespace {

using schema::Catalog;
using schema::Constraint;
using schema::Table;
using schema::Trigger;
using schema::View;
using Names = std::set<std::string>;

std::string LowerName(const Table& table) {
  return AsciiLower(table.name.name);
}
std::string LowerName(const View& view) {
  return AsciiLower(view.name.name);
}

template <typename T>
void AddDifferent(const std::vector<T>& from, const std::vector<T>& to,
                  Names& names) {
  const ByName<T> known(from);
  for (const T& thing : to) {
    const T* old = known.Find(NameOf(thing));
    if (!old || *old != thing) names.insert(LowerName(thing));
  }
  const ByName<T> made(to);
  for (const T& thing : from) {
    if (!made.Find(NameOf(thing))) names.insert(LowerName(thing));
  }
}

// Along foreign keys, one step in both directions.
Names WithNeighbours(const Names& names, const Catalog& catalog) {
  Names all = names;
  for (const Table& table : catalog.tables) {
    const std::string name = LowerName(table);
    for (const Constraint& key : table.constraints) {
      if (key.kind != Constraint::Kind::kForeignKey) continue;
      const std::string parent = AsciiLower(key.references.name);
      if (names.contains(parent)) all.insert(name);
      if (names.contains(name)) all.insert(parent);
    }
  }
  return all;
}

// A view, a trigger with its owner, or an index over another table's rows; and
// the words in its text.
struct Dependent {
  std::string owner;
  Names words;
};

std::vector<Dependent> DependentsOf(const Catalog& catalog) {
  std::vector<Dependent> dependents;
  const auto add = [&](const std::string& owner, const std::string& text) {
    dependents.push_back({owner, WordsOf(text)});
  };
  for (const Table& table : catalog.tables) {
    if (!table.module.empty()) add(LowerName(table), table.definition);
    for (const Trigger& trigger : table.triggers)
      add(LowerName(table), trigger.definition);
  }
  for (const View& view : catalog.views) {
    add(LowerName(view), view.definition);
    for (const Trigger& trigger : view.triggers)
      add(LowerName(view), trigger.definition);
  }
  return dependents;
}

// What names something of them, and what that names.
void AddDependents(const Catalog& catalog, Names& names) {
  Names relations;
  for (const Table& table : catalog.tables) relations.insert(LowerName(table));
  for (const View& view : catalog.views) relations.insert(LowerName(view));
  const std::vector<Dependent> dependents = DependentsOf(catalog);
  for (std::size_t before = 0; before != names.size();) {
    before = names.size();
    for (const Dependent& one : dependents) {
      const bool concerns =
          names.contains(one.owner) ||
          std::ranges::any_of(one.words, [&](const std::string& word) {
            return names.contains(word) && relations.contains(word);
          });
      if (!concerns) continue;
      names.insert(one.owner);
      std::ranges::set_intersection(one.words, relations,
                                    std::inserter(names, names.end()));
    }
  }
}

}  // namespace

void LeaveOut(const schema::Plan& plan, Catalog& from, Catalog& to) {
  Names names;
  AddDifferent(from.tables, to.tables, names);
  AddDifferent(from.views, to.views, names);
  // A table that only gets or loses columns has nothing to do with those that
  // it refers to.
  constexpr std::string_view kOfOne =
      " add_column drop_column create_index drop_index ";
  Names near;
  for (const schema::Change& change : plan.changes) {
    const std::string name =
        AsciiLower(change.object.substr(0, change.object.find('.')));
    names.insert(name);
    if (!HoldsWord(kOfOne, change.kind)) near.insert(name);
  }
  for (int step = 0; step < 2; ++step) {
    Names wider = WithNeighbours(near, from);
    wider.merge(WithNeighbours(near, to));
    near = std::move(wider);
  }
  names.merge(near);
  for (const Catalog* catalog : {&from, &to}) AddDependents(*catalog, names);
  AddDependents(from, names);
  for (Catalog* catalog : {&from, &to}) {
    const auto is_out = [&](const auto& thing) {
      return !names.contains(LowerName(thing));
    };
    std::erase_if(catalog->tables, is_out);
    std::erase_if(catalog->views, is_out);
  }
}

}  // namespace godwit::engine::sqlite
