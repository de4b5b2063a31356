// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/dependents.h"

#include "engine/sqlite/parse/cursor.h"
#include "engine/sqlite/schema/lookup.h"

namespace godwit::engine::sqlite {

namespace {

using schema::Catalog;
using schema::Change;
using schema::Table;
using schema::Trigger;
using schema::View;

struct Owned {
  const Trigger* trigger;
  std::string owner;
  bool of_view;
};

std::vector<Owned> TriggersOf(const Catalog& catalog) {
  std::vector<Owned> owned;
  for (const Table& table : catalog.tables) {
    for (const Trigger& trigger : table.triggers)
      owned.push_back({&trigger, table.name.name, false});
  }
  for (const View& view : catalog.views) {
    for (const Trigger& trigger : view.triggers)
      owned.push_back({&trigger, view.name.name, true});
  }
  return owned;
}

bool NamesAny(const std::string& sql, const std::set<std::string>& names) {
  return std::ranges::any_of(WordsOf(sql), [&](const std::string& word) {
    return names.contains(word);
  });
}

// Whether a trigger works on a table that is not there: ALTER TABLE refuses
// where it finds one.
bool IsBroken(const Trigger& trigger, const std::set<std::string>& relations) {
  Cursor cursor(trigger.definition);
  for (; !cursor.at_end(); cursor.Advance()) {
    const bool leads = cursor.IsWord("into") || cursor.IsWord("from") ||
                       cursor.IsWord("join") || cursor.IsWord("update");
    if (!leads || !cursor.IsName(1) || cursor.IsSymbol('(', 2)) continue;
    const std::string name = AsciiLower(sql::Unquoted(cursor.Peek(1).text));
    constexpr std::string_view kOthers = " of on or ";
    if (!HoldsWord(kOthers, name) && !relations.contains(name)) return true;
  }
  return false;
}

// The views that name an altered table, and those that name these.
std::set<std::string> ViewsInTheWay(const DependentQuestion& question) {
  std::set<std::string> views;
  if (question.altered.empty()) return views;
  std::set<std::string> names = question.altered;
  for (bool grows = true; grows;) {
    grows = false;
    for (const View& view : question.from.views) {
      const std::string name = AsciiLower(view.name.name);
      if (views.contains(name) ||
          (!view.broken && !NamesAny(view.definition, names)))
        continue;
      views.insert(name);
      names.insert(name);
      grows = true;
    }
  }
  return views;
}

Change Made(std::string kind, std::string object, std::string sql) {
  return {.kind = std::move(kind),
          .object = std::move(object),
          .sql = {std::move(sql)}};
}

class Comparison {
 public:
  explicit Comparison(const DependentQuestion& question)
      : question_(question), in_the_way_(ViewsInTheWay(question)) {}

  DependentChanges Run() {
    CompareViews();
    CompareTriggers();
    DependentChanges changes;
    changes.dropped = std::move(dropped_triggers_);
    std::ranges::reverse(dropped_views_);
    std::ranges::move(dropped_views_, std::back_inserter(changes.dropped));
    changes.created = std::move(created_);
    return changes;
  }

 private:
  void CompareViews();
  void CompareTriggers();
  bool Stays(const Owned& old, const std::vector<Owned>& made) const;
  bool IsInTheWay(const Trigger& trigger) const;

  const DependentQuestion& question_;
  std::set<std::string> in_the_way_;
  std::set<std::string> gone_views_;
  std::vector<Change> dropped_triggers_;
  std::vector<Change> dropped_views_;
  std::vector<Change> created_;
};

void Comparison::CompareViews() {
  const auto same = [&](const View& a, const View& b) {
    return a.definition == b.definition ||
           question_.meaning.Of(a.definition) ==
               question_.meaning.Of(b.definition);
  };
  const ByName<View> made(question_.to.views);
  for (const View& view : question_.from.views) {
    const std::string name = AsciiLower(view.name.name);
    const View* now = made.Find(name);
    const bool stays = now && now->name == view.name && same(view, *now) &&
                       !in_the_way_.contains(name);
    if (stays) continue;
    gone_views_.insert(name);
    dropped_views_.push_back(Made("drop_view", view.name.text(),
                                  "DROP VIEW " + Quote(view.name.name)));
  }
  const ByName<View> known(question_.from.views);
  for (const View& view : question_.to.views) {
    if (!known.Find(view.name.name) ||
        gone_views_.contains(AsciiLower(view.name.name)))
      created_.push_back(
          Made("create_view", view.name.text(), view.definition));
  }
}

bool Comparison::IsInTheWay(const Trigger& trigger) const {
  std::set<std::string> names = question_.altered;
  names.insert(in_the_way_.begin(), in_the_way_.end());
  if (NamesAny(trigger.definition, names)) return true;
  std::set<std::string> relations;
  for (const Table& table : question_.from.tables)
    relations.insert(AsciiLower(table.name.name));
  for (const View& view : question_.from.views)
    relations.insert(AsciiLower(view.name.name));
  return IsBroken(trigger, relations);
}

// Whether it stays, so far as it and its owner are concerned.
bool Comparison::Stays(const Owned& old, const std::vector<Owned>& made) const {
  if (!question_.altered.empty() && IsInTheWay(*old.trigger)) return false;
  return std::ranges::any_of(made, [&](const Owned& one) {
    return one.trigger->name == old.trigger->name &&
           EqualsIgnoringCase(one.owner, old.owner) &&
           (one.trigger->definition == old.trigger->definition ||
            question_.meaning.Of(one.trigger->definition) ==
                question_.meaning.Of(old.trigger->definition));
  });
}

void Comparison::CompareTriggers() {
  const std::vector<Owned> made = TriggersOf(question_.to);
  std::set<std::string> kept;
  for (const Owned& old : TriggersOf(question_.from)) {
    const bool owner_goes = old.of_view
                                ? gone_views_.contains(AsciiLower(old.owner))
                                : question_.goes(old.owner);
    const bool stays = Stays(old, made);
    if (stays && !owner_goes) kept.insert(old.trigger->name);
    // With a view that is dropped it is gone; with a table only when that is
    // dropped, later.
    const bool is_dropped = !stays && !(old.of_view && owner_goes);
    if (is_dropped)
      dropped_triggers_.push_back(
          Made("drop_trigger", Cat(old.owner, '.', old.trigger->name),
               "DROP TRIGGER " + Quote(old.trigger->name)));
  }
  for (const Owned& one : made) {
    if (!kept.contains(one.trigger->name))
      created_.push_back(Made("create_trigger",
                              Cat(one.owner, '.', one.trigger->name),
                              one.trigger->definition));
  }
}

}  // namespace

DependentChanges CompareDependents(const DependentQuestion& question) {
  return Comparison(question).Run();
}

}  // namespace godwit::engine::sqlite
