// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "command/command.h"
#include "command/json.h"
#include "query/shape.h"

namespace godwit::cli {

// {"queries":[…],"errors":[…]}; without "errors" where there are none.
command::Json AnalyzedValue(const query::Analyzed& analyzed);

// Each with its place, on standard error, in the compilers' form.
void ShowProblems(const command::Call& call,
                  std::span<const schema::Problem> problems);

}  // namespace godwit::cli
