// SPDX-License-Identifier: Apache-2.0
// sqlx: a row a version with the SHA-384 of the file's bytes. success = false
// was written by older releases before a migration that then failed.
#include "base/crc32.h"
#include "base/sha256.h"
#include "base/text.h"
#include "migrate/adopt/legacy.h"

namespace godwit::migrate {

namespace {

constexpr std::string_view kColumns[] = {"version", "description",
                                         "installed_on", "success", "checksum"};
constexpr engine::Forms kRead = {
    "SELECT version, description, success, encode(checksum, 'hex'), "
    "{utc:installed_on} FROM {table} ORDER BY version",
    "SELECT version, description, success, lower(hex(checksum)), "
    "{utc:installed_on} FROM {table} ORDER BY version"};

ErrorInfo Dirty(const std::string& version, const std::string& table) {
  ErrorInfo info = LegacyTrouble(
      ErrorCode::kLegacyDirty,
      Cat("the tracker ", table, " of sqlx has version ", version,
          " as failed, and how much of it was done is not known"),
      Cat("see whether migration ", version,
          " is in the database and mend it; then set its success to true, or "
          "delete its row where it is not applied, and adopt again"));
  info.version = ParseInt64(version);
  return info;
}

LegacyHistory Interpret(const Result& rows, const std::string& table) {
  LegacyHistory history;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto version = LegacyText(rows, i, 0);
    const auto success = LegacyBool(rows, i, 2);
    if (!version || !success) {
      history.trouble =
          SenselessRow("sqlx", table, "a row without a version or a success");
      return history;
    }
    if (!*success && !history.trouble) history.trouble = Dirty(*version, table);
    std::string title = LegacyText(rows, i, 1).value_or("");
    for (char& c : title) c = c == ' ' ? '_' : c;  // as the file had it
    history.applied.push_back({*version, title,
                               LegacyText(rows, i, 3).value_or(""),
                               LegacyText(rows, i, 4).value_or("")});
  }
  return history;
}

std::vector<std::string> Checksums(std::span<const Migration* const> files) {
  std::vector<std::string> checksums;
  for (const Migration* file : files)
    checksums.push_back(file->up ? Sha384Hex(file->up->bytes) : "");
  return checksums;
}

std::vector<std::int64_t> LockKeys(const engine::TableName&,
                                   const std::string& database) {
  if (database.empty()) return {};
  return {std::int64_t{0x3d32ad9e} * std::int64_t{Crc32(database)}};
}

constexpr engine::Forms kCreate[] = {{R"(CREATE TABLE {table} (
    version bigint PRIMARY KEY,
    description text NOT NULL,
    installed_on timestamptz NOT NULL DEFAULT now(),
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
))",
                                      R"(CREATE TABLE {table} (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
))"}};

int Digit(char c) {
  return c <= '9' ? c - '0' : c - 'a' + 10;
}

std::vector<Value> Values(const LegacyEntry& entry) {
  std::string description = entry.name;
  for (char& c : description) c = c == '_' ? ' ' : c;
  Bytes checksum;
  for (std::size_t i = 0; i + 1 < entry.checksum.size(); i += 2) {
    checksum.push_back(static_cast<std::byte>(Digit(entry.checksum[i]) * 16 +
                                              Digit(entry.checksum[i + 1])));
  }
  return {entry.version, description, checksum};
}

constexpr LegacyWriter kWriter = {
    kCreate,
    {"INSERT INTO {table} (version, description, success, checksum, "
     "execution_time) VALUES ({p1}, {p2}, true, {p3}, 0)",
     "INSERT INTO {table} (version, description, success, checksum, "
     "execution_time) VALUES ({p1}, {p2}, 1, {p3}, 0)"},
    Values,
    "DELETE FROM {table} WHERE version = CAST({p1} AS {bigint})"};

}  // namespace

const LegacyTool kLegacySqlx = {.name = "sqlx",
                                .default_table = "_sqlx_migrations",
                                .columns = kColumns,
                                .read = kRead,
                                .interpret = Interpret,
                                .lock_keys = LockKeys,
                                .checksums = Checksums,
                                .format = FormatKind::kPlain,
                                .writer = &kWriter};

}  // namespace godwit::migrate
