// SPDX-License-Identifier: Apache-2.0
#include "engine/database.h"

#include <random>
#include <thread>

#include "base/duration.h"
#include "base/text.h"
#include "engine/engines.h"
#include "engine/sqlite/batch.h"
#include "engine/sqlite/foreign_keys.h"
#include "engine/sqlite/holders.h"
#include "engine/sqlite/run_file.h"
#include "engine/sqlite/session_settings.h"
#include "runtime/sqlite.h"

namespace godwit::engine {

namespace {

using internal::SqliteSession;
using Clock = std::chrono::steady_clock;

// No waiting inside of SQLite while this stands: the waiting is done outside,
// where it can be told and interrupted.
class Patience {
 public:
  explicit Patience(SqliteSession& session)
      : session_(session), before_(session.set_busy_timeout({})) {}
  ~Patience() { session_.set_busy_timeout(before_); }
  Patience(const Patience&) = delete;
  Patience& operator=(const Patience&) = delete;

 private:
  SqliteSession& session_;
  std::chrono::milliseconds before_;
};

std::chrono::microseconds Since(Clock::time_point began) {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() -
                                                               began);
}

// All pending files in one transaction: one commit's fsyncs for the run, and no
// savepoints (rolling one back over an FTS5 table spoils the whole
// transaction). When a file fails everything is rolled back, the files before
// it run again and are committed.
class Sqlite final : public Database {
 public:
  explicit Sqlite(Connection& connection)
      : connection_(connection),
        session_(static_cast<SqliteSession&>(connection.session())) {}
  ~Sqlite() override { Unlock(); }

  const Dialect& dialect() const override { return SqliteDialect(); }
  std::string_view engine_name() const override {
    return Name(EngineKind::kSqlite);
  }
  std::string CurrentSchema() override { return ""; }
  std::vector<Result> Read(std::span<const Connection::Query> queries) override;
  Refusal Classify(const ErrorInfo& error) const override;
  std::vector<std::string> Columns(const TableName& table) override;
  int major_version() const override { return 0; }
  std::string MakesMissing(const ErrorInfo&) override { return ""; }
  Connection::Query SchemaExistsQuery(const std::string&) const override {
    return {"SELECT 1", {}};
  }
  Connection::Query TableExistsQuery(const TableName& table) const override {
    return {
        "SELECT count(*) > 0 FROM sqlite_schema WHERE type IN ('table', "
        "'view') AND name = ?1 "
        "COLLATE NOCASE",
        {table.table}};
  }
  std::string database_name() const override { return ""; }
  std::string ReadOnlyReason() override {
    return session_.is_read_only()
               ? Cat("the database ", session_.file(), " is read-only")
               : "";
  }
  void Prepare(const RunSettings& settings) override;
  void Lock(const LockRequest& request) override;
  void Unlock() noexcept override {
    EndTransaction();
    run_file_.Release();
  }
  RunStart Begin(const RunSettings& settings, const LockRequest& request,
                 std::span<const Connection::Query> queries) override;
  std::vector<Answer> End(std::span<const Connection::Query> queries) override;
  std::size_t BatchSize(std::span<const Unit> units) const override;
  RunResult Run(std::span<const Unit> units, Observer& observer) override;
  std::vector<DryRunResult> DryRun(std::span<const Unit> units) override;
  void Restore() noexcept override;

 private:
  RunResult RunBatch(std::span<const Unit> units, Observer& observer);
  RunResult RunOwn(const Unit& unit, Observer& observer);
  RunResult RunOneByOne(std::span<const Unit> units, const ErrorInfo& why);
  std::optional<ErrorInfo> Commit();
  bool TryLock(const LockRequest& request);
  std::vector<Answer> ReadEach(std::span<const Connection::Query> queries);
  void EndTransaction() noexcept {
    if (locked_) RollBack(session_);
    locked_ = false;
  }
  void PutSettingsBack() noexcept;
  std::size_t Replay(std::span<const Unit> units);

