// SPDX-License-Identifier: Apache-2.0
#include "state/dev_database.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <set>

#include "base/text.h"
#include "engine/database.h"
#include "state/dev_contents.h"
#include "state/scratch_cluster.h"

namespace godwit::state {

namespace {

constexpr std::string_view kPrefix = "godwit_dev_";

std::int64_t Now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// When it was made is part of the name: what was left behind can be told.
std::string NewName() {
  std::random_device random;
  return Cat(kPrefix, Now(), '_', random());
}

// Databases that a killed command left, an hour after it made them. Nobody who
// still works on one loses it: it is not dropped under a session.
void Sweep(Connection& maintenance) {
  const Result found = maintenance.Execute(
      "SELECT datname FROM pg_database d WHERE datname ~ "
      "'^godwit_dev_[0-9]{9,12}_[0-9]+$' AND NOT EXISTS (SELECT FROM "
      "pg_stat_activity a WHERE a.datid = d.oid) AND pg_has_role(datdba, "
      "'USAGE')");
  for (std::size_t row = 0; row < found.size(); ++row) {
    const auto name = found.Get<std::string>(row, 0);
    const std::string_view rest = std::string_view(name).substr(kPrefix.size());
    const auto made = ParseInt64(rest.substr(0, rest.find('_')));
    if (!made || Now() - *made < 3600) continue;
    try {
      maintenance.Execute(Cat("DROP DATABASE ", name));
    } catch (const Error&) {
    }
  }
}

}  // namespace

class DevServer::Place {
 public:
  Place(EngineKind engine, std::string_view where)
      : engine_(engine), server_(where == "ephemeral" ? "" : where) {}

  EngineKind engine() const { return engine_; }
  bool in_memory() const { return engine::DialectFor(engine_).is_embedded(); }
  bool own() const { return server_.empty(); }
  void set_version(int version) { version_ = version; }

  // Its DSN.
  std::string NewOwn() {
    if (!cluster_)
      cluster_ = ScratchCluster::Start(version_);
    else
      ForgetRoles();
    return cluster_->NewDatabase();
  }

  // Its name, on somebody's server; empty: none may be made there.
  std::string NewGuest() {
    if (!maintenance_) {
      maintenance_.emplace(Connection::Open(server_));
      if (maintenance_->engine() != engine_) {
        throw Error(
            ErrorCode::kUsage,
            "--dev names a database of another engine than the project's");
      }
      Sweep(*maintenance_);
    }
    const std::string name = NewName();
    try {
      maintenance_->Execute(Cat("CREATE DATABASE ", name));
    } catch (const Error& error) {
      constexpr std::string_view kNoRight = "42501";
      if (error.sqlstate() == kNoRight) return "";
      ErrorInfo info = error.info();
      info.code = ErrorCode::kUnsupported;
      info.message =
          Cat("no database can be made on the server of --dev: ", info.message);
      info.help = "name another server, or leave --dev out";
      throw Error(std::move(info));
    }
    return name;
  }

  void LeaveOwn(const std::string& dsn) { left_.insert(dsn); }

  // Whose the named database is from now on.
  void TakeNamed() {
    if (is_taken_)
      throw Error(ErrorCode::kUnsupported,
                  "this needs two scratch databases at once, and the server of "
                  "--dev lets none be made",
                  "give its role CREATEDB, or leave --dev out");
    const std::vector<std::string> contents = ContentsOf(*maintenance_);
    if (!contents.empty() && !MayBeEmptied(*maintenance_))
      ThrowNotEmpty(contents);
    if (!contents.empty()) ClearDatabase(*maintenance_);
    is_taken_ = true;
  }
  void GiveNamedBack() noexcept {
    is_taken_ = false;
    try {
      ClearDatabase(*maintenance_);
    } catch (const std::exception&) {
    }
  }

  // An empty name: the database itself.
  Connection OpenGuest(const std::string& name) const {
    ConnectOptions options;
    options.database = name;
    return Connection::Open(server_, options);
  }

  void DropGuest(const std::string& name) noexcept {
    try {
      maintenance_->Execute(
          Cat("DROP DATABASE IF EXISTS ", name, " WITH (FORCE)"));
    } catch (const std::exception&) {
    }
  }

