// SPDX-License-Identifier: Apache-2.0
// Schemas, extensions, types and sequences as things.
#include "engine/postgres/schema/types.h"

#include <limits>

#include "base/text.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/object.h"

namespace godwit::engine::pg {

std::string CreateEnum(const schema::Enum& type, const std::string& name) {
  std::vector<std::string> labels;
  for (const std::string& label : type.labels) labels.push_back(Literal(label));
  return Cat("CREATE TYPE ", name, " AS ENUM (", Join(labels, ", "), ")");
}

std::string CreateDomain(const schema::Domain& domain,
                         const std::string& name) {
  std::string sql = Cat("CREATE DOMAIN ", name, " AS ", domain.type);
  if (!domain.collation.empty()) sql += " COLLATE " + domain.collation;
  if (!domain.default_value.empty()) sql += " DEFAULT " + domain.default_value;
  if (domain.not_null) sql += " NOT NULL";
  for (const schema::Constraint& check : domain.constraints)
    if (!check.definition.ends_with(" NOT VALID"))
      sql += Cat(" CONSTRAINT ", Quoted(check.name), " ", check.definition);
  return sql;
}

std::string CreateComposite(const schema::Composite& type,
                            const std::string& name) {
  std::vector<std::string> attributes;
  for (const schema::Column& column : type.attributes) {
    attributes.push_back(Cat("\n    ", Quoted(column.name), " ", column.type));
    if (!column.collation.empty())
      attributes.back() += " COLLATE " + column.collation;
  }
  return Cat("CREATE TYPE ", name, " AS (", Join(attributes, ","),
             attributes.empty() ? ")" : "\n)");
}

namespace {

using schema::Identity;

std::int64_t Limit(std::string_view type) {
  if (type == "smallint") return std::numeric_limits<std::int16_t>::max();
  if (type == "integer") return std::numeric_limits<std::int32_t>::max();
  return std::numeric_limits<std::int64_t>::max();
}

}  // namespace

Identity UsualSequence(const Identity& options, std::string_view type) {
  const bool up = options.increment > 0;
  Identity usual;
  usual.minimum = up ? 1 : -Limit(type) - 1;
  usual.maximum = up ? Limit(type) : -1;
  usual.start = up ? options.minimum : options.maximum;
  return usual;
}

std::string SequenceOptions(const Identity& options, std::string_view type) {
  const Identity usual = UsualSequence(options, type);
  std::string sql;
  const auto add = [&sql](std::string_view text) {
    if (!sql.empty()) sql += ' ';
    sql += text;
  };
  if (options.start != usual.start) add(Cat("START WITH ", options.start));
  if (options.increment != 1) add(Cat("INCREMENT BY ", options.increment));
  if (options.minimum != usual.minimum) add(Cat("MINVALUE ", options.minimum));
  if (options.maximum != usual.maximum) add(Cat("MAXVALUE ", options.maximum));
  if (options.cache != 1) add(Cat("CACHE ", options.cache));
  if (options.cycle) add("CYCLE");
  return sql;
}

std::string AllSequenceOptions(const Identity& options) {
  return Cat("INCREMENT BY ", options.increment, " MINVALUE ", options.minimum,
             " MAXVALUE ", options.maximum, " START WITH ", options.start,
             " CACHE ", options.cache, options.cycle ? " CYCLE" : " NO CYCLE");
}

namespace {

void AddSchema(const schema::Schema& schema, Graph& graph) {
  const std::string name = Quoted(schema.name);
  Object object{.kind = Kind::kSchema,
                .noun = "schema",
                .key = "schema " + name,
                .shown = schema.name,
                .create = {"CREATE SCHEMA " + name},
                .drop = "DROP SCHEMA " + name};
  // A catalog without a schema is taken for one that has this.
  if (schema.name == "public") object.drop = "DROP SCHEMA IF EXISTS public";
  AddComment(object, "SCHEMA " + name, schema.comment);
  AddGrants(object, "SCHEMA " + name, schema.grants);
  graph.Add(std::move(object));
}

void AddExtension(const schema::Extension& extension, Graph& graph) {
  const std::string name = Quoted(extension.name);
  Object object{
      .kind = Kind::kExtension,
      .noun = "extension",
      .key = "extension " + name,
      .shown = extension.name,
      .create = {Cat(
          "CREATE EXTENSION ", name, " WITH SCHEMA ", Quoted(extension.schema),
          extension.usual_version ? std::string()
                                  : " VERSION " + Literal(extension.version))},
      .drop = "DROP EXTENSION " + name,
      .value = &extension};
  AddComment(object, "EXTENSION " + name, extension.comment);
  graph.AddNeed(object.key, "schema " + Quoted(extension.schema));
  graph.Add(std::move(object));
}

// What all types have in common.
template <typename Type>
Object TypeObject(const Type& type, Graph& graph) {
  const std::string name = Quoted(type.name);
  Object object{.kind = Kind::kType,
                .noun = "type",
                .key = "type " + name,
                .shown = type.name.text(),
                .drop = "DROP TYPE " + name,
                .names = {"type " + name},
                .value = &type};
  graph.AddNeed(object.key, "schema " + Quoted(type.name.schema));
  return object;
}

template <typename Type>
void Finish(const Type& type, std::string_view noun, Object object,
            Graph& graph) {
  const std::string name = Cat(noun, " ", Quoted(type.name));
  AddComment(object, name, type.comment);
  AddGrants(object, "TYPE " + Quoted(type.name), type.grants);
  graph.Add(std::move(object));
}

void AddEnum(const schema::Enum& type, Graph& graph) {
  Object object = TypeObject(type, graph);
  object.create = {CreateEnum(type, Quoted(type.name))};
  Finish(type, "TYPE", std::move(object), graph);
}

void AddDomain(const schema::Domain& domain, Graph& graph) {
  Object object = TypeObject(domain, graph);
  const std::string name = Quoted(domain.name);
  object.noun = "domain";
  object.drop = "DROP DOMAIN " + name;
  object.create = {CreateDomain(domain, name)};
  for (const schema::Constraint& check : domain.constraints) {
    if (check.definition.ends_with(" NOT VALID"))
      object.create.push_back(Cat("ALTER DOMAIN ", name, " ADD CONSTRAINT ",
                                  Quoted(check.name), " ", check.definition));
    AddComment(object,
               Cat("CONSTRAINT ", Quoted(check.name), " ON DOMAIN ", name),
               check.comment);
  }
  Finish(domain, "DOMAIN", std::move(object), graph);
}

void AddComposite(const schema::Composite& type, Graph& graph) {
  Object object = TypeObject(type, graph);
  object.create = {CreateComposite(type, Quoted(type.name))};
  object.names.push_back("relation " + Quoted(type.name));
  for (const schema::Column& column : type.attributes)
    AddComment(object,
               Cat("COLUMN ", Quoted(type.name), ".", Quoted(column.name)),
               column.comment);
  Finish(type, "TYPE", std::move(object), graph);
}

void AddRange(const schema::Range& range, Graph& graph) {
  Object object = TypeObject(range, graph);
  object.create = {range.definition};
  object.definition = range.definition;
  Finish(range, "TYPE", std::move(object), graph);
}

void AddOwnership(const schema::Sequence& sequence, Graph& graph) {
  const std::string name = Quoted(sequence.name);
  const std::string column =
      Cat(Quoted(sequence.owner_table), ".", Quoted(sequence.owner_column));
  Object object{.kind = Kind::kOwnership,
                .noun = "sequence_owner",
                .key = "ownership " + name,
                .shown = sequence.name.text(),
                .whole = "sequence " + name,
                .definition = column,
                .create = {Cat("ALTER SEQUENCE ", name, " OWNED BY ", column)},
                .drop = Cat("ALTER SEQUENCE ", name, " OWNED BY NONE")};
  graph.AddNeed(object.key, "column " + column);
  graph.Add(std::move(object));
}

void AddSequence(const schema::Sequence& sequence, Graph& graph) {
  const std::string name = Quoted(sequence.name);
  std::string sql =
      Cat("CREATE ", sequence.unlogged ? "UNLOGGED " : "", "SEQUENCE ", name);
  if (sequence.type != "bigint") sql += " AS " + sequence.type;
  const std::string options = SequenceOptions(sequence.options, sequence.type);
  if (!options.empty()) sql += " " + options;
  Object object{.kind = Kind::kSequence,
                .noun = "sequence",
                .key = "sequence " + name,
                .shown = sequence.name.text(),
                .create = {sql},
                .drop = "DROP SEQUENCE " + name,
                .names = {"relation " + name},
                .value = &sequence};
  AddComment(object, "SEQUENCE " + name, sequence.comment);
  AddGrants(object, "SEQUENCE " + name, sequence.grants);
  graph.AddNeed(object.key, "schema " + Quoted(sequence.name.schema));
  graph.Add(std::move(object));
  if (!sequence.owner_column.empty()) AddOwnership(sequence, graph);
}

}  // namespace

void AddTypes(const schema::Catalog& catalog, Graph& graph) {
  for (const auto& schema : catalog.schemas) AddSchema(schema, graph);
  for (const auto& extension : catalog.extensions)
    AddExtension(extension, graph);
  for (const auto& type : catalog.enums) AddEnum(type, graph);
  for (const auto& domain : catalog.domains) AddDomain(domain, graph);
  for (const auto& type : catalog.composites) AddComposite(type, graph);
  for (const auto& range : catalog.ranges) AddRange(range, graph);
  for (const auto& sequence : catalog.sequences) AddSequence(sequence, graph);
}

}  // namespace godwit::engine::pg
