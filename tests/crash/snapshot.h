// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "godwit/connection.h"

namespace godwit::test {

// All that migrations have made of a database, as text: every object with its
// definition, every row, in an order of its own. Left out is what two runs may
// differ in without harm: times, the counters of sequences, the log's rows.
// Throws Error, and std::runtime_error where the database itself is damaged.
std::string Snapshot(Connection& connection);

// The first line in which they differ; empty where they do not.
std::string FirstDifference(const std::string& expected,
                            const std::string& found);

}  // namespace godwit::test
