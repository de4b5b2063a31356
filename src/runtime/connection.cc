// SPDX-License-Identifier: Apache-2.0
#include "godwit/connection.h"

#include <algorithm>
#include <random>
#include <thread>

#include "runtime/dsn.h"
#include "runtime/session.h"
#if GODWIT_HAS_POSTGRESQL
#include "runtime/postgres.h"
#endif
#if GODWIT_HAS_SQLITE
#include "runtime/sqlite.h"
#endif

namespace godwit {

namespace {
std::unique_ptr<internal::Session> OpenSession(std::string_view text,
                                               const ConnectOptions& options) {
  const internal::Dsn dsn = internal::ParseDsn(text);
#if GODWIT_HAS_POSTGRESQL
  if (dsn.engine == EngineKind::kPostgresql)
    return internal::OpenPostgres(dsn, options);
#endif
#if GODWIT_HAS_SQLITE
  if (dsn.engine == EngineKind::kSqlite)
    return internal::OpenSqlite(dsn, options);
#endif
  throw Error(ErrorCode::kInternal,
              "the DSN's engine is not part of this build");
}
}  // namespace

std::string_view Name(EngineKind kind) {
  return kind == EngineKind::kPostgresql ? "postgresql" : "sqlite";
}

Statement::Statement(std::unique_ptr<internal::PreparedStatement> impl)
    : impl_(std::move(impl)) {}
Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&&) noexcept = default;
Statement::~Statement() = default;

Result Statement::Execute(std::span<const Value> parameters) {
  return impl_->Execute(parameters);
}

Connection::Connection(std::unique_ptr<internal::Session> session)
    : session_(std::move(session)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Connection Connection::Open(std::string_view dsn,
                            const ConnectOptions& options) {
  return Connection(OpenSession(dsn, options));
}

EngineKind Connection::engine() const {
  return session_->engine();
}

Result Connection::Execute(std::string_view sql,
                           std::span<const Value> parameters) {
  return session_->Execute(sql, parameters);
}

Statement Connection::Prepare(std::string_view sql) {
  return Statement(session_->Prepare(sql));
}

std::vector<Result> Connection::ExecuteAll(std::span<const Query> queries) {
  return session_->ExecuteAll(queries);
}

bool Connection::in_transaction() const {
  return session_->in_transaction();
}
void Connection::RequestCancel() {
  session_->RequestCancel();
}

void Connection::set_stop_token(std::stop_token token) {
  session_->set_stop_token(std::move(token));
}

void Connection::set_notice_handler(
    std::function<void(const Notice&)> handler) {
  session_->set_notice_handler(std::move(handler));
}

Transaction::Transaction(Connection& connection) : connection_(connection) {
  connection_.Execute(connection_.session().begin_statement());
}

// A destructor cannot report; a connection that is lost has rolled back
// already.
Transaction::~Transaction() {
  try {
    Rollback();
  } catch (const std::exception&) {
  }
}

void Transaction::Commit() {
  connection_.session().Commit();
  open_ = false;
}

// A statement may have ended the transaction itself: RAISE(ROLLBACK), a lost
// connection.
void Transaction::Rollback() {
  if (!open_) return;
  open_ = false;
  connection_.session().EndStream();
  if (connection_.in_transaction()) connection_.Execute("ROLLBACK");
}

namespace internal {

bool IsConflict(const Error& error) {
  return error.sqlstate() == "40001" || error.sqlstate() == "40P01";
}

// Up to 5, 10, 20, … milliseconds: two that were in each other's way do not
// come back at the same moment.
bool WaitForAttempt(int made, int attempts) {
  if (made >= attempts) return false;
  thread_local std::minstd_rand random(std::random_device{}());
  const int most = 5'000 << std::min(made - 1, 6);
  std::this_thread::sleep_for(std::chrono::microseconds(
      std::uniform_int_distribution<int>(most / 4, most)(random)));
  return true;
}

}  // namespace internal

}  // namespace godwit
