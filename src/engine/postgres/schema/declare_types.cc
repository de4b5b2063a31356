// SPDX-License-Identifier: Apache-2.0
// Types and sequences.
#include "base/text.h"
#include "engine/postgres/schema/declaring.h"
#include "engine/postgres/schema/names.h"

namespace godwit::engine::pg {

namespace {

using schema::Declaration;
using schema::Rename;
using schema::Value;

void DeclareEnum(const Declaration& type, Declaring& out) {
  std::vector<std::string> labels;
  const Value& values = *type.Find("values");
  for (const Value& label : values.items) labels.push_back(Literal(label.text));
  out.Add(Phase::kType,
          Cat("CREATE TYPE ", Quoted(NameOf(type)), " AS ENUM (",
              Join(labels, ", "), ")"),
          type.mark);
}

void AddCheck(const Declaration& check, Draft& draft) {
  if (!check.name.empty())
    draft.Add(Cat("CONSTRAINT ", Quoted(check.name), " "), check.mark);
  const Value& expression = *check.Find("expr");
  draft.Add("CHECK (").Add(expression.text, expression.mark).Add(")");
}

void DeclareDomain(const Declaration& domain, Declaring& out) {
  const std::string name = Quoted(NameOf(domain));
  const Value& type = *domain.Find("type");
  Draft draft(domain.mark);
  draft.Add(Cat("CREATE DOMAIN ", name, " AS ")).Add(TypeSql(type), type.mark);
  draft.Add(CollationSql(TextOf(domain, "collate")), domain.mark);
  if (const Value* value = domain.Find("default"))
    draft.Add(" DEFAULT ").Add(ExpressionSql(*value, &type), value->mark);
  if (!FlagOf(domain, "null")) draft.Add(" NOT NULL", MarkOf(domain, "null"));
  for (const Declaration& check : domain.blocks) {
    const bool later =
        FlagOf(check, "not_valid") || out.CallsRoutine(TextOf(check, "expr"));
    if (!later) {
      draft.Add(" ");
      AddCheck(check, draft);
    } else {
      Draft alter(check.mark);
      alter.Add(Cat("ALTER DOMAIN ", name, " ADD "));
      AddCheck(check, alter);
      if (FlagOf(check, "not_valid")) alter.Add(" NOT VALID");
      out.Add(Phase::kExpression, alter.Take());
    }
    if (!check.name.empty())
      out.AddComment(
          check, Cat("CONSTRAINT ", Quoted(check.name), " ON DOMAIN ", name));
  }
  out.Add(Phase::kType, draft.Take());
}

void DeclareComposite(const Declaration& type, Declaring& out) {
  const std::string name = Quoted(NameOf(type));
  Draft draft(type.mark);
  draft.Add(Cat("CREATE TYPE ", name, " AS ("));
  bool first = true;
  for (const Declaration& field : type.blocks) {
    const Value& of = *field.Find("type");
    draft.Add(first ? "\n    " : ",\n    ")
        .Add(Quoted(field.name), field.mark)
        .Add(" ")
        .Add(TypeSql(of), of.mark)
        .Add(CollationSql(TextOf(field, "collate")), MarkOf(field, "collate"));
    first = false;
    out.AddComment(field, Cat("COLUMN ", name, ".", Quoted(field.name)));
    out.AddRename(field, Rename::Kind::kColumn, NameOf(type), field.name);
  }
  draft.Add(first ? ")" : "\n)");
  out.Add(Phase::kType, draft.Take());
}

void DeclareRange(const Declaration& range, Declaring& out) {
  const Value& subtype = *range.Find("subtype");
  Draft draft(range.mark);
  draft.Add(Cat("CREATE TYPE ", Quoted(NameOf(range)), " AS RANGE (subtype = "))
      .Add(TypeSql(subtype), subtype.mark);
  for (const std::string_view option :
       {"subtype_opclass", "canonical", "subtype_diff"})
    if (const Value* value = range.Find(option))
      draft.Add(Cat(", ", option, " = ", CalleeSql(*value)), value->mark);
  const std::string collation = CollationSql(TextOf(range, "collation"));
  if (!collation.empty())
    draft.Add(Cat(", collation =", collation.substr(8)),
              MarkOf(range, "collation"));
  if (const Value* name = range.Find("multirange_name"))
    draft.Add(Cat(", multirange_type_name = ",
                  Quoted({NameOf(range).schema, name->text})),
              name->mark);
  draft.Add(")");
  out.Add(Phase::kType, draft.Take());
}

}  // namespace

void DeclareType(const Declaration& declaration, Declaring& out) {
  const bool domain = declaration.kind == "domain";
  if (domain) {
    DeclareDomain(declaration, out);
  } else if (declaration.kind == "enum") {
    DeclareEnum(declaration, out);
  } else if (declaration.kind == "composite") {
    DeclareComposite(declaration, out);
  } else {
    DeclareRange(declaration, out);
  }
  const schema::Name name = NameOf(declaration);
  out.AddComment(declaration, Cat(domain ? "DOMAIN " : "TYPE ", Quoted(name)));
  out.AddRename(declaration, Rename::Kind::kType, name, name.name);
}

void DeclareSequence(const Declaration& declaration, Declaring& out) {
  const std::string name = Quoted(NameOf(declaration));
  Draft draft(declaration.mark);
  draft.Add(Cat("CREATE ", FlagOf(declaration, "unlogged") ? "UNLOGGED " : "",
                "SEQUENCE ", name));
  if (const Value* type = declaration.Find("type"))
    draft.Add(" AS ").Add(TypeSql(*type), type->mark);
  draft.Add(SequenceOptionsSql(declaration), declaration.mark);
  out.Add(Phase::kSequence, draft.Take());
  if (const Value* owner = declaration.Find("owner"))
    out.Add(
        Phase::kProperty,
        Cat("ALTER SEQUENCE ", name, " OWNED BY ", ObjectSql(owner->reference),
            ".", Quoted(owner->reference.member)),
        owner->mark);
  out.AddComment(declaration, "SEQUENCE " + name);
}

}  // namespace godwit::engine::pg