 private:
  EngineKind engine_;
  std::string server_;  // its DSN; empty: one of our own
  int version_ = 0;
  std::optional<ScratchCluster> cluster_;
  std::optional<Connection> maintenance_;
  bool is_taken_ = false;
  std::set<std::string> left_;  // DSNs of one's own that nobody has any more

  // Roles are the whole server's: what one schema has made must not be in the
  // way of the next, which may make it too. Those that a database still needs
  // stay.
  void ForgetRoles() {
    Connection own = Connection::Open(cluster_->Dsn());
    const Result roles = own.Execute(
        "SELECT quote_ident(rolname) FROM pg_roles WHERE oid >= 16384");
    if (roles.empty()) return;
    const Result databases =
        own.Execute("SELECT datname FROM pg_database WHERE oid >= 16384");
    const auto try_one = [&](const std::string& statement) {
      try {
        own.Execute(statement);
      } catch (const Error&) {
      }
    };
    // The server may not have noticed yet that they were left.
    for (std::size_t i = 0; i < databases.size(); ++i) {
      const auto name = databases.Get<std::string>(i, 0);
      if (left_.contains(cluster_->Dsn(name)))
        try_one(Cat("DROP DATABASE ", name, " WITH (FORCE)"));
    }
    for (std::size_t i = 0; i < roles.size(); ++i)
      try_one(Cat("DROP ROLE ", roles.Get<std::string>(i, 0)));
  }
};

void ThrowNotEmpty(const std::vector<std::string>& contents) {
  constexpr std::size_t kMost = 10;
  ErrorInfo info;
  info.code = ErrorCode::kDevNotEmpty;
  info.message = "the scratch database is not empty: ";
  for (std::size_t i = 0; i < std::min(contents.size(), kMost); ++i)
    info.message += Cat(i == 0 ? "" : ", ", contents[i]);
  if (contents.size() > kMost)
    info.message += Cat(" and ", contents.size() - kMost, " more");
  info.state = "nothing was changed";
  info.help =
      "where all of it may go, 'godwit dev clean' empties it; else name "
      "another database";
  throw Error(std::move(info));
}

DevServer::DevServer(EngineKind engine, std::string_view where)
    : place_(std::make_shared<Place>(engine, where)) {}

EngineKind DevServer::engine() const {
  return place_->engine();
}

void DevServer::set_version(int version) {
  place_->set_version(version);
}

DevDatabase DevServer::NewDatabase() {
  DevDatabase database;
  database.place_ = place_;
  if (place_->in_memory()) {
    database.connection_.emplace(Connection::Open("sqlite::memory:"));
  } else if (place_->own()) {
    database.dsn_ = place_->NewOwn();
    database.connection_.emplace(Connection::Open(database.dsn_));
  } else {
    database.name_ = place_->NewGuest();
    if (database.name_.empty()) {
      place_->TakeNamed();
      database.in_place_ = true;
    }
    database.connection_.emplace(place_->OpenGuest(database.name_));
  }
  return database;
}

DevDatabase DevDatabase::Make(EngineKind engine, std::string_view where) {
  return DevServer(engine, where).NewDatabase();
}

bool DevDatabase::MakeMissing(const Error& error) {
  const engine::Dialect& dialect = engine::DialectFor(place_->engine());
  const std::string role = dialect.MissingRole(error.info());
  if (role.empty() || !place_->own() || connection_->in_transaction())
    return false;
  connection_->Execute(Cat("CREATE ROLE ", dialect.Quote(role)));
  return true;
}

void DevDatabase::Run(std::string_view statement) {
  while (true) {
    try {
      connection_->Execute(statement);
      return;
    } catch (const Error& error) {
      if (!MakeMissing(error)) throw;
    }
  }
}

void DevDatabase::FinishLoading() {
  if (connection_->in_transaction()) connection_->Execute("COMMIT");
  if (place_->in_memory()) return;
  connection_.reset();
  connection_.emplace(place_->own() ? Connection::Open(dsn_)
                                    : place_->OpenGuest(name_));
}

DevDatabase::~DevDatabase() {
  connection_.reset();
  if (place_ && !dsn_.empty()) place_->LeaveOwn(dsn_);
  if (place_ && in_place_) place_->GiveNamedBack();
  if (place_ && !name_.empty()) place_->DropGuest(name_);
}

}  // namespace godwit::state
