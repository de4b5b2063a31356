// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "godwit/connection.h"

// What every engine's connection can do. What only one can stands in its own
// header: runtime/postgres.h, runtime/sqlite.h.
namespace godwit::internal {

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
};

}  // namespace godwit::internal
