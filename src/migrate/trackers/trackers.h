// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrate/tracker.h"

namespace godwit::migrate {

extern const TrackerTraits kAppliedSetTraits;
extern const TrackerTraits kGooseTraits;
extern const TrackerTraits kGolangMigrateTraits;
extern const TrackerTraits kDbmateTraits;

std::unique_ptr<Tracker> MakeAppliedSet(const engine::Dialect& dialect,
                                        engine::TableName table);
std::unique_ptr<Tracker> MakeGoose(const engine::Dialect& dialect,
                                   engine::TableName table);
std::unique_ptr<Tracker> MakeGolangMigrate(const engine::Dialect& dialect,
                                           engine::TableName table);
std::unique_ptr<Tracker> MakeDbmate(const engine::Dialect& dialect,
                                    engine::TableName table);

// The locks that golang-migrate takes for this tracker: CRC-32 of schema, table
// and database, salted.
std::vector<std::int64_t> GolangMigrateLockKeys(const engine::TableName& table,
                                                const std::string& database);

// What `force` writes: the counter, clean, or nothing. Only for
// golang-migrate's.
std::vector<Connection::Query> SetCounter(const Tracker& tracker,
                                          std::optional<Version> counter);

}  // namespace godwit::migrate
