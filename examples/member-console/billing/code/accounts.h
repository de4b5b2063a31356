// Made by godwit from queries/accounts.sql; changes in here are lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/executor.h"
#include "godwit/time.h"
#include "models.h"

namespace member_console::billing {

std::optional<Account> OpenAccount(godwit::Executor db,
                                   std::string_view organization_name);

std::string AddInvoice(godwit::Executor db,
                       std::string_view account_id,
                       std::int64_t cents);

// Of all accounts of the organization; nothing where it has none.
std::optional<std::int64_t> BalanceOf(godwit::Executor db,
                                      std::string_view organization_name);

struct OpenInvoicesRow {
  Invoice invoices;
  std::string organization;
  bool operator==(const OpenInvoicesRow&) const = default;
};

std::vector<OpenInvoicesRow> OpenInvoices(godwit::Executor db);

}  // namespace member_console::billing
