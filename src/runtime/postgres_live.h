// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>

#include <string>

#include "godwit/connection.h"
#include "runtime/postgres.h"
#include "support/cluster.h"

namespace godwit::internal {

// A connection to an empty database of each version of PostgreSQL.
class PostgresLive : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const std::string missing = test::Cluster::Missing(GetParam());
    if (!missing.empty()) GTEST_SKIP() << missing;
    dsn_ = cluster().FreshDatabase();
    connection_.emplace(Connection::Open(dsn_));
  }

  test::Cluster& cluster() { return test::Cluster::Of(GetParam()); }
  Connection& connection() { return *connection_; }
  PostgresSession& session() {
    return dynamic_cast<PostgresSession&>(connection_->session());
  }

  // The error that a call ends with.
  template <typename Work>
  static ErrorInfo Failure(Work&& work) {
    try {
      work();
    } catch (const Error& error) {
      return error.info();
    }
    ADD_FAILURE() << "no error";
    return {};
  }
  ErrorInfo FailureOf(std::string_view sql) {
    return Failure([&] { connection().Execute(sql); });
  }

  std::string dsn_;
  std::optional<Connection> connection_;
};

}  // namespace godwit::internal
