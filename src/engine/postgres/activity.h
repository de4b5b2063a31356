// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace godwit::engine {

// Puts in the place of {activity} an expression over pg_stat_activity, named a,
// that describes a session: "application psql, user ada, from 10.0.0.7,
// connected since 2026-05-20 10:38:00 UTC, in a transaction since 2026-05-20
// 10:39:00 UTC, idle in transaction: SELECT 1". Of a session of another role
// the server tells who does not belong to pg_read_all_stats less than that.
std::string WithActivity(std::string_view query);

}  // namespace godwit::engine
