// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace godwit {

// "60s", "500ms", "2m", "1h", "0"; a bare number is seconds. Nothing for other
// texts.
std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text);

// "1.9 ms", "2.3 s", "4 min 5 s": for people.
std::string ShowDuration(std::chrono::microseconds duration);

}  // namespace godwit
