// SPDX-License-Identifier: Apache-2.0
// Rails: versions as text. Its migrations are Ruby, so those that matter to the
// database have been written again as SQL, with the same versions.
#include "base/crc32.h"
#include "migrate/adopt/text_sets.h"

namespace godwit::migrate {

namespace {

constexpr std::string_view kColumns[] = {"version"};
constexpr std::string_view kOthers[] = {"dirty",      "checksum", "name",
                                        "applied_at", "run_on",   "hash"};
constexpr std::string_view kRead =
    "SELECT CAST(version AS text), NULL FROM {table} ORDER BY version";

LegacyHistory Interpret(const Result& rows, const std::string& table) {
  return ReadTextSet("Rails", rows, table);
}

std::vector<std::int64_t> LockKeys(const engine::TableName&,
                                   const std::string& database) {
  if (database.empty()) return {};
  return {std::int64_t{2053462845} * std::int64_t{Crc32(database)}};
}

constexpr std::string_view kTable =
    "CREATE TABLE {table} (version varchar NOT NULL PRIMARY KEY)";
constexpr engine::Forms kCreate[] = {{kTable, kTable}};

constexpr LegacyWriter kWriter = {
    kCreate, {kInsertText, kInsertText}, SpellingOf, kEraseText};

}  // namespace

const LegacyTool kLegacyRails = {.name = "rails",
                                 .default_table = "schema_migrations",
                                 .columns = kColumns,
                                 .others = kOthers,
                                 .read = {kRead, kRead},
                                 .interpret = Interpret,
                                 .lock_keys = LockKeys,
                                 .format = FormatKind::kPlain,
                                 .writer = &kWriter};

}  // namespace godwit::migrate
