// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/online.h"

#include "base/text.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/tables.h"

namespace godwit::engine::pg {

namespace {

using ConstraintKind = schema::Constraint::Kind;

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

std::string Concurrently(std::string statement) {
  const std::string_view word = "INDEX ";
  const std::size_t at = statement.find(word);
  if (at == statement.npos || Has(statement, " ON ONLY ")) return statement;
  return statement.insert(at + word.size(), "CONCURRENTLY ");
}

// "PRIMARY KEY (a) INCLUDE (b) DEFERRABLE" by way of an index.
std::vector<std::string> KeyByIndex(const ConstraintOf& of) {
  const schema::Constraint& key = *of.constraint;
  const std::string& definition = key.definition;
  const std::size_t open = definition.find('(');
  const std::size_t deferral = definition.find(" DEFERRABLE");
  std::string list = definition.substr(
      open, deferral == definition.npos ? deferral : deferral - open);
  if (Has(definition.substr(0, open), "NULLS NOT DISTINCT"))
    list += " NULLS NOT DISTINCT";
  if (!key.options.empty())
    list += Cat(" WITH (", OptionList(key.options), ")");
  const std::string name = Quoted(key.name);
  const std::string table = Quoted(of.table->name);
  const bool primary = key.kind == ConstraintKind::kPrimaryKey;
  return {
      Cat("CREATE UNIQUE INDEX CONCURRENTLY ", name, " ON ", table, " ", list),
      Cat("ALTER TABLE ", table, " ADD CONSTRAINT ", name,
          primary ? " PRIMARY KEY" : " UNIQUE", " USING INDEX ", name,
          deferral == definition.npos ? "" : definition.substr(deferral))};
}

std::vector<std::string> ProvedLater(const ConstraintOf& of,
                                     const std::string& create) {
  const std::string table = Quoted(of.table->name);
  return {create + " NOT VALID",
          Cat("ALTER TABLE ", table, " VALIDATE CONSTRAINT ",
              Quoted(of.constraint->name))};
}

}  // namespace

std::vector<std::string> CreateOnline(const Object& object) {
  if (object.create.empty()) return {};
  if (object.kind == Kind::kIndex) return {Concurrently(object.create[0])};
  const auto* of = std::get_if<ConstraintOf>(&object.value);
  if (of == nullptr || !of->table->partition_by.empty() ||
      Has(of->constraint->definition, " NOT VALID"))
    return object.create;
  switch (of->constraint->kind) {
    case ConstraintKind::kCheck:
    case ConstraintKind::kForeignKey:
      return ProvedLater(*of, object.create[0]);
    case ConstraintKind::kPrimaryKey:
    case ConstraintKind::kUnique:
      if (Has(of->constraint->definition, "WITHOUT OVERLAPS"))
        return object.create;
      return KeyByIndex(*of);
    case ConstraintKind::kExclusion:
      break;
  }
  return object.create;
}

std::vector<std::string> DropOnline(const Object& object) {
  if (object.drop.empty()) return {};
  if (object.kind != Kind::kIndex || Has(object.definition, " ON ONLY "))
    return {object.drop};
  return {Concurrently(object.drop)};
}

std::string LockOf(std::string_view statement) {
  const auto is = [&](std::string_view head) {
    return statement.starts_with(head);
  };
  if (is("CREATE INDEX CONCURRENTLY") ||
      is("CREATE UNIQUE INDEX CONCURRENTLY") || is("DROP INDEX CONCURRENTLY") ||
      is("CREATE STATISTICS"))
    return "ShareUpdateExclusiveLock";
  if (is("CREATE INDEX") || is("CREATE UNIQUE INDEX")) return "ShareLock";
  if (is("CREATE TRIGGER") || is("CREATE CONSTRAINT TRIGGER"))
    return "ShareRowExclusiveLock";
  if (is("INSERT")) return "RowExclusiveLock";
  if (is("CREATE POLICY") || is("ALTER POLICY") || is("CREATE RULE") ||
      is("CREATE OR REPLACE VIEW"))
    return "AccessExclusiveLock";
  if (is("DROP TABLE") || is("DROP INDEX") || is("DROP VIEW") ||
      is("DROP MATERIALIZED VIEW") || is("DROP TRIGGER") || is("DROP POLICY") ||
      is("DROP RULE"))
    return "AccessExclusiveLock";
  if (!is("ALTER TABLE") && !is("ALTER INDEX")) return {};
  if (Has(statement, " VALIDATE CONSTRAINT ") ||
      Has(statement, " ATTACH PARTITION ") ||
      Has(statement, " SET STATISTICS "))
    return "ShareUpdateExclusiveLock";
  if (Has(statement, " FOREIGN KEY ") || Has(statement, " ENABLE TRIGGER ") ||
      Has(statement, " DISABLE TRIGGER "))
    return "ShareRowExclusiveLock";
  return "AccessExclusiveLock";
}

}  // namespace godwit::engine::pg
