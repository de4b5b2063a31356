// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "godwit/connection.h"
#include "sql/lexicon.h"

namespace godwit::engine {

// The dialect of an engine by its name: postgresql (postgres), sqlite
// (sqlite3). Throws Error(kUsage) for another.
const sql::Lexicon& LexiconOf(std::string_view engine);

// Which engine it is; the names are the same.
EngineKind KindOf(std::string_view engine);

// The engine of a DSN. Throws Error(kUsage) where it makes no sense.
EngineKind KindOfDsn(std::string_view dsn);

// The dialect of a DSN. Throws Error(kUsage) where it makes no sense.
const sql::Lexicon& LexiconOfDsn(std::string_view dsn);

// A DSN that stands in a project file of this folder: the relative path of a
// database file is from there. Throws Error(kUsage) where it makes no sense.
std::string DsnFrom(std::string_view folder, std::string_view dsn);

// Whether the DSN names a database file that does not exist: for commands that
// only read, that is an empty database.
bool NamesMissingFile(std::string_view dsn);

// Whether the DSN has the form of a server's: opening waits then, and makes
// nothing.
bool NamesServer(std::string_view dsn);

// Loads the client library that opening the DSN needs. On a thread beside
// others that costs half as much again: each mapping and unmapping interrupts
// the processors that those run on.
void LoadClient(std::string_view dsn);

}  // namespace godwit::engine
