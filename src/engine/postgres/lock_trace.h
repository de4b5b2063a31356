// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/run.h"
#include "runtime/postgres.h"

namespace godwit::engine {

// The locks on relations that statements take within one transaction, read from
// the server's own table after each of them. A lock is held until the
// transaction ends, so one that an earlier unit has taken is not seen again.
// https://www.postgresql.org/docs/current/view-pg-locks.html
class LockTrace {
 public:
  explicit LockTrace(internal::PostgresSession& session) : session_(session) {}

  // Looks what the relations are called, and which files they lie in, before
  // the unit's statements.
  void BeginUnit();
  // After the statement with this number, from 1.
  void Look(std::size_t statement);
  std::vector<LockTaken> TakeUnit() { return std::move(taken_); }

 private:
  struct Relation {
    std::string name;  // "schema.name"
    std::int64_t file = 0;
    bool is_new = false;  // made by the unit
  };
  void MarkRewritten(std::int64_t oid, const Relation& relation,
                     std::size_t statement);

  internal::PostgresSession& session_;
  std::map<std::int64_t, Relation> relations_;
  std::set<std::pair<std::int64_t, std::string>> held_;  // oid, mode
  std::vector<LockTaken> taken_;
};

}  // namespace godwit::engine
