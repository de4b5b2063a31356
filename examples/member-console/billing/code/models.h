// Made by godwit from the schema; changes in here are lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "godwit/time.h"

namespace member_console::billing {

// billing.accounts
struct Account {
  std::string id;
  std::string organization;
  std::int64_t balance_cents = 0;
  bool operator==(const Account&) const = default;
};

// billing.invoices
struct Invoice {
  std::string id;
  std::string account_id;
  std::int64_t cents = 0;
  std::optional<godwit::Timestamp> paid_at;
  bool operator==(const Invoice&) const = default;
};

}  // namespace member_console::billing
