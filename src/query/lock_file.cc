// SPDX-License-Identifier: Apache-2.0
#include "query/lock_file.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "base/file.h"
#include "base/sha256.h"
#include "base/text.h"

namespace godwit::query {

namespace {

using Json = nlohmann::ordered_json;

// Another analysis, another version.
constexpr int kVersion = 3;

Json Value(const Shape::Column& c) {
  return {{"name", c.name},
          {"type", c.type},
          {"array_dims", c.array_dims},
          {"nullable", c.nullable},
          {"table", c.table},
          {"origin", c.origin},
          {"embed", c.embed}};
}

Shape::Column ReadColumn(const Json& value) {
  return {value.at("name"),     value.at("type"),  value.at("array_dims"),
          value.at("nullable"), value.at("table"), value.at("origin"),
          value.at("embed")};
}

Json Value(const Shape::Parameter& p) {
  return {{"number", p.number},     {"name", p.name},
          {"type", p.type},         {"array_dims", p.array_dims},
          {"nullable", p.nullable}, {"slice", p.slice},
          {"table", p.table},       {"column", p.column}};
}

Shape::Parameter ReadParameter(const Json& value) {
  return {value.at("number"),     value.at("name"),     value.at("type"),
          value.at("array_dims"), value.at("nullable"), value.at("slice"),
          value.at("table"),      value.at("column")};
}

Json Value(const Shape::Embed& embed);
Json Value(const Shape& shape);
Json Value(const schema::Relation& relation);
Json Value(const schema::EnumType& type);
Json Value(const schema::ConstraintName& constraint);

template <typename T>
Json Values(const std::vector<T>& items) {
  Json list = Json::array();
  for (const T& item : items) list.push_back(Value(item));
  return list;
}

Json Value(const Shape::Embed& e) {
  return {{"name", e.name}, {"table", e.table}, {"optional", e.optional}};
}

Json Value(const Shape& shape) {
  return {{"name", shape.name},
          {"command", Word(shape.command)},
          {"comments", shape.comments},
          {"file", shape.file},
          {"line", shape.line},
          {"sql", shape.sql},
          {"columns", Values(shape.columns)},
          {"parameters", Values(shape.parameters)},
          {"embeds", Values(shape.embeds)},
          {"one_row", shape.one_row},
          {"copy", shape.copy}};
}

Shape ReadShape(const Json& value) {
  Shape shape;
  shape.name = value.at("name");
  shape.command = ParseCommand(value.at("command").get<std::string>()).value();
  shape.comments = value.at("comments").get<std::vector<std::string>>();
  shape.file = value.at("file");
  shape.line = value.at("line");
  shape.sql = value.at("sql");
  for (const Json& column : value.at("columns"))
    shape.columns.push_back(ReadColumn(column));
  for (const Json& parameter : value.at("parameters"))
    shape.parameters.push_back(ReadParameter(parameter));
  for (const Json& embed : value.at("embeds"))
    shape.embeds.push_back(
        {embed.at("name"), embed.at("table"), embed.at("optional")});
  shape.one_row = value.at("one_row");
  shape.copy = value.at("copy");
  return shape;
}

Json Value(const schema::Relation& relation) {
  Json columns = Json::array();
  for (const schema::RelationColumn& c : relation.columns) {
    columns.push_back({{"name", c.name},
                       {"type", c.type},
                       {"array_dims", c.array_dims},
                       {"not_null", c.not_null},
                       {"hidden", c.hidden}});
  }
  return {{"schema", relation.schema},
          {"name", relation.name},
          {"columns", std::move(columns)}};
}

schema::Relation ReadRelation(const Json& value) {
  schema::Relation relation;
  relation.schema = value.at("schema");
  relation.name = value.at("name");
  for (const Json& c : value.at("columns")) {
    schema::RelationColumn& column = relation.columns.emplace_back();
    column.name = c.at("name");
    column.type = c.at("type");
    column.array_dims = c.at("array_dims");
    column.not_null = c.at("not_null");
    column.hidden = c.at("hidden");
  }
  return relation;
}

Json Value(const schema::EnumType& type) {
  return {
      {"schema", type.schema}, {"name", type.name}, {"labels", type.labels}};
}

Json Value(const schema::ConstraintName& constraint) {
  return {{"owner", constraint.owner}, {"name", constraint.name}};
}

Analyzed ReadAnalyzed(const Json& value) {
  Analyzed analyzed;
  for (const Json& shape : value.at("queries"))
    analyzed.shapes.push_back(ReadShape(shape));
  for (const Json& relation : value.at("relations"))
    analyzed.relations.push_back(ReadRelation(relation));
  for (const Json& type : value.at("enums"))
    analyzed.enums.push_back(
        {type.at("schema"), type.at("name"),
         type.at("labels").get<std::vector<std::string>>()});
  for (const Json& constraint : value.at("constraints"))
    analyzed.constraints.push_back(
        {constraint.at("owner"), constraint.at("name")});
  return analyzed;
}

// Each with its length before it, so that no two lists are one text.
void Add(std::string& text, std::string_view piece) {
  text += Cat(piece.size(), ":", piece, "\n");
}

}  // namespace

LockFile LockFile::Read(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return {};
  return Parse(ReadFile(path));
}

LockFile LockFile::Parse(std::string_view text) {
  LockFile file;
  const Json document = Json::parse(text, nullptr, false);
  try {
    if (document.at("version") != kVersion) return file;
    for (const auto& [block, entry] : document.at("blocks").items())
      file.entries_[block] = {entry.at("key"), ReadAnalyzed(entry)};
  } catch (const std::exception&) {
    // Not of this version, or edited: it is made anew.
    file.entries_.clear();
  }
  return file;
}

std::optional<Analyzed> LockFile::Find(const std::string& block) const {
  const auto found = entries_.find(block);
  if (found == entries_.end()) return std::nullopt;
  return found->second.analyzed;
}

std::optional<Analyzed> LockFile::Find(const std::string& block,
                                       std::string_view key) const {
  const auto found = entries_.find(block);
  if (found == entries_.end() || found->second.key != key) return std::nullopt;
  return found->second.analyzed;
}

void LockFile::Put(const std::string& block, std::string_view key,
                   const Analyzed& analyzed) {
  Entry entry{std::string(key), {}};
  entry.analyzed.shapes = analyzed.shapes;
  entry.analyzed.enums = analyzed.enums;
  entry.analyzed.constraints = analyzed.constraints;
  std::set<std::string> used;
  for (const Shape& shape : analyzed.shapes) {
    for (const Shape::Column& column : shape.columns) used.insert(column.table);
  }
  for (const schema::Relation& relation : analyzed.relations) {
    if (used.contains(relation.text()))
      entry.analyzed.relations.push_back(relation);
  }
  entries_[block] = std::move(entry);
}

// A query a line, so that a change is a line's.
std::string LockFile::Text() const {
  std::string text = Cat("{\n \"version\": ", kVersion, ",\n \"blocks\": {");
  const auto list = [&](std::string_view name, const Json& items) {
    text += Cat(",\n   \"", name, "\": [");
    std::string_view comma;
    for (const Json& item : items) {
      text += Cat(comma, "\n    ", item.dump());
      comma = ",";
    }
    text += "]";
  };
  std::string_view comma;
  for (const auto& [block, entry] : entries_) {
    text += Cat(comma, "\n  ", Json(block).dump(),
                ": {\n   \"key\": ", Json(entry.key).dump());
    list("queries", Values(entry.analyzed.shapes));
    list("relations", Values(entry.analyzed.relations));
    list("enums", Values(entry.analyzed.enums));
    list("constraints", Values(entry.analyzed.constraints));
    text += "}";
    comma = ",";
  }
  return text + "\n }\n}\n";
}

std::string KeyOf(std::string_view engine, std::span<const QueryFile> schema,
                  std::span<const QueryFile> queries) {
  std::string all;
  Add(all, GODWIT_VERSION);
  Add(all, engine);
  for (const std::span<const QueryFile> files : {schema, queries}) {
    Add(all, Cat(files.size()));
    for (const QueryFile& file : files) {
      Add(all, file.path);
      Add(all, file.text);
    }
  }
  return Sha256Hex(all);
}

}  // namespace godwit::query
