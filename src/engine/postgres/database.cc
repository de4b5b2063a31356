// SPDX-License-Identifier: Apache-2.0
#include "engine/database.h"

#include <thread>

#include "base/text.h"
#include "engine/engines.h"
#include "engine/postgres/blockers.h"
#include "engine/postgres/cut_off.h"
#include "engine/postgres/lock_trace.h"
#include "engine/postgres/newer.h"
#include "engine/postgres/pipeline.h"
#include "engine/postgres/run_lock.h"
#include "runtime/postgres.h"

namespace godwit::engine {

namespace {

using internal::PostgresSession;
using internal::TransactionStatus;

// Puts the session back to what it was at login. Never DISCARD ALL: it would
// release the run's advisory lock.
constexpr const char* kRestore[] = {
    "RESET ALL",   "SET SESSION AUTHORIZATION DEFAULT",
    "RESET ROLE",  "DEALLOCATE ALL",
    "UNLISTEN *",  "CLOSE ALL",
    "DISCARD TEMP"};

// What comes back is either rows or an error.
std::vector<Answer> AnswersOf(std::vector<internal::Reply> replies) {
  std::vector<Answer> answers;
  for (internal::Reply& reply : replies) {
    Answer& answer = answers.emplace_back();
    if (reply.kind == internal::Reply::Kind::kError)
      answer.error = std::move(reply.error);
    else
      answer.rows = std::move(reply.result);
  }
  return answers;
}

constexpr const char* kCanWrite =
    "SELECT pg_is_in_recovery(), current_setting('transaction_read_only')";

std::string ReasonIn(const Result& row) {
  if (row.Get<bool>(0, 0)) return "the server is a standby (in recovery)";
  if (row.Get<std::string>(0, 1) == "on")
    return "the server's transactions are read-only";
  return "";
}

class Postgres final : public Database {
 public:
  explicit Postgres(Connection& connection)
      : connection_(connection),
        session_(static_cast<PostgresSession&>(connection.session())),
        lock_(session_) {}
  ~Postgres() override { Unlock(); }

  const Dialect& dialect() const override { return PostgresDialect(); }
  std::string_view engine_name() const override {
    return Name(EngineKind::kPostgresql);
  }
  std::string CurrentSchema() override {
    return connection_.Execute("SELECT coalesce(current_schema(), '')")
        .Get<std::string>(0, 0);
  }
  std::vector<Result> Read(
      std::span<const Connection::Query> queries) override {
    return connection_.ExecuteAll(queries);
  }
  Refusal Classify(const ErrorInfo& error) const override;
  std::vector<std::string> Columns(const TableName& table) override;
  int major_version() const override {
    return session_.server_version() / 10000;
  }
  std::string MakesMissing(const ErrorInfo& error) override;
  Connection::Query SchemaExistsQuery(
      const std::string& schema) const override {
    return {"SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)",
            {schema}};
  }
  Connection::Query TableExistsQuery(const TableName& table) const override {
    return {"SELECT to_regclass($1) IS NOT NULL", {dialect().Quote(table)}};
  }
  std::string database_name() const override { return session_.database(); }
  std::string ReadOnlyReason() override;
  void Prepare(const RunSettings& settings) override;
  void WatchBlockers(std::function<void(const std::string&)> tell) override {
    watch_.emplace(session_, std::move(tell));
  }
  bool MayTryAgain(const ErrorInfo& error) const override {
    return error.sqlstate == "55P03" || error.sqlstate == "40P01";
  }
  void Lock(const LockRequest& request) override { lock_.Take(request); }
  void Unlock() noexcept override { lock_.Release(); }
  RunStart Begin(const RunSettings& settings, const LockRequest& request,
                 std::span<const Connection::Query> queries) override;
  std::vector<Answer> End(std::span<const Connection::Query> queries) override;
  std::size_t BatchSize(std::span<const Unit> units) const override {
    return units.size();
  }
  RunResult Run(std::span<const Unit> units, Observer& observer) override;
  Fate Settle(const sql::StatementView& statement) override {
    return SettleCutOff(session_, statement);
  }
  std::vector<DryRunResult> DryRun(std::span<const Unit> units) override;
  void Restore() noexcept override;

 private:
  std::optional<Failure> DryRunOne(const Unit& unit, std::size_t index,
                                   LockTrace& trace);
  void DeferConstraints();
  void AdviseOn(ErrorInfo& error);
  void PlanSettings(const RunSettings& settings);
  std::span<const std::string> Settings() const;
  std::vector<Answer> Each(std::span<const Connection::Query> queries) {
    return AnswersOf(session_.ExecuteEach(queries));
  }
  void MakeDurable();

