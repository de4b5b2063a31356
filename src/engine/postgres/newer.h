// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "godwit/error.h"

namespace godwit::engine {

// The next step where a statement failed because its server is too old: it
// calls a built-in function of a later version. Empty where that is not the
// reason. `server_version` as libpq gives it: 150018.
std::string HelpForOldServer(const ErrorInfo& error, int server_version);

}  // namespace godwit::engine
