// SPDX-License-Identifier: Apache-2.0
#include "runtime/sqlite.h"
#include "runtime/sqlite_database.h"
#include "runtime/sqlite_error.h"
#include "runtime/sqlite_open.h"
#include "runtime/sqlite_query.h"
#include "runtime/sqlite_statement.h"

namespace godwit::internal {

namespace {

class SqliteConnection final : public SqliteSession {
 public:
  SqliteConnection(DatabaseHandle handle, const ConnectOptions& options)
      : database_(std::make_shared<Database>(std::move(handle),
                                             options.busy_timeout)),
        foreign_keys_(options.foreign_keys),
        write_ahead_log_(options.write_ahead_log) {}

  EngineKind engine() const override { return EngineKind::kSqlite; }
  std::string_view begin_statement() const override {
    return "BEGIN IMMEDIATE";
  }
  Result Execute(std::string_view sql,
                 std::span<const Value> parameters) override;
  void Run(std::string_view sql) override;
  std::unique_ptr<PreparedStatement> Prepare(std::string_view sql) override {
    return PrepareStatement(database_, sql);
  }
  std::shared_ptr<PreparedQuery> PrepareQuery(std::string_view sql) override {
    return PrepareSqliteQuery(database_, sql);
  }
  std::int64_t last_insert_id() override {
    return sqlite3_last_insert_rowid(database_->get());
  }
  // SQLite's own ROLLBACK ends what is read.
  void EndStream() override {}
  std::vector<Result> ExecuteAll(
      std::span<const Connection::Query> queries) override;
  void Commit() override { Run("COMMIT"); }

  bool in_transaction() const override {
    return sqlite3_get_autocommit(database_->get()) == 0;
  }
  void RequestCancel() override { database_->RequestCancel(); }
  void set_stop_token(std::stop_token token) override {
    database_->set_stop_token(std::move(token));
  }
  // SQLite says nothing beside results and errors.
  void set_notice_handler(std::function<void(const Notice&)>) override {}

  void ApplySettings() override;
  // A migration run brings its own foreign_keys, and the file's journal is no
  // matter of the session.
  void ClearSettings() override {}
  bool IsAlive() override { return database_->IsAlive(); }
  void Ping() override { Run("PRAGMA schema_version"); }
  void WatchChanges() override { database_->WatchChanges(); }
  void MarkChanged() override { database_->MarkChanged(); }
  PutBack CleanUp() override;

  std::chrono::milliseconds set_busy_timeout(
      std::chrono::milliseconds timeout) override {
    return database_->set_busy_timeout(timeout);
  }
  bool has_deferred_violations() const override;
  bool is_read_only() const override {
    return sqlite3_db_readonly(database_->get(), "main") == 1;
  }
  std::string file() const override;
  void* handle() override { return database_->get(); }

 private:
  std::vector<Result> ExecuteEach(std::span<const Connection::Query> queries);

  // Shared with the prepared statements, which may outlive their connection and
  // then must not touch it.
  std::shared_ptr<Database> database_;
  std::optional<bool> foreign_keys_;
  bool write_ahead_log_;
};

Result SqliteConnection::Execute(std::string_view sql,
                                 std::span<const Value> parameters) {
  database_->BeginStatement(sql);
  const Compiled compiled = Compile(*database_, sql, 0);
  if (compiled.statement != nullptr || !parameters.empty())
    Bind(*database_, compiled.statement.get(), parameters);
  return CollectRows(*database_, compiled, sql);
}

void SqliteConnection::Run(std::string_view sql) {
  database_->BeginStatement(sql);
  DropRows(*database_, Compile(*database_, sql, 0), sql);
}

std::vector<Result> SqliteConnection::ExecuteEach(
    std::span<const Connection::Query> queries) {
  std::vector<Result> results;
  for (const Connection::Query& query : queries)
    results.push_back(Execute(query.sql, query.parameters));
  return results;
}

// A ROLLBACK that fails leaves the transaction to whoever closes the
// connection.
struct RollbackUnlessDone {
  SqliteConnection& connection;
  ~RollbackUnlessDone() {
    try {
      if (connection.in_transaction()) connection.Run("ROLLBACK");
    } catch (const Error&) {
    }
  }
};

// A single statement is a transaction by itself, and some, like VACUUM, only
// run outside of one.
std::vector<Result> SqliteConnection::ExecuteAll(
    std::span<const Connection::Query> queries) {
  if (in_transaction() || queries.size() < 2) return ExecuteEach(queries);
  const RollbackUnlessDone rollback{*this};
  Run(begin_statement());
  std::vector<Result> results = ExecuteEach(queries);
  Commit();
  return results;
}

bool SqliteConnection::has_deferred_violations() const {
  int current = 0;
  int highest = 0;
  sqlite3_db_status(database_->get(), SQLITE_DBSTATUS_DEFERRED_FKS, &current,
                    &highest, 0);
  return current > 0;
}

std::string SqliteConnection::file() const {
  const char* name = sqlite3_db_filename(database_->get(), "main");
  return name == nullptr ? std::string() : std::string(name);
}

// A file that cannot have a write-ahead log (in memory, on some network's file
// system, in use right now) keeps its own journal.
void SqliteConnection::ApplySettings() {
  if (foreign_keys_)
    Run(*foreign_keys_ ? "PRAGMA foreign_keys = ON"
                       : "PRAGMA foreign_keys = OFF");
  if (!write_ahead_log_ || is_read_only()) return;
  try {
    Run("PRAGMA journal_mode = WAL");
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kInterrupted) throw;
  }
}

// Opening again costs less than finding out what was changed; a database in
// memory would be lost with its connection.
Session::PutBack SqliteConnection::CleanUp() {
  set_stop_token({});
  try {
    if (in_transaction()) Run("ROLLBACK");
  } catch (const Error&) {
    return PutBack::kUnusable;
  }
  const bool keep = !database_->changed() || file().empty();
  return keep ? PutBack::kAsItWas : PutBack::kUnusable;
}

// SQLite opens a file without looking into it; this reads its header.
void Prove(SqliteConnection& connection, sqlite3* database, const Dsn& dsn) {
  try {
    connection.Run("PRAGMA schema_version");
  } catch (const Error&) {
    ThrowOpenFailed(database, dsn);
  }
}

}  // namespace

std::unique_ptr<SqliteSession> OpenSqlite(const Dsn& dsn,
                                          const ConnectOptions& options) {
  DatabaseHandle handle = OpenFile(dsn, options.mode);
  sqlite3* database = handle.get();
  auto connection =
      std::make_unique<SqliteConnection>(std::move(handle), options);
  Prove(*connection, database, dsn);
  connection->ApplySettings();
  return connection;
}

}  // namespace godwit::internal
