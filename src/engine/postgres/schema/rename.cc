// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/rename.h"

#include <algorithm>
#include <functional>
#include <set>

#include "base/text.h"
#include "engine/lexicons.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/tables.h"
#include "sql/lexer.h"

namespace godwit::engine::pg {

namespace {

using schema::Catalog;
using schema::Name;
using schema::Rename;
using ConstraintKind = schema::Constraint::Kind;

// The text with one identifier in the place of another.
std::string Substitute(const std::string& text, const std::string& from,
                       const std::string& to) {
  if (text.find(from) == text.npos) return text;
  const sql::DocumentView document{.text = text};
  sql::Lexer lexer(document, PostgresLexicon(), sql::Lexer::OnUnclosed::kToken);
  std::string out;
  std::size_t copied = 0;
  for (sql::Token token = lexer.Next(); token.kind != sql::TokenKind::kEnd;
       token = lexer.Next()) {
    if (token.kind == sql::TokenKind::kUnclosed) break;
    const bool names =
        (token.kind == sql::TokenKind::kWord && token.text == from) ||
        (token.kind == sql::TokenKind::kQuotedName &&
         sql::Unquoted(token.text) == from);
    if (!names) continue;
    out += text.substr(copied, token.offset - copied);
    out += Quoted(to);
    copied = token.end();
  }
  return out + text.substr(copied);
}

using Texts = std::function<void(const std::string& key, std::string& text)>;

void VisitIndexes(const std::string& schema, std::vector<schema::Index>& list,
                  const Texts& visit) {
  for (schema::Index& index : list)
    visit(Key("index", {schema, index.name}), index.definition);
}

void VisitTable(schema::Table& table, const Texts& visit) {
  const auto key = [&](std::string_view kind, const std::string& name) {
    return Key(kind, table.name, name);
  };
  visit(Key("table", table.name), table.partition_by);
  for (auto& column : table.columns) {
    visit(key("column", column.name), column.type);
    visit(key("column", column.name), column.generated);
    visit(key("default", column.name), column.default_value);
  }
  for (auto& constraint : table.constraints)
    visit(key("constraint", constraint.name), constraint.definition);
  VisitIndexes(table.name.schema, table.indexes, visit);
  for (auto& trigger : table.triggers)
    visit(key("trigger", trigger.name), trigger.definition);
  for (auto& rule : table.rules) visit(key("rule", rule.name), rule.definition);
  for (auto& policy : table.policies) {
    visit(key("policy", policy.name), policy.using_expression);
    visit(key("policy", policy.name), policy.check_expression);
  }
  for (auto& statistics : table.statistics)
    visit(Key("statistics", statistics.name), statistics.definition);
}

// Every text that can name something, with the key of what it belongs to.
void VisitTexts(Catalog& catalog, const Texts& visit) {
  for (auto& table : catalog.tables) VisitTable(table, visit);
  for (auto& view : catalog.views) {
    visit(Key("view", view.name), view.definition);
    for (auto& column : view.columns)
      visit(Key("view", view.name), column.type);
    VisitIndexes(view.name.schema, view.indexes, visit);
    for (auto& trigger : view.triggers)
      visit(Key("trigger", view.name, trigger.name), trigger.definition);
    for (auto& rule : view.rules)
      visit(Key("rule", view.name, rule.name), rule.definition);
  }
  for (auto& domain : catalog.domains) {
    visit(Key("type", domain.name), domain.type);
    visit(Key("type", domain.name), domain.default_value);
    for (auto& check : domain.constraints)
      visit(Key("type", domain.name), check.definition);
  }
  for (auto& type : catalog.composites)
    for (auto& column : type.attributes)
      visit(Key("type", type.name), column.type);
  for (auto& range : catalog.ranges)
    visit(Key("type", range.name), range.definition);
  for (auto& routine : catalog.routines) {
    const std::string key = Key(routine);
    if (routine.body.empty()) visit(key, routine.definition);
    visit(key, routine.arguments);
    visit(key, routine.result);
    visit(key, routine.argument_types);
  }
}

// One run over a list of renames.
class Renamer {
 public:
  Renamer(Catalog& catalog, const Catalog& to) : catalog_(catalog), to_(to) {}

  void Apply(const Rename& rename);
  std::vector<schema::Change> Take() { return std::move(changes_); }

