// SPDX-License-Identifier: Apache-2.0
#include <concepts>

#include "cli/schema_report.h"

namespace godwit::cli {

namespace {

using command::Json;

// A document of what is there: empty texts and lists, false and nothing are
// left out, but for what `Always` adds.
class Members {
 public:
  template <typename T>
  Members& Always(const char* name, const T& value) {
    document_[name] = value;
    return *this;
  }
  Members& Add(const char* name, const std::string& text) {
    if (!text.empty()) document_[name] = text;
    return *this;
  }
  Members& Add(const char* name, std::same_as<bool> auto value) {
    if (value) document_[name] = true;
    return *this;
  }
  Members& Add(const char* name, const std::optional<int>& number) {
    if (number) document_[name] = *number;
    return *this;
  }
  Members& Add(const char* name, const schema::Name& thing) {
    if (!thing.name.empty()) document_[name] = thing.text();
    return *this;
  }
  Members& Add(const char* name, const Json& value) {
    if (!value.empty()) document_[name] = value;
    return *this;
  }
  Members& Add(const char* name, const std::vector<std::string>& texts) {
    return Add(name, Json(texts));
  }
  Members& Add(const char* name, const std::vector<schema::Name>& things) {
    Json texts = Json::array();
    for (const schema::Name& thing : things) texts.push_back(thing.text());
    return Add(name, texts);
  }
  // "schema" and "name".
  Members& Called(const schema::Name& thing) {
    return Add("schema", thing.schema).Always("name", thing.name);
  }
  Json Take() { return std::move(document_); }

