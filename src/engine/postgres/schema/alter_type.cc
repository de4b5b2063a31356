// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "engine/postgres/schema/alter.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/types.h"

namespace godwit::engine::pg {

namespace {

using Way = Alteration::Way;

bool Holds(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace

Alteration AlterEnum(const schema::Enum& from, const schema::Enum& to) {
  if (from.labels == to.labels) return {};
  std::vector<std::string> kept;
  for (const std::string& label : to.labels)
    if (Holds(from.labels, label)) kept.push_back(label);
  // Labels are not taken away, and do not change places.
  if (kept != from.labels) return {.way = Way::kRemake};
  Alteration out{.way = Way::kInPlace};
  for (std::size_t i = 0; i < to.labels.size(); ++i) {
    if (Holds(from.labels, to.labels[i])) continue;
    std::string sql = Cat("ALTER TYPE ", Quoted(to.name), " ADD VALUE ",
                          Literal(to.labels[i]));
    const bool last = std::none_of(
        to.labels.begin() + static_cast<std::ptrdiff_t>(i), to.labels.end(),
        [&](const std::string& label) { return Holds(from.labels, label); });
    if (!last && i == 0)
      sql += " BEFORE " + Literal(from.labels.front());
    else if (!last)
      sql += " AFTER " + Literal(to.labels[i - 1]);
    out.sql.push_back(std::move(sql));
  }
  return out;
}

Alteration AlterDomain(const schema::Domain& from, const schema::Domain& to) {
  if (from.type != to.type || from.collation != to.collation)
    return {.way = Way::kRemake};
  Alteration out;
  const std::string alter = Cat("ALTER DOMAIN ", Quoted(to.name), " ");
  const auto find = [](const schema::Domain& domain, const std::string& name) {
    return std::find_if(domain.constraints.begin(), domain.constraints.end(),
                        [&](const auto& c) { return c.name == name; });
  };
  for (const schema::Constraint& old : from.constraints) {
    const auto now = find(to, old.name);
    if (now != to.constraints.end() && now->definition == old.definition)
      continue;
    if (now != to.constraints.end() &&
        now->definition + " NOT VALID" == old.definition)
      out.sql.push_back(Cat(alter, "VALIDATE CONSTRAINT ", Quoted(old.name)));
    else
      out.sql.push_back(Cat(alter, "DROP CONSTRAINT ", Quoted(old.name)));
  }
  if (from.default_value != to.default_value)
    out.sql.push_back(to.default_value.empty()
                          ? alter + "DROP DEFAULT"
                          : Cat(alter, "SET DEFAULT ", to.default_value));
  if (from.not_null != to.not_null)
    out.sql.push_back(alter + (to.not_null ? "SET NOT NULL" : "DROP NOT NULL"));
  for (const schema::Constraint& now : to.constraints) {
    const auto old = find(from, now.name);
    if (old != from.constraints.end() &&
        (old->definition == now.definition ||
         old->definition == now.definition + " NOT VALID"))
      continue;
    out.sql.push_back(
        Cat(alter, "ADD CONSTRAINT ", Quoted(now.name), " ", now.definition));
  }
  if (!out.sql.empty()) out.way = Way::kReplace;
  return out;
}

namespace {

const schema::Column* FindAttribute(const schema::Composite& type,
                                    const std::string& name) {
  for (const schema::Column& column : type.attributes)
    if (column.name == name) return &column;
  return nullptr;
}

// Kept attributes stand first and in their old order.
bool OrderCanStay(const schema::Composite& from, const schema::Composite& to) {
  std::vector<std::string> wanted;
  for (const schema::Column& column : from.attributes)
    if (FindAttribute(to, column.name) != nullptr)
      wanted.push_back(column.name);
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (to.attributes[i].name != wanted[i]) return false;
  return true;
}

bool IsStored(const Graph& graph, const std::string& key) {
  const std::size_t type = graph.Position(key);
  if (type == Graph::kNone) return false;
  for (const std::size_t user : graph.needed_by(type)) {
    const Kind kind = graph.objects()[user].kind;
    if (kind == Kind::kColumn || kind == Kind::kType || kind == Kind::kView)
      return true;
  }
  return false;
}

}  // namespace

Alteration AlterComposite(const schema::Composite& from,
                          const schema::Composite& to,
                          const AlterContext& context) {
  if (!OrderCanStay(from, to)) return {.way = Way::kRemake};
  Alteration out;
  const std::string alter = Cat("ALTER TYPE ", Quoted(to.name), " ");
  const auto type_of = [](const schema::Column& column) {
    if (column.collation.empty()) return column.type;
    return Cat(column.type, " COLLATE ", column.collation);
  };
  for (const schema::Column& old : from.attributes)
    if (FindAttribute(to, old.name) == nullptr)
      out.sql.push_back(
          Cat(alter, "DROP ATTRIBUTE ", Quoted(old.name), " CASCADE"));
  for (const schema::Column& now : to.attributes) {
    const schema::Column* old = FindAttribute(from, now.name);
    if (old == nullptr) {
      out.sql.push_back(Cat(alter, "ADD ATTRIBUTE ", Quoted(now.name), " ",
                            type_of(now), " CASCADE"));
    } else if (type_of(*old) != type_of(now)) {
      if (IsStored(context.from, "type " + Quoted(from.name)))
        return {.way = Way::kRemake};
      out.sql.push_back(Cat(alter, "ALTER ATTRIBUTE ", Quoted(now.name),
                            " TYPE ", type_of(now), " CASCADE"));
    }
  }
  if (!out.sql.empty()) out.way = Way::kInPlace;
  return out;
}

Alteration AlterSequence(const schema::Sequence& from,
                         const schema::Sequence& to) {
  Alteration out;
  const std::string alter = Cat("ALTER SEQUENCE ", Quoted(to.name), " ");
  if (from.type != to.type || !(from.options == to.options)) {
    std::string sql = alter;
    if (from.type != to.type) sql += Cat("AS ", to.type, " ");
    sql += AllSequenceOptions(to.options);
    if (from.options.start < to.options.minimum ||
        from.options.start > to.options.maximum)
      sql += " RESTART";
    out.sql.push_back(std::move(sql));
  }
  if (from.unlogged != to.unlogged)
    out.sql.push_back(alter + (to.unlogged ? "SET UNLOGGED" : "SET LOGGED"));
  if (!out.sql.empty()) out.way = Way::kInPlace;
  return out;
}

}  // namespace godwit::engine::pg