  Connection& connection_;
  PostgresSession& session_;
  RunLock lock_;
  std::optional<BlockerWatch> watch_;
  std::vector<std::string> restore_;
  std::vector<std::string> own_settings_;  // names; empty: nothing is prepared
};

Refusal Postgres::Classify(const ErrorInfo& error) const {
  struct Row {
    std::string_view sqlstate;
    Refusal refusal;
  };
  constexpr Row kRows[] = {
      {"42P01", Refusal::kMissingTable},  {"3F000", Refusal::kMissingTable},
      {"42703", Refusal::kMissingColumn}, {"42883", Refusal::kMissingColumn},
      {"42501", Refusal::kNoRight},       {"25006", Refusal::kReadOnly},
      {"55P03", Refusal::kLockTimeout},   {"23505", Refusal::kAlreadyThere},
      {"42P07", Refusal::kAlreadyThere},  {"42P06", Refusal::kAlreadyThere}};
  for (const Row& row : kRows) {
    if (row.sqlstate == error.sqlstate) return row.refusal;
  }
  return Refusal::kOther;
}

std::vector<std::string> Postgres::Columns(const TableName& table) {
  const Result rows = connection_.Execute(
      "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass($1) AND "
      "attnum > 0 AND NOT "
      "attisdropped "
      "ORDER BY attnum",
      dialect().Quote(table));
  std::vector<std::string> names;
  for (std::size_t i = 0; i < rows.size(); ++i)
    names.push_back(rows.Get<std::string>(i, 0));
  return names;
}

std::string Postgres::MakesMissing(const ErrorInfo& error) {
  const std::string name = dialect().MissingRole(error);
  if (name.empty()) return "";
  const Result found =
      connection_.Execute("SELECT 1 FROM pg_roles WHERE rolname = $1", name);
  return found.empty() ? "" : Cat("CREATE ROLE ", dialect().Quote(name));
}

std::string Postgres::ReadOnlyReason() {
  return ReasonIn(connection_.Execute(kCanWrite));
}

// Decides what is set, and what is set again when migrations have changed it.
void Postgres::PlanSettings(const RunSettings& settings) {
  restore_.assign(std::begin(kRestore), std::end(kRestore));
  own_settings_ = {"lock_timeout"};
  restore_.push_back(Cat("SET lock_timeout = ", settings.lock_timeout.count()));
  if (watch_) watch_->set_lock_timeout(settings.lock_timeout);
  if (settings.statement_timeout.count() == 0) return;
  own_settings_.push_back("statement_timeout");
  restore_.push_back(
      Cat("SET statement_timeout = ", settings.statement_timeout.count()));
}

// The statements that make the settings: those that restore_ ends with.
std::span<const std::string> Postgres::Settings() const {
  return std::span(restore_).last(own_settings_.size());
}

void Postgres::Prepare(const RunSettings& settings) {
  PlanSettings(settings);
  for (const std::string& sql : Settings()) session_.Run(sql);
}

// Each with a Sync of its own: what is read must see what was committed until
// the lock was taken, at every isolation level.
RunStart Postgres::Begin(const RunSettings& settings,
                         const LockRequest& request,
                         std::span<const Connection::Query> queries) {
  std::vector<Connection::Query> all = {{kCanWrite, {}}};
  if (own_settings_.empty()) {
    PlanSettings(settings);
    for (const std::string& sql : Settings()) all.push_back({sql, {}});
  }
  all.push_back(RunLock::TryQuery(request.keys));
  const std::size_t head = all.size();
  all.insert(all.end(), queries.begin(), queries.end());
  std::vector<Answer> answers = Each(all);
  const bool taken = lock_.Keep(request.keys, answers[head - 1]);
  for (std::size_t i = 0; i < head; ++i)
    if (answers[i].error) throw Error(*std::move(answers[i].error));
  RunStart start{ReasonIn(answers.front().rows), {}};
  if (!start.read_only_reason.empty()) {
    Unlock();
    return start;
  }
  if (taken) {
    answers.erase(answers.begin(),
                  answers.begin() + static_cast<std::ptrdiff_t>(head));
    start.answers = std::move(answers);
  } else {
    lock_.Take(request);
    start.answers = Each(queries);
  }
  return start;
}

std::vector<Answer> Postgres::End(std::span<const Connection::Query> queries) {
  std::vector<Connection::Query> all = lock_.ReleaseQueries();
  const std::size_t head = all.size();
  all.insert(all.end(), queries.begin(), queries.end());
  for (const std::string& name : own_settings_)
    all.push_back({Cat("RESET ", name), {}});
  std::vector<Answer> answers = Each(all);
  lock_.Forget();
  own_settings_.clear();
  answers.resize(head + queries.size());
  answers.erase(answers.begin(),
                answers.begin() + static_cast<std::ptrdiff_t>(head));
  return answers;
}

// Asynchronous commits before the failure are in the database but perhaps not
// on its disk yet. A small WAL message whose commit waits makes them so: an
// empty COMMIT would not wait.
void Postgres::MakeDurable() {
  session_.Run("SELECT pg_logical_emit_message(true, 'godwit', '')");
}

void Postgres::AdviseOn(ErrorInfo& error) {
  std::string help = HelpForOldServer(error, session_.server_version());
  if (!help.empty()) error.help = std::move(help);
}

RunResult Postgres::Run(std::span<const Unit> units, Observer& observer) {
  Pipeline pipeline(session_, observer, restore_);
  RunResult result;
  const std::size_t last = units.empty() ? 0 : units.size() - 1;
  while (result.committed < units.size() && !pipeline.failure()) {
    const std::size_t first = result.committed;
    std::size_t end = first;
    while (end < units.size() && units[end].mode != Unit::Mode::kAutocommit &&
           !units[end].has_copy() && (end == first || !units[end].waits))
      ++end;
    if (end > first) {
      result.committed +=
          pipeline.RunSegment(units.subspan(first, end - first), first, last);
    } else if (units[first].mode == Unit::Mode::kAutocommit) {
      result.committed += pipeline.RunAutocommit(units[first], first) ? 1 : 0;
    } else {
      result.committed +=
          pipeline.RunWithCopy(units[first], first, first == last) ? 1 : 0;
    }
  }
  result.failure = pipeline.failure();
  if (result.failure) {
    AdviseOn(result.failure->error);
    for (const std::string& sql : restore_) session_.Run(sql);
    if (pipeline.committed_asynchronously() && result.committed > 0)
      MakeDurable();
  }
  return result;
}

// Undoes SET CONSTRAINTS ALL IMMEDIATE, which else holds for the files that
// follow. A name that stands for a constraint that cannot be deferred as well
// is refused by the server, so it stays immediate.
void Postgres::DeferConstraints() {
  const Result names = session_.Execute(R"(
SELECT string_agg(DISTINCT format('%I.%I', n.nspname, c.conname), ', ')
FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
WHERE c.condeferred AND has_schema_privilege(n.oid, 'USAGE')
  AND NOT EXISTS (SELECT FROM pg_constraint o
                  WHERE o.connamespace = c.connamespace AND o.conname = c.conname AND NOT o.condeferrable))",
                                        {});
  if (const auto list = names.Get<std::optional<std::string>>(0, 0))
    session_.Run(Cat("SET CONSTRAINTS ", *list, " DEFERRED"));
}

std::optional<Failure> Postgres::DryRunOne(const Unit& unit, std::size_t index,
                                           LockTrace& trace) {
  std::size_t at = 0;
  try {
    trace.BeginUnit(index);
    if (!unit.role.empty())
      session_.Run(Cat("SET LOCAL ROLE ", dialect().Quote(unit.role)));
    for (; at < unit.body.size(); ++at) {
      const sql::StatementView& statement = unit.body[at];
      if (statement.traits & sql::kCopyFromStdin)
        session_.Copy(statement.text, statement.copy_data);
      else
        session_.Run(statement.text);
      trace.Look(at + 1, statement);
    }
    // What a COMMIT would have checked.
    session_.Run("SET CONSTRAINTS ALL IMMEDIATE");
    for (const std::string& sql : restore_) session_.Run(sql);
    DeferConstraints();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kConnectFailed) throw;
    const auto where =
        at < unit.body.size() ? Failure::At::kBody : Failure::At::kCommit;
    Failure failure{index, where, at, error.info()};
    AdviseOn(failure.error);
    return failure;
  }
  return std::nullopt;
}

