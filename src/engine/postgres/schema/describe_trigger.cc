// SPDX-License-Identifier: Apache-2.0
// Triggers, policies, rules.
#include "base/text.h"
#include "engine/postgres/schema/describing.h"
#include "engine/postgres/schema/names.h"

namespace godwit::engine::pg {

namespace {

using schema::Declaration;
using schema::Name;
using schema::Value;

// "INSERT OR UPDATE OF a, b OR DELETE" in front of ON.
bool PutEvents(Definition& reader, const Name& relation,
               const Describing& describing, Declaration& out) {
  do {
    if (reader.Take("update of")) {
      std::vector<Value> columns;
      do {
        columns.push_back(describing.Column(relation, reader.TakeName()));
      } while (reader.TakeSymbol(','));
      Put(out, "update_of", ListValue(std::move(columns)));
      continue;
    }
    bool found = false;
    for (const std::string_view event :
         {"insert", "update", "delete", "truncate"})
      if (!found && reader.Take(event)) {
        PutFlag(out, event, true);
        found = true;
      }
    if (!found) return false;
  } while (reader.Take("or"));
  return true;
}

bool PutReferencing(Definition& reader, Declaration& out) {
  if (!reader.Take("referencing")) return true;
  Declaration block;
  block.kind = "referencing";
  while (reader.IsWord("old") || reader.IsWord("new")) {
    const bool is_old = reader.Take("old table as");
    if (!is_old && !reader.Take("new table as")) return false;
    PutText(block, is_old ? "old_table" : "new_table", reader.TakeName());
  }
  out.blocks.push_back(std::move(block));
  return true;
}

bool PutExecute(Definition& reader, const Describing& describing,
                Declaration& out) {
  if (!reader.Take("execute function") && !reader.Take("execute procedure"))
    return false;
  Declaration block;
  block.kind = "execute";
  Put(block, "function", describing.Callee(reader.TakeQualifiedText()));
  std::vector<Value> arguments;
  for (const std::string& argument : reader.TakeList())
    arguments.push_back(TextValue(StringMeant(argument)));
  if (!arguments.empty()) Put(block, "args", ListValue(std::move(arguments)));
  out.blocks.push_back(std::move(block));
  return reader.AtEnd();
}

bool ReadTrigger(const schema::Trigger& trigger, const Name& relation,
                 const Describing& describing, Declaration& out) {
  Definition reader(trigger.definition);
  if (!reader.Take("create")) return false;
  const bool constraint = reader.Take("constraint");
  if (!reader.Take("trigger")) return false;
  reader.TakeName();
  Declaration when;
  if (reader.Take("before")) {
    when.kind = "before";
  } else if (reader.Take("after")) {
    when.kind = "after";
  } else if (reader.Take("instead of")) {
    when.kind = "instead_of";
  }
  if (!PutEvents(reader, relation, describing, when) || !reader.Take("on"))
    return false;
  out.blocks.push_back(std::move(when));
  reader.TakeQualified();
  if (reader.Take("from"))
    Put(out, "from", describing.Relation(reader.TakeQualified()));
  PutFlag(out, "constraint", constraint);
  reader.Take("not deferrable");
  if (reader.Take("deferrable")) {
    reader.Take("initially immediate");
    const bool deferred = reader.Take("initially deferred");
    Put(out, "deferrable",
        WordValue(deferred ? "INITIALLY_DEFERRED" : "INITIALLY_IMMEDIATE"));
  }
  reader.Take("initially immediate");
  if (!PutReferencing(reader, out)) return false;
  if (reader.Take("for each row")) Put(out, "foreach", WordValue("ROW"));
  reader.Take("for each statement");
  if (reader.Take("when"))
    Put(out, "when", TextValue(reader.TakeParentheses()));
  PutState(out, trigger.enabled);
  PutText(out, "comment", trigger.comment);
  return PutExecute(reader, describing, out);
}

void DescribeTrigger(const schema::Trigger& trigger, const Name& relation,
                     Describing& describing) {
  Declaration out;
  out.kind = "trigger";
  out.name = trigger.name;
  Put(out, "on", describing.Relation(relation));
  if (ReadTrigger(trigger, relation, describing, out)) {
    describing.Append(std::move(out));
    return;
  }
  std::vector<std::string> statements = {trigger.definition};
  if (!trigger.enabled.empty())
    statements.push_back(Cat("ALTER TABLE ", Quoted(relation), " ",
                             trigger.enabled, " TRIGGER ",
                             Quoted(trigger.name)));
  describing.AddObject("TRIGGER",
                       Cat(Quoted(trigger.name), " ON ", Quoted(relation)),
                       std::move(statements), trigger.comment);
}

void DescribePolicy(const schema::Policy& policy, const Name& table,
                    Describing& describing) {
  constexpr std::string_view kWords =
      " PUBLIC CURRENT_ROLE CURRENT_USER SESSION_USER ";
  Declaration& out = describing.Add("policy", {"", policy.name});
  Put(out, "on", describing.Relation(table));
  if (!policy.permissive) Put(out, "as", WordValue("RESTRICTIVE"));
  if (policy.command != "ALL") PutWord(out, "for", policy.command);
  std::vector<Value> roles;
  for (const std::string& role : policy.roles)
    roles.push_back(HoldsWord(kWords, role) ? WordValue(role)
                                            : TextValue(sql::Unquoted(role)));
  if (policy.roles != std::vector<std::string>{"PUBLIC"})
    Put(out, "to", ListValue(std::move(roles)));
  PutText(out, "using", policy.using_expression);
  PutText(out, "check", policy.check_expression);
  PutText(out, "comment", policy.comment);
}

// "CREATE RULE n AS\n    ON INSERT TO t\n   WHERE … DO INSTEAD …".
void DescribeRule(const schema::Rule& rule, const Name& relation,
                  Describing& describing) {
  Declaration& out = describing.Add("rule", {"", rule.name});
  Definition reader(rule.definition);
  reader.TakeUntil({"on"});
  reader.Take("on");
  std::string event = reader.TakeName();
  reader.TakeUntil({"to"});
  reader.Take("to");
  reader.TakeQualified();
  Put(out, "on", describing.Relation(relation));
  PutWord(out, "event", event);
  if (reader.Take("where"))
    Put(out, "where", TextValue(reader.TakeUntil({"do"})));
  reader.Take("do");
  PutFlag(out, "instead", reader.Take("instead"));
  Put(out, "as", TextValue(reader.Rest()));
  PutState(out, rule.enabled);
  PutText(out, "comment", rule.comment);
}

}  // namespace

void DescribeTriggers(Describing& out) {
  for (const schema::Table& table : out.catalog().tables)
    for (const schema::Trigger& trigger : table.triggers)
      DescribeTrigger(trigger, table.name, out);
  for (const schema::View& view : out.catalog().views)
    for (const schema::Trigger& trigger : view.triggers)
      DescribeTrigger(trigger, view.name, out);
}

void DescribePolicies(Describing& out) {
  for (const schema::Table& table : out.catalog().tables)
    for (const schema::Policy& policy : table.policies)
      DescribePolicy(policy, table.name, out);
}

void DescribeRules(Describing& out) {
  for (const schema::Table& table : out.catalog().tables)
    for (const schema::Rule& rule : table.rules)
      DescribeRule(rule, table.name, out);
  for (const schema::View& view : out.catalog().views)
    for (const schema::Rule& rule : view.rules)
      DescribeRule(rule, view.name, out);
}

}  // namespace godwit::engine::pg
