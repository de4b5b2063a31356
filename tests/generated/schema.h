// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "godwit/connection.h"
#include "support/folder.h"

namespace generated {

// Executes the statements of a file, which each end a line.
inline void LoadSchema(godwit::Connection& db, const std::string& path) {
  const std::string schema = godwit::test::ReadFile(path);
  for (std::size_t at = 0; at < schema.size();) {
    const std::size_t end = schema.find(";\n", at);
    db.Execute(schema.substr(at, end - at));
    at = end + 2;
  }
}

}  // namespace generated
