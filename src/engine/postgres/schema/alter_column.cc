// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "base/text.h"
#include "engine/postgres/schema/alter.h"
#include "engine/postgres/schema/checks.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/tables.h"
#include "engine/postgres/schema/types.h"

namespace godwit::engine::pg {

namespace {

using Way = Alteration::Way;

// "numeric" of "numeric(10,2)[]": without modifiers and brackets.
std::string BaseType(std::string_view type) {
  std::string out;
  int depth = 0;
  for (const char c : type) {
    if (c == '(') ++depth;
    if (depth == 0 && c != '[' && c != ']') out += c;
    if (c == ')') --depth;
  }
  return out;
}

bool IsArray(std::string_view type) {
  return type.ends_with("[]");
}

enum class Family { kNone, kText, kNumber, kTime, kJson, kNetwork, kBits };

Family FamilyOf(const std::string& type) {
  const std::string base = " " + BaseType(type) + ",";
  const auto is = [&](std::string_view list) {
    return list.find(base) != list.npos;
  };
  if (is(" text, character varying, character, \"char\", name, bpchar,"))
    return Family::kText;
  if (is(" smallint, integer, bigint, numeric, real, double precision,"))
    return Family::kNumber;
  if (is(" date, timestamp without time zone, timestamp with time zone, time "
         "without time zone, time with time zone,"))
    return Family::kTime;
  if (is(" json, jsonb,")) return Family::kJson;
  if (is(" inet, cidr,")) return Family::kNetwork;
  return is(" bit, bit varying,") ? Family::kBits : Family::kNone;
}

// Unix time: seconds, or milliseconds where they do not go into four bytes.
bool IsUnixTime(const std::string& from, const std::string& to) {
  return to.starts_with("timestamp") && FamilyOf(from) == Family::kNumber &&
         !IsArray(from) && !IsArray(to);
}

// The expression that makes the new type of the old value; empty: the server's
// own assignment does.
std::string Conversion(const std::string& column, const std::string& from,
                       const std::string& to, bool through_text) {
  const std::string name = Quoted(column);
  if (through_text)
    return Cat(name, "::text", IsArray(from) ? "[]" : "", "::", to);
  if (MayCut(from, to))
    return Cat(name, FamilyOf(from) == Family::kText ? "::" : "::text::", to);
  if (BaseType(from) == BaseType(to) && IsArray(from) == IsArray(to)) return {};
  if (IsArray(to) && !IsArray(from))
    return Cat("CASE WHEN ", name, " IS NULL THEN NULL ELSE ARRAY[", name,
               "]::", to, " END");
  const Family old_family = FamilyOf(from);
  const Family new_family = FamilyOf(to);
  if (new_family == Family::kText && IsArray(to) == IsArray(from)) return {};
  if (old_family != Family::kNone && old_family == new_family &&
      IsArray(from) == IsArray(to))
    return {};
  if (from == "boolean" && new_family == Family::kNumber)
    return Cat(name, "::integer", to == "integer" ? "" : "::" + to);
  if (to == "boolean" && old_family == Family::kNumber)
    return Cat("(", name, " <> 0)");
  if (IsUnixTime(from, to))
    return Cat("pg_catalog.to_timestamp(", name,
               from == "integer" ? ")" : " / 1000.0)");
  // Everything can be written as text, and most types are read from it.
  if (old_family == Family::kText) return Cat(name, "::", to);
  return Cat(name, "::text::", to);
}

std::string AlterTable(const ColumnOf& of) {
  return Cat("ALTER TABLE ", Quoted(of.table->name), " ");
}

std::string AlterColumnText(const ColumnOf& of) {
  return Cat(AlterTable(of), "ALTER COLUMN ", Quoted(of.column->name));
}

// The parent's column, where a change reaches this one through it.
const schema::Column* ParentColumn(const Graph& graph, const ColumnOf& of) {
  if (!of.column->inherited) return nullptr;
  for (const schema::Name& parent : of.table->parents) {
    const Object* object = graph.Find(Key("column", parent, of.column->name));
    if (object != nullptr) return std::get<ColumnOf>(object->value).column;
  }
  return nullptr;
}

void AddNotNull(const ColumnOf& to, bool online, Alteration& out) {
  const std::string set = AlterColumnText(to) + " SET NOT NULL";
  if (!online) {
    out.sql.push_back(set);
    return;
  }
  // A proven check saves SET NOT NULL from reading the table under its lock.
  const std::string name = Quoted(Cat("godwit_", to.column->name, "_not_null"));
  out.sql.push_back(Cat(AlterTable(to), "ADD CONSTRAINT ", name, " CHECK (",
                        Quoted(to.column->name), " IS NOT NULL) NOT VALID"));
  out.sql.push_back(Cat(AlterTable(to), "VALIDATE CONSTRAINT ", name));
  out.sql.push_back(set);
  out.sql.push_back(Cat(AlterTable(to), "DROP CONSTRAINT ", name));
}

void ChangeNotNull(const ColumnOf& from, const ColumnOf& to,
                   const AlterContext& context, Alteration& out) {
  const schema::Column* parent_from = ParentColumn(context.from, from);
  const schema::Column* parent_to = ParentColumn(context.to, to);
  if (to.column->not_null) {
    if (parent_to != nullptr && parent_to->not_null) return;
    const bool lost =
        parent_to != nullptr && parent_from != nullptr && parent_from->not_null;
    if (!from.column->not_null || lost)
      AddNotNull(to, context.options.online, out);
  } else if (from.column->not_null) {
    if (parent_from != nullptr && parent_from->not_null) return;
    out.sql.push_back(AlterColumnText(to) + " DROP NOT NULL");
  }
}

std::int64_t LargestOf(std::string_view type) {
  if (type == "smallint") return std::numeric_limits<std::int16_t>::max();
  if (type == "integer") return std::numeric_limits<std::int32_t>::max();
  return std::numeric_limits<std::int64_t>::max();
}

// The first number that the identity gives is one that no row has.
std::string Renumber(const ColumnOf& to) {
  const std::string table = Quoted(to.table->name);
  const schema::Identity& identity = *to.column->identity;
  const std::string_view extreme = identity.increment > 0 ? "max" : "min";
  return Cat("SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence(",
             Literal(table), ", ", Literal(to.column->name), "), ", extreme,
             "(", Quoted(to.column->name), ")) FROM ", table, " HAVING ",
             extreme, "(", Quoted(to.column->name), ") ",
             identity.increment > 0 ? ">=" : "<=", " ", identity.start);
}

void ChangeIdentityOptions(const ColumnOf& from, const ColumnOf& to,
                           Alteration& out) {
  schema::Identity now = *from.column->identity;
  const schema::Identity& wanted = *to.column->identity;
  // The server widens or narrows the sequence with the column's type.
  if (now.maximum == LargestOf(from.column->type))
    now.maximum = LargestOf(to.column->type);
  std::string sql;
  if (now.always != wanted.always)
    sql +=
        wanted.always ? " SET GENERATED ALWAYS" : " SET GENERATED BY DEFAULT";
  const auto set = [&sql](bool differs, std::string_view word,
                          std::int64_t value) {
    if (differs) sql += Cat(" SET ", word, " ", value);
  };
  set(now.increment != wanted.increment, "INCREMENT BY", wanted.increment);
  set(now.minimum != wanted.minimum, "MINVALUE", wanted.minimum);
  set(now.maximum != wanted.maximum, "MAXVALUE", wanted.maximum);
  set(now.start != wanted.start, "START WITH", wanted.start);
  set(now.cache != wanted.cache, "CACHE", wanted.cache);
  if (now.cycle != wanted.cycle)
    sql += wanted.cycle ? " SET CYCLE" : " SET NO CYCLE";
  // What was counted so far may lie outside: then it begins anew, behind the
  // rows.
  const bool outside = now.start < wanted.minimum || now.start > wanted.maximum;
  if (outside) sql += " RESTART";
  if (!sql.empty()) out.sql.push_back(AlterColumnText(to) + sql);
  if (outside) out.sql.push_back(Renumber(to));
  const auto& old_name = from.column->identity_sequence;
  const auto& new_name = to.column->identity_sequence;
  if (old_name != new_name && !old_name.empty() && !new_name.empty())
    out.sql.push_back(Cat("ALTER SEQUENCE ",
                          Quoted({from.table->name.schema, old_name}),
                          " RENAME TO ", Quoted(new_name)));
}

void ChangeIdentity(const ColumnOf& from, const ColumnOf& to, Alteration& out) {
  if (IsPartition(*to.table) && to.column->inherited) return;
  const bool had = from.column->identity.has_value();
  const bool has = to.column->identity.has_value();
  if (had && has) ChangeIdentityOptions(from, to, out);
  if (!had && has) {
    out.sql.push_back(Cat(AlterColumnText(to), " ADD ",
                          IdentityDefinition(*to.table, *to.column)));
    out.sql.push_back(Renumber(to));
  }
}

// The most characters of a text type; -1: as many as there are.
std::int64_t LengthOf(const std::string& type) {
  const std::size_t open = type.find('(');
  if (open == type.npos) return type == "character" ? 1 : -1;
  return ParseInt64(type.substr(open + 1, type.find(')') - open - 1))
      .value_or(-1);
}

}  // namespace

std::string AssumptionOf(const schema::Column& from, const schema::Column& to) {
  if (!IsUnixTime(from.type, to.type)) return {};
  return Cat("the numbers are ",
             from.type == "integer" ? "seconds" : "milliseconds",
             " since the beginning of 1970");
}

bool MayCut(const std::string& from, const std::string& to) {
  if (FamilyOf(to) != Family::kText || IsArray(to)) return false;
  const std::int64_t most = LengthOf(to);
  if (most < 0) return false;
  const std::int64_t now =
      FamilyOf(from) == Family::kText && !IsArray(from) ? LengthOf(from) : -1;
  return now < 0 || now > most;
}

std::string Converted(const schema::Column& from, const schema::Column& to) {
  const std::string expression = Conversion(to.name, from.type, to.type, false);
  return expression.empty() ? Quoted(to.name) : expression;
}

std::string AlterColumnType(const ColumnOf& from, const ColumnOf& to,
                            bool through_text) {
  const schema::Column& column = *to.column;
  std::string sql = Cat(AlterColumnText(to), " TYPE ", column.type);
  if (!column.collation.empty()) sql += " COLLATE " + column.collation;
  const std::string expression =
      Conversion(column.name, from.column->type, column.type, through_text);
  return expression.empty() ? sql : Cat(sql, " USING ", expression);
}

Alteration AlterColumn(const ColumnOf& from, const ColumnOf& to,
                       const AlterContext& context) {
  Alteration out;
  const schema::Column& old = *from.column;
  const schema::Column& now = *to.column;
  const bool through_parent = now.inherited && old.inherited;
  const bool of_type = !to.table->of_type.empty();
  if (!through_parent && old.generated != now.generated) {
    if (!now.generated.empty()) return {.way = Way::kRemake};
    out.sql.push_back(AlterColumnText(to) + " DROP EXPRESSION");
  }
  if (old.identity && !now.identity &&
      !(IsPartition(*to.table) && now.inherited))
    out.sql.push_back(AlterColumnText(to) + " DROP IDENTITY");
  const bool retyped = old.type != now.type || old.collation != now.collation;
  if (retyped && !of_type) {
    out.retypes = true;
    if (!through_parent) {
      out.sql.push_back(AlterColumnType(from, to, false));
      out.hazards.push_back("table_rewrite");
    }
  }
  ChangeNotNull(from, to, context, out);
  ChangeIdentity(from, to, out);
  if (!out.sql.empty() || out.retypes) out.way = Way::kInPlace;
  return out;
}

}  // namespace godwit::engine::pg
