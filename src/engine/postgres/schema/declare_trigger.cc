// SPDX-License-Identifier: Apache-2.0
// Triggers, event triggers, policies, rules.
#include "base/text.h"
#include "engine/postgres/schema/declaring.h"
#include "engine/postgres/schema/names.h"

namespace godwit::engine::pg {

namespace {

using schema::Declaration;
using schema::Value;

std::string StateSql(const Declaration& declaration) {
  const std::string state = WordsOf(declaration, "state");
  if (state == "DISABLED") return "DISABLE";
  return state.empty() ? state : "ENABLE " + state;
}

void AddState(const Declaration& declaration, std::string_view noun,
              const std::string& table, Declaring& out) {
  const std::string state = StateSql(declaration);
  if (!state.empty())
    out.Add(Phase::kProperty,
            Cat("ALTER TABLE ", table, " ", state, " ", noun, " ",
                Quoted(declaration.name)),
            MarkOf(declaration, "state"));
}

// "BEFORE INSERT OR UPDATE OF a, b".
void AddEvents(const Declaration& events, std::string_view when, Draft& draft,
               Declaring& out) {
  std::vector<std::string> words;
  if (FlagOf(events, "insert")) words.push_back("INSERT");
  if (FlagOf(events, "delete")) words.push_back("DELETE");
  if (FlagOf(events, "update")) words.push_back("UPDATE");
  if (const Value* columns = events.Find("update_of"))
    words.push_back("UPDATE OF " + ColumnsSql(*columns));
  if (FlagOf(events, "truncate")) words.push_back("TRUNCATE");
  if (words.empty())
    out.Complain(events.mark, Cat(events.kind, " names no event"),
                 "insert, update, update_of, delete or truncate");
  draft.Add(Cat(" ", when, " ", Join(words, " OR ")), events.mark);
}

void AddExecute(const Declaration& trigger, Draft& draft) {
  if (const Value* action = trigger.Find("as")) {
    draft.Add("\n").Add(action->text, action->mark);
    return;
  }
  const Declaration& execute = *BlockOf(trigger, "execute");
  const Value* function = execute.Find("function");
  if (function == nullptr) function = execute.Find("procedure");
  std::vector<std::string> arguments;
  if (const Value* list = execute.Find("args"))
    for (const Value& item : list->items)
      arguments.push_back(Literal(item.text));
  draft.Add("\nEXECUTE FUNCTION ")
      .Add(CalleeSql(*function), function->mark)
      .Add(Cat("(", Join(arguments, ", "), ")"));
}

}  // namespace

void DeclareTrigger(const Declaration& declaration, Declaring& out) {
  const Value& on = *declaration.Find("on");
  const std::string table = ObjectSql(on.reference);
  const std::string name = Quoted(declaration.name);
  Draft draft(declaration.mark);
  draft.Add(FlagOf(declaration, "constraint") ? "CREATE CONSTRAINT TRIGGER "
                                              : "CREATE TRIGGER ");
  draft.Add(name);
  for (const Declaration& block : declaration.blocks) {
    if (block.kind == "before") AddEvents(block, "BEFORE", draft, out);
    if (block.kind == "after") AddEvents(block, "AFTER", draft, out);
    if (block.kind == "instead_of") AddEvents(block, "INSTEAD OF", draft, out);
  }
  draft.Add(" ON ").Add(table, on.mark);
  if (const Value* from = declaration.Find("from"))
    draft.Add(" FROM ").Add(ObjectSql(from->reference), from->mark);
  draft.Add(DeferrableSql(declaration), declaration.mark);
  std::string tables;
  for (const Declaration& block : declaration.blocks) {
    if (block.kind != "referencing") continue;
    const std::string old_table = TextOf(block, "old_table");
    const std::string new_table = TextOf(block, "new_table");
    if (!old_table.empty()) tables += " OLD TABLE AS " + Quoted(old_table);
    if (!new_table.empty()) tables += " NEW TABLE AS " + Quoted(new_table);
  }
  if (!tables.empty()) draft.Add("\nREFERENCING" + tables);
  const std::string each =
      WordsOf(declaration, "foreach") + WordsOf(declaration, "for");
  if (!each.empty()) draft.Add("\nFOR EACH " + each);
  if (const Value* when = declaration.Find("when"))
    draft.Add("\nWHEN (").Add(when->text, when->mark).Add(")");
  AddExecute(declaration, draft);
  out.Add(Phase::kTrigger, draft.Take());
  AddState(declaration, "TRIGGER", table, out);
  out.AddComment(declaration, Cat("TRIGGER ", name, " ON ", table));
}

void DeclareEventTrigger(const Declaration& declaration, Declaring& out) {
  const std::string name = Quoted(declaration.name);
  const Value& on = *declaration.Find("on");
  const Value& function = *declaration.Find("execute");
  Draft draft(declaration.mark);
  draft.Add(Cat("CREATE EVENT TRIGGER ", name, " ON "))
      .Add(Quoted(on.text), on.mark);
  if (const Value* tags = declaration.Find("tags")) {
    std::vector<std::string> list;
    for (const Value& tag : tags->items) list.push_back(Literal(tag.text));
    draft.Add(Cat("\nWHEN TAG IN (", Join(list, ", "), ")"), tags->mark);
  }
  draft.Add("\nEXECUTE FUNCTION ").Add(CalleeSql(function), function.mark);
  draft.Add("()");
  out.Add(Phase::kEventTrigger, draft.Take());
  const std::string state = StateSql(declaration);
  if (!state.empty())
    out.Add(Phase::kEventTrigger, Cat("ALTER EVENT TRIGGER ", name, " ", state),
            MarkOf(declaration, "state"));
  out.AddComment(declaration, "EVENT TRIGGER " + name);
}

void DeclarePolicy(const Declaration& declaration, Declaring& out) {
  const Value& on = *declaration.Find("on");
  const std::string table = ObjectSql(on.reference);
  const std::string name =
      Cat("POLICY ", Quoted(declaration.name), " ON ", table);
  Draft draft(declaration.mark);
  draft.Add("CREATE " + name);
  const std::string as = WordsOf(declaration, "as");
  const std::string command = WordsOf(declaration, "for");
  if (!as.empty()) draft.Add(" AS " + as);
  if (!command.empty()) draft.Add(" FOR " + command);
  if (const Value* to = declaration.Find("to");
      to != nullptr && !to->items.empty()) {
    std::vector<std::string> roles;
    for (const Value& role : to->items) roles.push_back(RoleSql(role));
    draft.Add(" TO ").Add(Join(roles, ", "), to->mark);
  }
  if (const Value* use = declaration.Find("using"))
    draft.Add("\nUSING (").Add(use->text, use->mark).Add(")");
  if (const Value* check = declaration.Find("check"))
    draft.Add("\nWITH CHECK (").Add(check->text, check->mark).Add(")");
  out.Add(Phase::kPolicy, draft.Take());
  out.AddComment(declaration, name);
}

void DeclareRule(const Declaration& declaration, Declaring& out) {
  const Value& on = *declaration.Find("on");
  const Value& action = *declaration.Find("as");
  const std::string table = ObjectSql(on.reference);
  Draft draft(declaration.mark);
  draft
      .Add(Cat("CREATE RULE ", Quoted(declaration.name), " AS ON ",
               WordsOf(declaration, "event"), " TO "))
      .Add(table, on.mark);
  if (const Value* where = declaration.Find("where"))
    draft.Add("\nWHERE (").Add(where->text, where->mark).Add(")");
  draft.Add(FlagOf(declaration, "instead") ? "\nDO INSTEAD " : "\nDO ");
  draft.Add(action.text, action.mark);
  out.Add(Phase::kRule, draft.Take());
  AddState(declaration, "RULE", table, out);
  out.AddComment(declaration,
                 Cat("RULE ", Quoted(declaration.name), " ON ", table));
}

}  // namespace godwit::engine::pg
