// SPDX-License-Identifier: Apache-2.0
#include "godwit/migrator.h"

#include <thread>

#include "migrate/progress.h"
#include "migrate/runner.h"
#include "migrate/status.h"
#include "runtime/session.h"

namespace godwit {

namespace {

using migrate::Source;
using migrate::Wish;

// Migrations run on the plain connection: what ConnectOptions or a pool has set
// on this one (search_path, role, …) does not hold for them, and is there again
// afterwards.
class PlainSession {
 public:
  explicit PlainSession(Connection& connection)
      : session_(connection.session()) {
    session_.ClearSettings();
  }
  PlainSession(const PlainSession&) = delete;
  PlainSession& operator=(const PlainSession&) = delete;
  ~PlainSession() {
    try {
      session_.ApplySettings();
    } catch (const std::exception&) {  // it is lost, and says so when used
    }
  }

 private:
  internal::Session& session_;
};

Connection Connect(std::string_view dsn, const MigrateOptions& options,
                   OpenMode mode = OpenMode::kReadWriteCreate) {
  if (dsn.empty())
    throw Error(ErrorCode::kUsage, "the DSN is empty",
                "it says which database to migrate");
  ConnectOptions connect;
  connect.mode = mode;
  connect.busy_timeout = options.lock_wait;
  connect.stop = options.stop;
  Connection connection = Connection::Open(dsn, connect);
  migrate::LogNotices(connection, options.logger);
  return connection;
}

}  // namespace

Report Migrate(std::string_view dsn, const Migrations& migrations,
               const MigrateOptions& options) {
  Connection connection = Connect(dsn, options);
  return Migrate(connection, migrations, options);
}

Report Migrate(Connection& connection, const Migrations& migrations,
               const MigrateOptions& options) {
  const Source source =
      Source::FromEmbedded(migrations, {}, {}, options.version_map);
  const PlainSession plain(connection);
  migrate::Runner runner(connection, &source, options,
                         migrate::ProcessEnvironment());
  return runner.Up(
      {.kind = Wish::Kind::kUp, .to = options.to, .steps = options.steps});
}

Report InitDatabase(std::string_view dsn, const Migrations& migrations,
                    const MigrateOptions& options,
                    std::chrono::milliseconds patience) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + patience;
  while (true) {
    try {
      Connection connection = Connect(dsn, options);
      return Migrate(connection, migrations, options);
    } catch (const Error& error) {
      // A run that was cut off knows more than that nobody answers.
      const bool silent = error.code() == ErrorCode::kConnectFailed &&
                          error.info().state.empty();
      if (!silent || Clock::now() >= deadline || options.stop.stop_requested())
        throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

Verification Verify(std::string_view dsn, const Migrations& migrations,
                    const MigrateOptions& options) {
  Connection connection = Connect(dsn, options, OpenMode::kReadWrite);
  return Verify(connection, migrations, options);
}

Verification Verify(Connection& connection, const Migrations& migrations,
                    const MigrateOptions& options) {
  const Source source =
      Source::FromEmbedded(migrations, {}, {}, options.version_map);
  const PlainSession plain(connection);
  migrate::Runner runner(connection, &source, options,
                         migrate::ProcessEnvironment());
  return migrate::Summarize(migrate::ReadStatus(runner));
}

Report Rollback(std::string_view dsn, const Migrations& migrations,
                const MigrateOptions& options) {
  Connection connection = Connect(dsn, options);
  return Rollback(connection, migrations, options);
}

Report Rollback(Connection& connection, const Migrations& migrations,
                const MigrateOptions& options) {
  const Source source =
      Source::FromEmbedded(migrations, {}, {}, options.version_map);
  const PlainSession plain(connection);
  migrate::Runner runner(connection, &source, options,
                         migrate::ProcessEnvironment());
  return runner.Down(
      {.kind = Wish::Kind::kDown, .to = options.to, .steps = options.steps});
}

}  // namespace godwit
