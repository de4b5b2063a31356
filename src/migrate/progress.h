// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "godwit/migrator.h"

namespace godwit::migrate {

// To the progress callback and, in words, to the logger; what the logger throws
// is ignored.
void Tell(const MigrateOptions& options, const Progress& progress);

// What the server has to say on this connection (RAISE NOTICE) goes to the
// logger, where there is one; what that throws is ignored.
void LogNotices(Connection& connection, const Logger& logger);

// "applied 3 add_email (2 statements, 4 ms)"
std::string LogLine(const Progress& progress);

}  // namespace godwit::migrate
