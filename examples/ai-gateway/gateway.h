// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <godwit/connection.h>

#include <string>
#include <string_view>
#include <vector>

#include "code/gateway.h"

namespace gateway {

// What a request to a model came to.
struct Request {
  godwit::Timestamp at{};
  std::string model;
  std::int32_t input_tokens = 0;
  std::int32_t output_tokens = 0;
};

// The gateway's database.
class Gateway {
 public:
  // Brings the database up first: extensions and functions, migrations,
  // triggers and policies. Throws godwit::Error.
  static Gateway Open(std::string_view dsn);

  std::int64_t AddUser(std::string_view email, std::string_view name);
  std::int64_t AddProvider(db::ProviderKind kind, std::string_view name,
                           std::string_view base_url);
  // The request and what it adds to the month's usage, or neither.
  void Record(std::int64_t user, std::int64_t provider, const Request& request);
  std::vector<db::UsageOfRow> UsageOf(std::string_view email);

 private:
  explicit Gateway(godwit::Connection connection)
      : connection_(std::move(connection)) {}

  godwit::Connection connection_;
};

}  // namespace gateway
