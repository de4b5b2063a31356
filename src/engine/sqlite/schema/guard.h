// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"

namespace godwit::engine::sqlite {

// Statements that count references to rows that are not there, and rows of
// children, before a change and after it. The last of them fail, naming the
// table, where there are more of the first or fewer of the second: foreign keys
// are off meanwhile. Empty where nothing can happen.
struct Guard {
  std::vector<std::string> before;
  std::vector<std::string> after;
};

// `changed`: the tables that are rebuilt or dropped, in lower case. `now` is
// the schema at the time of `before`.
Guard MakeGuard(const schema::Catalog& now, const schema::Catalog& to,
                const std::vector<std::string>& changed);

}  // namespace godwit::engine::sqlite
