// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/connection.h"

namespace godwit::state {

class DevDatabase;

// Where scratch databases are made. On SQLite that is memory.
class DevServer {
 public:
  // `where`: "ephemeral" or empty for a server of one's own, which is started
  // with its first database; or the DSN of a server where databases may be
  // made. Where none may be made, the database itself that the DSN names, one
  // at a time: it must be empty, or be one that may be emptied, and is empty
  // again after each use.
  DevServer(EngineKind engine, std::string_view where);

  EngineKind engine() const;
  // The major version that a server of one's own should have, where it is
  // installed. Before the first database.
  void set_version(int version);
  // Empty, and gone with its owner; what was on the server before is not
  // touched. Throws Error(kUnsupported) where none can be made, with the
  // reason, Error(kDevNotEmpty), and Error(kConnectFailed).
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
  // Makes what a statement of a schema lacked, where that may be: a role on a
  // server of one's own. Returns whether to try the statement again.
  bool MakeMissing(const Error& error);
  // What the statements set in the session, and a transaction that they left
  // open, are behind us: commits, and connects again.
  void FinishLoading();

 private:
  friend class DevServer;
  DevDatabase() = default;

  std::shared_ptr<DevServer::Place> place_;
  std::string name_;       // on somebody's server
  bool in_place_ = false;  // the database itself that was named
  std::string dsn_;        // of the database; empty: in memory
  std::optional<Connection> connection_;
};

// Throws Error(kDevNotEmpty), naming what is in it.
[[noreturn]] void ThrowNotEmpty(const std::vector<std::string>& contents);

}  // namespace godwit::state
