// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_rows.h"

#include "base/text.h"

namespace godwit::internal {

// SELECT's tag counts rows too, and changes none.
std::int64_t ChangedRows(const PGresult* result) {
  auto* mutable_result = const_cast<PGresult*>(result);
  const std::string_view tag = PQcmdStatus(mutable_result);
  for (const std::string_view verb :
       {"INSERT", "UPDATE", "DELETE", "MERGE", "COPY"}) {
    if (tag.starts_with(verb))
      return ParseInt64(PQcmdTuples(mutable_result)).value_or(0);
  }
  return 0;
}

Value ReadValue(const PGresult* result, int row, int column) {
  if (PQgetisnull(result, row, column) != 0) return {};
  const auto length =
      static_cast<std::size_t>(PQgetlength(result, row, column));
  return std::string(PQgetvalue(result, row, column), length);
}

Result ReadRows(const PGresult* result) {
  return ReadRows(result, {});
}

Result ReadRows(const PGresult* result, std::vector<Value> values) {
  const int rows = PQntuples(result);
  const int width = PQnfields(result);
  std::vector<std::string> columns;
  for (int column = 0; column < width; ++column)
    columns.emplace_back(PQfname(result, column));
  values.reserve(values.size() + static_cast<std::size_t>(rows) *
                                     static_cast<std::size_t>(width));
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < width; ++column)
      values.push_back(ReadValue(result, row, column));
  }
  return {std::move(columns), std::move(values), ChangedRows(result)};
}

}  // namespace godwit::internal
