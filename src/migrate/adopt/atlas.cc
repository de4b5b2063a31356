// SPDX-License-Identifier: Apache-2.0
// Atlas: a row a version, with how many of its statements ran. The hash of a
// file covers the names and bytes of all files before it as well.
#include <algorithm>

#include "base/sha256.h"
#include "base/text.h"
#include "migrate/adopt/legacy.h"
#include "migrate/filename.h"

namespace godwit::migrate {

namespace {

constexpr std::string_view kColumns[] = {"version", "description", "type",
                                         "applied", "total",       "hash",
                                         "error",   "executed_at"};
constexpr std::string_view kRead =
    "SELECT version, description, type, applied, total, error, hash, "
    "{utc:executed_at} FROM {table} ORDER BY version";

// The bits of a row's type.
constexpr std::int64_t kBaseline = 1;
constexpr std::int64_t kResolved = 4;  // by 'atlas migrate set'

ErrorInfo HalfDone(const std::string& version, std::int64_t applied,
                   std::int64_t total, const std::string& error,
                   const std::string& table) {
  ErrorInfo info = LegacyTrouble(
      ErrorCode::kLegacyDirty,
      Cat("the tracker ", table, " of Atlas has version ", version,
          " as half done: ", applied, " of ", total, " statements ran",
          error.empty() ? "" : ", then: ", error),
      Cat("finish it with 'atlas migrate apply', or mend the database and say "
          "so with 'atlas migrate set', then adopt again"));
  info.version = ParseInt64(version);
  return info;
}

LegacyHistory Interpret(const Result& rows, const std::string& table) {
  LegacyHistory history;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto version = LegacyText(rows, i, 0);
    std::optional<std::int64_t> numbers[3];  // type, applied, total
    for (std::size_t at = 0; at < 3; ++at) {
      if (const auto text = LegacyText(rows, i, at + 2))
        numbers[at] = ParseInt64(*text);
    }
    if (!version || !numbers[0] || !numbers[1] || !numbers[2]) {
      history.trouble = SenselessRow("Atlas", table,
                                     "a row whose type or count is no number");
      return history;
    }
    // A row about the database itself, not about a file.
    if (version->starts_with('.')) continue;
    const std::string error = LegacyText(rows, i, 5).value_or("");
    const bool resolved = (*numbers[0] & kResolved) != 0;
    const bool half = *numbers[1] < *numbers[2] || !error.empty();
    if (!resolved && half && !history.trouble)
      history.trouble =
          HalfDone(*version, *numbers[1], *numbers[2], error, table);
    if ((*numbers[0] & kBaseline) != 0) history.baselines.push_back(*version);
    history.applied.push_back({*version, LegacyText(rows, i, 1).value_or(""),
                               LegacyText(rows, i, 6).value_or(""),
                               LegacyText(rows, i, 7).value_or("")});
  }
  return history;
}

// A directive stands in a comment before the first statement.
bool IsLeftOutOfTheSum(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view line = Trim(bytes.substr(0, end));
    if (line == "-- atlas:sum ignore") return true;
    if (!line.empty() && !line.starts_with("--")) return false;
    if (end == std::string_view::npos) return false;
    bytes.remove_prefix(end + 1);
  }
  return false;
}

std::vector<std::string> Checksums(std::span<const Migration* const> files) {
  struct Named {
    std::string_view name;
    std::size_t index;
  };
  std::vector<Named> by_name;
  for (std::size_t i = 0; i < files.size(); ++i)
    if (files[i]->up) by_name.push_back({BaseName(files[i]->up->path), i});
  std::sort(by_name.begin(), by_name.end(),
            [](const Named& a, const Named& b) { return a.name < b.name; });
  RunningSha256 sum;
  std::vector<std::string> checksums(files.size());
  for (const Named& file : by_name) {
    const std::string_view bytes = files[file.index]->up->bytes;
    sum.Add(file.name);
    if (IsLeftOutOfTheSum(bytes)) continue;
    sum.Add(bytes);
    checksums[file.index] = sum.Base64();
  }
  return checksums;
}

std::vector<std::int64_t> LockKeys(const engine::TableName&,
                                   const std::string&) {
  return {2686470616};  // FNV-1, 32 bits, of "atlas_migrate_execute"
}

constexpr engine::Forms kCreate[] = {
    {R"(CREATE TABLE {table} (
    version varchar NOT NULL PRIMARY KEY,
    description varchar NOT NULL,
    type bigint NOT NULL DEFAULT 2,
    applied bigint NOT NULL DEFAULT 0,
    total bigint NOT NULL DEFAULT 0,
    executed_at timestamptz NOT NULL,
    execution_time bigint NOT NULL,
    error text,
    error_stmt text,
    hash varchar NOT NULL,
    partial_hashes jsonb,
    operator_version varchar NOT NULL
))",
     "CREATE TABLE {table} (`version` text NOT NULL, `description` text NOT "
     "NULL, `type` integer NOT NULL DEFAULT (2), `applied` integer NOT NULL "
     "DEFAULT (0), `total` integer NOT NULL DEFAULT (0), `executed_at` "
     "datetime NOT NULL, `execution_time` integer NOT NULL, `error` text NULL, "
     "`error_stmt` text NULL, `hash` text NOT NULL, `partial_hashes` json "
     "NULL, `operator_version` text NOT NULL, PRIMARY KEY (`version`))"}};

std::vector<Value> Values(const LegacyEntry& entry) {
  return {entry.spelling, entry.name, entry.checksum};
}

// Resolved, as 'atlas migrate set' writes it: how many statements ran is not
// ours to say.
constexpr LegacyWriter kWriter = {
    kCreate,
    {"INSERT INTO {table} (version, description, type, applied, total, "
     "executed_at, execution_time, error, error_stmt, hash, partial_hashes, "
     "operator_version) VALUES ({p1}, {p2}, 4, 0, 0, now(), 0, '', '', {p3}, "
     "'null', 'godwit')",
     "INSERT INTO {table} (version, description, type, applied, total, "
     "executed_at, execution_time, error, error_stmt, hash, partial_hashes, "
     "operator_version) VALUES ({p1}, {p2}, 4, 0, 0, "
     "strftime('%Y-%m-%d %H:%M:%f+00:00', 'now'), 0, '', '', {p3}, "
     "CAST('null' AS BLOB), 'godwit')"},
    Values,
    "DELETE FROM {table} WHERE version = {p1}"};

}  // namespace

const LegacyTool kLegacyAtlas = {.name = "atlas",
                                 .default_table = "atlas_schema_revisions",
                                 .own_schema = "atlas_schema_revisions",
                                 .columns = kColumns,
                                 .read = {kRead, kRead},
                                 .interpret = Interpret,
                                 .lock_keys = LockKeys,
                                 .checksums = Checksums,
                                 .chains_checksums = true,
                                 .format = FormatKind::kPlain,
                                 .writer = &kWriter};

}  // namespace godwit::migrate
