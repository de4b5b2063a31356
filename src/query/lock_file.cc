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
constexpr int kVersion = 4;

// What is as usual is not written: most of a long file would be that.
template <typename T>
void Put(Json& value, const char* name, const T& member, const T& usual) {
  if (!(member == usual)) value[name] = member;
}
void Put(Json& value, const char* name, const std::string& text) {
  if (!text.empty()) value[name] = text;
}

// The same on the way back.
template <typename T>
void Take(const Json& value, const char* name, T& member) {
  if (const auto found = value.find(name); found != value.end())
    found->get_to(member);
}

Json Value(const Shape::Column& c) {
  Json value = {{"name", c.name}, {"type", c.type}};
  Put(value, "array_dims", c.array_dims, 0);
  Put(value, "nullable", c.nullable, false);
  Put(value, "table", c.table);
  Put(value, "origin", c.origin);
  Put(value, "embed", c.embed, -1);
  return value;
}

Shape::Column ReadColumn(const Json& value) {
  Shape::Column column;
  column.name = value.at("name");
  column.type = value.at("type");
  column.nullable = false;
  Take(value, "array_dims", column.array_dims);
  Take(value, "nullable", column.nullable);
  Take(value, "table", column.table);
  Take(value, "origin", column.origin);
  Take(value, "embed", column.embed);
  return column;
}

Json Value(const Shape::Parameter& p) {
  Json value = {{"number", p.number}, {"name", p.name}, {"type", p.type}};
  Put(value, "array_dims", p.array_dims, 0);
  Put(value, "nullable", p.nullable, false);
  Put(value, "slice", p.slice, false);
  Put(value, "table", p.table);
  Put(value, "column", p.column);
  return value;
}

Shape::Parameter ReadParameter(const Json& value) {
  Shape::Parameter parameter;
  parameter.number = value.at("number");
  parameter.name = value.at("name");
  parameter.type = value.at("type");
  Take(value, "array_dims", parameter.array_dims);
  Take(value, "nullable", parameter.nullable);
  Take(value, "slice", parameter.slice);
  Take(value, "table", parameter.table);
  Take(value, "column", parameter.column);
  return parameter;
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

template <typename T>
void PutList(Json& value, const char* name, const std::vector<T>& items) {
  if (!items.empty()) value[name] = Values(items);
}

// Calls `take` with each of a list that may not be there.
template <typename F>
void EachOf(const Json& value, const char* name, F take) {
  const auto list = value.find(name);
  if (list == value.end()) return;
  for (const Json& item : *list) take(item);
}

Json Value(const Shape& shape) {
  Json value = {{"name", shape.name},
                {"command", Word(shape.command)},
                {"file", shape.file},
                {"line", shape.line},
                {"sql", shape.sql}};
  if (!shape.comments.empty()) value["comments"] = shape.comments;
  PutList(value, "columns", shape.columns);
  PutList(value, "parameters", shape.parameters);
  PutList(value, "embeds", shape.embeds);
  Put(value, "one_row", shape.one_row, false);
  Put(value, "copy", shape.copy);
  return value;
}

Shape ReadShape(const Json& value) {
  Shape shape;
  shape.name = value.at("name");
  shape.command =
      ParseCommand(value.at("command").get_ref<const std::string&>()).value();
  shape.file = value.at("file");
  shape.line = value.at("line");
  shape.sql = value.at("sql");
  Take(value, "comments", shape.comments);
  EachOf(value, "columns", [&](const Json& column) {
    shape.columns.push_back(ReadColumn(column));
  });
  EachOf(value, "parameters", [&](const Json& parameter) {
    shape.parameters.push_back(ReadParameter(parameter));
  });
  EachOf(value, "embeds", [&](const Json& embed) {
    shape.embeds.push_back(
        {embed.at("name"), embed.at("table"), embed.at("optional")});
  });
  Take(value, "one_row", shape.one_row);
  Take(value, "copy", shape.copy);
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

LockFile LockFile::Parse(std::string text) {
  LockFile file;
  file.text_ = std::move(text);
  const Json document = Json::parse(file.text_, nullptr, false);
  try {
    if (document.at("version") != kVersion) return {};
    for (const auto& [block, entry] : document.at("blocks").items())
      file.entries_[block] = {entry.at("key"), ReadAnalyzed(entry)};
  } catch (const std::exception&) {
    // Not of this version, or edited: it is made anew.
    file = {};
  }
  return file;
}

const Analyzed* LockFile::Find(const std::string& block) const {
  const auto found = entries_.find(block);
  return found == entries_.end() ? nullptr : &found->second.analyzed;
}

const Analyzed* LockFile::Find(const std::string& block,
                               std::string_view key) const {
  const auto found = entries_.find(block);
  if (found == entries_.end() || found->second.key != key) return nullptr;
  return &found->second.analyzed;
}

void LockFile::Put(const std::string& block, std::string_view key,
                   const Analyzed& analyzed) {
  text_.clear();
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
  if (!text_.empty()) return text_;
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
