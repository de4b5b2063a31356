// SPDX-License-Identifier: Apache-2.0
// Schemas, extensions, rights, and what is kept as its statements.
#include "base/text.h"
#include "engine/postgres/schema/declaring.h"
#include "engine/postgres/schema/names.h"

namespace godwit::engine::pg {

namespace {

using schema::Declaration;
using schema::Value;

void DeclareSchemaBlock(const Declaration& declaration, Declaring& out) {
  const std::string name = Quoted(declaration.name);
  // Every database is made with this one.
  const bool there = declaration.name == "public";
  out.Add(Phase::kSchema,
          Cat("CREATE SCHEMA ", there ? "IF NOT EXISTS " : "", name),
          declaration.mark);
  out.AddComment(declaration, "SCHEMA " + name);
}

void DeclareExtension(const Declaration& declaration, Declaring& out) {
  const std::string name = Quoted(declaration.name);
  Draft draft(declaration.mark);
  draft.Add("CREATE EXTENSION " + name);
  if (const Value* schema = declaration.Find("schema"))
    draft.Add(" WITH SCHEMA ")
        .Add(Quoted(schema->reference.name.name), schema->mark);
  if (const Value* version = declaration.Find("version"))
    draft.Add(" VERSION ").Add(Literal(version->text), version->mark);
  out.Add(Phase::kExtension, draft.Take());
  out.AddComment(declaration, "EXTENSION " + name);
}

void DeclareObject(const Declaration& declaration, Declaring& out) {
  const std::string kind = WordsOf(declaration, "kind");
  const Phase phase = kind == "COLLATION" ? Phase::kCollation : Phase::kOther;
  for (const Value& statement : declaration.Find("create")->items)
    out.Add(phase, statement.text, statement.mark);
  out.AddComment(declaration, Cat(kind, " ", declaration.name));
}

// "TABLE a.b" behind ON; `column`: of the right, empty: the whole.
std::string TargetSql(const Declaration& permission, std::string& column) {
  const schema::Reference& target = permission.Find("for")->reference;
  if (target.member_kind == "column") {
    column = Quoted(target.member);
    return "TABLE " + ObjectSql(target);
  }
  const std::string& kind = target.kind;
  if (kind == "schema") return "SCHEMA " + Quoted(target.name.name);
  if (kind == "sequence") return "SEQUENCE " + ObjectSql(target);
  if (kind == "domain") return "DOMAIN " + ObjectSql(target);
  if (kind == "enum" || kind == "composite" || kind == "range")
    return "TYPE " + ObjectSql(target);
  if (kind == "function" || kind == "aggregate" || kind == "procedure") {
    const Value* types = permission.Find("args");
    return Cat(kind == "procedure" ? "PROCEDURE " : "FUNCTION ",
               ObjectSql(target),
               types == nullptr ? std::string() : Cat("(", types->text, ")"));
  }
  return "TABLE " + ObjectSql(target);
}

// The statement that gives or takes what the declaration says.
std::string RightsSql(const Declaration& permission, std::string_view target,
                      const std::string& column) {
  std::vector<std::string> rights;
  for (const Value& right : permission.Find("privileges")->items) {
    std::string word = right.text;
    for (char& c : word) {
      if (c == '_') c = ' ';
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    rights.push_back(column.empty() ? word : Cat(word, " (", column, ")"));
  }
  const std::string role = RoleSql(*permission.Find("to"));
  const std::string what = Cat(Join(rights, ", "), " ON ", target);
  if (FlagOf(permission, "revoked"))
    return Cat("REVOKE ", what, " FROM ", role);
  return Cat("GRANT ", what, " TO ", role,
             FlagOf(permission, "grantable") ? " WITH GRANT OPTION" : "");
}

}  // namespace

void DeclarePermission(const Declaration& declaration, Declaring& out) {
  std::string column;
  const std::string target = TargetSql(declaration, column);
  out.Add(Phase::kPermission, RightsSql(declaration, target, column),
          declaration.mark);
}

void DeclareDefaultPermission(const Declaration& declaration, Declaring& out) {
  std::string sql = "ALTER DEFAULT PRIVILEGES";
  if (const Value* role = declaration.Find("role"))
    sql += " FOR ROLE " + RoleSql(*role);
  if (const Value* schema = declaration.Find("schema"))
    sql += " IN SCHEMA " + Quoted(schema->reference.name.name);
  out.Add(
      Phase::kDefaultPermission,
      Cat(sql, " ", RightsSql(declaration, WordsOf(declaration, "for"), {})),
      declaration.mark);
}

void DeclareOther(const Declaration& declaration, Declaring& out) {
  if (declaration.kind == "schema") {
    DeclareSchemaBlock(declaration, out);
  } else if (declaration.kind == "extension") {
    DeclareExtension(declaration, out);
  } else if (declaration.kind == "object") {
    DeclareObject(declaration, out);
  } else if (!FlagOf(declaration, "external")) {
    out.Complain(declaration.mark,
                 Cat(declaration.kind, " ", declaration.name,
                     " belongs to the server, not to a schema, and is not "
                     "made"),
                 "write external = true where it only needs to be named");
  }
}

}  // namespace godwit::engine::pg
