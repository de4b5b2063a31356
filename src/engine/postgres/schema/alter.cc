// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/alter.h"

#include <algorithm>

#include "base/text.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/tables.h"
#include "engine/postgres/schema/views.h"

namespace godwit::engine::pg {

namespace {

using Way = Alteration::Way;
using ConstraintKind = schema::Constraint::Kind;

Alteration AlterTableItself(const schema::Table& from,
                            const schema::Table& to) {
  if (from.partition_by != to.partition_by) return {.way = Way::kRemake};
  Alteration out;
  const std::string alter = Cat("ALTER TABLE ", Quoted(to.name), " ");
  if (from.of_type != to.of_type)
    out.sql.push_back(to.of_type.empty() ? alter + "NOT OF"
                                         : Cat(alter, "OF ", to.of_type));
  if (from.access_method != to.access_method)
    out.sql.push_back(
        Cat(alter, "SET ACCESS METHOD ",
            to.access_method.empty() ? "heap" : Quoted(to.access_method)));
  if (from.unlogged != to.unlogged)
    out.sql.push_back(alter + (to.unlogged ? "SET UNLOGGED" : "SET LOGGED"));
  for (std::string& sql :
       AlterOptions("ALTER TABLE " + Quoted(to.name), from.options, to.options))
    out.sql.push_back(std::move(sql));
  if (!out.sql.empty()) out.way = Way::kInPlace;
  return out;
}

bool SameColumns(const schema::View& from, const schema::View& to) {
  for (std::size_t i = 0; i < from.columns.size(); ++i)
    if (from.columns[i].name != to.columns[i].name ||
        from.columns[i].type != to.columns[i].type ||
        from.columns[i].collation != to.columns[i].collation)
      return false;
  return true;
}

// CREATE OR REPLACE VIEW may add columns behind the others.
bool CanReplace(const schema::View& from, const schema::View& to) {
  return !from.materialized && !to.materialized &&
         from.columns.size() <= to.columns.size() && SameColumns(from, to);
}

Alteration AlterView(const schema::View& from, const schema::View& to) {
  if (from.materialized != to.materialized ||
      from.access_method != to.access_method)
    return {.way = Way::kRemake};
  if (from.definition != to.definition) {
    if (!CanReplace(from, to)) return {.way = Way::kRemake};
    return {.way = Way::kReplace, .sql = {CreateView(to, true)}};
  }
  if (from.columns.size() != to.columns.size() || !SameColumns(from, to))
    return {.way = Way::kRemake};
  Alteration out;
  const std::string noun = to.materialized ? "MATERIALIZED VIEW " : "VIEW ";
  const std::string name = Cat(noun, Quoted(to.name));
  out.sql = AlterOptions("ALTER " + name, from.options, to.options);
  if (from.populated != to.populated)
    out.sql.push_back(
        Cat("REFRESH ", name, to.populated ? "" : " WITH NO DATA"));
  if (!out.sql.empty()) out.way = Way::kInPlace;
  return out;
}

Alteration AlterRoutine(const schema::Routine& from,
                        const schema::Routine& to) {
  if (from.definition == to.definition) return {};
  const bool aggregate = to.kind == schema::Routine::Kind::kAggregate;
  if (aggregate || from.kind != to.kind || from.arguments != to.arguments ||
      from.result != to.result || from.defaults > to.defaults)
    return {.way = Way::kRemake};
  return {.way = Way::kReplace, .sql = {to.definition}};
}

std::string WithoutDeferral(std::string definition) {
  for (const std::string_view word : {" INITIALLY DEFERRED", " DEFERRABLE"}) {
    const std::size_t at = definition.find(word);
    if (at != definition.npos) definition.erase(at, word.size());
  }
  return definition;
}

std::string Deferral(const std::string& definition) {
  if (definition.find(" INITIALLY DEFERRED") != definition.npos)
    return "DEFERRABLE INITIALLY DEFERRED";
  if (definition.find(" DEFERRABLE") != definition.npos)
    return "DEFERRABLE INITIALLY IMMEDIATE";
  return "NOT DEFERRABLE";
}

Alteration AlterConstraint(const ConstraintOf& from, const ConstraintOf& to) {
  const schema::Constraint& old = *from.constraint;
  const schema::Constraint& now = *to.constraint;
  const std::string alter = Cat("ALTER TABLE ", Quoted(to.table->name), " ");
  const bool indexed = now.kind != ConstraintKind::kCheck &&
                       now.kind != ConstraintKind::kForeignKey;
  if (old.definition == now.definition) {
    Alteration out;
    if (indexed)
      out.sql = AlterOptions(
          "ALTER INDEX " + Quoted({to.table->name.schema, now.name}),
          old.options, now.options);
    if (!out.sql.empty()) out.way = Way::kInPlace;
    return out;
  }
  // What a parent has is changed there.
  if (old.inherited && now.inherited && !indexed) return {};
  if (old.definition == now.definition + " NOT VALID")
    return {.way = Way::kInPlace,
            .sql = {Cat(alter, "VALIDATE CONSTRAINT ", Quoted(now.name))}};
  if (now.kind == ConstraintKind::kForeignKey &&
      WithoutDeferral(old.definition) == WithoutDeferral(now.definition))
    return {.way = Way::kInPlace,
            .sql = {Cat(alter, "ALTER CONSTRAINT ", Quoted(now.name), " ",
                        Deferral(now.definition))}};
  return {.way = Way::kRemake};
}

Alteration AlterPolicy(const PolicyOf& from, const PolicyOf& to) {
  const schema::Policy& old = *from.policy;
  const schema::Policy& now = *to.policy;
  const bool takes_away =
      (now.using_expression.empty() && !old.using_expression.empty()) ||
      (now.check_expression.empty() && !old.check_expression.empty());
  if (old.command != now.command || old.permissive != now.permissive ||
      takes_away)
    return {.way = Way::kRemake};
  std::string sql;
  if (old.roles != now.roles) sql += " TO " + Join(now.roles, ", ");
  if (old.using_expression != now.using_expression)
    sql += Cat(" USING (", now.using_expression, ")");
  if (old.check_expression != now.check_expression)
    sql += Cat(" WITH CHECK (", now.check_expression, ")");
  if (sql.empty()) return {};
  return {.way = Way::kReplace,
          .sql = {Cat("ALTER POLICY ", Quoted(now.name), " ON ",
                      Quoted(to.table->name), sql)}};
}

Alteration AlterExtension(const schema::Extension& from,
                          const schema::Extension& to) {
  Alteration out;
  const std::string alter = Cat("ALTER EXTENSION ", Quoted(to.name), " ");
  if (from.schema != to.schema)
    out.sql.push_back(Cat(alter, "SET SCHEMA ", Quoted(to.schema)));
  // Who names no version takes the one that is there.
  if (from.version != to.version && !to.usual_version)
    out.sql.push_back(Cat(alter, "UPDATE TO ", Literal(to.version)));
  if (!out.sql.empty()) out.way = Way::kInPlace;
  return out;
}

Alteration AlterAttachment(const Object& from, const Object& to) {
  if (from.definition == to.definition) return {};
  return {.way = Way::kRemake};
}

}  // namespace

Alteration Alter(const Object& from, const Object& to,
                 const AlterContext& context) {
  if (from.value.index() != to.value.index()) return {.way = Way::kRemake};
  const auto both = [&]<typename T>(std::type_identity<T>, auto alter) {
    return alter(std::get<T>(from.value), std::get<T>(to.value));
  };
  const auto values = [&]<typename T>(std::type_identity<T>, auto alter) {
    return alter(*std::get<T>(from.value), *std::get<T>(to.value));
  };
  switch (to.kind) {
    case Kind::kTable:
      return values(std::type_identity<const schema::Table*>(),
                    AlterTableItself);
    case Kind::kColumn:
      return AlterColumn(std::get<ColumnOf>(from.value),
                         std::get<ColumnOf>(to.value), context);
    case Kind::kView:
      return values(std::type_identity<const schema::View*>(), AlterView);
    case Kind::kRoutine:
      return values(std::type_identity<const schema::Routine*>(), AlterRoutine);
    case Kind::kSequence:
      return values(std::type_identity<const schema::Sequence*>(),
                    AlterSequence);
    case Kind::kConstraint:
    case Kind::kForeignKey:
      return both(std::type_identity<ConstraintOf>(), AlterConstraint);
    case Kind::kPolicy:
      return both(std::type_identity<PolicyOf>(), AlterPolicy);
    case Kind::kExtension:
      return values(std::type_identity<const schema::Extension*>(),
                    AlterExtension);
    case Kind::kAttachment:
      return AlterAttachment(from, to);
    case Kind::kDefault:
      if (from.definition == to.definition) return {};
      return {.way = Way::kReplace, .sql = to.create};
    default:
      break;
  }
  if (std::holds_alternative<const schema::Enum*>(to.value))
    return values(std::type_identity<const schema::Enum*>(), AlterEnum);
  if (std::holds_alternative<const schema::Domain*>(to.value))
    return values(std::type_identity<const schema::Domain*>(), AlterDomain);
  if (std::holds_alternative<const schema::Composite*>(to.value))
    return AlterComposite(*std::get<const schema::Composite*>(from.value),
                          *std::get<const schema::Composite*>(to.value),
                          context);
  return {.way = from.definition == to.definition ? Way::kSame : Way::kRemake};
}

namespace {

// GRANT a ON x TO r; GRANT b ON x TO r: in one statement.
std::vector<std::string> MergeGrants(std::vector<std::string> statements) {
  const auto is_plain = [](const std::string& sql) {
    return sql.starts_with("GRANT ") ||
           (sql.starts_with("REVOKE ") &&
            !sql.starts_with("REVOKE GRANT OPTION"));
  };
  std::vector<std::string> out;
  for (std::string& sql : statements) {
    const bool is_right = is_plain(sql) && !out.empty() && is_plain(out.back());
    const std::size_t verb = sql.find(' ') + 1;
    const std::size_t on = sql.find(" ON ");
    if (is_right) {
      std::string& last = out.back();
      const std::size_t last_on = last.find(" ON ");
      if (last_on != last.npos && last.substr(last_on) == sql.substr(on) &&
          last.compare(0, verb, sql, 0, verb) == 0) {
        last.insert(last_on, ", " + sql.substr(verb, on - verb));
        continue;
      }
    }
    out.push_back(std::move(sql));
  }
  return out;
}

}  // namespace

std::vector<std::string> AlterProperties(const std::vector<Property>& from,
                                         const std::vector<Property>& to) {
  const auto find = [](const std::vector<Property>& list,
                       const std::string& name) {
    return std::find_if(list.begin(), list.end(),
                        [&](const Property& p) { return p.name == name; });
  };
  std::vector<std::string> out;
  const auto add = [&out](const std::string& sql) {
    if (!sql.empty()) out.push_back(sql);
  };
  for (auto old = from.rbegin(); old != from.rend(); ++old)
    if (find(to, old->name) == to.end()) add(old->reset);
  for (const Property& now : to) {
    const auto old = find(from, now.name);
    if (old == from.end() || old->value != now.value) add(now.set);
  }
  return MergeGrants(std::move(out));
}

std::vector<std::string> AlterOptions(const std::string& alter,
                                      const std::vector<std::string>& from,
                                      const std::vector<std::string>& to) {
  Object old, now;
  AddOptions(old, alter, from);
  AddOptions(now, alter, to);
  return AlterProperties(old.properties, now.properties);
}

}  // namespace godwit::engine::pg
