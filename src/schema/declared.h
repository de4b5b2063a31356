// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "schema/catalog.h"
#include "schema/declaration.h"

namespace godwit::schema {

// What declarations come to: statements that make an empty database theirs.

struct DeclaredStatement {
  std::string sql;  // without a semicolon
  Mark mark;        // what is to blame when it fails
  // From each of these bytes of `sql` on it is what stands there; rising.
  std::vector<std::pair<std::size_t, Mark>> parts = {};

  // What stands at the byte of `sql` that a database's error names.
  const Mark& At(std::size_t offset) const;
};

// What no database needs to be asked about.
struct DeclarationProblem {
  Mark mark;
  std::string message;  // lower case, no full stop
  std::string help;     // may be empty
};

struct Declared {
  // In an order that works but for what stands in texts of SQL: one that needs
  // what comes later fails at first, and is tried again.
  std::vector<DeclaredStatement> statements;
  std::vector<Rename> renames;
  std::vector<DeclarationProblem> problems;
};

}  // namespace godwit::schema
