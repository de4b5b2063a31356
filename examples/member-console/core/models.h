// Made by godwit from the schema; changes in here are lost.
#pragma once

#include <cstdint>
#include <string>

#include "godwit/time.h"

namespace member_console::core {

// core.payments
struct Payment {
  std::int64_t id = 0;
  std::int64_t user_id = 0;
  std::int64_t cents = 0;
  std::string currency;
  godwit::Timestamp paid_at{};
  bool operator==(const Payment&) const = default;
};

}  // namespace member_console::core
