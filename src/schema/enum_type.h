// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace godwit::schema {

// CREATE TYPE … AS ENUM.
struct EnumType {
  std::string schema;
  std::string name;
  std::vector<std::string> labels;  // in their order

  std::string text() const { return schema + "." + name; }
};

}  // namespace godwit::schema
