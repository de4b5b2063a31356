// SPDX-License-Identifier: Apache-2.0
// golang-migrate: a counter. One row, the newest version, and whether a run
// ended in it; no row: nothing is applied.
#include "base/text.h"
#include "migrate/adopt/legacy.h"
#include "migrate/trackers/trackers.h"

namespace godwit::migrate {

namespace {

constexpr std::string_view kColumns[] = {"version", "dirty"};
constexpr std::string_view kOthers[] = {"checksum", "name", "applied_at"};
constexpr std::string_view kRead = "SELECT version, dirty FROM {table}";

// Clean is what the counter says when the versions up to it are really there.
ErrorInfo Dirty(Version version, const std::string& table) {
  const std::string at =
      version < 0 ? "below its first migration (-1)" : Cat("version ", version);
  const std::string recovery =
      version < 0
          ? "see whether its first migration is in the database, mend it, then "
            "clear the counter: 'migrate force -1' where nothing is applied, "
            "'migrate force V' where V is"
          : Cat("see whether migration ", version,
                " is in the database, mend what is half done, then set the "
                "counter clean: 'migrate force ",
                version, "' where it is, 'migrate force V' with the version ",
                "before it where it is not; then adopt again");
  ErrorInfo info = LegacyTrouble(
      ErrorCode::kLegacyDirty,
      Cat("the tracker ", table, " of golang-migrate is dirty at ", at,
          ": a run failed there, and how much of it was done is not known"),
      recovery);
  if (version >= 0) info.version = version;
  return info;
}

LegacyHistory Interpret(const Result& rows, const std::string& table) {
  LegacyHistory history;
  if (rows.size() > 1) {
    history.trouble =
        SenselessRow("golang-migrate", table,
                     Cat(rows.size(), " rows, and a counter is one"));
    return history;
  }
  if (rows.empty()) return history;
  const auto text = LegacyText(rows, 0, 0);
  const Version version = text ? ParseInt64(*text).value_or(-2) : -2;
  const auto dirty = LegacyBool(rows, 0, 1);
  if (version < -1 || !dirty) {
    history.trouble = SenselessRow("golang-migrate", table,
                                   "a row whose version or dirty is no value");
  } else if (*dirty) {
    history.trouble = Dirty(version, table);
  } else if (version >= 0) {
    history.counter = version;
  }
  return history;
}

constexpr engine::Forms kCreate[] = {
    {"CREATE TABLE {table} (version bigint NOT NULL PRIMARY KEY, dirty boolean "
     "NOT NULL)",
     "CREATE TABLE {table} (version uint64, dirty bool)"},
    // The index's name is fixed, so a second tracker in one file has none.
    {"",
     "CREATE UNIQUE INDEX IF NOT EXISTS version_unique ON {table} "
     "(version)"}};

std::vector<Value> Values(const LegacyEntry& entry) {
  return {entry.version};
}

constexpr LegacyWriter kWriter = {
    kCreate,
    {"INSERT INTO {table} (version, dirty) VALUES ({p1}, false)",
     "INSERT INTO {table} (version, dirty) VALUES ({p1}, 0)"},
    Values,
    "DELETE FROM {table} WHERE version = CAST({p1} AS {bigint})"};

}  // namespace

const LegacyTool kLegacyGolangMigrate = {.name = "golang-migrate",
                                         .shape = LegacyShape::kCounter,
                                         .default_table = "schema_migrations",
                                         .columns = kColumns,
                                         .others = kOthers,
                                         .read = {kRead, kRead},
                                         .interpret = Interpret,
                                         .lock_keys = GolangMigrateLockKeys,
                                         .writer = &kWriter};

}  // namespace godwit::migrate
