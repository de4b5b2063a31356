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
// transaction ends, and the table does not say how often it was asked for: of
// one that an earlier unit has taken it is only known that it is held, and
// whether the statement names the relation.
// https://www.postgresql.org/docs/current/view-pg-locks.html
class LockTrace {
 public:
  explicit LockTrace(internal::PostgresSession& session) : session_(session) {}

  // Looks what the relations are called, and which files they lie in, before
  // the statements of the unit with this index.
  void BeginUnit(std::size_t unit);
  // After the statement with this number, from 1.
  void Look(std::size_t number, const sql::StatementView& statement);
  std::vector<LockTaken> TakeUnit() { return std::move(taken_); }

 private:
  using Oid = std::int64_t;
  struct Relation {
    std::string schema;
    std::string table;
    std::int64_t file = 0;
    Oid indexed = 0;      // an index's table
    bool is_new = false;  // made by the unit

    std::string name() const { return schema + "." + table; }
  };
  // The relations of the table of locks, and whose lock is seen first now.
  std::set<Oid> LookAtLocks(std::size_t number);
  void AddHeld(std::size_t number, const sql::StatementView& statement,
               const std::set<Oid>& seen);
  bool IsNamed(Oid oid, std::string_view text) const;
  void MarkRewritten(Oid oid, std::int64_t file, std::size_t number);

  internal::PostgresSession& session_;
  std::size_t unit_ = 0;
  std::map<Oid, Relation> relations_;
  std::map<std::pair<Oid, std::string>, std::size_t> held_;  // since which unit
  std::set<Oid> made_;  // by any unit: nobody else uses them yet
  std::set<std::pair<Oid, std::string>> told_;  // held ones, of this unit
  std::vector<std::pair<Oid, std::int64_t>> rewritten_;
  std::vector<LockTaken> taken_;
};

// Whether the name stands in the text as a word of its own, ignoring case.
bool HoldsName(std::string_view text, std::string_view name);

}  // namespace godwit::engine
