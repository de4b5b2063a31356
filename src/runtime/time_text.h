// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "godwit/time.h"

// Times as texts, in the ISO style of PostgreSQL's DateStyle and IntervalStyle,
// which every connection has.
namespace godwit::internal {

// Days since 1970-01-01 of a day of the proleptic Gregorian calendar, also of
// years that std::chrono::year cannot hold, and back.
struct Day {
  std::int64_t year = 0;
  unsigned month = 1;
  unsigned day = 1;
};
std::int64_t DaysOf(const Day& day);
Day DayOf(std::int64_t days);
// The day as a Date. Its greatest stands for infinity, its least for minus
// infinity; throws Error(kInternal) where it holds no such year.
Date DateOf(std::int64_t days);
inline constexpr Date kLastDate{std::chrono::year::max(), std::chrono::December,
                                std::chrono::day(31)};
inline constexpr Date kFirstDate{std::chrono::year::min(), std::chrono::January,
                                 std::chrono::day(1)};

std::string TextOf(Date value);
std::string TextOf(TimeOfDay value);
std::string TextOf(Timestamp value);
std::string TextOf(LocalTimestamp value);
std::string TextOf(const Interval& value);

// They throw Error(kInternal) where the text is none.
void ReadText(std::string_view text, Date& out);
void ReadText(std::string_view text, TimeOfDay& out);
void ReadText(std::string_view text, Timestamp& out);
void ReadText(std::string_view text, LocalTimestamp& out);
void ReadText(std::string_view text, Interval& out);

}  // namespace godwit::internal
