// SPDX-License-Identifier: Apache-2.0
#include "base/duration.h"

#include <charconv>
#include <cstdio>

#include "base/text.h"

namespace godwit {

std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text) {
  struct Unit {
    std::string_view name;
    double milliseconds;
  };
  constexpr Unit kUnits[] = {
      {"", 1000}, {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}};
  double number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) return std::nullopt;
  const std::string_view rest =
      text.substr(static_cast<std::size_t>(end - text.data()));
  for (const Unit& unit : kUnits) {
    if (unit.name != rest) continue;
    const double milliseconds = number * unit.milliseconds;
    if (!(milliseconds < 1e12)) return std::nullopt;
    return std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds));
  }
  return std::nullopt;
}

std::string ShowDuration(std::chrono::microseconds duration) {
  const double ms = static_cast<double>(duration.count()) / 1000.0;
  char text[32];
  if (ms < 1000)
    std::snprintf(text, sizeof text, ms < 10 ? "%.1f ms" : "%.0f ms", ms);
  else if (ms < 120'000)
    std::snprintf(text, sizeof text, "%.1f s", ms / 1000);
  else
    return Cat(duration.count() / 60'000'000, " min ",
               duration.count() / 1'000'000 % 60, " s");
  return text;
}

}  // namespace godwit
