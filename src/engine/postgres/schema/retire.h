// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/postgres/schema/object.h"
#include "schema/catalog.h"

namespace godwit::engine::pg {

// A table or a type that is made again while others hold on to it steps aside
// under another name, and is dropped when they have let go.

std::vector<std::string> Retire(const Object& object);
std::string DropRetired(const Object& object);
// The rows of the table that stepped aside into the one that took its place.
std::vector<std::string> CopyRows(const schema::Table& from,
                                  const schema::Table& to);

std::string DropConstraint(const ConstraintOf& of);

}  // namespace godwit::engine::pg
