// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace godwit::peers {

// A database as the tests name it: one SQLite file or one PostgreSQL database.
struct Target {
  std::string sqlite_file;  // empty: PostgreSQL
  std::string dsn;          // as godwit takes it
};

struct File {
  std::string name;
  std::string text;
};

// Another tool that keeps its own tracker, and how it is called. A row each in
// Peers().
struct Peer {
  std::string_view name;     // of the program, too
  std::string_view tracker;  // godwit's --tracker-kind
  std::vector<File> (*migration)(int version, const std::string& up,
                                 const std::string& down);
  std::vector<std::string> (*up)(const Target& target,
                                 const std::string& folder);
  std::vector<std::string> (*down)(const Target& target,
                                   const std::string& folder);  // by one
};

const std::vector<Peer>& Peers();
// Its path, or empty where it is not here.
std::string ProgramOf(const Peer& peer);

}  // namespace godwit::peers
