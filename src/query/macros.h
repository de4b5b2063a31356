// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/query_engine.h"
#include "query/annotated.h"
#include "sql/document.h"
#include "sql/lexicon.h"

namespace godwit::query {

// One parameter of a query, as its author wrote it.
struct WrittenParameter {
  int number = 0;
  std::string name;       // empty: it has none
  bool nullable = false;  // sqlc.narg
  bool slice = false;     // sqlc.slice: a list of values
};

// sqlc.embed(t): all columns of t, as one value.
struct WrittenEmbed {
  std::string table;       // as it is written, unquoted
  std::size_t offset = 0;  // of `t.*` in the plain text
};

// A query's text as the database takes it: macros and names replaced by
// numbered parameters.
struct PlainQuery {
  std::string sql;
  std::vector<WrittenParameter> parameters;  // ascending by number, no gaps
                                             // but those written
  std::vector<WrittenEmbed> embeds;
  // Where a slice stands as one parameter that a list of JSON is read from.
  struct List {
    std::size_t offset = 0;
    std::size_t size = 0;
  };
  std::vector<List> lists;

  // `sql`, with the lists read from their parameter.
  std::string ExecutedText() const;
  // The place in the query's own text of an offset in `sql`.
  std::size_t Written(std::size_t offset) const;
  // From `plain` on, `sql` and the query's text are `shift` apart.
  struct Shift {
    std::size_t plain = 0;
    std::size_t written = 0;
  };
  std::vector<Shift> shifts;
};

// Rewrites sqlc.arg(x), sqlc.narg(x), sqlc.slice(x), sqlc.embed(t), @x and, on
// engines without $1, ?, ?1, :x, $x. Written numbers stay; a new name takes the
// lowest number that is free; a name used again has the same number. Numbers,
// names and macros in strings, quoted names and comments are left alone. Throws
// schema::Problem.
PlainQuery Rewrite(const AnnotatedQuery& query,
                   const sql::DocumentView& document,
                   const sql::Lexicon& lexicon,
                   const engine::PlaceholderStyle& style);

}  // namespace godwit::query
