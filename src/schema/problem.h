// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "godwit/error.h"

namespace godwit::schema {

// What can be wrong with a query. The words are part of the command's JSON.
enum class ProblemCode {
  kSyntaxError,
  kUnknownTable,
  kUnknownColumn,
  kAmbiguousColumn,
  kUnknownFunction,
  kUnknownType,
  kTypeMismatch,
  kWrongParameters,
  kDuplicateName,
  kBadAnnotation,
  kUnsupported,
  kOther,
};

// "unknown_column".
std::string_view Word(ProblemCode code);

// One query that cannot be analysed, and why. All of a run's are told.
struct Problem {
  std::string query;  // its name; empty where it has none that counts
  ProblemCode code = ProblemCode::kOther;
  std::string message;
  Place where;
  std::string hint;
};

}  // namespace godwit::schema
