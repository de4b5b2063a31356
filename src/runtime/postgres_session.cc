// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "runtime/postgres.h"
#include "runtime/postgres_connect.h"
#include "runtime/postgres_copy.h"
#include "runtime/postgres_describe.h"
#include "runtime/postgres_error.h"
#include "runtime/postgres_parameters.h"
#include "runtime/postgres_pipeline.h"
#include "runtime/postgres_query.h"
#include "runtime/postgres_rows.h"
#include "runtime/postgres_settings.h"
#include "runtime/postgres_statement.h"
#include "runtime/postgres_wire.h"

namespace godwit::internal {

namespace {

std::string Text(const char* value) {
  return value == nullptr ? std::string() : std::string(value);
}

class LibpqSession final : public PostgresSession {
 public:
  LibpqSession(ConnectionHandle connection, const Dsn& dsn,
               const ConnectOptions& options)
      : wire_(std::make_shared<Wire>(std::move(connection), dsn.shown)),
        pipeline_(*wire_),
        dsn_(dsn),
        application_name_(options.application_name),
        settings_(SettingsOf(options)),
        named_statements_(options.named_statements) {}

  EngineKind engine() const override { return EngineKind::kPostgresql; }
  std::string_view begin_statement() const override { return "BEGIN"; }
  Result Execute(std::string_view sql,
                 std::span<const Value> parameters) override;
  std::unique_ptr<PreparedStatement> Prepare(std::string_view sql) override;
  std::shared_ptr<PreparedQuery> PrepareQuery(std::string_view sql) override;
  std::int64_t last_insert_id() override;
  void EndStream() override;
  std::vector<Result> ExecuteAll(
      std::span<const Connection::Query> queries) override;
  std::vector<Reply> ExecuteEach(
      std::span<const Connection::Query> queries) override;
  void Commit() override;
  std::vector<StatementDescription> Describe(
      std::span<const std::string> statements) override {
    return DescribeStatements(*wire_, statements);
  }
  void Run(std::string_view sql) override;
  void Copy(std::string_view sql, std::string_view data) override;

  void EnterPipeline() override { pipeline_.Enter(); }
  void Send(std::string_view sql, std::span<const Value> parameters,
            RowUse rows) override {
    pipeline_.Send(sql, parameters, rows);
  }
  void SendFlushRequest() override { pipeline_.SendFlushRequest(); }
  void SendSync() override { pipeline_.SendSync(); }
  Reply Receive() override { return pipeline_.Receive(); }
  std::optional<Reply> TryReceive() override { return pipeline_.TryReceive(); }
  std::size_t unread_bytes() const override { return pipeline_.unread_bytes(); }
  void LeavePipeline() override { pipeline_.Leave(); }

  bool in_transaction() const override;
  TransactionStatus transaction_status() const override;
  void RequestCancel() override { wire_->RequestCancel(); }
  void set_stop_token(std::stop_token token) override {
    wire_->set_stop_token(std::move(token));
  }
  void set_notice_handler(std::function<void(const Notice&)> handler) override {
    wire_->set_notice_handler(std::move(handler));
  }

  void set_wait_handler(std::chrono::milliseconds after,
                        std::function<void()> handler) override {
    wire_->set_wait_handler(after, std::move(handler));
  }
  std::unique_ptr<PostgresSession> OpenAnother() const override;

  void ApplySettings() override;
  void ClearSettings() override;
  bool IsAlive() override { return wire_->IsAlive(); }
  void Ping() override { Execute("SELECT 1", {}); }
  void WatchChanges() override { wire_->WatchChanges(); }
  void MarkChanged() override { wire_->MarkChanged(); }
  PutBack CleanUp() override;

  int server_version() const override { return PQserverVersion(wire_->get()); }
  int backend_pid() const override { return PQbackendPID(wire_->get()); }
  std::string parameter(const std::string& name) const override {
    return Text(PQparameterStatus(wire_->get(), name.c_str()));
  }
  std::string host() const override { return Text(PQhost(wire_->get())); }
  std::string database() const override { return Text(PQdb(wire_->get())); }
  std::string user() const override { return Text(PQuser(wire_->get())); }

