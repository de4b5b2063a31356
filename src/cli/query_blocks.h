// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "command/flags.h"
#include "config/generation.h"
#include "query/shape.h"

namespace godwit::cli {

// What one block of the configuration reads. Paths are from the
// configuration's folder: the same from wherever the command is run.
struct BlockInputs {
  std::string name;  // of the block in the lock file
  std::vector<query::QueryFile> schema, queries;
  std::string key;                 // of all that, for the lock file
  std::vector<std::string> paths;  // of all that, folders too, as they are
};

// The file that says what is generated: -f; else what the project file names;
// else sqlc.yaml here. Throws Error(kUsage) where there is none.
std::string GenerateConfigPath(const command::Flags& flags);
// Throws Error(kFileUnreadable).
BlockInputs ReadInputs(const config::GenerateConfig& config,
                       const config::GenerateBlock& block);
std::string LockPath(const config::GenerateConfig& config);

}  // namespace godwit::cli
