// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <chrono>
#include <cstdio>

#include "base/text.h"
#include "hcl/functions.h"

namespace godwit::hcl {

namespace {

using std::chrono::sys_days;

// A moment as it is written: its own clock, and how far that is from UTC.
struct Moment {
  std::chrono::year_month_day day;
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::string fraction;  // with its point
  int offset = 0;        // minutes
};

// Reads a text from its beginning.
class MomentReader {
 public:
  explicit MomentReader(std::string_view text) : rest_(text) {}

  Moment Read() {
    Moment moment;
    const int year = Digits(4, 0, 9999);
    Sign('-');
    const int month = Digits(2, 1, 12);
    Sign('-');
    const int day = Digits(2, 1, 31);
    moment.day = std::chrono::year(year) /
                 std::chrono::month(static_cast<unsigned>(month)) /
                 std::chrono::day(static_cast<unsigned>(day));
    if (!moment.day.ok()) Fail();
    if (!rest_.starts_with('T') && !rest_.starts_with('t')) Fail();
    rest_.remove_prefix(1);
    moment.hour = Digits(2, 0, 23);
    Sign(':');
    moment.minute = Digits(2, 0, 59);
    Sign(':');
    moment.second = Digits(2, 0, 59);
    if (rest_.starts_with('.')) moment.fraction = Fraction();
    Zone(moment);
    if (!rest_.empty()) Fail();
    return moment;
  }

 private:
  [[noreturn]] static void Fail() {
    throw ValueError{"a time is like 2006-01-02T15:04:05Z"};
  }

  int Digits(std::size_t count, int least, int most) {
    const std::string_view digits = rest_.substr(0, count);
    if (digits.size() < count ||
        digits.find_first_not_of("0123456789") != std::string_view::npos)
      Fail();
    rest_.remove_prefix(count);
    const auto number = static_cast<int>(*ParseInt64(digits));
    if (number < least || number > most) Fail();
    return number;
  }

  void Sign(char sign) {
    if (!rest_.starts_with(sign)) Fail();
    rest_.remove_prefix(1);
  }

