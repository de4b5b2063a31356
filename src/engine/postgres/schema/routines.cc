// SPDX-License-Identifier: Apache-2.0
// Routines and rare kinds as things.
#include "base/text.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/object.h"

namespace godwit::engine::pg {

namespace {

std::string_view Noun(const schema::Routine& routine) {
  switch (routine.kind) {
    case schema::Routine::Kind::kProcedure:
      return "PROCEDURE";
    case schema::Routine::Kind::kAggregate:
      return "AGGREGATE";
    case schema::Routine::Kind::kFunction:
      break;
  }
  return "FUNCTION";
}

// How an aggregate is named: by all of its arguments, or a star.
std::string Named(const schema::Routine& routine) {
  if (routine.kind != schema::Routine::Kind::kAggregate)
    return Signature(routine);
  return Cat(Quoted(routine.name), "(", routine.arguments, ")");
}

void AddRoutine(const schema::Routine& routine, Graph& graph) {
  const std::string what = Cat(Noun(routine), " ", Named(routine));
  Object object{
      .kind = Kind::kRoutine,
      .noun = AsciiLower(Noun(routine)),
      .key = Key(routine),
      .shown = Cat(routine.name.text(), "(", routine.argument_types, ")"),
      .create = {routine.definition},
      .drop = "DROP " + what,
      .value = &routine};
  AddComment(object, what, routine.comment);
  const bool procedure = routine.kind == schema::Routine::Kind::kProcedure;
  AddGrants(object,
            Cat(procedure ? "PROCEDURE " : "FUNCTION ", Signature(routine)),
            routine.grants);
  graph.AddNeed(object.key, "schema " + Quoted(routine.name.schema));
  graph.Add(std::move(object));
}

void AddOther(const schema::OtherObject& other, Graph& graph) {
  const std::string what = Cat(other.kind, " ", other.identity);
  Object object{
      .kind = other.kind == "COLLATION" ? Kind::kCollation : Kind::kOther,
      .noun = AsciiLower(other.kind),
      .key = Cat(AsciiLower(other.kind), " ", other.identity),
      .shown = other.identity,
      .definition = Join(other.definition, "\n"),
      .create = other.definition,
      .drop = "DROP " + what};
  for (char& c : object.noun)
    if (c == ' ') c = '_';
  AddComment(object, what, other.comment);
  graph.Add(std::move(object));
}

void AddDefaultPrivileges(const schema::DefaultPrivileges& privileges,
                          Graph& graph) {
  std::string alter = "ALTER DEFAULT PRIVILEGES";
  if (!privileges.role.empty()) alter += " FOR ROLE " + Quoted(privileges.role);
  if (!privileges.schema.empty())
    alter += " IN SCHEMA " + Quoted(privileges.schema);
  Object object{.kind = Kind::kDefaultPrivileges,
                .noun = "default_privileges",
                .key = Cat("default_privileges ", alter, privileges.kind),
                .shown = Cat(privileges.schema, " ", privileges.kind)};
  AddGrants(object, privileges.kind, privileges.grants);
  for (Property& property : object.properties) {
    if (!property.set.empty()) property.set = Cat(alter, " ", property.set);
    property.reset = Cat(alter, " ", property.reset);
  }
  if (!privileges.schema.empty())
    graph.AddNeed(object.key, "schema " + Quoted(privileges.schema));
  graph.Add(std::move(object));
}

}  // namespace

void AddRoutines(const schema::Catalog& catalog, Graph& graph) {
  for (const auto& routine : catalog.routines) AddRoutine(routine, graph);
}

void AddOthers(const schema::Catalog& catalog, Graph& graph) {
  for (const auto& other : catalog.others) AddOther(other, graph);
  for (const auto& privileges : catalog.default_privileges)
    AddDefaultPrivileges(privileges, graph);
}

}  // namespace godwit::engine::pg
