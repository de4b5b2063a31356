// Made by godwit from queries/gateway.sql; changes in here are lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/executor.h"
#include "godwit/time.h"
#include "models.h"

namespace gateway::db {

std::int64_t CreateUser(godwit::Executor db,
                        std::string_view email,
                        std::string_view name);

std::int64_t RenameUser(godwit::Executor db,
                        std::int64_t id,
                        std::string_view name);

std::optional<User> FindUser(godwit::Executor db, std::string_view email);

struct CreateProviderParams {
  ProviderKind kind{};
  std::string name;
  std::string base_url;
  bool operator==(const CreateProviderParams&) const = default;
};

std::int64_t CreateProvider(godwit::Executor db,
                            const CreateProviderParams& params);

struct RecordRequestParams {
  godwit::Timestamp at{};
  std::int64_t user_id = 0;
  std::int64_t provider_id = 0;
  std::string model;
  std::int32_t input_tokens = 0;
  std::int32_t output_tokens = 0;
  bool operator==(const RecordRequestParams&) const = default;
};

std::int64_t RecordRequest(godwit::Executor db,
                           const RecordRequestParams& params);

struct AddUsageParams {
  std::int64_t user_id = 0;
  godwit::Timestamp at{};
  std::int64_t tokens = 0;
  bool operator==(const AddUsageParams&) const = default;
};

void AddUsage(godwit::Executor db, const AddUsageParams& params);

struct UsageOfRow {
  std::string name;
  godwit::Date month{};
  std::int64_t requests = 0;
  std::int64_t tokens = 0;
  bool operator==(const UsageOfRow&) const = default;
};

std::vector<UsageOfRow> UsageOf(godwit::Executor db, std::string_view email);

}  // namespace gateway::db