  Connection& connection_;
  SqliteSession& session_;
  RunFile run_file_;
  bool locked_ = false;
  std::optional<bool> foreign_keys_before_;
  // As they were before the first statement of a migration without a
  // transaction; put back when it ends.
  std::optional<SessionSettings> settings_;
};

Refusal Sqlite::Classify(const ErrorInfo& error) const {
  const std::string_view message = error.message;
  if (message.find("no such table") != message.npos)
    return Refusal::kMissingTable;
  if (message.find("no such column") != message.npos)
    return Refusal::kMissingColumn;
  if (message.find("already exists") != message.npos)
    return Refusal::kAlreadyThere;
  switch (error.sqlite_code & 0xff) {
    case 5:
    case 6:
      return Refusal::kLockTimeout;  // SQLITE_BUSY, SQLITE_LOCKED
    case 8:
      return Refusal::kReadOnly;  // SQLITE_READONLY
    case 14:
    case 3:
      return Refusal::kNoRight;  // SQLITE_CANTOPEN, SQLITE_PERM
    case 19:
      return Refusal::kAlreadyThere;  // SQLITE_CONSTRAINT
    default:
      return Refusal::kOther;
  }
}

std::vector<std::string> Sqlite::Columns(const TableName& table) {
  const Result rows = connection_.Execute(
      "SELECT name FROM pragma_table_info(?1)", table.table);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < rows.size(); ++i)
    names.push_back(rows.Get<std::string>(i, 0));
  return names;
}

// One statement after the other: reading must not ask for the write lock, and
// what is decided on is read again when that is held.
std::vector<Result> Sqlite::Read(std::span<const Connection::Query> queries) {
  std::vector<Result> results;
  for (const Connection::Query& query : queries)
    results.push_back(session_.Execute(query.sql, query.parameters));
  return results;
}

void Sqlite::Prepare(const RunSettings&) {
  // A run that takes over first is prepared twice.
  if (!foreign_keys_before_) foreign_keys_before_ = ForeignKeysOn(session_);
  if (!*foreign_keys_before_) session_.Run("PRAGMA foreign_keys = 1");
}

void Sqlite::Restore() noexcept {
  PutSettingsBack();
  try {
    session_.set_stop_token({});
    if (foreign_keys_before_ && !*foreign_keys_before_)
      session_.Run("PRAGMA foreign_keys = 0");
  } catch (const Error&) {
    // Closed under our feet: there is no setting left to put back.
  }
  foreign_keys_before_.reset();
}

bool Sqlite::TryLock(const LockRequest& request) {
  if (request.whole_run && !run_file_.TryTake(session_.file())) return false;
  try {
    session_.Run("BEGIN IMMEDIATE");
    locked_ = true;
  } catch (const Error& error) {
    if (Classify(error.info()) != Refusal::kLockTimeout) throw;
  }
  return locked_;
}

// SQLite's own lock is the run's: BEGIN IMMEDIATE, by trying and waiting.
void Sqlite::Lock(const LockRequest& request) {
  const Patience patience(session_);
  const auto began = Clock::now();
  auto told = began;
  std::minstd_rand random{std::random_device{}()};
  const auto holder = [&] {
    const std::string writers = DescribeWriters(session_.file());
    return writers.empty() ? "another connection" : writers;
  };
  while (!TryLock(request)) {
    if (request.stop.stop_requested())
      throw Error(ErrorCode::kInterrupted,
                  "interrupted while waiting for another run");
    if (Clock::now() - began >= request.wait) {
      throw Error(ErrorCode::kRunLockTimeout,
                  Cat(holder(), " is writing to ", session_.file(), "; waited ",
                      ShowDuration(request.wait)),
                  "wait for it to end; --lock-wait sets how long to wait");
    }
    if (request.on_wait && Clock::now() - told >= std::chrono::seconds(1)) {
      request.on_wait(Cat(holder(), ", which writes to the file"));
      told = Clock::now();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5 + random() % 20));
  }
}

std::vector<Answer> Sqlite::ReadEach(
    std::span<const Connection::Query> queries) {
  std::vector<Answer> answers;
  for (const Connection::Query& query : queries) {
    Answer& answer = answers.emplace_back();
    try {
      answer.rows = session_.Execute(query.sql, query.parameters);
    } catch (const Error& error) {
      answer.error = error.info();
    }
  }
  return answers;
}

RunStart Sqlite::Begin(const RunSettings& settings, const LockRequest& request,
                       std::span<const Connection::Query> queries) {
  RunStart start{ReadOnlyReason(), {}};
  if (!start.read_only_reason.empty()) return start;
  if (!foreign_keys_before_) Prepare(settings);
  Lock(request);
  start.answers = ReadEach(queries);
  return start;
}

std::vector<Answer> Sqlite::End(std::span<const Connection::Query> queries) {
  Unlock();
  return ReadEach(queries);
}

std::size_t Sqlite::BatchSize(std::span<const Unit> units) const {
  std::size_t size = 0;
  while (size < units.size() && units[size].mode == Unit::Mode::kTransaction)
    ++size;
  return size > 0 ? size : std::min<std::size_t>(1, units.size());
}

