// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>

#include "command/json.h"
#include "schema/catalog.h"
#include "schema/plan.h"

namespace godwit::cli {

// How many rows or values each change loses, by its number; empty: not known.
using Losses = std::span<const std::optional<std::int64_t>>;

// The statements, each ended by a semicolon, and above those that destroy what
// is lost, as a comment.
void WriteStatements(std::ostream& out, const schema::Plan& plan,
                     Losses losses);

// "column nickname of public.users and its values (12)".
std::string LossText(const schema::Change& change,
                     const std::optional<std::int64_t>& count);

// {"changes":[{"kind","object","sql":[…],"destructive","hazards","locks"}]}
command::Json PlanValue(const schema::Plan& plan, Losses losses);

// The catalog model; docs/catalog-model.md says what its members mean.
command::Json CatalogValue(const schema::Catalog& catalog);

}  // namespace godwit::cli
