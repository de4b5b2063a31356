// SPDX-License-Identifier: Apache-2.0
#include "migrate/lock_patience.h"

#include <algorithm>

#include "base/text.h"

namespace godwit::migrate {

using std::chrono::milliseconds;

milliseconds PauseAfter(int refusals, std::uint32_t random) {
  constexpr std::uint32_t kFirst = 200;
  constexpr std::uint32_t kLongest = 2000;
  const int doubled = std::clamp(refusals - 1, 0, 10);
  const std::uint32_t middle = std::min(kFirst << doubled, kLongest);
  return milliseconds(middle / 2 + random % middle);
}

std::optional<milliseconds> LockPatience::Next(std::size_t unit,
                                               Clock::time_point now) {
  if (unit_ != unit) {
    unit_ = unit;
    refusals_ = 0;
    first_ = now;
  }
  ++refusals_;
  const milliseconds pause =
      PauseAfter(refusals_, static_cast<std::uint32_t>(random_()));
  if (now + pause - first_ >= most_) return std::nullopt;
  return pause;
}

std::string LockPatience::Tried(Clock::time_point now) const {
  if (refusals_ < 2) return "";
  const auto took = std::chrono::floor<std::chrono::seconds>(now - first_);
  return Cat("tried ", refusals_, " times in ", took.count(), " s");
}

}  // namespace godwit::migrate
