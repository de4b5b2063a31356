// SPDX-License-Identifier: Apache-2.0
#include "schema/declared.h"

namespace godwit::schema {

const Mark& DeclaredStatement::At(std::size_t offset) const {
  const Mark* found = &mark;
  for (const auto& [begin, part] : parts) {
    if (begin > offset) break;
    found = &part;
  }
  return *found;
}

}  // namespace godwit::schema
