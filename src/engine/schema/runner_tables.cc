// SPDX-License-Identifier: Apache-2.0
#include "engine/schema/runner_tables.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace godwit::engine {

namespace {

struct RunnerTable {
  std::string_view name;  // empty: any
  std::set<std::string> columns;
};

// godwit's tracker under any name; the others under the names that their tools
// give them.
const RunnerTable kRunnerTables[] = {
    {"", {"version", "name", "applied_at", "checksum"}},
    {"goose_db_version", {"id", "version_id", "is_applied", "tstamp"}},
    {"schema_migrations", {"version"}},
    {"schema_migrations", {"version", "dirty"}},
};

}  // namespace

bool IsRunnerTable(const schema::Table& table) {
  const std::string& name = table.name.name;
  if (name.starts_with("godwit_")) return true;
  std::set<std::string> columns;
  for (const schema::Column& column : table.columns) {
    if (columns.size() > 4) return false;
    columns.insert(AsciiLower(column.name));
  }
  return std::ranges::any_of(kRunnerTables, [&](const RunnerTable& known) {
    return (known.name.empty() || known.name == name) &&
           known.columns == columns;
  });
}

}  // namespace godwit::engine
