// Made by godwit from queries/members.sql; changes in here are lost.
#include "members.h"

#include "godwit/generated.h"

namespace member_console::core {

namespace {

using godwit::internal::Encode;
using godwit::internal::EncodeList;
using godwit::internal::QueryText;
using godwit::internal::Rows;
using godwit::internal::Run;
using godwit::internal::RunEach;

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

void Read(const Rows& rows, std::size_t row, std::size_t first,
          Payment& out) {
  rows.Read(row, first + 0, out.id);
  rows.Read(row, first + 1, out.user_id);
  rows.Read(row, first + 2, out.cents);
  rows.Read(row, first + 3, out.currency);
  rows.Read(row, first + 4, out.paid_at);
}

void Read(const Rows& rows, std::size_t row, std::size_t first,
          ListUsersRow& out) {
  rows.Read(row, first + 0, out.id);
  rows.Read(row, first + 1, out.email);
  rows.Read(row, first + 2, out.display_name);
  rows.Read(row, first + 3, out.sites);
  rows.Read(row, first + 4, out.payments);
}

}  // namespace

std::int64_t AddUser(godwit::Executor db,
                     std::string_view email,
                     std::string_view display_name) {
  const godwit::Value arguments[] = {
      Encode(email),
      Encode(display_name),
  };
  const Rows rows = Run(db, kAddUser, arguments);
  std::int64_t result{};
  rows.Read(0, 0, result);
  return result;
}

std::int64_t AddSite(godwit::Executor db,
                     std::int64_t owner_id,
                     std::string_view domain) {
  const godwit::Value arguments[] = {
      Encode(owner_id),
      Encode(domain),
  };
  const Rows rows = Run(db, kAddSite, arguments);
  std::int64_t result{};
  rows.Read(0, 0, result);
  return result;
}

std::int64_t AddPayment(godwit::Executor db,
                        std::int64_t user_id,
                        std::int64_t cents) {
  const godwit::Value arguments[] = {
      Encode(user_id),
      Encode(cents),
  };
  const Rows rows = Run(db, kAddPayment, arguments);
  std::int64_t result{};
  rows.Read(0, 0, result);
  return result;
}

std::int64_t DeleteUser(godwit::Executor db, std::int64_t id) {
  const godwit::Value arguments[] = {
      Encode(id),
  };
  return Run(db, kDeleteUser, arguments).changed();
}

std::vector<ListUsersRow> ListUsers(godwit::Executor db) {
  const Rows rows = Run(db, kListUsers);
  std::vector<ListUsersRow> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    Read(rows, i, 0, result[i]);
  return result;
}

std::vector<Payment> PaymentsOf(godwit::Executor db,
                                std::int64_t user_id,
                                std::int64_t most) {
  const godwit::Value arguments[] = {
      Encode(user_id),
      Encode(most),
  };
  const Rows rows = Run(db, kPaymentsOf, arguments);
  std::vector<Payment> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    Read(rows, i, 0, result[i]);
  return result;
}

}  // namespace member_console::core
