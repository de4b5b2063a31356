// SPDX-License-Identifier: Apache-2.0
#include "state/dev_database.h"

#include <unistd.h>

#include <random>
#include <utility>

#include "base/text.h"
#include "engine/database.h"

namespace godwit::state {

namespace {

// The process is part of the name: who made it can be asked whether it lives.
std::string NewName() {
  std::random_device random;
  return Cat("godwit_dev_", getpid(), '_', random());
}

}  // namespace

DevDatabase DevDatabase::Make(EngineKind engine, std::string_view where) {
  DevDatabase database;
  if (engine::DialectFor(engine).is_embedded()) {
    database.connection_.emplace(Connection::Open("sqlite::memory:"));
    return database;
  }
  if (!where.empty() && where != "ephemeral") {
    database.MakeOn(engine, where);
    return database;
  }
  database.cluster_ = ScratchCluster::Start();
  database.connection_.emplace(
      Connection::Open(database.cluster_->NewDatabase()));
  return database;
}

void DevDatabase::MakeOn(EngineKind engine, std::string_view server) {
  server_ = server;
  Connection maintenance = Connection::Open(server_);
  if (maintenance.engine() != engine) {
    throw Error(ErrorCode::kUsage,
                "--dev names a database of another engine than the project's");
  }
  const std::string name = NewName();
  try {
    maintenance.Execute(Cat("CREATE DATABASE ", name));
  } catch (const Error& error) {
    ErrorInfo info = error.info();
    info.code = ErrorCode::kUnsupported;
    info.message =
        Cat("no database can be made on the server of --dev: ", info.message);
    info.help = "give its role CREATEDB, or leave --dev out";
    throw Error(std::move(info));
  }
  name_ = name;
  ConnectOptions options;
  options.database = name_;
  connection_.emplace(Connection::Open(server_, options));
}

DevDatabase::DevDatabase(DevDatabase&& other) noexcept
    : cluster_(std::move(other.cluster_)),
      connection_(std::move(other.connection_)),
      server_(std::move(other.server_)),
      name_(std::exchange(other.name_, {})) {
  other.cluster_.reset();
  other.connection_.reset();
}

DevDatabase::~DevDatabase() {
  connection_.reset();
  if (name_.empty()) return;
  try {
    Connection::Open(server_).Execute(
        Cat("DROP DATABASE IF EXISTS ", name_, " WITH (FORCE)"));
  } catch (const std::exception&) {
  }
}

}  // namespace godwit::state
