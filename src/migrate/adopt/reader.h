// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/database.h"
#include "migrate/adopt/legacy.h"

namespace godwit::migrate {

// Another tool's tracker in a database.
struct LegacyPlace {
  const LegacyTool* tool = nullptr;  // null: none was found
  engine::TableName table;
  bool exists = false;
};

// The tracker of `tool` under this name; empty is the tool's default, and for
// Atlas its own schema as well.
LegacyPlace LocateLegacy(const LegacyTool& tool, const std::string& name,
                         engine::Database& database);
// The trackers that stand under their tools' default names. Not the table
// `ours`.
std::vector<LegacyPlace> FindLegacy(const engine::TableName& ours,
                                    engine::Database& database);

// What it says; a missing table is an empty history. A table of another shape,
// or with rows that make no sense, is the history's trouble.
LegacyHistory ReadLegacy(const LegacyPlace& place, engine::Database& database);

}  // namespace godwit::migrate
