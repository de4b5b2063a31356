// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "command/command.h"

namespace godwit::cli {

// The manual's pages as man reads them, from the same tables as `--help`: of
// the program (no group) or of one group.
std::string ManualPage(const command::Program& program, std::string_view group,
                       std::string_view version);

}  // namespace godwit::cli
