// SPDX-License-Identifier: Apache-2.0
// Event triggers, what is kept as its statements, extensions, rights.
#include <map>

#include "base/text.h"
#include "engine/postgres/schema/describing.h"

namespace godwit::engine::pg {

namespace {

using schema::Declaration;
using schema::Value;

// "CREATE EVENT TRIGGER n ON e WHEN TAG IN ('…') EXECUTE FUNCTION f()", and a
// second statement where it does not fire as usual.
void DescribeEventTrigger(const schema::OtherObject& trigger,
                          Describing& describing) {
  Definition reader(trigger.definition.at(0));
  reader.Take("create event trigger");
  Declaration& out = describing.Add("event_trigger", {"", reader.TakeName()});
  reader.Take("on");
  Put(out, "on", WordValue(reader.TakeName()));
  if (reader.Take("when tag in")) {
    std::vector<Value> tags;
    for (const std::string& tag : reader.TakeList())
      tags.push_back(TextValue(StringMeant(tag)));
    Put(out, "tags", ListValue(std::move(tags)));
  }
  reader.Take("execute function");
  Put(out, "execute", describing.Callee(reader.TakeQualifiedText()));
  if (trigger.definition.size() > 1) {
    Definition alter(trigger.definition[1]);
    alter.Take("alter event trigger");
    alter.TakeName();
    PutState(out, alter.Rest());
  }
  PutText(out, "comment", trigger.comment);
}

std::string_view KindOf(const schema::Routine& routine) {
  switch (routine.kind) {
    case schema::Routine::Kind::kAggregate:
      return "aggregate";
    case schema::Routine::Kind::kProcedure:
      return "procedure";
    case schema::Routine::Kind::kFunction:
      break;
  }
  return "function";
}

void DescribeDefaultPrivileges(const schema::DefaultPrivileges& privileges,
                               Describing& describing) {
  for (const schema::Grant& grant : privileges.grants) {
    Declaration& out = describing.Add("default_permission", {});
    PutText(out, "role", privileges.role);
    if (!privileges.schema.empty()) PutSchema(out, privileges.schema);
    PutWord(out, "for", privileges.kind);
    Put(out, "to",
        grant.owner          ? WordValue("OWNER")
        : grant.role.empty() ? WordValue("PUBLIC")
                             : TextValue(grant.role));
    Put(out, "privileges", ListValue({WordValue(grant.privilege)}));
    PutFlag(out, "grantable", grant.grantable);
    PutFlag(out, "revoked", grant.revoked);
  }
}

}  // namespace

void DescribeOthers(Describing& describing) {
  const schema::Catalog& catalog = describing.catalog();
  for (const schema::OtherObject& object : catalog.others)
    if (object.kind == "EVENT TRIGGER")
      DescribeEventTrigger(object, describing);
  for (const schema::OtherObject& object : catalog.others)
    if (object.kind != "EVENT TRIGGER")
      describing.AddObject(object.kind, object.identity, object.definition,
                           object.comment);
  for (const schema::Extension& extension : catalog.extensions) {
    Declaration& out =
        describing.Add("extension", {extension.schema, extension.name});
    if (!extension.usual_version) PutText(out, "version", extension.version);
    PutText(out, "comment", extension.comment);
  }
}

void DescribeRights(Describing& out) {
  const schema::Catalog& catalog = out.catalog();
  for (const auto& schema : catalog.schemas)
    out.AddPermissions(ObjectValue("schema", {"", schema.name}), nullptr,
                       schema.grants);
  for (const auto& table : catalog.tables)
    out.AddPermissions(out.Relation(table.name), nullptr, table.grants);
  for (const auto& view : catalog.views)
    out.AddPermissions(out.Relation(view.name), nullptr, view.grants);
  for (const auto& type : catalog.enums)
    out.AddPermissions(ObjectValue("enum", type.name), nullptr, type.grants);
  for (const auto& type : catalog.domains)
    out.AddPermissions(ObjectValue("domain", type.name), nullptr, type.grants);
  for (const auto& type : catalog.composites)
    out.AddPermissions(ObjectValue("composite", type.name), nullptr,
                       type.grants);
  for (const auto& type : catalog.ranges)
    out.AddPermissions(ObjectValue("range", type.name), nullptr, type.grants);
  for (const auto& sequence : catalog.sequences)
    out.AddPermissions(ObjectValue("sequence", sequence.name), nullptr,
                       sequence.grants);
  for (const auto& routine : catalog.routines)
    out.AddPermissions(
        ObjectValue(KindOf(routine), routine.name),
        out.HasNameAlone(routine) ? nullptr : &routine.argument_types,
        routine.grants);
  for (const auto& privileges : catalog.default_privileges)
    DescribeDefaultPrivileges(privileges, out);
}

}  // namespace godwit::engine::pg
