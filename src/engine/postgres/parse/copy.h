// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "schema/relation.h"
#include "sql/tree.h"

namespace godwit::engine {

// COPY … FROM STDIN in the binary format that inserts what the INSERT does,
// its columns in the order of the parameters. Empty where no COPY does that:
// another value than a parameter, ON CONFLICT, RETURNING, a view.
std::string CopyStatement(const sql::Query& insert,
                          std::span<const schema::Relation> relations);

}  // namespace godwit::engine