 private:
  struct Outcome {
    std::vector<Result> results;  // of the queries before the failed one
    std::optional<ErrorInfo> error;
  };
  Outcome SendAll(std::span<const Connection::Query> queries);
  void Start(std::string_view sql, std::span<const Value> parameters);

  // Shared with the prepared statements, which may outlive their connection and
  // then must not touch it.
  std::shared_ptr<Wire> wire_;
  Pipeline pipeline_;
  Dsn dsn_;
  std::string application_name_;
  PostgresSettings settings_;
  PostgresTypes types_;
  int prepared_ = 0;
  bool named_statements_;
};

std::unique_ptr<PostgresSession> LibpqSession::OpenAnother() const {
  ConnectOptions options;
  options.application_name = application_name_;
  options.connect_timeout = std::chrono::seconds(2);
  options.statement_timeout = std::chrono::seconds(2);
  return OpenPostgres(dsn_, options);
}

void LibpqSession::Start(std::string_view sql,
                         std::span<const Value> parameters) {
  if (pipeline_.active())
    throw Error(ErrorCode::kInternal,
                "a statement was executed inside of a pipeline");
  const std::string text = StatementText(sql);
  const Parameters p(parameters);
  wire_->BeginCommand(sql);
  wire_->NoteStatement(sql);
  if (PQsendQueryParams(wire_->get(), text.c_str(), p.count(), p.types(),
                        p.values(), p.lengths(), p.formats(), 0) == 0) {
    wire_->SendFailed();
  }
}

Result LibpqSession::Execute(std::string_view sql,
                             std::span<const Value> parameters) {
  Start(sql, parameters);
  return ReadResult(*wire_, RowUse::kKeep);
}

void LibpqSession::Run(std::string_view sql) {
  Start(sql, {});
  PQsetSingleRowMode(wire_->get());
  ReadResult(*wire_, RowUse::kDiscard);
}

void LibpqSession::Copy(std::string_view sql, std::string_view data) {
  Start(sql, {});
  const CopySource source = [&] { return std::exchange(data, {}); };
  ReadResult(*wire_, RowUse::kDiscard, &source);
}

std::unique_ptr<PreparedStatement> LibpqSession::Prepare(std::string_view sql) {
  if (pipeline_.active())
    throw Error(ErrorCode::kInternal,
                "a statement was prepared inside of a pipeline");
  return PrepareStatement(wire_, Cat("godwit_", ++prepared_), sql);
}

std::shared_ptr<PreparedQuery> LibpqSession::PrepareQuery(
    std::string_view sql) {
  if (pipeline_.active())
    throw Error(ErrorCode::kInternal,
                "a query was prepared inside of a pipeline");
  return PreparePostgresQuery(
      wire_, types_,
      named_statements_ ? Cat("godwit_", ++prepared_) : std::string(), sql,
      [this](std::string_view query, const Value& oids) {
        return Execute(query, {&oids, 1});
      });
}

std::int64_t LibpqSession::last_insert_id() {
  throw Error(ErrorCode::kUnsupported,
              "PostgreSQL has no number of the last inserted row",
              "use RETURNING");
}

void LibpqSession::EndStream() {
  if (PreparedQuery* const stream = wire_->stream()) stream->Abandon();
}

// One Sync: without a BEGIN all of it is one transaction. What cannot be sent
// is found before anything is: a Sync would commit the part that was.
LibpqSession::Outcome LibpqSession::SendAll(
    std::span<const Connection::Query> queries) {
  for (const Connection::Query& query : queries)
    Pipeline::Check(query.sql, query.parameters);
  wire_->BeginCommand({});
  pipeline_.Enter();
  for (const Connection::Query& query : queries)
    pipeline_.Send(query.sql, query.parameters, RowUse::kKeep);
  pipeline_.SendSync();
  Outcome outcome;
  for (Reply reply = pipeline_.Receive(); reply.kind != Reply::Kind::kSync;
       reply = pipeline_.Receive()) {
    if (reply.kind == Reply::Kind::kError && !outcome.error)
      outcome.error = std::move(reply.error);
    if (!outcome.error) outcome.results.push_back(std::move(reply.result));
  }
  pipeline_.Leave();
  return outcome;
}

std::vector<Result> LibpqSession::ExecuteAll(
    std::span<const Connection::Query> queries) {
  Outcome outcome = SendAll(queries);
  if (outcome.error) throw Error(*std::move(outcome.error));
  return std::move(outcome.results);
}

// A Sync behind each.
std::vector<Reply> LibpqSession::ExecuteEach(
    std::span<const Connection::Query> queries) {
  for (const Connection::Query& query : queries)
    Pipeline::Check(query.sql, query.parameters);
  wire_->BeginCommand({});
  pipeline_.Enter();
  for (const Connection::Query& query : queries) {
    pipeline_.Send(query.sql, query.parameters, RowUse::kKeep);
    pipeline_.SendSync();
  }
  std::vector<Reply> replies;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    replies.push_back(pipeline_.Receive());
    pipeline_.Receive();  // the Sync
  }
  pipeline_.Leave();
  return replies;
}

void LibpqSession::ApplySettings() {
  const std::vector<Setting> settings = SettingsToApply(settings_);
  if (settings.empty()) return;
  std::vector<Connection::Query> queries;
  for (const Setting& setting : settings) queries.push_back(setting.query);
  Outcome outcome = SendAll(queries);
  if (!outcome.error) return;
  const Setting& failed = settings[outcome.results.size()];
  throw Error(ExplainSetting(failed, dsn_.shown, *std::move(outcome.error)));
}

void LibpqSession::ClearSettings() {
  const std::vector<Connection::Query> queries = QueriesToClear(settings_);
  if (!queries.empty()) ExecuteAll(queries);
}

Session::PutBack LibpqSession::CleanUp() {
  set_stop_token({});
  set_notice_handler(nullptr);
  if (pipeline_.active() || transaction_status() == TransactionStatus::kUnknown)
    return PutBack::kUnusable;
  try {
    EndStream();
    if (in_transaction()) Execute("ROLLBACK", {});
    if (transaction_status() != TransactionStatus::kIdle)
      return PutBack::kUnusable;
    if (!wire_->changed()) return PutBack::kAsItWas;
    queries().Clear();
    std::vector<Connection::Query> queries = QueriesToReset();
    for (const Setting& setting : SettingsToApply(settings_))
      queries.push_back(setting.query);
    ExecuteAll(queries);
  } catch (const Error&) {
    return PutBack::kUnusable;
  }
  wire_->ForgetChanges();
  return PutBack::kReset;
}

// The server answers COMMIT of a failed transaction with a ROLLBACK and no
// error.
void LibpqSession::Commit() {
  const bool failed = transaction_status() == TransactionStatus::kFailed;
  Execute(failed ? "ROLLBACK" : "COMMIT", {});
  if (!failed) return;
  ErrorInfo info;
  info.code = ErrorCode::kStatementFailed;
  info.message =
      "the transaction was rolled back: a statement before COMMIT failed";
  info.sqlstate = "25P02";
  info.condition = "in_failed_sql_transaction";
  throw Error(std::move(info));
}

TransactionStatus LibpqSession::transaction_status() const {
  if (wire_->lost()) return TransactionStatus::kUnknown;
  switch (PQtransactionStatus(wire_->get())) {
    case PQTRANS_IDLE:
      return TransactionStatus::kIdle;
    case PQTRANS_ACTIVE:
      return TransactionStatus::kActive;
    case PQTRANS_INTRANS:
      return TransactionStatus::kInTransaction;
    case PQTRANS_INERROR:
      return TransactionStatus::kFailed;
    case PQTRANS_UNKNOWN:
      break;
  }
  return TransactionStatus::kUnknown;
}

bool LibpqSession::in_transaction() const {
  const TransactionStatus status = transaction_status();
  return status == TransactionStatus::kInTransaction ||
         status == TransactionStatus::kFailed;
}

}  // namespace

std::unique_ptr<PostgresSession> OpenPostgres(const Dsn& dsn,
                                              const ConnectOptions& options) {
  auto session =
      std::make_unique<LibpqSession>(Connect(dsn, options), dsn, options);
  session->ApplySettings();
  return session;
}

}  // namespace godwit::internal
