// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/dsn.h"
#include "runtime/session.h"

namespace godwit::internal {

// What came back for one thing sent down a pipeline, in the order of sending.
struct Reply {
  enum class Kind { kDone, kError, kAborted, kSync };
  Kind kind = Kind::kDone;
  Result result;  // kDone: its rows, unless it was sent with RowUse::kDiscard
  ErrorInfo
      error;  // kError: code kStatementFailed, or kInterrupted when cancelled
};

// What the server says of a statement without running it (protocol: Parse and
// Describe). Types and tables by their object id.
struct StatementDescription {
  struct Column {
    std::string name;
    std::uint32_t type = 0;
    std::uint32_t table = 0;  // 0: no column of a table
    int number = 0;           // of the column in its table, from 1
  };
  std::vector<std::uint32_t> parameters;
  std::vector<Column> columns;
  std::optional<ErrorInfo> error;
};

enum class RowUse { kKeep, kDiscard };
enum class TransactionStatus {
  kIdle,
  kActive,
  kInTransaction,
  kFailed,
  kUnknown
};

// A PostgreSQL connection as godwit's own modules see it. No type of libpq-fe.h
// leaves this module.
class PostgresSession : public Session {
 public:
  // The pipeline (libpq, "Pipeline Mode"). The connection is non-blocking
  // inside: Send writes what the socket takes and reads what is there, so
  // neither side can block the other for ever. Send* never throws for an SQL
  // error; those come as replies. A broken connection throws
  // Error(kConnectFailed).
  virtual void EnterPipeline() = 0;
  virtual void Send(std::string_view sql, std::span<const Value> parameters,
                    RowUse rows) = 0;
  virtual void SendFlushRequest() = 0;
  virtual void SendSync() = 0;
  // The next reply; waits for it. `TryReceive` does not wait.
  virtual Reply Receive() = 0;
  virtual std::optional<Reply> TryReceive() = 0;
  // Bytes of statement text sent for which no reply was read yet.
  virtual std::size_t unread_bytes() const = 0;
  // Only when everything was read to its Sync.
  virtual void LeavePipeline() = 0;

  // Outside of a pipeline: describes each statement by itself, all in a few
  // round trips. Nothing is executed, and no prepared statement is left.
  virtual std::vector<StatementDescription> Describe(
      std::span<const std::string> statements) = 0;

  // Outside of a pipeline: several queries in one round trip, each in a
  // transaction of its own, so that one which fails leaves the others alone.
  // One reply a query, of the kind kDone or kError.
  virtual std::vector<Reply> ExecuteEach(
      std::span<const Connection::Query> queries) = 0;
  // Outside of a pipeline: runs one statement, rows thrown away as they come.
  virtual void Run(std::string_view sql) = 0;
  // COPY … FROM stdin: the statement, then its data (without the line `\.`), in
  // pieces of at most 64 KiB unsent.
  virtual void Copy(std::string_view sql, std::string_view data) = 0;

  // Called again and again, after so long, while the server does not answer. It
  // must not use this session; what it throws is ignored. Empty: none.
  virtual void set_wait_handler(std::chrono::milliseconds after,
                                std::function<void()> handler) = 0;
  // Another connection to the same database with the same login, to ask who
  // holds this one up. Throws Error(kConnectFailed), soon.
  virtual std::unique_ptr<PostgresSession> OpenAnother() const = 0;

  virtual TransactionStatus transaction_status() const = 0;
  virtual int server_version() const = 0;  // 150018
  virtual int backend_pid() const = 0;
  virtual std::string parameter(
      const std::string& name) const = 0;  // ParameterStatus
  virtual std::string host() const = 0;
  virtual std::string database() const = 0;
  virtual std::string user() const = 0;
};

std::unique_ptr<PostgresSession> OpenPostgres(const Dsn& dsn,
                                              const ConnectOptions& options);

}  // namespace godwit::internal
