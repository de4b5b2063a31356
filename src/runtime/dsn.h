// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "godwit/connection.h"

namespace godwit::internal {

// A data source name, read.
struct Dsn {
  EngineKind engine = EngineKind::kSqlite;
  // PostgreSQL: what libpq takes (a URI or keywords), with search_path= moved
  // into options. SQLite: the path or file: URI that sqlite3_open_v2 takes.
  std::string target;
  // For people: never a password. "sqlite:app.db",
  // "postgres://ada@db:5432/app".
  std::string shown;
};

// Whether it is a server's by its form; nothing is checked.
bool NamesServer(std::string_view text);

// Forms: postgres://…, postgresql://…, a libpq keyword string (host=…
// dbname=…); sqlite:PATH, sqlite:///abs, sqlite::memory:,
// sqlite:file:PATH?mode=ro, a path ending in .db, .sqlite or .sqlite3. Throws
// Error(kUsage) for anything else and for an engine that this build does not
// have; the message holds no password.
Dsn ParseDsn(std::string_view text);

// Loads what connecting to a server of this DSN needs, where that is not loaded
// yet. What is missing shows when it is used.
void LoadClient(std::string_view text);

// SQLite: whether each connection has a database of its own, in memory.
bool IsInMemory(const Dsn& dsn);

}  // namespace godwit::internal
