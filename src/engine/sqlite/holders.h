// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace godwit::engine {

// A file as the system's list of locks names it.
struct FileIdentity {
  unsigned major = 0;
  unsigned minor = 0;
  std::uint64_t inode = 0;
};

// The processes that keep others from writing to a database, from the text of
// /proc/locks (proc(5)). SQLite locks bytes of the database file from its
// pending byte on, and in the write-ahead log byte 120 of the shared memory
// (sqlite.org/fileformat2.html, "WAL-Index Format"). Pure.
std::vector<int> WritersIn(std::string_view locks, const FileIdentity& database,
                           const FileIdentity& shared_memory);

// "process 4711 (sqlite3)"; empty: the system does not say.
std::string DescribeWriters(const std::string& database);

}  // namespace godwit::engine