 private:
  Json document_ = Json::object();
};

template <typename T>
Json Values(const std::vector<T>& things);

std::string_view Word(schema::Constraint::Kind kind) {
  using Kind = schema::Constraint::Kind;
  switch (kind) {
    case Kind::kPrimaryKey:
      return "primary_key";
    case Kind::kUnique:
      return "unique";
    case Kind::kForeignKey:
      return "foreign_key";
    case Kind::kCheck:
      return "check";
    case Kind::kExclusion:
      return "exclusion";
  }
  return "";
}

std::string_view Word(schema::Routine::Kind kind) {
  using Kind = schema::Routine::Kind;
  switch (kind) {
    case Kind::kFunction:
      return "function";
    case Kind::kProcedure:
      return "procedure";
    case Kind::kAggregate:
      return "aggregate";
  }
  return "";
}

Json Value(const schema::Grant& grant) {
  return Members()
      .Add("role", grant.role)
      .Add("owner", grant.owner)
      .Always("privilege", grant.privilege)
      .Add("grantable", grant.grantable)
      .Add("revoked", grant.revoked)
      .Add("column", grant.column)
      .Take();
}

Json Value(const schema::Identity& identity) {
  return Members()
      .Always("always", identity.always)
      .Always("start", identity.start)
      .Always("increment", identity.increment)
      .Always("minimum", identity.minimum)
      .Always("maximum", identity.maximum)
      .Always("cache", identity.cache)
      .Always("cycle", identity.cycle)
      .Take();
}

Json Value(const schema::Column& column) {
  Members members;
  members.Always("name", column.name)
      .Always("type", column.type)
      .Always("not_null", column.not_null)
      .Add("default", column.default_value)
      .Add("collation", column.collation)
      .Add("generated", column.generated);
  if (!column.generated.empty())
    members.Always("stored", column.generated_stored);
  if (column.identity) members.Always("identity", Value(*column.identity));
  return members.Add("identity_sequence", column.identity_sequence)
      .Add("not_null_constraint", column.not_null_constraint)
      .Add("not_null_conflict", column.not_null_conflict)
      .Add("hidden", column.hidden)
      .Add("storage", column.storage)
      .Add("compression", column.compression)
      .Add("statistics", column.statistics)
      .Add("options", column.options)
      .Add("inherited", column.inherited)
      .Add("not_local", !column.local)
      .Add("comment", column.comment)
      .Take();
}

Json Value(const schema::Constraint& constraint) {
  return Members()
      .Always("kind", Word(constraint.kind))
      .Add("name", constraint.name)
      .Add("columns", constraint.columns)
      .Always("definition", constraint.definition)
      .Add("references", constraint.references)
      .Add("referenced_columns", constraint.referenced_columns)
      .Add("on_delete", constraint.on_delete)
      .Add("on_update", constraint.on_update)
      .Add("of_column", constraint.of_column)
      .Add("inherited", constraint.inherited)
      .Add("options", constraint.options)
      .Add("replica_identity", constraint.replica_identity)
      .Add("clustered", constraint.clustered)
      .Add("parent_index", constraint.parent_index)
      .Add("comment", constraint.comment)
      .Take();
}

Json Value(const schema::Index& index) {
  Json targets = Json::array();
  for (const auto& [column, target] : index.statistics)
    targets.push_back({{"column", column}, {"target", target}});
  return Members()
      .Always("name", index.name)
      .Always("unique", index.unique)
      .Add("columns", index.columns)
      .Always("definition", index.definition)
      .Add("invalid", !index.valid)
      .Add("replica_identity", index.replica_identity)
      .Add("clustered", index.clustered)
      .Add("parent", index.parent)
      .Add("statistics", targets)
      .Add("comment", index.comment)
      .Take();
}

Json Value(const schema::Trigger& trigger) {
  return Members()
      .Always("name", trigger.name)
      .Always("definition", trigger.definition)
      .Add("enabled", trigger.enabled)
      .Add("comment", trigger.comment)
      .Take();
}

Json Value(const schema::Rule& rule) {
  return Members()
      .Always("name", rule.name)
      .Always("definition", rule.definition)
      .Add("enabled", rule.enabled)
      .Add("comment", rule.comment)
      .Take();
}

Json Value(const schema::Policy& policy) {
  return Members()
      .Always("name", policy.name)
      .Always("permissive", policy.permissive)
      .Always("command", policy.command)
      .Add("roles", policy.roles)
      .Add("using", policy.using_expression)
      .Add("check", policy.check_expression)
      .Add("comment", policy.comment)
      .Take();
}

Json Value(const schema::Statistics& statistics) {
  return Members()
      .Called(statistics.name)
      .Always("definition", statistics.definition)
      .Add("target", statistics.target)
      .Add("comment", statistics.comment)
      .Take();
}

Json Value(const schema::Table& table) {
  return Members()
      .Called(table.name)
      .Always("columns", Values(table.columns))
      .Add("constraints", Values(table.constraints))
      .Add("indexes", Values(table.indexes))
      .Add("triggers", Values(table.triggers))
      .Add("unlogged", table.unlogged)
      .Add("access_method", table.access_method)
      .Add("options", table.options)
      .Add("partition_by", table.partition_by)
      .Add("partition_bound", table.partition_bound)
      .Add("parents", table.parents)
      .Add("of_type", table.of_type)
      .Add("row_security", table.row_security)
      .Add("force_row_security", table.force_row_security)
      .Add("replica_identity", table.replica_identity)
      .Add("policies", Values(table.policies))
      .Add("rules", Values(table.rules))
      .Add("statistics", Values(table.statistics))
      .Add("grants", Values(table.grants))
      .Add("definition", table.definition)
      .Add("strict", table.strict)
      .Add("without_rowid", table.without_rowid)
      .Add("autoincrement", table.autoincrement)
      .Add("module", table.module)
      .Add("module_arguments", table.module_arguments)
      .Add("text_only", table.text_only)
      .Add("comment", table.comment)
      .Take();
}

Json Value(const schema::View& view) {
  return Members()
      .Called(view.name)
      .Add("materialized", view.materialized)
      .Add("unpopulated", !view.populated)
      .Add("columns", Values(view.columns))
      .Always("definition", view.definition)
      .Add("access_method", view.access_method)
      .Add("options", view.options)
      .Add("indexes", Values(view.indexes))
      .Add("triggers", Values(view.triggers))
      .Add("rules", Values(view.rules))
      .Add("grants", Values(view.grants))
      .Add("broken", view.broken)
      .Add("comment", view.comment)
      .Take();
}

Json Value(const schema::Schema& schema) {
  return Members()
      .Always("name", schema.name)
      .Add("grants", Values(schema.grants))
      .Add("comment", schema.comment)
      .Take();
}

Json Value(const schema::Extension& extension) {
  return Members()
      .Always("name", extension.name)
      .Add("schema", extension.schema)
      .Add("version", extension.version)
      .Add("comment", extension.comment)
      .Take();
}

Json Value(const schema::Enum& type) {
  return Members()
      .Called(type.name)
      .Always("labels", type.labels)
      .Add("grants", Values(type.grants))
      .Add("comment", type.comment)
      .Take();
}

Json Value(const schema::Domain& domain) {
  return Members()
      .Called(domain.name)
      .Always("type", domain.type)
      .Always("not_null", domain.not_null)
      .Add("default", domain.default_value)
      .Add("collation", domain.collation)
      .Add("constraints", Values(domain.constraints))
      .Add("grants", Values(domain.grants))
      .Add("comment", domain.comment)
      .Take();
}

Json Value(const schema::Composite& type) {
  return Members()
      .Called(type.name)
      .Always("attributes", Values(type.attributes))
      .Add("grants", Values(type.grants))
      .Add("comment", type.comment)
      .Take();
}

Json Value(const schema::Range& range) {
  return Members()
      .Called(range.name)
      .Always("definition", range.definition)
      .Add("grants", Values(range.grants))
      .Add("comment", range.comment)
      .Take();
}

Json Value(const schema::Sequence& sequence) {
  Json options = Value(sequence.options);
  options.erase("always");
  return Members()
      .Called(sequence.name)
      .Always("type", sequence.type)
      .Always("options", options)
      .Add("unlogged", sequence.unlogged)
      .Add("owner_table", sequence.owner_table)
      .Add("owner_column", sequence.owner_column)
      .Add("grants", Values(sequence.grants))
      .Add("comment", sequence.comment)
      .Take();
}

Json Value(const schema::Routine& routine) {
  return Members()
      .Always("kind", Word(routine.kind))
      .Called(routine.name)
      .Always("argument_types", routine.argument_types)
      .Add("arguments", routine.arguments)
      .Add("result", routine.result)
      .Add("language", routine.language)
      .Always("definition", routine.definition)
      .Add("grants", Values(routine.grants))
      .Add("comment", routine.comment)
      .Take();
}

Json Value(const schema::OtherObject& object) {
  return Members()
      .Always("kind", object.kind)
      .Always("identity", object.identity)
      .Always("definition", object.definition)
      .Add("comment", object.comment)
      .Take();
}

Json Value(const schema::DefaultPrivileges& privileges) {
  return Members()
      .Add("role", privileges.role)
      .Add("schema", privileges.schema)
      .Always("kind", privileges.kind)
      .Always("grants", Values(privileges.grants))
      .Take();
}

template <typename T>
Json Values(const std::vector<T>& things) {
  Json values = Json::array();
  for (const T& thing : things) values.push_back(Value(thing));
  return values;
}

}  // namespace

command::Json CatalogValue(const schema::Catalog& catalog) {
  return Members()
      .Add("schemas", Values(catalog.schemas))
      .Add("extensions", Values(catalog.extensions))
      .Add("enums", Values(catalog.enums))
      .Add("domains", Values(catalog.domains))
      .Add("composites", Values(catalog.composites))
      .Add("ranges", Values(catalog.ranges))
      .Add("sequences", Values(catalog.sequences))
      .Always("tables", Values(catalog.tables))
      .Always("views", Values(catalog.views))
      .Add("routines", Values(catalog.routines))
      .Add("others", Values(catalog.others))
      .Add("default_privileges", Values(catalog.default_privileges))
      .Take();
}

}  // namespace godwit::cli
