// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/newer.h"

#include "base/text.h"

namespace godwit::engine {

namespace {

struct BuiltIn {
  std::string_view name;
  int since;
};

// https://www.postgresql.org/docs/release/ ("Functions" of each version)
constexpr BuiltIn kBuiltIns[] = {
    {"uuidv7", 18},
    {"uuidv4", 18},
    {"array_sort", 18},
    {"array_reverse", 18},
    {"casefold", 18},
    {"crc32", 18},
    {"crc32c", 18},
    {"gamma", 18},
    {"lgamma", 18},
    {"uuid_extract_timestamp", 17},
    {"uuid_extract_version", 17},
    {"to_bin", 17},
    {"to_oct", 17},
    {"unicode_version", 17},
    {"xmltext", 17},
    {"any_value", 16},
    {"array_sample", 16},
    {"array_shuffle", 16},
    {"date_add", 16},
    {"date_subtract", 16},
    {"random_normal", 16},
    {"erf", 16},
    {"erfc", 16},
    {"regexp_count", 15},
    {"regexp_instr", 15},
    {"regexp_like", 15},
    {"regexp_substr", 15},
    {"range_intersect_agg", 14},
    {"range_agg", 14},
    {"bit_count", 14},
    {"bit_xor", 14},
    {"date_bin", 14},
    {"string_to_table", 14},
    {"trim_array", 14},
    {"unistr", 14},
};

// function uuidv7() does not exist
std::string_view FunctionIn(std::string_view message) {
  constexpr std::string_view kBegin = "function ";
  if (!message.starts_with(kBegin)) return {};
  message.remove_prefix(kBegin.size());
  std::string_view name = message.substr(0, message.find('('));
  if (name.starts_with("pg_catalog.")) name.remove_prefix(11);
  return name;
}

}  // namespace

std::string HelpForOldServer(const ErrorInfo& error, int server_version) {
  if (error.sqlstate != "42883") return "";
  const std::string_view name = FunctionIn(error.message);
  const int version = server_version / 10000;
  for (const BuiltIn& built_in : kBuiltIns) {
    if (built_in.name != name || version >= built_in.since) continue;
    return Cat(name, "() came with PostgreSQL ", built_in.since,
               ", and this server is version ", version,
               ": migrate on a newer server, or make a function of that name");
  }
  return "";
}

}  // namespace godwit::engine
