// SPDX-License-Identifier: Apache-2.0
#include "sql/quoting.h"

#include <algorithm>

#include "base/text.h"

namespace godwit::sql {

namespace {

constexpr std::string_view kReserved =
    " add all alter analyse analyze and any array as asc asymmetric "
    "authorization autoincrement between binary both case cast check collate "
    "collation column commit concurrently constraint create cross "
    "current_catalog current_date current_role current_schema current_time "
    "current_timestamp current_user default deferrable delete desc distinct do "
    "drop else end escape except exists false fetch for foreign freeze from "
    "full glob grant group having ilike in index initially inner insert "
    "intersect into is isnull join lateral leading left like limit localtime "
    "localtimestamp natural not nothing notnull null offset on only or order "
    "outer overlaps placing primary references returning right select "
    "session_user set similar some symmetric system_user table tablesample "
    "then to trailing transaction true union unique update user using values "
    "variadic verbose when where window with ";

bool IsPlain(std::string_view name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  return !name.empty() && letter(name.front()) &&
         std::ranges::all_of(
             name, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

}  // namespace

std::string QuoteWhereNeeded(std::string_view name) {
  if (IsPlain(name) && !HoldsWord(kReserved, name)) return std::string(name);
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"') quoted += c;
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace godwit::sql
