// Made by godwit from queries/accounts.sql; changes in here are lost.
#include "accounts.h"

#include "godwit/generated.h"

namespace member_console::billing {

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

constexpr QueryText kOpenAccount = {
    "OpenAccount", "queries/accounts.sql", 2,
    R"sql(INSERT INTO billing.accounts (organization_id)
SELECT id FROM organization.organizations WHERE name = $1
RETURNING id, organization_id, balance_cents)sql"};

constexpr QueryText kAddInvoice = {
    "AddInvoice", "queries/accounts.sql", 7,
    R"sql(INSERT INTO billing.invoices (account_id, cents) VALUES ($1, $2)
RETURNING id)sql"};

constexpr QueryText kBalanceOf = {
    "BalanceOf", "queries/accounts.sql", 12,
    R"sql(SELECT sum(a.balance_cents)::bigint AS cents
  FROM billing.accounts a
  JOIN organization.organizations o ON o.id = a.organization_id
 WHERE o.name = $1)sql"};

constexpr QueryText kOpenInvoices = {
    "OpenInvoices", "queries/accounts.sql", 18,
    R"sql(SELECT invoices.id, invoices.account_id, invoices.cents, invoices.paid_at, accounts.organization_id
  FROM billing.invoices
  JOIN billing.accounts ON accounts.id = invoices.account_id
 WHERE invoices.paid_at IS NULL
 ORDER BY invoices.id)sql"};

void Read(const Rows& rows, std::size_t first, Account& out) {
  rows.Read(first + 0, out.id);
  rows.Read(first + 1, out.organization);
  rows.Read(first + 2, out.balance_cents);
}

void Read(const Rows& rows, std::size_t first, Invoice& out) {
  rows.Read(first + 0, out.id);
  rows.Read(first + 1, out.account_id);
  rows.Read(first + 2, out.cents);
  rows.Read(first + 3, out.paid_at);
}

void Read(const Rows& rows, std::size_t first, OpenInvoicesRow& out) {
  Read(rows, first + 0, out.invoices);
  rows.Read(first + 4, out.organization);
}

}  // namespace

std::optional<Account> OpenAccount(godwit::Executor db,
                                   std::string_view organization_name) {
  Rows rows = Run(db, kOpenAccount, organization_name);
  std::optional<Account> result;
  if (rows.Next())
    Read(rows, 0, result.emplace());
  rows.Finish();
  return result;
}

std::string AddInvoice(godwit::Executor db,
                       std::string_view account_id,
                       std::int64_t cents) {
  Rows rows = Run(db, kAddInvoice, account_id, cents);
  std::string result{};
  rows.First();
  rows.Read(0, result);
  rows.Finish();
  return result;
}

std::optional<std::int64_t> BalanceOf(godwit::Executor db,
                                      std::string_view organization_name) {
  Rows rows = Run(db, kBalanceOf, organization_name);
  std::optional<std::int64_t> result{};
  rows.First();
  rows.Read(0, result);
  rows.Finish();
  return result;
}

std::vector<OpenInvoicesRow> OpenInvoices(godwit::Executor db) {
  Rows rows = Run(db, kOpenInvoices);
  std::vector<OpenInvoicesRow> result;
  result.reserve(rows.count());
  while (rows.Next())
    Read(rows, 0, result.emplace_back());
  return result;
}

}  // namespace member_console::billing