  std::string Fraction() {
    const std::size_t end =
        std::min(rest_.find_first_not_of("0123456789", 1), rest_.size());
    if (end == 1 || end > 10) Fail();
    std::string fraction(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return fraction;
  }

  void Zone(Moment& moment) {
    if (rest_.starts_with('Z') || rest_.starts_with('z')) {
      rest_.remove_prefix(1);
      return;
    }
    const bool west = rest_.starts_with('-');
    if (!west && !rest_.starts_with('+')) Fail();
    rest_.remove_prefix(1);
    const int hours = Digits(2, 0, 23);
    Sign(':');
    const int minutes = Digits(2, 0, 59);
    moment.offset = (hours * 60 + minutes) * (west ? -1 : 1);
  }

  std::string_view rest_;
};

std::string Padded(int number, int width) {
  char digits[16];
  std::snprintf(digits, sizeof digits, "%0*d", width, number);
  return digits;
}

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> kDays = {
    "Sunday",   "Monday", "Tuesday", "Wednesday",
    "Thursday", "Friday", "Saturday"};

std::string Zone(const Moment& moment, std::size_t letters) {
  const int minutes = moment.offset < 0 ? -moment.offset : moment.offset;
  const std::string sign = moment.offset < 0 ? "-" : "+";
  const std::string hours = Padded(minutes / 60, 2);
  const std::string rest = Padded(minutes % 60, 2);
  if (letters == 5) return Cat(sign, hours, ':', rest);
  if (letters == 4) return Cat(sign, hours, rest);
  if (moment.offset == 0) return letters == 3 ? "UTC" : "Z";
  if (letters == 3) return Cat(sign, hours, rest);
  return Cat(sign, hours, ':', rest);
}

std::string Noon(const Moment& moment) {
  return moment.hour < 12 ? "AM" : "PM";
}

// What a run of one letter stands for; empty: nothing known.
std::string Field(const Moment& moment, std::string_view run) {
  const int year = static_cast<int>(moment.day.year());
  const auto month = static_cast<unsigned>(moment.day.month());
  const auto day = static_cast<int>(static_cast<unsigned>(moment.day.day()));
  const std::string_view weekday =
      kDays[std::chrono::weekday(sys_days(moment.day)).c_encoding()];
  const int twelve = moment.hour % 12 == 0 ? 12 : moment.hour % 12;
  if (run == "YYYY") return Padded(year, 4);
  if (run == "YY") return Padded(year % 100, 2);
  if (run == "MMMM") return std::string(kMonths[month - 1]);
  if (run == "MMM") return std::string(kMonths[month - 1].substr(0, 3));
  if (run == "MM") return Padded(static_cast<int>(month), 2);
  if (run == "M") return std::to_string(month);
  if (run == "DD") return Padded(day, 2);
  if (run == "D") return std::to_string(day);
  if (run == "EEEE") return std::string(weekday);
  if (run == "EEE") return std::string(weekday.substr(0, 3));
  if (run == "hh") return Padded(moment.hour, 2);
  if (run == "h") return std::to_string(moment.hour);
  if (run == "HH") return Padded(twelve, 2);
  if (run == "H") return std::to_string(twelve);
  if (run == "AA") return Noon(moment);
  if (run == "aa") return AsciiLower(Noon(moment));
  if (run == "mm") return Padded(moment.minute, 2);
  if (run == "m") return std::to_string(moment.minute);
  if (run == "ss") return Padded(moment.second, 2);
  if (run == "s") return std::to_string(moment.second);
  if (run.find_first_not_of('Z') == std::string_view::npos &&
      (run.size() == 1 || (run.size() >= 3 && run.size() <= 5)))
    return Zone(moment, run.size());
  return {};
}

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// `''` in quotes is one.
std::string TakeQuoted(std::string_view& rest) {
  std::string out;
  for (rest.remove_prefix(1);; rest.remove_prefix(1)) {
    const std::size_t quote = rest.find('\'');
    if (quote == std::string_view::npos)
      throw ValueError{"a quoted part of the format is never closed"};
    out += rest.substr(0, quote);
    rest.remove_prefix(quote + 1);
    if (!rest.starts_with('\'')) return out;
    out += '\'';
  }
}

Value FormatDate(Arguments a, Budget&) {
  const std::string format = ToString(a[0]);
  const std::string text = ToString(a[1]);
  const Moment moment = MomentReader(text).Read();
  std::string out;
  for (std::string_view rest = format; !rest.empty();) {
    const char c = rest.front();
    if (c == '\'') {
      out += TakeQuoted(rest);
      continue;
    }
    if (!IsLetter(c)) {
      out += c;
      rest.remove_prefix(1);
      continue;
    }
    const std::size_t end = std::min(rest.find_first_not_of(c), rest.size());
    const std::string field = Field(moment, rest.substr(0, end));
    if (field.empty())
      throw ValueError{
          Cat("the format has nothing called ", rest.substr(0, end))};
    out += field;
    rest.remove_prefix(end);
  }
  return Value::Of(std::move(out));
}

struct Unit {
  std::string_view name;
  std::int64_t nanoseconds;
};

// The longer names first.
constexpr Unit kUnits[] = {
    {"ns", 1},
    {"us", 1'000},
    {"\xC2\xB5s", 1'000},
    {"\xCE\xBCs", 1'000},
    {"ms", 1'000'000},
    {"s", 1'000'000'000},
    {"m", 60'000'000'000},
    {"h", 3'600'000'000'000},
};

// "-1h30m", "1.5s" in nanoseconds.
std::int64_t ParseDuration(std::string_view text) {
  const auto fail = [] { throw ValueError{"a duration is like 1h30m"}; };
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return 0;
  if (text.empty()) fail();
  Number sum;
  while (!text.empty()) {
    const std::size_t end =
        std::min(text.find_first_not_of("0123456789."), text.size());
    const std::optional<Number> number = Number::Parse(text.substr(0, end));
    if (!number) fail();
    text.remove_prefix(end);
    const Unit* unit = nullptr;
    for (const Unit& each : kUnits) {
      if (!unit && text.starts_with(each.name)) unit = &each;
    }
    if (!unit) fail();
    text.remove_prefix(unit->name.size());
    sum = sum + *number * Number(unit->nanoseconds);
  }
  const std::optional<std::int64_t> whole = sum.Floor().ToInt64();
  if (!whole) fail();
  return negative ? -*whole : *whole;
}

Value TimeAdd(Arguments a, Budget&) {
  const std::string text = ToString(a[0]);
  const Moment moment = MomentReader(text).Read();
  const std::int64_t duration = ParseDuration(ToString(a[1]));
  std::string digits = moment.fraction.empty() ? "" : moment.fraction.substr(1);
  digits.resize(9, '0');
  // Whole seconds and what is left, so that nothing overflows.
  std::int64_t nanoseconds = *ParseInt64(digits) + duration % 1'000'000'000;
  std::int64_t seconds = (moment.hour * 60 + moment.minute) * 60 +
                         moment.second + duration / 1'000'000'000;
  seconds += nanoseconds / 1'000'000'000;
  nanoseconds %= 1'000'000'000;
  if (nanoseconds < 0) {
    nanoseconds += 1'000'000'000;
    --seconds;
  }
  const std::int64_t all =
      std::int64_t{sys_days(moment.day).time_since_epoch().count()} * 86400 +
      seconds;
  const std::int64_t days = (all >= 0 ? all : all - 86399) / 86400;
  const auto clock = static_cast<int>(all - days * 86400);
  Moment sum = moment;
  sum.day = sys_days(std::chrono::days(days));
  sum.hour = clock / 3600;
  sum.minute = clock / 60 % 60;
  sum.second = clock % 60;
  const int year = static_cast<int>(sum.day.year());
  if (year < 0 || year > 9999) throw ValueError{"the year is out of range"};
  std::string out =
      Cat(Field(sum, "YYYY"), '-', Field(sum, "MM"), '-', Field(sum, "DD"), 'T',
          Field(sum, "hh"), ':', Field(sum, "mm"), ':', Field(sum, "ss"));
  if (nanoseconds != 0) {
    std::string fraction = std::to_string(nanoseconds);
    fraction.insert(0, 9 - fraction.size(), '0');
    fraction.resize(fraction.find_last_not_of('0') + 1);
    out += Cat('.', fraction);
  }
  return Value::Of(out + Zone(sum, 1));
}

}  // namespace

std::vector<Function> TimeFunctions() {
  return {{"formatdate", 2, 2, false, FormatDate},
          {"timeadd", 2, 2, false, TimeAdd}};
}

}  // namespace godwit::hcl
