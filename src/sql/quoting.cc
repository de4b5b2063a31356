// SPDX-License-Identifier: Apache-2.0
#include "sql/quoting.h"

#include <algorithm>

namespace godwit::sql {

namespace {

constexpr std::string_view kReserved[] = {"add",
                                          "all",
                                          "alter",
                                          "analyse",
                                          "analyze",
                                          "and",
                                          "any",
                                          "array",
                                          "as",
                                          "asc",
                                          "asymmetric",
                                          "authorization",
                                          "autoincrement",
                                          "between",
                                          "binary",
                                          "both",
                                          "case",
                                          "cast",
                                          "check",
                                          "collate",
                                          "collation",
                                          "column",
                                          "commit",
                                          "concurrently",
                                          "constraint",
                                          "create",
                                          "cross",
                                          "current_catalog",
                                          "current_date",
                                          "current_role",
                                          "current_schema",
                                          "current_time",
                                          "current_timestamp",
                                          "current_user",
                                          "default",
                                          "deferrable",
                                          "delete",
                                          "desc",
                                          "distinct",
                                          "do",
                                          "drop",
                                          "else",
                                          "end",
                                          "escape",
                                          "except",
                                          "exists",
                                          "false",
                                          "fetch",
                                          "for",
                                          "foreign",
                                          "freeze",
                                          "from",
                                          "full",
                                          "glob",
                                          "grant",
                                          "group",
                                          "having",
                                          "ilike",
                                          "in",
                                          "index",
                                          "initially",
                                          "inner",
                                          "insert",
                                          "intersect",
                                          "into",
                                          "is",
                                          "isnull",
                                          "join",
                                          "lateral",
                                          "leading",
                                          "left",
                                          "like",
                                          "limit",
                                          "localtime",
                                          "localtimestamp",
                                          "natural",
                                          "not",
                                          "nothing",
                                          "notnull",
                                          "null",
                                          "offset",
                                          "on",
                                          "only",
                                          "or",
                                          "order",
                                          "outer",
                                          "overlaps",
                                          "placing",
                                          "primary",
                                          "references",
                                          "returning",
                                          "right",
                                          "select",
                                          "session_user",
                                          "set",
                                          "similar",
                                          "some",
                                          "symmetric",
                                          "system_user",
                                          "table",
                                          "tablesample",
                                          "then",
                                          "to",
                                          "trailing",
                                          "transaction",
                                          "true",
                                          "union",
                                          "unique",
                                          "update",
                                          "user",
                                          "using",
                                          "values",
                                          "variadic",
                                          "verbose",
                                          "when",
                                          "where",
                                          "window",
                                          "with"};
static_assert(std::ranges::is_sorted(kReserved));

bool IsPlain(std::string_view name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  return !name.empty() && letter(name.front()) &&
         std::ranges::all_of(
             name, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

}  // namespace

std::string InQuotes(std::string_view text, char quote) {
  std::string quoted(1, quote);
  for (const char c : text) {
    if (c == quote) quoted += c;
    quoted += c;
  }
  return quoted += quote;
}

std::string QuoteWhereNeeded(std::string_view name,
                             std::span<const std::string_view> reserved) {
  if (IsPlain(name) && !std::ranges::binary_search(reserved, name))
    return std::string(name);
  return InQuotes(name, '"');
}

std::string QuoteWhereNeeded(std::string_view name) {
  return QuoteWhereNeeded(name, kReserved);
}

}  // namespace godwit::sql
