// SPDX-License-Identifier: Apache-2.0
#include "engine/schema/runner_tables.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace godwit::engine {

namespace {

struct RunnerTable {
  std::string_view name;  // empty: any
  std::set<std::string_view> columns;
  bool grown = false;  // versions of the tool differ: it may have more
};

// godwit's tracker under any name; the others under the names that their tools
// give them.
const RunnerTable kRunnerTables[] = {
    {"", {"version", "name", "applied_at", "checksum"}},
    {"godwit_log", {"tracker", "seq", "version", "event", "actor"}, true},
    {"godwit_lease", {"tracker"}, true},
    {"goose_db_version", {"id", "version_id", "is_applied", "tstamp"}},
    {"schema_migrations", {"version"}},           // dbmate, Rails
    {"schema_migrations", {"version", "dirty"}},  // golang-migrate
    {"ar_internal_metadata", {"key", "value", "created_at", "updated_at"}},
    {"flyway_schema_history", {"installed_rank", "version", "script"}, true},
    {"atlas_schema_revisions", {"version", "applied", "total", "hash"}, true},
    {"_sqlx_migrations",
     {"version", "description", "installed_on", "success", "checksum"},
     true},
    {"__diesel_schema_migrations", {"version", "run_on"}},
    {"alembic_version", {"version_num"}},
    {"django_migrations", {"id", "app", "name", "applied"}},
    {"databasechangelog", {"id", "author", "filename", "exectype"}, true},
    {"databasechangeloglock", {"id", "locked", "lockgranted", "lockedby"}},
};

bool Is(const RunnerTable& known, std::string_view name,
        const std::set<std::string>& columns) {
  if (!known.name.empty() && known.name != name) return false;
  if (!known.grown && known.columns.size() != columns.size()) return false;
  return std::ranges::all_of(known.columns, [&](std::string_view column) {
    return columns.contains(std::string(column));
  });
}

}  // namespace

bool IsRunnerTable(std::string_view name,
                   std::span<const std::string> columns) {
  std::set<std::string> folded;
  for (const std::string& column : columns) folded.insert(AsciiLower(column));
  const std::string folded_name = AsciiLower(name);
  return std::ranges::any_of(kRunnerTables, [&](const RunnerTable& known) {
    return Is(known, folded_name, folded);
  });
}

}  // namespace godwit::engine
