// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "godwit/connection.h"
#include "state/scratch_cluster.h"

namespace godwit::state {

// An empty database to load a schema into and to ask about it. It is gone with
// its owner; what was there before is not touched.
class DevDatabase {
 public:
  // `where`: "ephemeral" or empty for a server of one's own, or the DSN of a
  // server where a database may be made. SQLite's is in memory. Throws
  // Error(kUnsupported) where none can be made, with the reason, and
  // Error(kConnectFailed).
  static DevDatabase Make(EngineKind engine, std::string_view where);

  DevDatabase(DevDatabase&& other) noexcept;
  DevDatabase& operator=(DevDatabase&&) = delete;
  ~DevDatabase();

  Connection& connection() { return *connection_; }

 private:
  DevDatabase() = default;
  void MakeOn(EngineKind engine, std::string_view server);

  std::optional<ScratchCluster> cluster_;
  std::optional<Connection> connection_;
  std::string server_;  // the DSN of where `name_` was made
  std::string name_;
};

}  // namespace godwit::state
