// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

// Times as PostgreSQL has them, to the microsecond.
namespace godwit {

using Date = std::chrono::year_month_day;
// Since midnight; 24:00 is there too.
using TimeOfDay = std::chrono::duration<std::int64_t, std::micro>;
// A moment (timestamptz). Infinity is the greatest, minus infinity the least.
using Timestamp = std::chrono::sys_time<TimeOfDay>;
// What a calendar and a clock show, in no zone (timestamp).
using LocalTimestamp = std::chrono::local_time<TimeOfDay>;

struct Interval {
  std::int32_t months = 0;
  std::int32_t days = 0;
  std::int64_t microseconds = 0;
  bool operator==(const Interval&) const = default;
};

}  // namespace godwit
