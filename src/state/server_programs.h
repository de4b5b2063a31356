// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "state/child.h"

namespace godwit::state {

// The programs of one installed PostgreSQL server.
struct ServerPrograms {
  int version = 0;  // 15
  std::string bin;  // the folder of initdb and postgres
  // What tells this build from another of the same version: "15.18 (Debian …)".
  std::string build;
};

// What `postgres --version` says; nothing where it says something else.
std::optional<ServerPrograms> ReadVersion(std::string_view said,
                                          std::string_view bin);

// Those of this machine, the newest first: $GODWIT_POSTGRESQL_BIN (only that
// one, where it is set), PATH, /usr/lib/postgresql/*/bin, pg_config --bindir.
std::vector<ServerPrograms> FindServerPrograms();

// Of this major version, else the newest. Throws Error(kUnsupported), naming
// the other way, where there are none.
ServerPrograms ChooseServerPrograms(int version);

// Whom the server runs as: it refuses root. Of root's processes the owner of
// the programs, else postgres, else nobody; nothing: as this process.
std::optional<User> ServerUser(const ServerPrograms& programs);

}  // namespace godwit::state
