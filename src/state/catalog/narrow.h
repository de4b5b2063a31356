// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"

namespace godwit::state {

// What of a schema is looked at.
struct Narrowing {
  std::vector<std::string> schemas;   // only these; none: all
  std::vector<std::string> excluded;  // patterns as a shell's: "audit_*",
                                      // "app.*", against "name" and
                                      // "schema.name"

  bool empty() const { return schemas.empty() && excluded.empty(); }
};

// The catalog without what is not looked at. Pure.
schema::Catalog Narrow(schema::Catalog catalog, const Narrowing& narrowing);

}  // namespace godwit::state
