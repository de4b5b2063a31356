// SPDX-License-Identifier: Apache-2.0
#include "config/generation.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <span>

#include "base/file.h"
#include "base/text.h"
#include "config/yaml_error.h"
#include "godwit/error.h"

namespace godwit::config {

namespace {

class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path) {}
  GenerateConfig Read(std::string_view text);

 private:
  void ReadBlocks(const YAML::Node& root, GenerateConfig& config);
  GenerateBlock ReadBlock(const YAML::Node& node);
  GenerateBlock ReadPackage(const YAML::Node& node);
  void ReadCpp(const YAML::Node& cpp, GenerateBlock& block);
  void ReadGo(const YAML::Node& go, GenerateBlock& block);
  void ReadRename(const YAML::Node& node, GenerateBlock& block);
  void ReadOverrides(const YAML::Node& list, GenerateBlock& block,
                     bool shared = false);
  void KnowKeys(const YAML::Node& node, std::string_view what,
                std::span<const std::string_view> known) const;
  void Check(const GenerateBlock& block, const YAML::Node& node);
  std::vector<std::string> Paths(const YAML::Node& node, const char* key);
  std::string Text(const YAML::Node& node, const char* key);
  [[noreturn]] void Fail(const YAML::Mark& mark, std::string message,
                         std::string help = {}) const {
    FailAt(path_, mark, std::move(message), std::move(help));
  }

  const std::string& path_;
};

std::string Reader::Text(const YAML::Node& node, const char* key) {
  const YAML::Node value = node[key];
  if (!value || value.IsNull()) return "";
  if (!value.IsScalar()) Fail(value.Mark(), Cat("'", key, "' takes one value"));
  return value.as<std::string>();
}

// One path or a list of them, from the file's folder.
std::vector<std::string> Reader::Paths(const YAML::Node& node,
                                       const char* key) {
  const YAML::Node value = node[key];
  std::vector<std::string> paths;
  if (!value || value.IsNull()) return paths;
  const std::filesystem::path folder =
      std::filesystem::path(path_).parent_path();
  const auto add = [&](const YAML::Node& item) {
    if (!item.IsScalar()) Fail(item.Mark(), Cat("'", key, "' takes paths"));
    paths.push_back(
        (folder / item.as<std::string>()).lexically_normal().string());
  };
  if (value.IsSequence()) {
    for (const YAML::Node& item : value) add(item);
  } else {
    add(value);
  }
  return paths;
}

void Reader::ReadRename(const YAML::Node& node, GenerateBlock& block) {
  if (!node) return;
  if (!node.IsMap()) Fail(node.Mark(), "'rename' takes names: {old: new}");
  for (const auto& entry : node)
    block.rename[entry.first.as<std::string>()] =
        entry.second.as<std::string>();
}

void Reader::KnowKeys(const YAML::Node& node, std::string_view what,
                      std::span<const std::string_view> known) const {
  for (const auto& entry : node) {
    const std::string key = entry.first.as<std::string>();
    if (std::ranges::find(known, key) != known.end()) continue;
    const std::string_view nearest = Nearest(key, known);
    Fail(entry.first.Mark(), Cat("unknown key '", key, "' of ", what),
         nearest.empty() ? "" : Cat("did you mean '", nearest, "'?"));
  }
}

void Reader::ReadOverrides(const YAML::Node& list, GenerateBlock& block,
                           bool shared) {
  constexpr std::string_view kKeys[] = {
      "db_type",     "column",        "nullable", "cpp_type", "include",
      "go_type",     "go_struct_tag", "unsigned", "engine",   "py_type",
      "kotlin_type", "postgres_type", "null"};
  if (!list) return;
  if (!list.IsSequence()) Fail(list.Mark(), "'overrides' takes a list");
  for (const YAML::Node& node : list) {
    if (!node.IsMap()) Fail(node.Mark(), "an override is a mapping of keys");
    KnowKeys(node, "an override", kKeys);
    TypeOverride made;
    made.line = node.Mark().line + 1;
    made.shared = shared;
    made.db_type = Text(node, "db_type");
    made.column = Text(node, "column");
    made.nullable = node["nullable"] && node["nullable"].as<bool>();
    made.cpp_type = Text(node, "cpp_type");
    made.include = Text(node, "include");
    if (made.db_type.empty() == made.column.empty())
      Fail(node.Mark(), "an override names a db_type or a column");
    if (made.cpp_type.empty()) {
      block.ignored.push_back(Cat("the override of ", made.db_type, made.column,
                                  " (line ", node.Mark().line + 1,
                                  ") has no cpp_type and is left out"));
      continue;
    }
    block.overrides.push_back(std::move(made));
  }
}

void Reader::ReadCpp(const YAML::Node& cpp, GenerateBlock& block) {
  constexpr std::string_view kKeys[] = {"namespace", "out", "rename",
                                        "overrides", "json"};
  KnowKeys(cpp, "'gen: cpp:'", kKeys);
  block.name_space = Text(cpp, "namespace");
  if (const auto out = Paths(cpp, "out"); !out.empty()) block.out = out[0];
  if (const auto json = Paths(cpp, "json"); !json.empty())
    block.json_out = json[0];
  ReadRename(cpp["rename"], block);
  ReadOverrides(cpp["overrides"], block);
}

// What has a meaning in C++ of what was written for Go.
void Reader::ReadGo(const YAML::Node& go, GenerateBlock& block) {
  block.name_space = Text(go, "package");
  if (const auto out = Paths(go, "out"); !out.empty()) block.out = out[0];
  ReadRename(go["rename"], block);
  ReadOverrides(go["overrides"], block);
  constexpr std::string_view kTaken[] = {"package", "out", "rename",
                                         "overrides", "emit_empty_slices"};
  for (const auto& entry : go) {
    const std::string key = entry.first.as<std::string>();
    if (std::ranges::find(kTaken, key) == std::end(kTaken))
      block.ignored.push_back(Cat("gen.go.", key, " means nothing in C++"));
  }
}

