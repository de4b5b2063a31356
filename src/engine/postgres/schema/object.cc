// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/object.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "engine/lexicons.h"
#include "engine/postgres/schema/names.h"
#include "sql/lexer.h"

namespace godwit::engine::pg {

Graph::Graph(const schema::Catalog& catalog) {
  AddTypes(catalog, *this);
  AddTables(catalog, *this);
  AddViews(catalog, *this);
  AddRoutines(catalog, *this);
  AddOthers(catalog, *this);
  Link(catalog);
  FindMentions(catalog);
}

const Object* Graph::Find(std::string_view key) const {
  const std::size_t index = Position(key);
  return index == kNone ? nullptr : &objects_[index];
}

std::size_t Graph::Position(std::string_view key) const {
  const auto found = by_key_.find(std::string(key));
  return found == by_key_.end() ? kNone : found->second;
}

bool Graph::Needs(std::string_view object, std::string_view on) const {
  const std::size_t from = Position(object);
  const std::size_t to = Position(on);
  if (from == kNone || to == kNone) return false;
  const auto& needs = needs_[from];
  return std::find(needs.begin(), needs.end(), to) != needs.end();
}

Object& Graph::Add(Object object) {
  by_key_.emplace(object.key, objects_.size());
  objects_.push_back(std::move(object));
  return objects_.back();
}

void Graph::AddNeed(const std::string& object, const std::string& on) {
  extra_.emplace_back(object, on);
}

namespace {

// What the server counts as a need of a thing is often one of its links only.
std::string Bearer(const Graph& graph, const std::string& object,
                   const std::string& on) {
  const Object* from = graph.Find(object);
  const Object* to = graph.Find(on);
  if (from == nullptr || to == nullptr) return object;
  const std::string name = object.substr(object.find(' ') + 1);
  if (from->kind == Kind::kSequence &&
      (to->kind == Kind::kColumn || to->kind == Kind::kTable))
    return "ownership " + name;
  if (from->kind == Kind::kTable && to->kind == Kind::kTable)
    return graph.Find("partition " + name) != nullptr
               ? "partition " + name
               : Cat("inheritance ", name, " ", on.substr(on.find(' ') + 1));
  const auto is_index = [](const Object& o) {
    return o.kind == Kind::kIndex || o.kind == Kind::kConstraint;
  };
  if (is_index(*from) && is_index(*to) && from->whole != to->whole)
    return "attachment " + object;
  return object;
}

}  // namespace

void Graph::Link(const schema::Catalog& catalog) {
  needs_.resize(objects_.size());
  needed_by_.resize(objects_.size());
  mentions_.resize(objects_.size());
  unknown_.resize(objects_.size());
  std::set<std::pair<std::size_t, std::size_t>> edges;
  const auto add = [&](const std::string& object, const std::string& on) {
    const std::size_t from = Position(object);
    const std::size_t to = Position(on);
    if (from != kNone && to != kNone && from != to) edges.emplace(from, to);
  };
  for (const schema::Dependency& edge : catalog.dependencies)
    add(Bearer(*this, edge.object, edge.on), edge.on);
  for (const auto& [object, on] : extra_) add(object, on);
  for (const Object& object : objects_)
    if (!object.whole.empty()) add(object.key, object.whole);
  for (const auto& [from, to] : edges) {
    needs_[from].push_back(to);
    needed_by_[to].push_back(from);
  }
}

void Graph::FindMentions(const schema::Catalog& catalog) {
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_name;
  const auto enter = [&](std::string_view kind, const schema::Name& name) {
    const std::size_t index = Position(Key(kind, name));
    if (index != kNone) by_name[AsciiLower(name.name)].push_back(index);
  };
  for (const auto& table : catalog.tables) enter("table", table.name);
  for (const auto& view : catalog.views) enter("view", view.name);
  for (const auto& type : catalog.enums) enter("type", type.name);
  for (const auto& type : catalog.domains) enter("type", type.name);
  for (const auto& type : catalog.composites) enter("type", type.name);
  for (const auto& sequence : catalog.sequences)
    enter("sequence", sequence.name);
  for (const schema::Routine& routine : catalog.routines)
    by_name[AsciiLower(routine.name.name)].push_back(Position(Key(routine)));
  for (const schema::Routine& routine : catalog.routines) {
    if (routine.body.empty()) continue;
    const std::size_t self = Position(Key(routine));
    const sql::DocumentView document{.text = routine.body};
    sql::Lexer lexer(document, PostgresLexicon(),
                     sql::Lexer::OnUnclosed::kToken);
    std::set<std::size_t> found;
    bool wants_table = false;
    for (sql::Token token = lexer.Next(); token.kind != sql::TokenKind::kEnd;
         token = lexer.Next()) {
      if (token.kind == sql::TokenKind::kUnclosed) break;
      const auto named = by_name.find(AsciiLower(sql::Unquoted(token.text)));
      if (named != by_name.end())
        found.insert(named->second.begin(), named->second.end());
      else if (wants_table && (token.kind == sql::TokenKind::kWord ||
                               token.kind == sql::TokenKind::kQuotedName))
        unknown_[self] = true;
      wants_table = token.IsWord("from") || token.IsWord("join") ||
                    token.IsWord("into") || token.IsWord("update");
    }
    found.erase(self);
    mentions_[self].assign(found.begin(), found.end());
  }
}

void AddComment(Object& object, std::string_view what,
                const std::string& comment) {
  if (comment.empty()) return;
  object.properties.push_back(
      {Cat("comment ", what), comment,
       Cat("COMMENT ON ", what, " IS ", Literal(comment)),
       Cat("COMMENT ON ", what, " IS NULL")});
}

namespace {

std::string Grantee(const schema::Grant& grant) {
  if (grant.owner) return "CURRENT_USER";
  return grant.role.empty() ? "PUBLIC" : Quoted(grant.role);
}

std::string Right(const schema::Grant& grant) {
  if (grant.column.empty()) return grant.privilege;
  return Cat(grant.privilege, " (", Quoted(grant.column), ")");
}

}  // namespace

void AddGrants(Object& object, std::string_view what,
               const std::vector<schema::Grant>& grants) {
  for (const schema::Grant& grant : grants) {
    const std::string right = Right(grant);
    const std::string role = Grantee(grant);
    const std::string revoke =
        Cat("REVOKE ", right, " ON ", what, " FROM ", role);
    const std::string give = Cat("GRANT ", right, " ON ", what, " TO ", role);
    const std::string name = Cat("grant ", right, " ", role);
    if (grant.revoked) {
      object.properties.push_back({name, "revoked", revoke, give});
      continue;
    }
    object.properties.push_back(
        {name, "given", grant.grantable ? std::string() : give, revoke});
    if (grant.grantable)
      object.properties.push_back({"option " + name, "given",
                                   give + " WITH GRANT OPTION",
                                   Cat("REVOKE GRANT OPTION FOR ", right,
                                       " ON ", what, " FROM ", role)});
  }
}

namespace {

std::pair<std::string, std::string> SplitOption(const std::string& option) {
  const std::size_t equals = option.find('=');
  return {option.substr(0, equals),
          equals == option.npos ? std::string() : option.substr(equals + 1)};
}

std::string OptionText(const std::string& option) {
  const auto [name, value] = SplitOption(option);
  return Cat(name, "=", Literal(value));
}

}  // namespace

std::string OptionList(const std::vector<std::string>& options) {
  std::vector<std::string> out;
  for (const std::string& option : options) out.push_back(OptionText(option));
  return Join(out, ", ");
}

void AddOptions(Object& object, std::string_view alter,
                const std::vector<std::string>& options) {
  for (const std::string& option : options) {
    const auto [name, value] = SplitOption(option);
    object.properties.push_back({"option " + name, value,
                                 Cat(alter, " SET (", OptionText(option), ")"),
                                 Cat(alter, " RESET (", name, ")")});
  }
}

}  // namespace godwit::engine::pg
