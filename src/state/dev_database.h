// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "godwit/connection.h"

namespace godwit::state {

class DevDatabase;

// Where scratch databases are made. On SQLite that is memory.
class DevServer {
 public:
  // `where`: "ephemeral" or empty for a server of one's own, which is started
  // with its first database; or the DSN of a server where databases may be
  // made.
  DevServer(EngineKind engine, std::string_view where);

  EngineKind engine() const;
  // The major version that a server of one's own should have, where it is
  // installed. Before the first database.
  void set_version(int version);
  // Empty, and gone with its owner; what was on the server before is not
  // touched. Throws Error(kUnsupported) where none can be made, with the
  // reason, and Error(kConnectFailed).
  DevDatabase NewDatabase();

 private:
  friend class DevDatabase;
  class Place;
  std::shared_ptr<Place> place_;
};

// An empty database to load a schema into and to ask about it.
class DevDatabase {
 public:
  // The only one of its server.
  static DevDatabase Make(EngineKind engine, std::string_view where);

  DevDatabase(DevDatabase&& other) noexcept = default;
  DevDatabase& operator=(DevDatabase&&) = delete;
  ~DevDatabase();

  Connection& connection() { return *connection_; }
  // Executes one statement of a schema. On a server of one's own a role that
  // is missing is made on the way.
  void Run(std::string_view statement);
  // What the statements set in the session, and a transaction that they left
  // open, are behind us: commits, and connects again.
  void FinishLoading();

 private:
  friend class DevServer;
  DevDatabase() = default;

  std::shared_ptr<DevServer::Place> place_;
  std::string name_;  // on somebody's server
  std::string dsn_;   // of the database; empty: in memory
  std::optional<Connection> connection_;
};

}  // namespace godwit::state
