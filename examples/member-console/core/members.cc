// Made by godwit from queries/members.sql; changes in here are lost.
#include "members.h"

#include "godwit/generated.h"

namespace member_console::core {

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

constexpr QueryText kAddUser = {
    "AddUser", "queries/members.sql", 2,
    R"sql(INSERT INTO core.users (email, display_name) VALUES ($1, $2)
RETURNING id)sql"};

constexpr QueryText kAddSite = {
    "AddSite", "queries/members.sql", 6,
    R"sql(INSERT INTO fedwiki.sites (owner_id, domain) VALUES ($1, $2)
RETURNING id)sql"};

constexpr QueryText kAddPayment = {
    "AddPayment", "queries/members.sql", 10,
    R"sql(INSERT INTO core.payments (user_id, cents) VALUES ($1, $2)
RETURNING id)sql"};

constexpr QueryText kDeleteUser = {
    "DeleteUser", "queries/members.sql", 14,
    R"sql(DELETE FROM core.users WHERE id = $1)sql"};

constexpr QueryText kListUsers = {
    "ListUsers", "queries/members.sql", 17,
    R"sql(SELECT u.id, u.email, u.display_name,
       (SELECT count(*) FROM fedwiki.sites s WHERE s.owner_id = u.id) AS sites,
       (SELECT count(*) FROM core.payments p WHERE p.user_id = u.id) AS payments
  FROM core.users u
 ORDER BY u.id)sql"};

constexpr QueryText kPaymentsOf = {
    "PaymentsOf", "queries/members.sql", 25,
    R"sql(SELECT id, user_id, cents, currency, paid_at FROM core.payments WHERE user_id = $1
 ORDER BY paid_at DESC LIMIT $2)sql"};

void Read(const Rows& rows, std::size_t first, Payment& out) {
  rows.Read(first + 0, out.id);
  rows.Read(first + 1, out.user_id);
  rows.Read(first + 2, out.cents);
  rows.Read(first + 3, out.currency);
  rows.Read(first + 4, out.paid_at);
}

void Read(const Rows& rows, std::size_t first, ListUsersRow& out) {
  rows.Read(first + 0, out.id);
  rows.Read(first + 1, out.email);
  rows.Read(first + 2, out.display_name);
  rows.Read(first + 3, out.sites);
  rows.Read(first + 4, out.payments);
}

}  // namespace

std::int64_t AddUser(godwit::Executor db,
                     std::string_view email,
                     std::string_view display_name) {
  Rows rows = Run(db, kAddUser, email, display_name);
  std::int64_t result{};
  rows.First();
  rows.Read(0, result);
  rows.Finish();
  return result;
}

std::int64_t AddSite(godwit::Executor db,
                     std::int64_t owner_id,
                     std::string_view domain) {
  Rows rows = Run(db, kAddSite, owner_id, domain);
  std::int64_t result{};
  rows.First();
  rows.Read(0, result);
  rows.Finish();
  return result;
}

std::int64_t AddPayment(godwit::Executor db,
                        std::int64_t user_id,
                        std::int64_t cents) {
  Rows rows = Run(db, kAddPayment, user_id, cents);
  std::int64_t result{};
  rows.First();
  rows.Read(0, result);
  rows.Finish();
  return result;
}

std::int64_t DeleteUser(godwit::Executor db, std::int64_t id) {
  return Execute(db, kDeleteUser, id);
}

std::vector<ListUsersRow> ListUsers(godwit::Executor db) {
  Rows rows = Run(db, kListUsers);
  std::vector<ListUsersRow> result;
  result.reserve(rows.count());
  while (rows.Next())
    Read(rows, 0, result.emplace_back());
  return result;
}

std::vector<Payment> PaymentsOf(godwit::Executor db,
                                std::int64_t user_id,
                                std::int64_t most) {
  Rows rows = Run(db, kPaymentsOf, user_id, most);
  std::vector<Payment> result;
  result.reserve(rows.count());
  while (rows.Next())
    Read(rows, 0, result.emplace_back());
  return result;
}

}  // namespace member_console::core
