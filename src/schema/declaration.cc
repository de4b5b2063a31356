// SPDX-License-Identifier: Apache-2.0
#include "schema/declaration.h"

#include <algorithm>

namespace godwit::schema {

const Value* Declaration::Find(std::string_view attribute) const {
  const auto found = std::ranges::find(attributes, attribute, &Attribute::name);
  if (found == attributes.end() || found->value.kind == Value::Kind::kNull)
    return nullptr;
  return &found->value;
}

}  // namespace godwit::schema
