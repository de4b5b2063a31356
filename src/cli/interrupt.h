// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>

namespace godwit::cli {

// Ctrl-C and SIGTERM ask for a stop: what runs is cancelled, rolled back and
// reported. A second one ends the program at once.
std::stop_token InstallInterrupt();

}  // namespace godwit::cli
