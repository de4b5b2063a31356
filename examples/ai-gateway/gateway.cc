// SPDX-License-Identifier: Apache-2.0
#include "gateway.h"

#include <godwit/migrator.h>

#include "gateway/db/migrations.h"

namespace gateway {

Gateway Gateway::Open(std::string_view dsn) {
  godwit::InitDatabase(dsn, db::Migrations());
  return Gateway(godwit::Connection::Open(dsn));
}

std::int64_t Gateway::AddUser(std::string_view email, std::string_view name) {
  return db::CreateUser(connection_, email, name);
}

std::int64_t Gateway::AddProvider(db::ProviderKind kind, std::string_view name,
                                  std::string_view base_url) {
  return db::CreateProvider(connection_, {.kind = kind,
                                          .name = std::string(name),
                                          .base_url = std::string(base_url)});
}

void Gateway::Record(std::int64_t user, std::int64_t provider,
                     const Request& request) {
  godwit::Transaction transaction(connection_);
  db::RecordRequest(transaction, {.at = request.at,
                                  .user_id = user,
                                  .provider_id = provider,
                                  .model = request.model,
                                  .input_tokens = request.input_tokens,
                                  .output_tokens = request.output_tokens});
  db::AddUsage(transaction, {.user_id = user,
                             .at = request.at,
                             .tokens = std::int64_t{request.input_tokens} +
                                       request.output_tokens});
  transaction.Commit();
}

std::vector<db::UsageOfRow> Gateway::UsageOf(std::string_view email) {
  return db::UsageOf(connection_, email);
}

}  // namespace gateway
