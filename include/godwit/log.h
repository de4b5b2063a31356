// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

namespace godwit {

enum class LogLevel { kDebug, kInfo, kWarning };

// "debug", "info", "warning".
std::string_view Name(LogLevel level);

// Gets one line, without its end and without a password. Called on the thread
// that does the work, never while the library holds a lock of its own; what it
// throws is ignored. An empty one costs nothing.
using Logger = std::function<void(LogLevel level, std::string_view line)>;

}  // namespace godwit
