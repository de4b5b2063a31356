// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "query/analysis.h"
#include "query/macros.h"
#include "sql/lexicon.h"

namespace godwit::query {

// The query with the columns that its stars stand for, as they are now: a
// column that a table gets later does not change what running code reads.
// `text` goes to the database to be described, `executed` to code. Both are
// empty where no star can be told. Pure.
struct ExpandedQuery {
  std::string text;
  std::string executed;
};
ExpandedQuery ExpandStars(const PlainQuery& query,
                          const std::map<std::size_t, StarColumns>& stars,
                          const sql::Lexicon& lexicon);

}  // namespace godwit::query
