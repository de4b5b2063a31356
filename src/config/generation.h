// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace godwit::config {

// A type of C++ for a type of the database, or for one column.
struct TypeOverride {
  std::string db_type;  // "uuid", "public.status"; empty where `column` is not
  std::string column;   // "users.id", "public.users.id"
  bool nullable = false;  // for what can be NULL; else for what cannot
  std::string cpp_type;   // "app::Id"
  std::string include;    // "app/id.h"; empty: none
  int line = 0;           // in the file
  bool shared = false;    // stands once for all blocks
};

// One schema, the queries on it, and where their code goes.
struct GenerateBlock {
  std::string engine;
  std::vector<std::string> schema;  // in order; from the file's folder
  std::vector<std::string> queries;
  std::string out;         // the folder of the code
  std::string name_space;  // "app::db"
  std::map<std::string, std::string> rename;
  std::vector<TypeOverride> overrides;
  std::string json_out;  // the file of the neutral output; empty: none
  std::string database;  // of `database: uri:`; empty: none
  std::vector<std::string> ignored;  // what stands there and means nothing here
};

struct GenerateConfig {
  std::string path;
  std::string folder;  // the blocks' paths are from here
  std::vector<GenerateBlock> blocks;
};

// Reads sqlc.yaml, versions 1 and 2
// (https://docs.sqlc.dev/en/latest/reference/config.html), or the list under
// `generate:` of a project file. `gen: cpp:` is ours: namespace, out, rename,
// overrides; where only `gen: go:` stands, its package, out and renames are
// taken. Throws Error(kConfig) with file and line.
GenerateConfig ReadGenerateConfig(const std::string& path);
GenerateConfig ParseGenerateConfig(std::string_view text,
                                   const std::string& path);

}  // namespace godwit::config
