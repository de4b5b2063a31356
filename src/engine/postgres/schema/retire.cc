// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/retire.h"

#include "base/text.h"
#include "engine/postgres/schema/names.h"

namespace godwit::engine::pg {

namespace {

constexpr std::string_view kMark = "_godwit_old";
constexpr std::size_t kLongestName = 63;

std::string Aside(const std::string& name) {
  std::string out = name.substr(0, kLongestName - kMark.size());
  // Not within a character.
  while (out.size() < name.size() && !out.empty() &&
         (static_cast<unsigned char>(name[out.size()]) & 0xC0) == 0x80)
    out.pop_back();
  return out.append(kMark);
}

bool IsDomain(const Object& object) {
  return std::holds_alternative<const schema::Domain*>(object.value);
}

schema::Name NameOf(const Object& object) {
  if (const auto* table = std::get_if<const schema::Table*>(&object.value))
    return (*table)->name;
  if (const auto* type = std::get_if<const schema::Enum*>(&object.value))
    return (*type)->name;
  if (const auto* type = std::get_if<const schema::Domain*>(&object.value))
    return (*type)->name;
  if (const auto* type = std::get_if<const schema::Composite*>(&object.value))
    return (*type)->name;
  return std::get<const schema::Range*>(object.value)->name;
}

std::string Rename(std::string_view kind, const schema::Name& name) {
  return Cat("ALTER ", kind, " ", Quoted(name), " RENAME TO ",
             Quoted(Aside(name.name)));
}

void RetireParts(const schema::Table& table, std::vector<std::string>& sql) {
  const std::string& schema = table.name.schema;
  using ConstraintKind = schema::Constraint::Kind;
  for (const schema::Constraint& constraint : table.constraints)
    if (constraint.kind != ConstraintKind::kCheck &&
        constraint.kind != ConstraintKind::kForeignKey)
      sql.push_back(Rename("INDEX", {schema, constraint.name}));
  for (const schema::Index& index : table.indexes)
    sql.push_back(Rename("INDEX", {schema, index.name}));
  for (const schema::Column& column : table.columns)
    if (!column.identity_sequence.empty())
      sql.push_back(Rename("SEQUENCE", {schema, column.identity_sequence}));
}

}  // namespace

std::vector<std::string> Retire(const Object& object) {
  const schema::Name name = NameOf(object);
  if (object.kind != Kind::kTable)
    return {Rename(IsDomain(object) ? "DOMAIN" : "TYPE", name)};
  std::vector<std::string> sql = {Rename("TABLE", name)};
  RetireParts(*std::get<const schema::Table*>(object.value), sql);
  return sql;
}

std::string DropRetired(const Object& object) {
  const schema::Name name = NameOf(object);
  const std::string_view kind = object.kind == Kind::kTable ? "TABLE"
                                : IsDomain(object)          ? "DOMAIN"
                                                            : "TYPE";
  return Cat("DROP ", kind, " ", Quoted({name.schema, Aside(name.name)}));
}

std::string DropConstraint(const ConstraintOf& of) {
  return Cat("ALTER TABLE ", Quoted(of.table->name), " DROP CONSTRAINT ",
             Quoted(of.constraint->name));
}

std::vector<std::string> CopyRows(const schema::Table& from,
                                  const schema::Table& to) {
  std::vector<std::string> columns;
  std::vector<std::string> numbered;
  for (const schema::Column& now : to.columns)
    for (const schema::Column& old : from.columns)
      if (old.name == now.name && now.generated.empty()) {
        columns.push_back(Quoted(now.name));
        if (now.identity) numbered.push_back(now.name);
      }
  if (columns.empty()) return {};
  const std::string list = Join(columns, ", ");
  const std::string name = Quoted(to.name);
  std::vector<std::string> sql = {
      Cat("INSERT INTO ", name, " (", list, ") OVERRIDING SYSTEM VALUE SELECT ",
          list, " FROM ", Quoted({from.name.schema, Aside(from.name.name)}))};
  for (const std::string& column : numbered)
    sql.push_back(Cat("SELECT pg_catalog.setval(",
                      "pg_catalog.pg_get_serial_sequence(", Literal(name), ", ",
                      Literal(column), "), max(", Quoted(column), ")) FROM ",
                      name, " HAVING max(", Quoted(column), ") > 0"));
  return sql;
}

}  // namespace godwit::engine::pg
