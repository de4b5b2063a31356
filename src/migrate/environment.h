// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "migrate/migration.h"

namespace godwit::migrate {

// A line with its variables replaced, or why that is not possible.
struct Substitution {
  std::string text;
  std::string problem;         // empty: it was
  std::size_t problem_at = 0;  // byte offset in the line
};

// $NAME, ${NAME}, ${NAME:-default} (unset or empty), ${NAME-default} (unset),
// ${NAME?message} (an error when unset), ${NAME:offset}, ${NAME:offset:length};
// $$ and \$ give $. A variable that is not set is empty.
Substitution Substitute(std::string_view line, const Environment& environment);

}  // namespace godwit::migrate
