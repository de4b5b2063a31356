// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/plan.h"

#include <algorithm>

#include "base/text.h"
#include "engine/postgres/schema/checks.h"
#include "engine/postgres/schema/fates.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/object.h"
#include "engine/postgres/schema/online.h"
#include "engine/postgres/schema/rename.h"
#include "engine/postgres/schema/steps.h"

namespace godwit::engine::pg {

namespace {

std::string_view Word(Step::Action action) {
  switch (action) {
    case Step::Action::kRetire:
      return "rename";
    case Step::Action::kDrop:
      return "drop";
    case Step::Action::kAlter:
      return "alter";
    case Step::Action::kCreate:
      return "create";
    case Step::Action::kCopy:
      break;
  }
  return "copy";
}

// Text that is longer than the new type takes is cut.
void TellCut(const Step& step, schema::Change& change) {
  const auto* old = std::get_if<ColumnOf>(&step.from->value);
  const auto* now = std::get_if<ColumnOf>(&step.to->value);
  if (old == nullptr || now == nullptr || now->column->inherited ||
      old->column->type == now->column->type ||
      !MayCut(old->column->type, now->column->type))
    return;
  const std::string name = Quoted(old->column->name);
  change.destructive = true;
  change.loses =
      Cat("what of column ", old->column->name, " of ", old->table->name.text(),
          " is longer than ", now->column->type);
  change.count =
      Cat("SELECT count(*) FROM ", Quoted(old->table->name), " WHERE ", name,
          "::text <> ", name, "::text::", now->column->type, "::text");
  change.hazards.push_back("data_loss");
}

void TellAssumption(const Step& step, schema::Change& change) {
  if (step.action != Step::Action::kAlter || step.from == nullptr) return;
  const auto* old = std::get_if<ColumnOf>(&step.from->value);
  const auto* now = std::get_if<ColumnOf>(&step.to->value);
  if (old == nullptr || now == nullptr) return;
  const std::string assumed = AssumptionOf(*old->column, *now->column);
  if (assumed.empty()) return;
  change.assumes = Cat("of column ", old->column->name, " of ",
                       old->table->name.text(), ": ", assumed);
  change.hazards.push_back("assumption");
}

// Rows go with a table, values with a column; a generated one's can be had
// again.
void TellLosses(const Step& step, schema::Change& change) {
  if (step.action == Step::Action::kAlter && step.from != nullptr)
    return TellCut(step, change);
  if (step.action != Step::Action::kDrop) return;
  const Object& object = *step.from;
  if (step.retired) {
    if (step.lost.empty()) return;
    change.destructive = true;
    change.loses = Cat("columns of ", object.shown,
                       " and their values: ", Join(step.lost, ", "));
    change.hazards.push_back("data_loss");
    return;
  }
  if (object.kind == Kind::kTable) {
    change.destructive = true;
    change.loses = Cat("table ", object.shown, " and its rows");
    const auto* table = std::get<const schema::Table*>(object.value);
    change.count = "SELECT count(*) FROM " + Quoted(table->name);
  } else if (object.kind == Kind::kColumn && !object.drop.empty()) {
    const auto& of = std::get<ColumnOf>(object.value);
    if (!of.column->generated.empty()) return;
    change.destructive = true;
    change.loses = Cat("column ", of.column->name, " of ",
                       of.table->name.text(), " and its values");
    change.count = Cat("SELECT count(", Quoted(of.column->name), ") FROM ",
                       Quoted(of.table->name));
  }
  if (change.destructive) change.hazards.push_back("data_loss");
}

// From weak to strong.
constexpr std::string_view kLocks[] = {
    "RowExclusiveLock", "ShareUpdateExclusiveLock", "ShareLock",
    "ShareRowExclusiveLock", "AccessExclusiveLock"};

void TellLocks(schema::Change& change) {
  const auto strength = [](const std::string& lock) {
    return std::find(std::begin(kLocks), std::end(kLocks), lock);
  };
  for (const std::string& statement : change.sql) {
    const std::string lock = LockOf(statement);
    if (!lock.empty()) change.locks.push_back(lock);
  }
  std::sort(change.locks.begin(), change.locks.end(),
            [&](const std::string& a, const std::string& b) {
              return strength(a) > strength(b);
            });
  change.locks.erase(std::unique(change.locks.begin(), change.locks.end()),
                     change.locks.end());
}

// A new label of an enum: "'x'".
void TellNewLabels(schema::Change& change) {
  constexpr std::string_view kAdd = " ADD VALUE ";
  for (const std::string& statement : change.sql) {
    const std::size_t at = statement.find(kAdd);
    if (!statement.starts_with("ALTER TYPE ") || at == statement.npos) continue;
    std::string_view label =
        std::string_view(statement).substr(at + kAdd.size());
    for (const std::string_view place : {" BEFORE ", " AFTER "})
      label = label.substr(0, label.rfind(place));
    change.after_commit.emplace_back(label);
  }
}

schema::Change ChangeOf(const Step& step) {
  schema::Change change;
  change.kind = Cat(Word(step.action), "_", step.object().noun);
  change.object = step.object().shown;
  change.sql = step.sql;
  change.hazards = step.hazards;
  TellNewLabels(change);
  TellLosses(step, change);
  TellAssumption(step, change);
  if (!step.on_new) TellLocks(change);
  if (step.action == Step::Action::kCopy)
    change.hazards.push_back("table_rewrite");
  return change;
}

// Whether a routine is made before something that its text names, or names what
// is not there at all.
bool NeedsUncheckedBodies(const StepGraph& graph,
                          const std::vector<std::size_t>& order,
                          const Graph& to) {
  std::vector<std::size_t> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  const auto is_checked = [&](const Step& step) {
    const Object& object = step.object();
    const auto* routine = std::get_if<const schema::Routine*>(&object.value);
    return step.to != nullptr && !step.sql.empty() && routine != nullptr &&
           (*routine)->language == "sql" && !(*routine)->body.empty();
  };
  for (const Step& step : graph.steps)
    if (is_checked(step) && to.NamesUnknown(to.Position(step.to->key)))
      return true;
  for (const auto& [first, second] : graph.better_before)
    if (is_checked(graph.steps[second]) && place[first] > place[second])
      return true;
  return false;
}

void LeaveUnchecked(std::vector<schema::Change>& changes) {
  changes.insert(changes.begin(),
                 {.kind = "set_option",
                  .object = "check_function_bodies",
                  .sql = {"SET check_function_bodies = false"}});
  changes.push_back({.kind = "set_option",
                     .object = "check_function_bodies",
                     .sql = {"RESET check_function_bodies"}});
}

// Every database is made with this schema; an empty catalog means one.
void AddPublicSchema(schema::Catalog& catalog) {
  if (catalog.schemas.empty()) catalog.schemas.push_back({.name = "public"});
}

}  // namespace

schema::Plan MakePlan(const schema::Catalog& from, const schema::Catalog& to,
                      const schema::PlanOptions& options) {
  schema::Catalog old = from;
  schema::Catalog now = to;
  AddPublicSchema(old);
  AddPublicSchema(now);
  schema::Plan plan;
  plan.changes = ApplyRenames(old, now, options.renames);
  const Graph from_graph(old);
  const Graph to_graph(now);
  const Fates fates(from_graph, to_graph, options);
  const StepGraph steps = MakeSteps(fates, options);
  plan.checks = RowChecks(fates, options.renames);
  const std::vector<std::size_t> order = Order(steps);
  std::vector<schema::Change> changes;
  for (const std::size_t step : order)
    if (!steps.steps[step].sql.empty())
      changes.push_back(ChangeOf(steps.steps[step]));
  if (NeedsUncheckedBodies(steps, order, to_graph)) LeaveUnchecked(changes);
  for (schema::Change& change : changes)
    plan.changes.push_back(std::move(change));
  return plan;
}

}  // namespace godwit::engine::pg
