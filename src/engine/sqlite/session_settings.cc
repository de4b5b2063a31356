// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/session_settings.h"

#include "base/text.h"
#include "engine/engines.h"

namespace godwit::engine {

namespace {

// The settings of a connection, not of the file
// (https://sqlite.org/pragma.html).
constexpr const char* kNames[] = {"foreign_keys",
                                  "defer_foreign_keys",
                                  "recursive_triggers",
                                  "legacy_alter_table",
                                  "ignore_check_constraints",
                                  "synchronous",
                                  "cache_size",
                                  "cache_spill",
                                  "temp_store",
                                  "read_uncommitted",
                                  "query_only",
                                  "reverse_unordered_selects",
                                  "secure_delete",
                                  "trusted_schema",
                                  "writable_schema",
                                  "cell_size_check",
                                  "automatic_index",
                                  "threads",
                                  "mmap_size",
                                  "locking_mode",
                                  "journal_mode",
                                  "journal_size_limit",
                                  "wal_autocheckpoint",
                                  "fullfsync",
                                  "checkpoint_fullfsync",
                                  "analysis_limit",
                                  "count_changes",
                                  "full_column_names",
                                  "short_column_names",
                                  "empty_result_callbacks"};

std::string Ask(internal::SqliteSession& session, const char* name) {
  const Result row = session.Execute(Cat("PRAGMA ", name), {});
  return row.empty() ? "" : row.at(0, 0).Get<std::string>();
}

// WAL is a setting of the file, and so is leaving it: both are the author's
// will. The other journals are the connection's, and with OFF nothing can be
// rolled back.
bool StandsInTheFile(std::string_view name, std::string_view before,
                     std::string_view now) {
  return name == "journal_mode" && (before == "wal" || now == "wal");
}

std::set<std::string> Databases(internal::SqliteSession& session) {
  const Result rows =
      session.Execute("SELECT name FROM pragma_database_list", {});
  std::set<std::string> names;
  for (std::size_t i = 0; i < rows.size(); ++i)
    names.insert(rows.Get<std::string>(i, 0));
  return names;
}

}  // namespace

SessionSettings SessionSettings::Read(internal::SqliteSession& session) {
  SessionSettings settings;
  for (const char* name : kNames)
    settings.values_.emplace_back(name, Ask(session, name));
  settings.databases_ = Databases(session);
  return settings;
}

void SessionSettings::PutBack(internal::SqliteSession& session) const {
  // PRAGMA busy_timeout puts SQLite's own handler in the place of ours.
  session.set_busy_timeout(session.set_busy_timeout({}));
  for (const auto& [name, value] : values_) {
    const std::string now = value.empty() ? "" : Ask(session, name.c_str());
    if (value.empty() || now == value || StandsInTheFile(name, value, now))
      continue;
    session.Run(Cat("PRAGMA ", name, " = ", value));
  }
  for (const std::string& name : Databases(session)) {
    if (name != "temp" && !databases_.contains(name))
      session.Run(Cat("DETACH ", SqliteDialect().Quote(name)));
  }
}

}  // namespace godwit::engine
