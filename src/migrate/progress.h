// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "godwit/migrator.h"

namespace godwit::migrate {

// To the progress callback and, in words, to the logger; what the logger throws
// is ignored.
void Tell(const MigrateOptions& options, const Progress& progress);

// "applied 3 add_email (2 statements, 4 ms)"
std::string LogLine(const Progress& progress);

}  // namespace godwit::migrate
