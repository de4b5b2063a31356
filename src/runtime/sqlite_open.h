// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/dsn.h"
#include "runtime/sqlite_handles.h"

namespace godwit::internal {

// Opens the file; what is in it was not looked at yet.
DatabaseHandle OpenFile(const Dsn& dsn, OpenMode mode);

// Throws Error(kConnectFailed) for what SQLite said last: the file, the reason
// and what to do.
[[noreturn]] void ThrowOpenFailed(sqlite3* database, const Dsn& dsn);

}  // namespace godwit::internal
