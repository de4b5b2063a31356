// SPDX-License-Identifier: Apache-2.0
#include "runtime/time_text.h"

#include <charconv>
#include <limits>

#include "base/text.h"
#include "godwit/error.h"

namespace godwit::internal {

namespace {

namespace chrono = std::chrono;

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
// PostgreSQL's interval without end.
constexpr std::int32_t kMostMonths = std::numeric_limits<std::int32_t>::max();
constexpr std::int32_t kLeastMonths = std::numeric_limits<std::int32_t>::min();
constexpr Interval kEndless{kMostMonths, kMostMonths, kMost};
constexpr Interval kMinusEndless{kLeastMonths, kLeastMonths, kLeast};

[[noreturn]] void Refuse(std::string_view text, std::string_view what) {
  throw Error(ErrorCode::kInternal, Cat("\"", text, "\" is not ", what));
}

std::string Padded(std::int64_t number, std::size_t width) {
  std::string text = Cat(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

// Takes a number from the front.
bool Take(std::string_view& text, std::int64_t& number) {
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool Take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// 2026-11-21; years before Christ end in " BC", which the caller has cut off.
bool TakeDate(std::string_view& text, std::int64_t& days, bool before_christ) {
  std::int64_t year = 0;
  std::int64_t month = 0;
  std::int64_t day = 0;
  if (!Take(text, year) || !Take(text, '-') || !Take(text, month) ||
      !Take(text, '-') || !Take(text, day))
    return false;
  if (before_christ) year = 1 - year;
  if (year < -10'000 || year > 6'000'000 || month < 1 || month > 12 ||
      day < 1 || day > 31)
    return false;
  const Day given{year, static_cast<unsigned>(month),
                  static_cast<unsigned>(day)};
  days = DaysOf(given);
  return DayOf(days).day == given.day;
}

// 15:04:05.123456
bool TakeTime(std::string_view& text, std::int64_t& time) {
  std::int64_t hour = 0;
  std::int64_t minute = 0;
  std::int64_t second = 0;
  if (!Take(text, hour) || !Take(text, ':') || !Take(text, minute))
    return false;
  if (Take(text, ':') && !Take(text, second)) return false;
  std::int64_t fraction = 0;
  if (Take(text, '.')) {
    for (std::int64_t unit = kSecond / 10;
         !text.empty() && text[0] >= '0' && text[0] <= '9'; unit /= 10) {
      fraction += unit * (text[0] - '0');
      text.remove_prefix(1);
    }
  }
  // An interval's hours go as far as its microseconds do.
  std::int64_t seconds = 0;
  return !__builtin_mul_overflow(hour, 3600, &seconds) &&
         !__builtin_add_overflow(seconds, minute * 60 + second, &seconds) &&
         !__builtin_mul_overflow(seconds, kSecond, &time) &&
         !__builtin_add_overflow(time, fraction, &time);
}

// +02, -03:30, Z.
bool TakeZone(std::string_view& text, std::int64_t& zone) {
  if (Take(text, 'Z')) return true;
  const bool minus = text.starts_with('-');
  if (!minus && !text.starts_with('+')) return false;
  text.remove_prefix(1);
  std::int64_t seconds = 0;
  std::int64_t part = 0;
  std::int64_t unit = 3600;
  do {
    if (unit == 0 || !Take(text, part)) return false;
    seconds += part * unit;
    unit /= 60;
  } while (Take(text, ':'));
  zone = (minus ? -seconds : seconds) * kSecond;
  return true;
}

// The fraction without the noughts at its end.
std::string TimeText(std::uint64_t all) {
  constexpr std::uint64_t kPart = kSecond;
  const auto seconds = static_cast<std::int64_t>(all / kPart);
  std::string text =
      Cat(Padded(seconds / 3600, 2), ':', Padded(seconds / 60 % 60, 2), ':',
          Padded(seconds % 60, 2));
  const auto fraction = static_cast<std::int64_t>(all % kPart);
  if (fraction == 0) return text;
  text += Cat('.', Padded(fraction, 6));
  while (text.back() == '0') text.pop_back();
  return text;
}

std::string DayText(const Day& day) {
  return Cat(Padded(day.year > 0 ? day.year : 1 - day.year, 4), '-',
             Padded(day.month, 2), '-', Padded(day.day, 2));
}

std::string PointText(std::int64_t point, std::string_view zone) {
  if (point == kMost) return "infinity";
  if (point == kLeast) return "-infinity";
  std::int64_t days = point / kDay;
  if (point % kDay < 0) --days;
  const Day day = DayOf(days);
  const auto time = static_cast<std::uint64_t>(point) -
                    static_cast<std::uint64_t>(days) * kDay;
  return Cat(DayText(day), ' ', TimeText(time), zone,
             day.year > 0 ? "" : " BC");
}

// A point in time; `zoned` is whether a zone must stand behind it.
std::int64_t ReadPoint(std::string_view whole, bool zoned) {
  std::string_view text = whole;
  if (text == "infinity") return kMost;
  if (text == "-infinity") return kLeast;
  const bool before_christ = text.ends_with(" BC");
  if (before_christ) text.remove_suffix(3);
  std::int64_t days = 0;
  std::int64_t time = 0;
  std::int64_t zone = 0;
  bool good = TakeDate(text, days, before_christ);
  if (good && (Take(text, ' ') || Take(text, 'T'))) good = TakeTime(text, time);
  if (good && zoned) good = TakeZone(text, zone);
  if (!good || !text.empty())
    Refuse(whole, zoned ? "a time with its zone" : "a time without a zone");
  std::int64_t point = 0;
  if (__builtin_mul_overflow(days, kDay, &point) ||
      __builtin_add_overflow(point, time - zone, &point))
    Refuse(whole, "a time within the years that microseconds reach");
  return point;
}

// As the server adds "1 year" and "-2 days" up.
void AddPart(std::string& text, std::int64_t number, std::string_view unit,
             bool& before) {
  if (number == 0) return;
  text += Cat(text.empty() ? "" : " ", before && number > 0 ? "+" : "", number,
              ' ', unit, number == 1 ? "" : "s");
  before = number < 0;
}

}  // namespace

// https://howardhinnant.github.io/date_algorithms.html
std::int64_t DaysOf(const Day& day) {
  const std::int64_t year = day.month <= 2 ? day.year - 1 : day.year;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t of_era = year - era * 400;
  const std::int64_t month = (day.month + 9) % 12;
  const std::int64_t of_year = (153 * month + 2) / 5 + day.day - 1;
  return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
         719'468;
}

Day DayOf(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const std::int64_t of_era = days - era * 146'097;
  const std::int64_t year =
      (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
  const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const std::int64_t month = (5 * of_year + 2) / 153;
  Day day;
  day.day = static_cast<unsigned>(of_year - (153 * month + 2) / 5 + 1);
  day.month = static_cast<unsigned>(month < 10 ? month + 3 : month - 9);
  day.year = year + era * 400 + (day.month <= 2 ? 1 : 0);
  return day;
}

Date DateOf(std::int64_t days) {
  const Day day = DayOf(days);
  if (day.year > static_cast<int>(chrono::year::max()))
    throw Error(ErrorCode::kInternal,
                Cat("the year ", day.year, " is later than a date can hold"));
  return {chrono::year(static_cast<int>(day.year)), chrono::month(day.month),
          chrono::day(day.day)};
}

std::string TextOf(Date value) {
  if (value == kLastDate) return "infinity";
  if (value == kFirstDate) return "-infinity";
  const int year = static_cast<int>(value.year());
  return Cat(DayText({year, static_cast<unsigned>(value.month()),
                      static_cast<unsigned>(value.day())}),
             year > 0 ? "" : " BC");
}

std::string TextOf(TimeOfDay value) {
  return TimeText(static_cast<std::uint64_t>(value.count()));
}

std::string TextOf(Timestamp value) {
  return PointText(value.time_since_epoch().count(), "+00");
}

std::string TextOf(LocalTimestamp value) {
  return PointText(value.time_since_epoch().count(), "");
}

std::string TextOf(const Interval& value) {
  if (value == kEndless) return "infinity";
  if (value == kMinusEndless) return "-infinity";
  std::string text;
  bool before = false;
  AddPart(text, value.months / 12, "year", before);
  AddPart(text, value.months % 12, "mon", before);
  AddPart(text, value.days, "day", before);
  const bool minus = value.microseconds < 0;
  if (value.microseconds == 0 && !text.empty()) return text;
  const auto size = static_cast<std::uint64_t>(value.microseconds);
  text += Cat(text.empty() ? "" : " ",
              minus    ? "-"
              : before ? "+"
                       : "",
              TimeText(minus ? 0 - size : size));
  return text;
}

void ReadText(std::string_view whole, Date& out) {
  std::string_view text = whole;
  if (text == "infinity") return void(out = kLastDate);
  if (text == "-infinity") return void(out = kFirstDate);
  const bool before_christ = text.ends_with(" BC");
  if (before_christ) text.remove_suffix(3);
  std::int64_t days = 0;
  if (!TakeDate(text, days, before_christ) || !text.empty())
    Refuse(whole, "a date");
  out = DateOf(days);
}

void ReadText(std::string_view whole, TimeOfDay& out) {
  std::string_view text = whole;
  std::int64_t time = 0;
  if (!TakeTime(text, time) || !text.empty()) Refuse(whole, "a time of day");
  out = TimeOfDay(time);
}

void ReadText(std::string_view text, Timestamp& out) {
  out = Timestamp(TimeOfDay(ReadPoint(text, true)));
}

void ReadText(std::string_view text, LocalTimestamp& out) {
  out = LocalTimestamp(TimeOfDay(ReadPoint(text, false)));
}

// "1 year 2 mons -3 days 04:05:06.7": PostgreSQL's own style.
void ReadText(std::string_view whole, Interval& out) {
  if (whole == "infinity") return void(out = kEndless);
  if (whole == "-infinity") return void(out = kMinusEndless);
  std::string_view text = whole;
  out = {};
  std::int64_t months = 0;
  while (!(text = Trim(text)).empty()) {
    const bool minus = text.starts_with('-');
    std::string_view clock = text;
    if (minus || clock.starts_with('+')) clock.remove_prefix(1);
    std::int64_t time = 0;
    if (const std::size_t colon = clock.find(':');
        colon != clock.npos && colon < clock.find(' ')) {
      if (!TakeTime(clock, time)) Refuse(whole, "an interval");
      out.microseconds = minus ? -time : time;
      text = clock;
      continue;
    }
    std::int64_t number = 0;
    if (text.starts_with('+')) text.remove_prefix(1);
    if (!Take(text, number) || !Take(text, ' ')) Refuse(whole, "an interval");
    const std::string_view unit = text.substr(0, text.find(' '));
    text.remove_prefix(unit.size());
    if (unit.starts_with("year"))
      months += number * 12;
    else if (unit.starts_with("mon"))
      months += number;
    else if (unit.starts_with("day"))
      out.days = static_cast<std::int32_t>(number);
    else
      Refuse(whole, "an interval");
  }
  out.months = static_cast<std::int32_t>(months);
}

}  // namespace godwit::internal
