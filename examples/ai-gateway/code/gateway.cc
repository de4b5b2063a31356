// Made by godwit from queries/gateway.sql; changes in here are lost.
#include "gateway.h"

#include "godwit/generated.h"

namespace gateway::db {

namespace {

using godwit::internal::Add;
using godwit::internal::Arguments;
using godwit::internal::CopyEach;
using godwit::internal::Execute;
using godwit::internal::QueryText;
using godwit::internal::Rows;
using godwit::internal::Run;
using godwit::internal::RunEach;
using godwit::internal::RunStream;

constexpr QueryText kCreateUser = {
    "CreateUser", "queries/gateway.sql", 2,
    R"sql(INSERT INTO users (email, name) VALUES ($1, $2) RETURNING id)sql"};

constexpr QueryText kRenameUser = {
    "RenameUser", "queries/gateway.sql", 5,
    R"sql(UPDATE users SET name = $2 WHERE id = $1)sql"};

constexpr QueryText kFindUser = {
    "FindUser", "queries/gateway.sql", 8,
    R"sql(SELECT id, email, name, created_at, updated_at FROM users WHERE email = $1)sql"};

constexpr QueryText kCreateProvider = {
    "CreateProvider", "queries/gateway.sql", 11,
    R"sql(INSERT INTO providers (kind, name, base_url) VALUES ($1, $2, $3) RETURNING id)sql"};

constexpr QueryText kRecordRequest = {
    "RecordRequest", "queries/gateway.sql", 14,
    R"sql(INSERT INTO requests (at, user_id, provider_id, model, input_tokens, output_tokens)
VALUES ($1, $2, $3, $4, $5, $6) RETURNING id)sql"};

constexpr QueryText kAddUsage = {
    "AddUsage", "queries/gateway.sql", 18,
    R"sql(INSERT INTO usage (user_id, month, requests, tokens)
VALUES ($1, date_trunc('month', $2::timestamptz AT TIME ZONE 'UTC')::date, 1, $3)
ON CONFLICT (user_id, month) DO UPDATE
SET requests = usage.requests + 1, tokens = usage.tokens + excluded.tokens)sql"};

constexpr QueryText kUsageOf = {
    "UsageOf", "queries/gateway.sql", 24,
    R"sql(SELECT u.name, g.month, g.requests, g.tokens
FROM usage g JOIN users u ON u.id = g.user_id
WHERE u.email = $1
ORDER BY g.month)sql"};

void Read(const Rows& rows, std::size_t first, User& out) {
  rows.Read(first + 0, out.id);
  rows.Read(first + 1, out.email);
  rows.Read(first + 2, out.name);
  rows.Read(first + 3, out.created_at);
  rows.Read(first + 4, out.updated_at);
}

void Read(const Rows& rows, std::size_t first, UsageOfRow& out) {
  rows.Read(first + 0, out.name);
  rows.Read(first + 1, out.month);
  rows.Read(first + 2, out.requests);
  rows.Read(first + 3, out.tokens);
}

}  // namespace

std::int64_t CreateUser(godwit::Executor db,
                        std::string_view email,
                        std::string_view name) {
  Rows rows = Run(db, kCreateUser, email, name);
  std::int64_t result{};
  rows.First();
  rows.Read(0, result);
  rows.Finish();
  return result;
}

std::int64_t RenameUser(godwit::Executor db,
                        std::int64_t id,
                        std::string_view name) {
  return Execute(db, kRenameUser, id, name);
}

std::optional<User> FindUser(godwit::Executor db, std::string_view email) {
  Rows rows = Run(db, kFindUser, email);
  std::optional<User> result;
  if (rows.Next())
    Read(rows, 0, result.emplace());
  rows.Finish();
  return result;
}

std::int64_t CreateProvider(godwit::Executor db,
                            const CreateProviderParams& params) {
  Rows rows = Run(db, kCreateProvider, params.kind, params.name,
                  params.base_url);
  std::int64_t result{};
  rows.First();
  rows.Read(0, result);
  rows.Finish();
  return result;
}

std::int64_t RecordRequest(godwit::Executor db,
                           const RecordRequestParams& params) {
  Rows rows = Run(db, kRecordRequest, params.at, params.user_id,
                  params.provider_id, params.model, params.input_tokens,
                  params.output_tokens);
  std::int64_t result{};
  rows.First();
  rows.Read(0, result);
  rows.Finish();
  return result;
}

void AddUsage(godwit::Executor db, const AddUsageParams& params) {
  Execute(db, kAddUsage, params.user_id, params.at, params.tokens);
}

std::vector<UsageOfRow> UsageOf(godwit::Executor db, std::string_view email) {
  Rows rows = Run(db, kUsageOf, email);
  std::vector<UsageOfRow> result;
  result.reserve(rows.count());
  while (rows.Next())
    Read(rows, 0, result.emplace_back());
  return result;
}

}  // namespace gateway::db
