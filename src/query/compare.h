// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "query/shape.h"

namespace godwit::query {

// The queries as code sends them: what analysing them against another schema
// starts from.
QueryFile FileOf(std::span<const Shape> shapes);

// What code that was written from `expected` meets on the schema that `found`
// (of FileOf) was analysed against: a query that is refused, a result or a
// parameter of another type, one more or less of them, a column that can be
// NULL now. Each at its query's place in the file. Pure.
std::vector<schema::Problem> FindBreaks(const Analyzed& expected,
                                        const Analyzed& found);

}  // namespace godwit::query
