// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/database.h"
#include "runtime/postgres.h"
#include "sql/splitter.h"

namespace godwit::engine {

// Looks in the catalog what has become of a statement outside of a transaction
// whose run was cut off or failed. An invalid index that it left is dropped:
// its name stands in the way, and IF NOT EXISTS would take it for a good one.
// What a REINDEX left is dropped, too, and a partition that is half detached is
// detached to the end. Throws Error (kLockTimeout, kMigrationFailed) where that
// does not work.
Fate SettleCutOff(internal::PostgresSession& session,
                  const sql::StatementView& statement);

}  // namespace godwit::engine
