// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "support/process.h"

namespace godwit::test {

// PostgreSQL's server refuses to run as root: whom root runs it as. Nothing
// where this process is somebody else already. `postgres` is the program.
std::optional<User> ServerUser(const std::string& postgres);

}  // namespace godwit::test
