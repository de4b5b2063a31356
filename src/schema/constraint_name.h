// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace godwit::schema {

// A constraint or a unique index as an error names it.
struct ConstraintName {
  std::string owner;  // "public.users", a table or a domain
  std::string name;
};

}  // namespace godwit::schema
