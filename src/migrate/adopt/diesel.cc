// SPDX-License-Identifier: Apache-2.0
// Diesel: versions as text, without the dashes of its folders' names.
#include "migrate/adopt/text_sets.h"

namespace godwit::migrate {

namespace {

constexpr std::string_view kColumns[] = {"version", "run_on"};
constexpr std::string_view kRead =
    "SELECT CAST(version AS text), {utc:run_on} FROM {table} ORDER BY version";

LegacyHistory Interpret(const Result& rows, const std::string& table) {
  return ReadTextSet("Diesel", rows, table);
}

constexpr std::string_view kTable =
    "CREATE TABLE {table} (version varchar(50) PRIMARY KEY NOT NULL, run_on "
    "timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP)";
constexpr engine::Forms kCreate[] = {{kTable, kTable}};

constexpr LegacyWriter kWriter = {
    kCreate, {kInsertText, kInsertText}, SpellingOf, kEraseText};

}  // namespace

const LegacyTool kLegacyDiesel = {.name = "diesel",
                                  .default_table = "__diesel_schema_migrations",
                                  .columns = kColumns,
                                  .read = {kRead, kRead},
                                  .interpret = Interpret,
                                  .format = FormatKind::kPlain,
                                  .writer = &kWriter};

}  // namespace godwit::migrate
