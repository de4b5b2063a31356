// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace godwit::test {

// The programs of one PostgreSQL server: initdb and postgres.
struct ServerPrograms {
  int version = 0;  // 15, 18
  std::string bin;
};

// What is on this machine, one entry a version, ascending: the folders of
// GODWIT_TEST_POSTGRESQL (a list with colons), GODWIT_PG18_BIN,
// .cache/postgresql (scripts/setup --tests fills it; without the list only 18
// of it), and Debian's.
std::vector<ServerPrograms> FindServerPrograms();

}  // namespace godwit::test
