// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/postgres/schema/fates.h"
#include "schema/plan.h"

namespace godwit::engine::pg {

// What the rows that are there must be like for the new schema. They are asked
// before anything ran, so by the names before `renames`; nothing is asked where
// types are renamed.
std::vector<schema::RowCheck> RowChecks(
    const Fates& fates, const std::vector<schema::Rename>& renames);

// The value of an old column as the new type; the column itself where the
// server converts it.
std::string Converted(const schema::Column& from, const schema::Column& to);
// What that takes for granted of the values, in words; empty: nothing.
std::string AssumptionOf(const schema::Column& from, const schema::Column& to);
// Whether values may be cut when the type changes: text that grows shorter.
bool MayCut(const std::string& from, const std::string& to);

}  // namespace godwit::engine::pg