RunResult Sqlite::Run(std::span<const Unit> units, Observer& observer) {
  if (units.empty()) return {};
  if (units.front().mode == Unit::Mode::kTransaction)
    return RunBatch(units, observer);
  return RunOwn(units.front(), observer);
}

std::size_t Sqlite::Replay(std::span<const Unit> units) {
  if (units.empty()) return 0;
  session_.Run("BEGIN IMMEDIATE");
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (RunInTransaction(session_, units[i], i)) {
      RollBack(session_);
      return 0;
    }
  }
  session_.Run("COMMIT");
  return units.size();
}

RunResult Sqlite::RunBatch(std::span<const Unit> units, Observer& observer) {
  RunResult result;
  if (!locked_) session_.Run("BEGIN IMMEDIATE");
  locked_ = true;
  std::vector<std::chrono::microseconds> took;
  for (std::size_t i = 0; i < units.size() && !result.failure; ++i) {
    const auto began = Clock::now();
    observer.OnStarted(i);
    result.failure = RunInTransaction(session_, units[i], i);
    took.push_back(Since(began));
  }
  if (result.failure) {
    RollBack(session_);
    const bool again = result.failure->error.code != ErrorCode::kInterrupted;
    result.committed = again ? Replay(units.first(result.failure->unit)) : 0;
  } else if (auto error = Commit()) {
    RollBack(session_);
    result = RunOneByOne(units, *error);
  } else {
    result.committed = units.size();
  }
  locked_ = false;
  const bool ends =
      std::any_of(units.begin(), units.end(),
                  [](const Unit& unit) { return unit.restores_session; });
  if (ends || result.failure) PutSettingsBack();
  // Applied is what was committed, and only then.
  for (std::size_t i = 0; i < result.committed; ++i)
    observer.OnFinished(i, took[i]);
  return result;
}

void Sqlite::PutSettingsBack() noexcept {
  if (!settings_) return;
  try {
    settings_->PutBack(session_);
  } catch (const Error&) {
    // The file is gone or cannot be read; the connection is of no use any more.
  }
  settings_.reset();
}

std::optional<ErrorInfo> Sqlite::Commit() {
  try {
    session_.Run("COMMIT");
    return std::nullopt;
  } catch (const Error& error) {
    return error.info();
  }
}

// When the common COMMIT fails (a full disk) nobody knows whose fault it was:
// with a commit each, the first that fails is the one.
RunResult Sqlite::RunOneByOne(std::span<const Unit> units,
                              const ErrorInfo& why) {
  RunResult result;
  result.failure = Failure{units.size() - 1, Failure::At::kCommit, 0, why};
  if (why.code == ErrorCode::kInterrupted) return result;
  for (std::size_t i = 0; i < units.size(); ++i) {
    session_.Run("BEGIN IMMEDIATE");
    std::optional<Failure> failure = RunInTransaction(session_, units[i], i);
    if (!failure) {
      if (auto error = Commit())
        failure = Failure{i, Failure::At::kCommit, 0, *error};
    }
    if (failure) {
      RollBack(session_);
      result.failure = failure;
      return result;
    }
    ++result.committed;
  }
  result.failure.reset();
  return result;
}

RunResult Sqlite::RunOwn(const Unit& unit, Observer& observer) {
  EndTransaction();
  RunResult result;
  const auto began = Clock::now();
  observer.OnStarted(0);
  const bool autocommit = unit.mode == Unit::Mode::kAutocommit;
  if (autocommit && !settings_) settings_ = SessionSettings::Read(session_);
  result.failure = unit.mode == Unit::Mode::kAutocommit
                       ? RunAutocommit(session_, unit, 0)
                       : RunInOwnTransaction(session_, unit, 0);
  result.committed = result.failure ? 0 : 1;
  if (result.failure) PutSettingsBack();
  if (!result.failure) observer.OnFinished(0, Since(began));
  return result;
}

std::vector<DryRunResult> Sqlite::DryRun(std::span<const Unit> units) {
  std::vector<DryRunResult> results(units.size());
  session_.Run("BEGIN IMMEDIATE");
  for (std::size_t i = 0;
       i < units.size() && units[i].mode == Unit::Mode::kTransaction; ++i) {
    const auto began = Clock::now();
    results[i].tried = true;
    results[i].failure = RunInTransaction(session_, units[i], i);
    results[i].duration = Since(began);
    if (results[i].failure) break;
  }
  RollBack(session_);
  return results;
}

}  // namespace

std::unique_ptr<Database> OpenSqlite(Connection& connection) {
  return std::make_unique<Sqlite>(connection);
}

}  // namespace godwit::engine
