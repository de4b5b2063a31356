// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <random>
#include <string>

namespace godwit::migrate {

// How long to pause after so many refusals of a lock, from 1: longer each time,
// up to 3 s, and never the same, so that two runs do not meet for ever. Those
// that queue up behind a statement that waits get through meanwhile.
std::chrono::milliseconds PauseAfter(int refusals, std::uint32_t random);

// How long a unit of a run is tried again when it does not get its locks.
class LockPatience {
 public:
  using Clock = std::chrono::steady_clock;

  // `most`: from the first refusal of a unit on.
  explicit LockPatience(std::chrono::milliseconds most) : most_(most) {}

  // The pause before the next try; nothing where there is to be none. A unit is
  // known by its number; the refusals of another are forgotten.
  std::optional<std::chrono::milliseconds> Next(std::size_t unit,
                                                Clock::time_point now);
  // "tried 4 times in 12 s"; empty where there was one try.
  std::string Tried(Clock::time_point now) const;

 private:
  std::chrono::milliseconds most_;
  std::optional<std::size_t> unit_;
  int refusals_ = 0;
  Clock::time_point first_{};
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace godwit::migrate
