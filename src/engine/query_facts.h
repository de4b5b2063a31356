// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace godwit::engine {

// When a call or an operator gives NULL.
enum class Nulls {
  kMaybe,          // nothing is known
  kNever,          // count(), now()
  kWithArguments,  // only where an argument is NULL
  kWithFirst,      // only where the first argument is NULL
  kAggregate,      // only where an argument is, or there is no row
  kAnyRow,         // only where there is no row: array_agg
};

struct FunctionFact {
  Nulls nulls = Nulls::kMaybe;
  bool aggregate = false;
  // The type of the result where it is known; "=" is that of the first
  // argument. On SQLite a storage class.
  std::string_view type;
  // The type that the arguments must have for `nulls` to be so: PostgreSQL's
  // lower() is of texts, and of ranges. Empty: any.
  std::string_view of;
};

// What is known of an engine's expressions without asking it.
class QueryFacts {
 public:
  virtual ~QueryFacts() = default;
  // A function by its last name, in lower case.
  virtual FunctionFact Function(std::string_view name,
                                std::size_t arguments) const = 0;
  virtual FunctionFact Operator(std::string_view name,
                                std::span<const std::string> types) const = 0;
  // The type that a cast gives: on SQLite a storage class.
  virtual std::string CastType(std::string_view written) const = 0;
  // Whether a cast of something that is not NULL may be.
  virtual bool CastMayBeNull(std::string_view from,
                             std::string_view to) const = 0;
  // A literal's type; `what` is of sql::Expression::Literal by its order.
  virtual std::string LiteralType(int what) const = 0;
  // What a predicate, AND, EXISTS gives.
  virtual std::string BooleanType() const = 0;
  // The column names of a function that stands in FROM; empty: unknown, or one
  // column with the function's or the alias' name.
  struct TableFunction {
    bool known = false;
    std::vector<std::string> columns;  // empty: one, named like the call
    bool nullable = true;
  };
  virtual TableFunction FromFunction(std::string_view name,
                                     std::size_t arguments) const = 0;
  // Whether a name that no column has is one that every table has.
  virtual bool IsSystemColumn(std::string_view name) const = 0;
  // Whether names are compared without case.
  virtual bool folds_names() const = 0;
};

}  // namespace godwit::engine
