// SPDX-License-Identifier: Apache-2.0
// Flyway: a history. The newest row of a version decides: UNDO takes it back,
// DELETE is a repair that gave it up. Rows without a version are repeatable
// scripts. BASELINE covers every version up to its own.
#include "migrate/formats/flyway.h"

#include <algorithm>

#include "base/crc32.h"
#include "base/text.h"
#include "migrate/adopt/legacy.h"
#include "migrate/filename.h"

namespace godwit::migrate {

namespace {

constexpr std::string_view kColumns[] = {
    "installed_rank", "version", "type",        "script",
    "checksum",       "success", "installed_on"};
constexpr std::string_view kRead =
    "SELECT version, description, type, script, checksum, success, "
    "{utc:installed_on} FROM {table} ORDER BY installed_rank";

ErrorInfo Dirty(std::string_view what, std::string_view table) {
  return LegacyTrouble(
      ErrorCode::kLegacyDirty,
      Cat("the tracker ", table, " of Flyway has ", what,
          " as failed, and how much of it was done is not known"),
      "mend what it has left in the database, run 'flyway repair', which takes "
      "the row away, then adopt again");
}

// "V2__create_t2.sql" -> "create_t2"; else the description.
std::string Title(const std::string& script, std::string title) {
  const std::string_view file = BaseName(script);
  const std::size_t at = file.find("__");
  if (at != std::string_view::npos && file.ends_with(".sql"))
    return std::string(file.substr(at + 2, file.size() - at - 6));
  for (char& c : title) c = c == ' ' ? '_' : c;
  return title;
}

// One row of the history, in its order.
void Replay(LegacyHistory& history, LegacyRow row, const std::string& type) {
  std::erase_if(history.applied, [&](const LegacyRow& earlier) {
    return earlier.version == row.version;
  });
  std::erase(history.baselines, row.version);
  if (type.starts_with("UNDO") || type.starts_with("DELETE") ||
      type == "SCHEMA")
    return;
  if (type.find("BASELINE") != std::string::npos)
    history.baselines.push_back(row.version);
  history.applied.push_back(std::move(row));
}

LegacyHistory Interpret(const Result& rows, const std::string& table) {
  LegacyHistory history;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto version = LegacyText(rows, i, 0);
    const std::string type = LegacyText(rows, i, 2).value_or("");
    const std::string script = LegacyText(rows, i, 3).value_or("");
    const auto success = LegacyBool(rows, i, 5);
    if (!success || type.empty()) {
      history.trouble =
          SenselessRow("Flyway", table, "a row without a type or a success");
      return history;
    }
    if (!*success && !history.trouble) {
      history.trouble =
          Dirty(version ? Cat("version ", *version) : script, table);
    }
    if (!version || version->empty()) continue;
    const bool baseline = type.find("BASELINE") != std::string::npos;
    LegacyRow row{
        FlywayVersion(*version),
        baseline ? "" : Title(script, LegacyText(rows, i, 1).value_or("")),
        LegacyText(rows, i, 4).value_or(""),
        LegacyText(rows, i, 6).value_or("")};
    Replay(history, std::move(row), type);
  }
  return history;
}

// CRC-32 of the lines without their ends and without a byte order mark, as a
// signed number.
std::string Checksum(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::string text(bytes);
  std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
  return Cat(static_cast<std::int32_t>(Crc32(text)));
}

std::vector<std::string> Checksums(std::span<const Migration* const> files) {
  std::vector<std::string> checksums;
  for (const Migration* file : files)
    checksums.push_back(file->up ? Checksum(file->up->bytes) : "");
  return checksums;
}

// The magic number is "Flyway"; the rest is Java's hash of the quoted name.
std::vector<std::int64_t> LockKeys(const engine::TableName& table,
                                   const std::string& database) {
  if (database.empty()) return {};
  std::uint32_t hash = 0;
  for (const char c : Cat('"', table.schema, "\".\"", table.table, '"'))
    hash = hash * 31 + static_cast<unsigned char>(c);
  return {77431708279161 + std::int64_t{static_cast<std::int32_t>(hash)}};
}

constexpr engine::Forms kCreate[] = {
    {R"(CREATE TABLE {table} (
    installed_rank integer NOT NULL PRIMARY KEY,
    version varchar(50),
    description varchar(200) NOT NULL,
    type varchar(20) NOT NULL,
    script varchar(1000) NOT NULL,
    checksum integer,
    installed_by varchar(100) NOT NULL,
    installed_on timestamp NOT NULL DEFAULT now(),
    execution_time integer NOT NULL,
    success boolean NOT NULL
))",
     R"(CREATE TABLE {table} (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
))"},
    {"CREATE INDEX flyway_schema_history_s_idx ON {table} (success)",
     "CREATE INDEX flyway_schema_history_s_idx ON {table} (success)"}};

std::vector<Value> Values(const LegacyEntry& entry) {
  std::string description = entry.name;
  for (char& c : description) c = c == '_' ? ' ' : c;
  const std::string script =
      entry.file ? std::string(BaseName(entry.file->path()))
                 : Cat("V", entry.version, "__", entry.name, ".sql");
  return {entry.spelling, description, script, ParseInt64(entry.checksum)};
}

constexpr LegacyWriter kWriter = {
    kCreate,
    {"INSERT INTO {table} (installed_rank, version, description, type, script, "
     "checksum, installed_by, execution_time, success) SELECT "
     "coalesce(max(installed_rank), 0) + 1, {p1}, {p2}, 'SQL', {p3}, "
     "CAST({p4} AS integer), current_user, 0, true FROM {table}",
     "INSERT INTO {table} (installed_rank, version, description, type, script, "
     "checksum, installed_by, execution_time, success) SELECT "
     "coalesce(max(installed_rank), 0) + 1, {p1}, {p2}, 'SQL', {p3}, {p4}, "
     "'', 0, 1 FROM {table}"},
    Values,
    "DELETE FROM {table} WHERE version = {p1}"};

}  // namespace

const LegacyTool kLegacyFlyway = {.name = "flyway",
                                  .default_table = "flyway_schema_history",
                                  .columns = kColumns,
                                  .read = {kRead, kRead},
                                  .interpret = Interpret,
                                  .lock_keys = LockKeys,
                                  .checksums = Checksums,
                                  .format = FormatKind::kFlyway,
                                  .writer = &kWriter};

}  // namespace godwit::migrate
