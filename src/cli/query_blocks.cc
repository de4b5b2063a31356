// SPDX-License-Identifier: Apache-2.0
#include "cli/query_blocks.h"

#include <filesystem>

#include "base/file.h"
#include "cli/project_settings.h"
#include "query/lock_file.h"
#include "state/schema_files.h"

namespace godwit::cli {

namespace {

namespace fs = std::filesystem;

std::string Relative(const config::GenerateConfig& config,
                     const std::string& path) {
  const std::string folder = config.folder.empty() ? "." : config.folder;
  return fs::path(path).lexically_relative(folder).generic_string();
}

}  // namespace

std::string GenerateConfigPath(const command::Flags& flags) {
  if (!flags.file.empty()) return flags.file;
  const std::string named = ProjectSettings(flags).GeneratePath();
  if (!named.empty()) return named;
  for (const char* name : {"sqlc.yaml", "sqlc.yml"}) {
    if (fs::exists(name)) return name;
  }
  throw Error(ErrorCode::kUsage, "nothing says what to generate",
              "give -f sqlc.yaml, or write 'generate:' into godwit.yaml");
}

BlockInputs ReadInputs(const config::GenerateConfig& config,
                       const config::GenerateBlock& block) {
  BlockInputs inputs;
  // A folder is an input, too: a file that is added there is one more.
  const auto read = [&](const std::vector<std::string>& paths) {
    inputs.paths.insert(inputs.paths.end(), paths.begin(), paths.end());
    std::vector<query::QueryFile> files;
    for (const std::string& path : state::ListFiles(paths)) {
      inputs.paths.push_back(path);
      files.push_back({Relative(config, path), ReadFile(path)});
    }
    return files;
  };
  inputs.name =
      Relative(config, block.out.empty() ? block.json_out : block.out);
  inputs.schema = read(block.schema);
  inputs.queries = read(block.queries);
  inputs.key = query::KeyOf(block.engine, inputs.schema, inputs.queries);
  return inputs;
}

std::string LockPath(const config::GenerateConfig& config) {
  return (fs::path(config.folder) / "godwit.lock").string();
}

}  // namespace godwit::cli