 private:
  void Table(const Name& old_name, const Name& new_name);
  void Column(const Name& table, const std::string& from,
              const std::string& to);
  void Index(const Name& parent, const std::string& from,
             const std::string& to);
  void Constraint(const Name& table, const std::string& from,
                  const std::string& to);
  void Type(const Name& old_name, const Name& new_name);
  void EnumValue(const Name& type, const std::string& from,
                 const std::string& to);
  void Sequence(const Name& old_name, const std::string& to);
  void Followers(const Name& table);
  void FollowSequences(const Name& table);

  void Tell(std::string kind, std::string object, std::string sql);
  // In the texts of what needs one of the keys.
  void Replace(const std::set<std::string>& keys, const std::string& from,
               const std::string& to);
  // In all keys: what stands behind the kind is, or begins with, a name.
  void ReplaceKeys(const std::string& from, const std::string& to);
  schema::Table* FindTable(const Name& name);

  Catalog& catalog_;
  const Catalog& to_;
  std::vector<schema::Change> changes_;
};

void Renamer::Tell(std::string kind, std::string object, std::string sql) {
  changes_.push_back({.kind = "rename_" + std::move(kind),
                      .object = std::move(object),
                      .sql = {std::move(sql)}});
}

schema::Table* Renamer::FindTable(const Name& name) {
  for (schema::Table& table : catalog_.tables)
    if (table.name == name) return &table;
  return nullptr;
}

void Renamer::Replace(const std::set<std::string>& keys,
                      const std::string& from, const std::string& to) {
  std::set<std::string> users = keys;
  for (const schema::Dependency& edge : catalog_.dependencies)
    if (keys.contains(edge.on)) users.insert(edge.object);
  VisitTexts(catalog_, [&](const std::string& key, std::string& text) {
    if (users.contains(key)) text = Substitute(text, from, to);
  });
}

void Renamer::ReplaceKeys(const std::string& from, const std::string& to) {
  const auto replace = [&](std::string& key) {
    const std::size_t name = key.find(' ') + 1;
    if (key.compare(name, from.size(), from) != 0) return;
    const std::size_t end = name + from.size();
    if (end == key.size() || key[end] == '.')
      key.replace(name, from.size(), to);
  };
  for (schema::Dependency& edge : catalog_.dependencies) {
    replace(edge.object);
    replace(edge.on);
  }
}

void Renamer::Table(const Name& old_name, const Name& new_name) {
  schema::Table* table = FindTable(old_name);
  if (table == nullptr || FindTable(new_name) != nullptr) return;
  std::set<std::string> keys = {Key("table", old_name)};
  for (const auto& column : table->columns)
    keys.insert(Key("column", old_name, column.name));
  if (old_name.schema != new_name.schema)
    Tell("table", old_name.text(),
         Cat("ALTER TABLE ", Quoted(old_name), " SET SCHEMA ",
             Quoted(new_name.schema)));
  if (old_name.name != new_name.name)
    Tell("table", old_name.text(),
         Cat("ALTER TABLE ", Quoted({new_name.schema, old_name.name}),
             " RENAME TO ", Quoted(new_name.name)));
  Replace(keys, old_name.name, new_name.name);
  table->name = new_name;
  const auto follow = [&](Name& name) {
    if (name == old_name) name = new_name;
  };
  for (schema::Table& other : catalog_.tables) {
    for (Name& parent : other.parents) follow(parent);
    for (auto& constraint : other.constraints) follow(constraint.references);
  }
  for (auto& sequence : catalog_.sequences) follow(sequence.owner_table);
  ReplaceKeys(Quoted(old_name), Quoted(new_name));
  Followers(new_name);
}

void Renamer::Column(const Name& name, const std::string& from,
                     const std::string& to) {
  schema::Table* table = FindTable(name);
  if (table == nullptr) return;
  const auto find = [&](const std::string& column) {
    return std::find_if(table->columns.begin(), table->columns.end(),
                        [&](const auto& c) { return c.name == column; });
  };
  const auto column = find(from);
  if (column == table->columns.end() || find(to) != table->columns.end())
    return;
  Tell("column", Shown(name, from),
       Cat("ALTER TABLE ", Quoted(name), " RENAME COLUMN ", Quoted(from),
           " TO ", Quoted(to)));
  Replace({Key("column", name, from)}, from, to);
  table->partition_by = Substitute(table->partition_by, from, to);
  column->name = to;
  const auto follow = [&](std::vector<std::string>& columns) {
    std::replace(columns.begin(), columns.end(), from, to);
  };
  for (auto& index : table->indexes) follow(index.columns);
  for (auto& constraint : table->constraints) follow(constraint.columns);
  for (schema::Table& other : catalog_.tables)
    for (auto& constraint : other.constraints)
      if (constraint.references == name) follow(constraint.referenced_columns);
  for (auto& grant : table->grants)
    if (grant.column == from) grant.column = to;
  for (auto& sequence : catalog_.sequences)
    if (sequence.owner_table == name && sequence.owner_column == from)
      sequence.owner_column = to;
  ReplaceKeys(Cat(Quoted(name), ".", Quoted(from)),
              Cat(Quoted(name), ".", Quoted(to)));
  Followers(name);
}

void Renamer::Index(const Name& parent, const std::string& from,
                    const std::string& to) {
  const auto rename = [&](const Name& owner, auto& indexes) {
    for (schema::Index& index : indexes) {
      if (index.name != from) continue;
      if (!parent.schema.empty() && owner.schema != parent.schema) continue;
      const Name old_name{owner.schema, from};
      Tell("index", old_name.text(),
           Cat("ALTER INDEX ", Quoted(old_name), " RENAME TO ", Quoted(to)));
      const std::size_t on = index.definition.find(" ON ");
      index.definition = Substitute(index.definition.substr(0, on), from, to) +
                         index.definition.substr(on);
      index.name = to;
      ReplaceKeys(Quoted(old_name), Quoted({owner.schema, to}));
      return;
    }
  };
  for (schema::Table& table : catalog_.tables)
    rename(table.name, table.indexes);
  for (schema::View& view : catalog_.views) rename(view.name, view.indexes);
}

void Renamer::Constraint(const Name& name, const std::string& from,
                         const std::string& to) {
  schema::Table* table = FindTable(name);
  if (table == nullptr) return;
  for (schema::Constraint& constraint : table->constraints) {
    if (constraint.name != from) continue;
    Tell("constraint", Shown(name, from),
         Cat("ALTER TABLE ", Quoted(name), " RENAME CONSTRAINT ", Quoted(from),
             " TO ", Quoted(to)));
    constraint.name = to;
    ReplaceKeys(Cat(Quoted(name), ".", Quoted(from)),
                Cat(Quoted(name), ".", Quoted(to)));
    return;
  }
}

void Renamer::Type(const Name& old_name, const Name& new_name) {
  Name* found = nullptr;
  bool domain = false;
  const auto look = [&](auto& types, bool is_domain) {
    for (auto& type : types) {
      if (type.name != old_name) continue;
      found = &type.name;
      domain = is_domain;
    }
  };
  look(catalog_.enums, false);
  look(catalog_.composites, false);
  look(catalog_.ranges, false);
  look(catalog_.domains, true);
  if (found == nullptr) return;
  const std::string_view noun = domain ? "ALTER DOMAIN " : "ALTER TYPE ";
  if (old_name.schema != new_name.schema)
    Tell("type", old_name.text(),
         Cat(noun, Quoted(old_name), " SET SCHEMA ", Quoted(new_name.schema)));
  if (old_name.name != new_name.name)
    Tell("type", old_name.text(),
         Cat(noun, Quoted({new_name.schema, old_name.name}), " RENAME TO ",
             Quoted(new_name.name)));
  Replace({Key("type", old_name)}, old_name.name, new_name.name);
  *found = new_name;
  for (schema::Dependency& edge : catalog_.dependencies)
    for (std::string* key : {&edge.object, &edge.on})
      if (key->starts_with("routine "))
        *key = Substitute(*key, old_name.name, new_name.name);
  ReplaceKeys(Quoted(old_name), Quoted(new_name));
}

void Renamer::EnumValue(const Name& name, const std::string& from,
                        const std::string& to) {
  for (schema::Enum& type : catalog_.enums) {
    if (type.name != name) continue;
    const auto label = std::find(type.labels.begin(), type.labels.end(), from);
    if (label == type.labels.end() ||
        std::find(type.labels.begin(), type.labels.end(), to) !=
            type.labels.end())
      return;
    *label = to;
    Tell("enum_value", name.text(),
         Cat("ALTER TYPE ", Quoted(name), " RENAME VALUE ", Literal(from),
             " TO ", Literal(to)));
    const std::string old_constant = Literal(from) + "::" + Quoted(name);
    VisitTexts(catalog_, [&](const std::string&, std::string& text) {
      for (std::size_t at; (at = text.find(old_constant)) != text.npos;)
        text.replace(at, Literal(from).size(), Literal(to));
    });
  }
}

void Renamer::Sequence(const Name& old_name, const std::string& to) {
  for (schema::Sequence& sequence : catalog_.sequences) {
    if (sequence.name != old_name) continue;
    const Name new_name{old_name.schema, to};
    Tell("sequence", old_name.text(),
         Cat("ALTER SEQUENCE ", Quoted(old_name), " RENAME TO ", Quoted(to)));
    // A default names its sequence in a string.
    const std::string from_text = Quoted(old_name);
    VisitTexts(catalog_, [&](const std::string&, std::string& text) {
      const std::string constant = Cat("'", from_text, "'::regclass");
      const std::size_t at = text.find(constant);
      if (at != text.npos)
        text.replace(at + 1, from_text.size(), Quoted(new_name));
    });
    sequence.name = new_name;
    ReplaceKeys(Quoted(old_name), Quoted(new_name));
    return;
  }
}

void Renamer::FollowSequences(const Name& table) {
  std::vector<std::pair<Name, std::string>> found;
  for (const auto& old : catalog_.sequences)
    for (const auto& now : to_.sequences)
      if (old.owner_table == table && now.owner_table == table &&
          old.owner_column == now.owner_column && old.name != now.name &&
          old.name.schema == now.name.schema)
        found.emplace_back(old.name, now.name.name);
  for (const auto& [old_name, new_name] : found) Sequence(old_name, new_name);
}

// A key under its old name in a table where the new catalog has the same under
// another one.
void Renamer::Followers(const Name& name) {
  FollowSequences(name);
  const auto now = std::find_if(to_.tables.begin(), to_.tables.end(),
                                [&](const auto& t) { return t.name == name; });
  if (now == to_.tables.end()) return;
  const schema::Table old = *FindTable(name);
  const auto has = [](const auto& list, const std::string& item) {
    return std::any_of(list.begin(), list.end(),
                       [&](const auto& i) { return i.name == item; });
  };
  for (const auto& from : old.constraints)
    for (const auto& to : now->constraints)
      if (from.definition == to.definition && from.name != to.name &&
          !has(now->constraints, from.name) && !has(old.constraints, to.name))
        Constraint(name, from.name, to.name);
  const auto behind_name = [](const schema::Index& index) {
    return index.definition.substr(index.definition.find(" ON "));
  };
  for (const auto& from : old.indexes)
    for (const auto& to : now->indexes)
      if (from.unique == to.unique && behind_name(from) == behind_name(to) &&
          !has(now->indexes, from.name) && !has(old.indexes, to.name))
        Index(name, from.name, to.name);
}

Name WithSchema(const Name& name) {
  return name.schema.empty() ? Name{"public", name.name} : name;
}

void Renamer::Apply(const Rename& rename) {
  const Name parent = WithSchema(rename.parent);
  const Name old_name{parent.schema, rename.from};
  const Name new_name{parent.schema, rename.to};
  switch (rename.kind) {
    case Rename::Kind::kTable:
      return Table(old_name, new_name);
    case Rename::Kind::kColumn:
      return Column(parent, rename.from, rename.to);
    case Rename::Kind::kIndex:
      return Index({rename.parent.schema, ""}, rename.from, rename.to);
    case Rename::Kind::kConstraint:
      return Constraint(parent, rename.from, rename.to);
    case Rename::Kind::kType:
      return Type(old_name, new_name);
    case Rename::Kind::kEnumValue:
      return EnumValue(parent, rename.from, rename.to);
  }
}

}  // namespace

std::vector<schema::Change> ApplyRenames(
    Catalog& catalog, const Catalog& to,
    const std::vector<schema::Rename>& renames) {
  Renamer renamer(catalog, to);
  // What holds others first: the renames name parents as they will be.
  for (const bool of_wholes : {true, false})
    for (const Rename& rename : renames) {
      const bool whole = rename.kind == Rename::Kind::kTable ||
                         rename.kind == Rename::Kind::kType;
      if (whole == of_wholes) renamer.Apply(rename);
    }
  return renamer.Take();
}

}  // namespace godwit::engine::pg
