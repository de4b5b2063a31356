// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "engine/run.h"
#include "runtime/sqlite.h"

namespace godwit::engine {

// Executes one unit's statements in the transaction that is open, and says what
// is wrong with it: a failed statement, a transaction that a statement ended
// (INSERT OR ROLLBACK, RAISE(ROLLBACK)), foreign keys violated, child rows
// lost. Never throws for an SQL error.
std::optional<Failure> RunInTransaction(internal::SqliteSession& session,
                                        const Unit& unit, std::size_t index);

// One unit in a transaction of its own, with `PRAGMA foreign_keys` taken out
// and set around it, and the connection's settings put back.
std::optional<Failure> RunInOwnTransaction(internal::SqliteSession& session,
                                           const Unit& unit, std::size_t index);

// Each statement on its own. What they set stays: it is for the statements
// after them, too.
std::optional<Failure> RunAutocommit(internal::SqliteSession& session,
                                     const Unit& unit, std::size_t index);

// ROLLBACK where a transaction is open.
void RollBack(internal::SqliteSession& session) noexcept;

}  // namespace godwit::engine
