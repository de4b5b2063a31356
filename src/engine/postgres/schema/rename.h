// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "schema/catalog.h"
#include "schema/plan.h"

namespace godwit::engine::pg {

// Gives things of `catalog` their new names, in everything that names them, as
// the server does; a rename of what is not there, or to a name that is taken,
// is left out. What the server names after a table or a column (its keys, its
// sequences) follows where `to` has it under the new name. The statements.
std::vector<schema::Change> ApplyRenames(
    schema::Catalog& catalog, const schema::Catalog& to,
    const std::vector<schema::Rename>& renames);

}  // namespace godwit::engine::pg
