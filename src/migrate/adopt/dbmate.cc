// SPDX-License-Identifier: Apache-2.0
// dbmate: the digits before each file's name, as text. Rails has the same
// table; it is told by the one beside it.
#include "migrate/adopt/text_sets.h"

namespace godwit::migrate {

namespace {

constexpr std::string_view kColumns[] = {"version"};
constexpr std::string_view kOthers[] = {"dirty",      "checksum", "name",
                                        "applied_at", "run_on",   "hash"};
constexpr std::string_view kRead =
    "SELECT CAST(version AS text), NULL FROM {table} ORDER BY version";

LegacyHistory Interpret(const Result& rows, const std::string& table) {
  return ReadTextSet("dbmate", rows, table);
}

constexpr engine::Forms kCreate[] = {
    {"CREATE TABLE {table} (version varchar PRIMARY KEY)",
     "CREATE TABLE {table} (version varchar(128) PRIMARY KEY)"}};

constexpr LegacyWriter kWriter = {
    kCreate, {kInsertText, kInsertText}, SpellingOf, kEraseText};

}  // namespace

const LegacyTool kLegacyDbmate = {.name = "dbmate",
                                  .default_table = "schema_migrations",
                                  .columns = kColumns,
                                  .others = kOthers,
                                  .read = {kRead, kRead},
                                  .interpret = Interpret,
                                  .writer = &kWriter};

}  // namespace godwit::migrate
