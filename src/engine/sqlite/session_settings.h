// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "runtime/sqlite.h"

namespace godwit::engine {

// What a file can change in a connection and a ROLLBACK does not put back: the
// settings behind PRAGMAs, and attached databases.
class SessionSettings {
 public:
  static SessionSettings Read(internal::SqliteSession& session);
  // Sets what differs, detaches what was not there.
  void PutBack(internal::SqliteSession& session) const;

 private:
  std::vector<std::pair<std::string, std::string>> values_;
  std::set<std::string> databases_;
};

}  // namespace godwit::engine
