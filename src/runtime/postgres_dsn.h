// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/dsn.h"

namespace godwit::internal {

// A URI or a keyword string as PostgreSQL's. Throws Error(kUsage) naming the
// part that is wrong, never its text where that could be a password.
Dsn ParsePostgresDsn(std::string_view text);

// Keywords in their order; a later one wins.
using Keywords = std::vector<std::pair<std::string, std::string>>;

// Takes search_path out and writes it into options, behind what stands there.
void MoveSearchPath(Keywords& keywords);

// "-cNAME=VALUE" as the server's `options` takes it: blanks and backslashes
// escaped.
std::string ServerOption(std::string_view name, std::string_view value);

// What libpq would read from a string that it accepts. Values it fills in from
// the environment or a service file are not among them.
Keywords ReadKeywords(const std::string& conninfo);

// The keywords as a string for libpq.
std::string WriteKeywords(const Keywords& keywords);

// For people: no password, and of the keywords only those that say where.
std::string ShowKeywords(const Keywords& keywords);

// The value of the last keyword with this name; empty where there is none.
std::string_view Find(const Keywords& keywords, std::string_view name);

// postgres_uri.cc: a URI's parts as libpq would take them, percent-decoded.
Keywords ReadUri(std::string_view uri);

}  // namespace godwit::internal
