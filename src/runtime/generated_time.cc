// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <limits>

#include "base/text.h"
#include "godwit/generated.h"

// Times as texts, in the ISO style of PostgreSQL's DateStyle and IntervalStyle,
// which every connection has.
namespace godwit::internal {

namespace {

namespace chrono = std::chrono;
using Micros = TimeOfDay;

constexpr std::int64_t kSecond = 1'000'000;

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
bool TakeDate(std::string_view& text, Date& date, bool before_christ) {
  std::int64_t year = 0;
  std::int64_t month = 0;
  std::int64_t day = 0;
  if (!Take(text, year) || !Take(text, '-') || !Take(text, month) ||
      !Take(text, '-') || !Take(text, day))
    return false;
  if (before_christ) year = 1 - year;
  date = Date(chrono::year(static_cast<int>(year)),
              chrono::month(static_cast<unsigned>(month)),
              chrono::day(static_cast<unsigned>(day)));
  return date.ok();
}

// 15:04:05.123456
bool TakeTime(std::string_view& text, Micros& time) {
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
  time = Micros(((hour * 60 + minute) * 60 + second) * kSecond + fraction);
  return true;
}

// +02, -03:30, Z.
bool TakeZone(std::string_view& text, Micros& zone) {
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
  zone = Micros((minus ? -seconds : seconds) * kSecond);
  return true;
}

std::string TimeText(Micros time) {
  const std::int64_t all = time.count();
  const std::int64_t seconds = all / kSecond;
  std::string text =
      Cat(Padded(seconds / 3600, 2), ':', Padded(seconds / 60 % 60, 2), ':',
          Padded(seconds % 60, 2));
  if (const std::int64_t fraction = all % kSecond; fraction != 0)
    text += Cat('.', Padded(fraction, 6));
  return text;
}

std::string DateText(Date date) {
  const int year = static_cast<int>(date.year());
  return Cat(Padded(year > 0 ? year : 1 - year, 4), '-',
             Padded(static_cast<unsigned>(date.month()), 2), '-',
             Padded(static_cast<unsigned>(date.day()), 2));
}

template <typename Point>
std::string PointText(Point point, std::string_view zone) {
  if (point == Point::max()) return "infinity";
  if (point == Point::min()) return "-infinity";
  const auto day = chrono::floor<chrono::days>(point);
  const Date date(day);
  return Cat(DateText(date), ' ',
             TimeText(chrono::duration_cast<Micros>(point - day)), zone,
             static_cast<int>(date.year()) > 0 ? "" : " BC");
}

// A point in time; `zoned` is whether a zone must stand behind it.
template <typename Point>
Point ReadPoint(const std::string& whole, bool zoned) {
  std::string_view text = whole;
  if (text == "infinity") return Point::max();
  if (text == "-infinity") return Point::min();
  const bool before_christ = text.ends_with(" BC");
  if (before_christ) text.remove_suffix(3);
  Date date;
  Micros time{0};
  Micros zone{0};
  bool good = TakeDate(text, date, before_christ);
  if (good && (Take(text, ' ') || Take(text, 'T'))) good = TakeTime(text, time);
  if (good && zoned) good = TakeZone(text, zone);
  if (!good || !text.empty())
    Refuse(whole, zoned ? "a time with its zone" : "a time without a zone");
  using Days = chrono::time_point<typename Point::clock, chrono::days>;
  const Days day(chrono::sys_days(date).time_since_epoch());
  return Point(day) + time - zone;
}

}  // namespace

Value Encode(Date value) {
  return Value(
      Cat(DateText(value), static_cast<int>(value.year()) > 0 ? "" : " BC"));
}

Value Encode(TimeOfDay value) {
  return Value(TimeText(value));
}

Value Encode(Timestamp value) {
  return Value(PointText(value, "+00"));
}

Value Encode(LocalTimestamp value) {
  return Value(PointText(value, ""));
}

Value Encode(const Interval& value) {
  return Value(Cat(value.months, " mons ", value.days, " days ",
                   value.microseconds, " microseconds"));
}

void Decode(const Value& value, Date& out) {
  const std::string whole = value.Get<std::string>();
  std::string_view text = whole;
  const bool before_christ = text.ends_with(" BC");
  if (before_christ) text.remove_suffix(3);
  if (!TakeDate(text, out, before_christ) || !text.empty())
    Refuse(whole, "a date");
}

void Decode(const Value& value, TimeOfDay& out) {
  const std::string whole = value.Get<std::string>();
  std::string_view text = whole;
  if (!TakeTime(text, out) || !text.empty()) Refuse(whole, "a time of day");
}

void Decode(const Value& value, Timestamp& out) {
  out = ReadPoint<Timestamp>(value.Get<std::string>(), true);
}

void Decode(const Value& value, LocalTimestamp& out) {
  out = ReadPoint<LocalTimestamp>(value.Get<std::string>(), false);
}

// "1 year 2 mons -3 days 04:05:06.7": PostgreSQL's own style.
void Decode(const Value& value, Interval& out) {
  const std::string whole = value.Get<std::string>();
  std::string_view text = whole;
  out = {};
  while (!(text = Trim(text)).empty()) {
    const bool minus = text.starts_with('-');
    std::string_view clock = text;
    if (minus || clock.starts_with('+')) clock.remove_prefix(1);
    Micros time{0};
    if (const std::size_t colon = clock.find(':');
        colon != clock.npos && colon < clock.find(' ')) {
      if (!TakeTime(clock, time)) Refuse(whole, "an interval");
      out.microseconds = minus ? -time.count() : time.count();
      text = clock;
      continue;
    }
    std::int64_t number = 0;
    if (text.starts_with('+')) text.remove_prefix(1);
    if (!Take(text, number) || !Take(text, ' ')) Refuse(whole, "an interval");
    const std::string_view unit = text.substr(0, text.find(' '));
    text.remove_prefix(unit.size());
    if (unit.starts_with("year"))
      out.months += static_cast<std::int32_t>(number * 12);
    else if (unit.starts_with("mon"))
      out.months += static_cast<std::int32_t>(number);
    else if (unit.starts_with("day"))
      out.days += static_cast<std::int32_t>(number);
    else
      Refuse(whole, "an interval");
  }
}

}  // namespace godwit::internal
