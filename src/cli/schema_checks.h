// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "godwit/connection.h"
#include "schema/plan.h"

namespace godwit::cli {

// How many rows or values each change loses, as the database says; empty: not
// known.
std::vector<std::optional<std::int64_t>> CountLosses(Connection& database,
                                                     const schema::Plan& plan);

// Throws Error(kRowsDoNotFit), naming every table with such rows.
void CheckRows(Connection& database, const schema::Plan& plan);

// Throws Error(kDestructive) where the plan destroys something, naming all of
// it. `allowed`: what --allow-destructive does then, "prints it".
void RefuseDestructive(const schema::Plan& plan,
                       const std::vector<std::optional<std::int64_t>>& losses,
                       std::string_view allowed);

}  // namespace godwit::cli
