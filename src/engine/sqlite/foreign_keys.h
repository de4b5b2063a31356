// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/error.h"
#include "runtime/sqlite.h"
#include "sql/splitter.h"

namespace godwit::engine {

// The value that a statement `PRAGMA foreign_keys = …` sets; nothing where it
// only reads it.
std::optional<bool> ForeignKeysValue(std::string_view statement);

// Whether foreign keys are enforced on this connection now.
bool ForeignKeysOn(internal::SqliteSession& session);

// Dangling references: how many by child table, parent and constraint. Old ones
// are not our business, so two of these are compared.
using Violations = std::map<std::string, std::int64_t>;
Violations FindViolations(internal::SqliteSession& session);

// DROP TABLE with foreign keys on deletes the table's rows first, and with
// them, by ON DELETE CASCADE, the rows of its children, or their references by
// SET NULL. When the table is only being rebuilt that is silent loss.
class ChildRows {
 public:
  // Call before and after each DROP TABLE.
  void BeforeDrop(internal::SqliteSession& session,
                  const sql::StatementView& statement);
  void AfterDrop(internal::SqliteSession& session);
  // Call after each other statement: a child that lost rows may be renamed, as
  // is the new form of a table that refers to itself.
  void After(const sql::StatementView& statement);
  // Of the children that lost rows and are still there: what to say, or
  // nothing.
  std::optional<ErrorInfo> Loss(internal::SqliteSession& session) const;

 private:
  struct Child {
    std::string table;
    std::string parent;
    std::vector<std::string> columns;
    std::vector<std::int64_t> counts;  // of rows, then of values in each column
  };
  static std::vector<std::int64_t> Count(internal::SqliteSession& session,
                                         const Child& child);

  std::vector<Child> before_;
  std::vector<std::pair<Child, std::int64_t>> lost_;
};

}  // namespace godwit::engine
