// SPDX-License-Identifier: Apache-2.0
// Views, and what both they and tables bear: triggers, rules, indexes.
#include "engine/postgres/schema/views.h"

#include "base/text.h"
#include "engine/postgres/schema/names.h"

namespace godwit::engine::pg {

std::string CreateView(const schema::View& view, bool replace) {
  std::string sql = replace ? "CREATE OR REPLACE " : "CREATE ";
  sql += view.materialized ? "MATERIALIZED VIEW " : "VIEW ";
  sql += Quoted(view.name);
  if (!view.access_method.empty())
    sql += " USING " + Quoted(view.access_method);
  if (!view.options.empty())
    sql += Cat(" WITH (", OptionList(view.options), ")");
  sql += Cat(" AS\n", view.definition);
  if (view.materialized && !view.populated) sql += "\n WITH NO DATA";
  return sql;
}

namespace {

// " DISABLE" behind ALTER TABLE …, and back.
void AddEnabled(Object& object, std::string_view noun, const std::string& name,
                const schema::Name& relation, const std::string& enabled) {
  if (enabled.empty()) return;
  const std::string alter = Cat("ALTER TABLE ", Quoted(relation), " ");
  object.properties.push_back(
      {"enabled", enabled, Cat(alter, enabled, " ", noun, " ", Quoted(name)),
       Cat(alter, "ENABLE ", noun, " ", Quoted(name))});
}

// A trigger or a rule; `word` is TRIGGER or RULE, `noun` the same for people.
template <typename Thing>
void AddReaction(Kind kind, std::string_view word, const std::string& noun,
                 const Thing& thing, const schema::Name& relation,
                 const std::string& whole, Graph& graph) {
  const std::string name =
      Cat(word, " ", Quoted(thing.name), " ON ", Quoted(relation));
  Object object{.kind = kind,
                .noun = noun,
                .key = Key(noun, relation, thing.name),
                .shown = Shown(relation, thing.name),
                .whole = whole,
                .definition = thing.definition,
                .create = {thing.definition},
                .drop = "DROP " + name};
  AddComment(object, name, thing.comment);
  AddEnabled(object, word, thing.name, relation, thing.enabled);
  graph.Add(std::move(object));
}

}  // namespace

void AddTrigger(const schema::Trigger& trigger, const schema::Name& relation,
                const std::string& whole, Graph& graph) {
  AddReaction(Kind::kTrigger, "TRIGGER", "trigger", trigger, relation, whole,
              graph);
}

void AddRule(const schema::Rule& rule, const schema::Name& relation,
             const std::string& whole, Graph& graph) {
  AddReaction(Kind::kRule, "RULE", "rule", rule, relation, whole, graph);
}

namespace {

void AddAttachment(const schema::Index& index, const schema::Name& name,
                   const std::string& key, const schema::Name& relation,
                   Graph& graph) {
  Object object{.kind = Kind::kAttachment,
                .noun = "index_partition",
                .key = "attachment " + key,
                .shown = name.text(),
                .whole = key,
                .definition = Quoted(index.parent),
                .create = {Cat("ALTER INDEX ", Quoted(index.parent),
                               " ATTACH PARTITION ", Quoted(name))}};
  graph.AddNeed(object.key, "partition " + Quoted(relation));
  graph.Add(std::move(object));
}

}  // namespace

void AddIndex(const schema::Index& index, const schema::Name& relation,
              const std::string& whole, Graph& graph) {
  const schema::Name name{relation.schema, index.name};
  const std::string quoted = Quoted(name);
  const std::string alter = Cat("ALTER TABLE ", Quoted(relation), " ");
  Object object{.kind = Kind::kIndex,
                .noun = "index",
                .key = "index " + quoted,
                .shown = name.text(),
                .whole = whole,
                .definition = index.definition,
                .create = {index.definition},
                .drop = "DROP INDEX " + quoted,
                .names = {"relation " + quoted},
                .value = IndexOf{&index}};
  // One of a partitioned table is valid when all of its parts are attached.
  if (!index.valid && index.definition.find(" ON ONLY ") == std::string::npos)
    object.definition += " INVALID";
  AddComment(object, "INDEX " + quoted, index.comment);
  if (index.replica_identity)
    object.properties.push_back(
        {"replica identity", "yes",
         Cat(alter, "REPLICA IDENTITY USING INDEX ", Quoted(index.name)),
         alter + "REPLICA IDENTITY DEFAULT"});
  if (index.clustered)
    object.properties.push_back({"cluster", "yes",
                                 Cat(alter, "CLUSTER ON ", Quoted(index.name)),
                                 alter + "SET WITHOUT CLUSTER"});
  for (const auto& [column, target] : index.statistics) {
    const std::string set = Cat("ALTER INDEX ", quoted, " ALTER COLUMN ",
                                column, " SET STATISTICS ");
    object.properties.push_back({Cat("statistics ", column), Cat(target),
                                 Cat(set, target), set + "-1"});
  }
  const std::string key = object.key;
  graph.Add(std::move(object));
  if (!index.parent.name.empty())
    AddAttachment(index, name, key, relation, graph);
}

namespace {

void AddView(const schema::View& view, Graph& graph) {
  const std::string name = Quoted(view.name);
  const std::string_view noun =
      view.materialized ? "MATERIALIZED VIEW " : "VIEW ";
  Object object{.kind = Kind::kView,
                .noun = view.materialized ? "materialized_view" : "view",
                .key = "view " + name,
                .shown = view.name.text(),
                .create = {CreateView(view, false)},
                .drop = Cat("DROP ", noun, name),
                .names = {"relation " + name, "type " + name},
                .value = &view};
  AddComment(object, Cat(noun, name), view.comment);
  for (const schema::Column& column : view.columns) {
    AddComment(object, Cat("COLUMN ", name, ".", Quoted(column.name)),
               column.comment);
    const std::string alter =
        Cat("ALTER ", noun, name, " ALTER COLUMN ", Quoted(column.name), " ");
    if (!column.default_value.empty())
      object.properties.push_back(
          {"default " + column.name, column.default_value,
           Cat(alter, "SET DEFAULT ", column.default_value),
           alter + "DROP DEFAULT"});
    if (column.statistics)
      object.properties.push_back(
          {"statistics " + column.name, Cat(*column.statistics),
           Cat(alter, "SET STATISTICS ", *column.statistics),
           alter + "SET STATISTICS -1"});
  }
  AddGrants(object, "TABLE " + name, view.grants);
  graph.AddNeed(object.key, "schema " + Quoted(view.name.schema));
  const std::string key = object.key;
  graph.Add(std::move(object));
  for (const auto& index : view.indexes) AddIndex(index, view.name, key, graph);
  for (const auto& trigger : view.triggers)
    AddTrigger(trigger, view.name, key, graph);
  for (const auto& rule : view.rules) AddRule(rule, view.name, key, graph);
}

}  // namespace

void AddViews(const schema::Catalog& catalog, Graph& graph) {
  for (const auto& view : catalog.views) AddView(view, graph);
}

}  // namespace godwit::engine::pg