void Reader::Check(const GenerateBlock& block, const YAML::Node& node) {
  if (block.engine.empty())
    Fail(node.Mark(), "the block has no 'engine'",
         "write engine: postgresql or engine: sqlite");
  if (block.queries.empty()) Fail(node.Mark(), "the block has no 'queries'");
  if (block.out.empty() && block.json_out.empty())
    Fail(node.Mark(), "the block does not say where its code goes",
         "write gen: {cpp: {namespace: app::db, out: src/db}}");
}

GenerateBlock Reader::ReadBlock(const YAML::Node& node) {
  // Queries and types are checked by the database, always.
  constexpr std::string_view kKeys[] = {"name",
                                        "engine",
                                        "schema",
                                        "queries",
                                        "gen",
                                        "database",
                                        "codegen",
                                        "rules",
                                        "analyzer",
                                        "strict_order_by",
                                        "strict_function_checks"};
  GenerateBlock block;
  if (!node.IsMap()) Fail(node.Mark(), "a block is a mapping of keys");
  KnowKeys(node, "a block", kKeys);
  for (const char* key : {"codegen", "rules", "analyzer"}) {
    if (node[key]) block.ignored.push_back(Cat(key, " means nothing here"));
  }
  for (const char* key : {"strict_order_by", "strict_function_checks"}) {
    if (node[key] && Text(node, key) == "false")
      block.ignored.push_back(Cat(
          key, ": the database checks every query, it cannot be told not to"));
  }
  block.engine = Text(node, "engine");
  block.schema = Paths(node, "schema");
  block.queries = Paths(node, "queries");
  if (const YAML::Node database = node["database"])
    block.database = Text(database, "uri");
  const YAML::Node gen = node["gen"];
  if (gen && gen["cpp"])
    ReadCpp(gen["cpp"], block);
  else if (gen && gen["go"])
    ReadGo(gen["go"], block);
  if (gen && gen["json"]) {
    const YAML::Node json = gen["json"];
    const std::string name = Text(json, "filename");
    if (const auto out = Paths(json, "out"); !out.empty())
      block.json_out = Cat(out[0], "/", name.empty() ? "queries.json" : name);
  }
  Check(block, node);
  return block;
}

// Version 1: a package holds what a block's gen.go does later.
GenerateBlock Reader::ReadPackage(const YAML::Node& node) {
  GenerateBlock block;
  block.engine = Text(node, "engine");
  if (block.engine.empty()) block.engine = "postgresql";
  block.schema = Paths(node, "schema");
  block.queries = Paths(node, "queries");
  if (const auto out = Paths(node, "path"); !out.empty()) block.out = out[0];
  block.name_space = Text(node, "name");
  if (block.name_space.empty())
    block.name_space = std::filesystem::path(block.out).filename().string();
  ReadOverrides(node["overrides"], block);
  constexpr std::string_view kTaken[] = {"name",
                                         "path",
                                         "schema",
                                         "queries",
                                         "engine",
                                         "overrides",
                                         "strict_order_by",
                                         "strict_function_checks",
                                         "emit_empty_slices"};
  for (const auto& entry : node) {
    const std::string key = entry.first.as<std::string>();
    if (std::ranges::find(kTaken, key) == std::end(kTaken))
      block.ignored.push_back(Cat("packages.", key, " means nothing in C++"));
  }
  Check(block, node);
  return block;
}

void Reader::ReadBlocks(const YAML::Node& root, GenerateConfig& config) {
  const YAML::Node list = root["sql"]        ? root["sql"]
                          : root["packages"] ? root["packages"]
                                             : root["generate"];
  if (!list || !list.IsSequence()) {
    Fail(root.Mark(), "nothing here says what to generate",
         "write a list 'sql:' of blocks with engine, schema, queries and gen");
  }
  for (const YAML::Node& node : list)
    config.blocks.push_back(root["packages"] ? ReadPackage(node)
                                             : ReadBlock(node));
  // What holds for all of them.
  YAML::Node shared = root["overrides"];
  for (GenerateBlock& block : config.blocks) {
    if (root["packages"]) {
      ReadOverrides(shared, block, true);
      ReadRename(root["rename"], block);
    } else if (shared && shared.IsMap() && shared["cpp"]) {
      ReadRename(shared["cpp"]["rename"], block);
      ReadOverrides(shared["cpp"]["overrides"], block, true);
    } else if (shared && shared.IsMap() && shared["go"]) {
      ReadRename(shared["go"]["rename"], block);
      ReadOverrides(shared["go"]["overrides"], block, true);
    }
  }
}

GenerateConfig Reader::Read(std::string_view text) {
  GenerateConfig config;
  config.path = path_;
  config.folder = std::filesystem::path(path_).parent_path().string();
  try {
    const YAML::Node root = YAML::Load(std::string(text));
    if (!root.IsMap())
      Fail(root.Mark(), "the file is no mapping of keys to values");
    ReadBlocks(root, config);
  } catch (const YAML::Exception& error) {
    Fail(error.mark, Cat("the file does not parse: ", error.msg));
  }
  return config;
}

}  // namespace

GenerateConfig ParseGenerateConfig(std::string_view text,
                                   const std::string& path) {
  return Reader(path).Read(text);
}

GenerateConfig ReadGenerateConfig(const std::string& path) {
  return ParseGenerateConfig(ReadFile(path), path);
}

}  // namespace godwit::config
