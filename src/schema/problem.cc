// SPDX-License-Identifier: Apache-2.0
#include "schema/problem.h"

#include <algorithm>

namespace godwit::schema {

namespace {

struct ProblemRow {
  ProblemCode code;
  std::string_view word;
};

constexpr ProblemRow kProblems[] = {
    {ProblemCode::kSyntaxError, "syntax_error"},
    {ProblemCode::kUnknownTable, "unknown_table"},
    {ProblemCode::kUnknownColumn, "unknown_column"},
    {ProblemCode::kAmbiguousColumn, "ambiguous_column"},
    {ProblemCode::kUnknownFunction, "unknown_function"},
    {ProblemCode::kUnknownType, "unknown_type"},
    {ProblemCode::kTypeMismatch, "type_mismatch"},
    {ProblemCode::kWrongParameters, "wrong_parameters"},
    {ProblemCode::kDuplicateName, "duplicate_name"},
    {ProblemCode::kBadAnnotation, "bad_annotation"},
    {ProblemCode::kUnsupported, "unsupported"},
    {ProblemCode::kOther, "other"},
};

}  // namespace

std::string_view Word(ProblemCode code) {
  const auto* row = std::ranges::find(kProblems, code, &ProblemRow::code);
  return row == std::end(kProblems) ? "other" : row->word;
}

}  // namespace godwit::schema