// Values that an enum got in this very transaction
// (unsafe_new_enum_value_usage): the file is right, only a trial cannot show
// it.
bool NeedsACommit(const ErrorInfo& error) {
  return error.sqlstate == "55P04";
}

std::vector<DryRunResult> Postgres::DryRun(std::span<const Unit> units) {
  std::vector<DryRunResult> results(units.size());
  session_.Run("BEGIN");
  LockTrace trace(session_);
  for (std::size_t i = 0; i < units.size(); ++i) {
    // A trial's one transaction has the isolation level that it began with.
    if (units[i].mode == Unit::Mode::kAutocommit ||
        units[i].transaction_modes() > 0)
      break;
    const auto began = std::chrono::steady_clock::now();
    results[i].tried = true;
    results[i].failure = DryRunOne(units[i], i, trace);
    results[i].locks = trace.TakeUnit();
    results[i].duration = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - began);
    if (results[i].failure && NeedsACommit(results[i].failure->error))
      results[i] = {};
    if (!results[i].tried || results[i].failure) break;
  }
  session_.Run("ROLLBACK");
  for (const std::string& sql : restore_) session_.Run(sql);
  return results;
}

void Postgres::Restore() noexcept {
  try {
    for (const std::string& name : own_settings_)
      session_.Run(Cat("RESET ", name));
  } catch (const Error&) {
    // The connection is gone, and its settings with it.
  }
  own_settings_.clear();
}

}  // namespace

std::unique_ptr<Database> OpenPostgres(Connection& connection) {
  return std::make_unique<Postgres>(connection);
}

}  // namespace godwit::engine
