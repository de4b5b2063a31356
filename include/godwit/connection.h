// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/error.h"
#include "godwit/value.h"

namespace godwit {

enum class EngineKind { kPostgresql, kSqlite };

// "postgresql", "sqlite".
std::string_view Name(EngineKind kind);

// A message that is no error: PostgreSQL's NOTICE, WARNING, …
struct Notice {
  std::string severity;
  std::string sqlstate;
  std::string message;
};

enum class OpenMode {
  kReadWriteCreate,  // SQLite: a missing file is made
  kReadWrite,        // SQLite: a missing file is an error
  kReadOnly,  // SQLite: read-only; PostgreSQL: default_transaction_read_only
};

struct ConnectOptions {
  OpenMode mode = OpenMode::kReadWriteCreate;
  std::string application_name = "godwit";  // PostgreSQL; the DSN's own wins
  std::chrono::milliseconds connect_timeout{10'000};  // the DSN's own wins
  std::chrono::milliseconds busy_timeout{5'000};      // SQLite

  std::string database;  // PostgreSQL: instead of the DSN's; empty: that

  // PostgreSQL: sent in one round trip behind the login, which also proves that
  // a server answers and not only a proxy before it. Error(kSearchPathFailed)
  // and Error(kConnectFailed) where they fail; the connection is closed then.
  std::vector<std::string> search_path;  // schemas' names as they are, unquoted
  std::string role;
  std::chrono::milliseconds statement_timeout{0};  // 0: as the server has it
  bool ping = false;  // that round trip also when nothing is to be set
  // PostgreSQL: what generated code prepares is kept by the server. Behind a
  // pooler that lends its connections by the transaction it must not be.
  bool named_statements = true;

  // SQLite.
  std::optional<bool> foreign_keys;  // not set: as SQLite was built (off)
  bool write_ahead_log = false;      // journal_mode = WAL, where it can be had

  std::stop_token
      stop;  // ends the waiting for a server; the connection does not keep it
};

// The rows that a statement returned, all of them, and how many it changed.
class Result {
 public:
  Result() = default;
  Result(std::vector<std::string> columns, std::vector<Value> values,
         std::int64_t changed)
      : columns_(std::move(columns)),
        values_(std::move(values)),
        changed_(changed) {}

  std::size_t size() const {
    return columns_.empty() ? 0 : values_.size() / columns_.size();
  }
  bool empty() const { return size() == 0; }
  const std::vector<std::string>& columns() const { return columns_; }
  const Value& at(std::size_t row, std::size_t column) const {
    return values_.at(row * columns_.size() + column);
  }
  template <typename T>
  T Get(std::size_t row, std::size_t column) const {
    return at(row, column).template Get<T>();
  }
  // Rows inserted, updated or deleted.
  std::int64_t changed() const { return changed_; }

 private:
  std::vector<std::string> columns_;
  std::vector<Value> values_;
  std::int64_t changed_ = 0;
};

namespace internal {
class Session;  // one per engine
class PreparedStatement;
}  // namespace internal

class Connection;

// A statement prepared once and executed often. Ends with its connection.
class Statement {
 public:
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  Result Execute(std::span<const Value> parameters = {});
  template <typename... T>
  Result operator()(T&&... parameters) {
    const Value values[] = {Value(std::forward<T>(parameters))..., Value()};
    return Execute(std::span(values, sizeof...(T)));
  }

 private:
  friend class Connection;
  explicit Statement(std::unique_ptr<internal::PreparedStatement> impl);
  std::unique_ptr<internal::PreparedStatement> impl_;
};

// One connection to one database. Moves; closes in the destructor. Not for two
// threads at once, except RequestCancel.
class Connection {
 public:
  // Opens and proves it: PostgreSQL is connected, an SQLite file's header was
  // read. Throws Error(kConnectFailed) naming host, port and reason; DSN forms
  // that make no sense are Error(kUsage). No message holds the password.
  static Connection Open(std::string_view dsn,
                         const ConnectOptions& options = {});

  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  EngineKind engine() const;

  // One statement; parameters are $1, $2, … (SQLite: ?1, ?2, …). Throws
  // Error(kStatementFailed) with what the database said.
  Result Execute(std::string_view sql, std::span<const Value> parameters = {});
  template <typename First, typename... T>
  requires std::constructible_from<Value, First> Result
  Execute(std::string_view sql, First&& first, T&&... rest) {
    const Value values[] = {Value(std::forward<First>(first)),
                            Value(std::forward<T>(rest))...};
    return Execute(sql, std::span<const Value>(values));
  }
  Statement Prepare(std::string_view sql);

  // Several statements for one round trip (PostgreSQL's pipeline; on SQLite one
  // after the other). Outside of a transaction they run as one: the first error
  // undoes all. Throws that error; else one Result a statement.
  struct Query {
    std::string sql;
    std::vector<Value> parameters;
  };
  std::vector<Result> ExecuteAll(std::span<const Query> queries);

  bool in_transaction() const;

  // Stops what runs on another thread; that call throws Error(kInterrupted).
  void RequestCancel();
  // From now on a stop request cancels what runs.
  void set_stop_token(std::stop_token token);
  void set_notice_handler(std::function<void(const Notice&)> handler);

  // godwit's own modules only.
  internal::Session& session() { return *session_; }

 private:
  explicit Connection(std::unique_ptr<internal::Session> session);
  std::unique_ptr<internal::Session> session_;
};

// BEGIN now, ROLLBACK in the destructor unless Commit was called. On SQLite it
// is BEGIN IMMEDIATE, so that a writer waits at its start.
class Transaction {
 public:
  explicit Transaction(Connection& connection);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  template <typename... T>
  Result Execute(std::string_view sql, T&&... parameters) {
    return connection_.Execute(sql, std::forward<T>(parameters)...);
  }
  void Commit();
  void Rollback();
  Connection& connection() { return connection_; }

 private:
  Connection& connection_;
  bool open_ = true;
};

struct TransactOptions {
  // How often `work` runs at most, where other transactions are in its way.
  int attempts = 5;
};

namespace internal {
// Whether a transaction that ended with the error may do better when it runs
// again: could not serialize (40001), deadlock (40P01).
bool IsConflict(const Error& error);
// Waits before the next attempt, longer each time. False where there is none.
bool WaitForAttempt(int made, int attempts);
}  // namespace internal

// Runs `work` in a transaction and commits it; an exception rolls back. Where
// PostgreSQL has ended the transaction in favour of another, `work` runs again,
// so what it does outside of the database must bear that.
template <typename Work>
auto Transact(Connection& connection, Work&& work,
              const TransactOptions& options = {}) {
  for (int made = 1;; ++made) {
    try {
      Transaction transaction(connection);
      if constexpr (std::is_void_v<decltype(work(transaction))>) {
        work(transaction);
        transaction.Commit();
        return;
      } else {
        auto result = work(transaction);
        transaction.Commit();
        return result;
      }
    } catch (const Error& error) {
      if (!internal::IsConflict(error) ||
          !internal::WaitForAttempt(made, options.attempts))
        throw;
    }
  }
}

}  // namespace godwit
