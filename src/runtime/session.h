// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "godwit/connection.h"
#include "runtime/query_cache.h"

// What every engine's connection can do. What only one can stands in its own
// header: runtime/postgres.h, runtime/sqlite.h.
namespace godwit::internal {

class PreparedQuery;

class PreparedStatement {
 public:
  virtual ~PreparedStatement() = default;
  virtual Result Execute(std::span<const Value> parameters) = 0;
};

class Session {
 public:
  virtual ~Session() = default;
  virtual EngineKind engine() const = 0;
  virtual Result Execute(std::string_view sql,
                         std::span<const Value> parameters) = 0;
  virtual std::unique_ptr<PreparedStatement> Prepare(std::string_view sql) = 0;
  // For generated code; Find in queries() is the way to it.
  virtual std::shared_ptr<PreparedQuery> PrepareQuery(std::string_view sql) = 0;
  // Of the row inserted last (SQLite).
  virtual std::int64_t last_insert_id() = 0;
  // Ends a stream of rows that is still open.
  virtual void EndStream() = 0;
  virtual std::vector<Result> ExecuteAll(
      std::span<const Connection::Query> queries) = 0;
  virtual bool in_transaction() const = 0;
  virtual std::string_view begin_statement() const = 0;
  // COMMIT. Throws where the database would roll back and call that a success.
  virtual void Commit() = 0;
  virtual void RequestCancel() = 0;
  virtual void set_stop_token(std::stop_token token) = 0;
  virtual void set_notice_handler(
      std::function<void(const Notice&)> handler) = 0;

  // What ConnectOptions asks of the session itself (search_path, role, …), and
  // the session without it, as a migration wants it. One round trip where
  // there is something to set, else none.
  virtual void ApplySettings() = 0;
  virtual void ClearSettings() = 0;

  // Upkeep, for whoever hands one connection from user to user.

  // Without a round trip: false where the other side has closed it.
  virtual bool IsAlive() = 0;
  // With one, and throws.
  virtual void Ping() = 0;
  // From now on statements that may change the session's state are noticed.
  virtual void WatchChanges() = 0;
  virtual void MarkChanged() = 0;
  // Ends what its user left open and puts changed state back. False: it cannot
  // be used again.
  enum class PutBack { kAsItWas, kReset, kUnusable };
  virtual PutBack CleanUp() = 0;

  // Those of generated code.
  QueryCache& queries() { return queries_; }

 private:
  QueryCache queries_;
};

}  // namespace godwit::internal
