// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "engine/database.h"
#include "state/scratch_cluster.h"
#include "state/scratch_folder.h"

namespace godwit::state {

// An empty database to try things on, gone with its owner.
class ScratchDatabase {
 public:
  // Of the same engine, and the same version where it is installed. Throws
  // Error(kUnsupported) where none can be made, with the reason.
  static ScratchDatabase Like(engine::Database& database);

  const std::string& dsn() const { return dsn_; }
  // The server's major version; 0 where there is no server.
  int version() const { return cluster_ ? cluster_->version() : 0; }

 private:
  ScratchDatabase() = default;

  std::optional<ScratchCluster> cluster_;
  std::unique_ptr<ScratchFolder> folder_;
  std::string dsn_;
};

}  // namespace godwit::state
