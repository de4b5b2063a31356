// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dialect.h"
#include "godwit/connection.h"
#include "godwit/error.h"
#include "migrate/formats/format.h"
#include "migrate/migration.h"

namespace godwit::migrate {

// One version that another tool's tracker has as applied.
struct LegacyRow {
  std::string version;     // as it is stored: "1.2", "ae1027a6acf1"
  std::string name;        // where the tool keeps one
  std::string checksum;    // in the tool's own form; empty: none
  std::string applied_at;  // "2026-05-20T10:38:00Z", or empty
};

// What another tool's tracker says. A value.
struct LegacyHistory {
  bool exists = true;
  std::vector<LegacyRow> applied;
  std::vector<std::string> baselines;  // each covers every version up to it
  std::optional<Version> counter;      // golang-migrate
  std::optional<ErrorInfo> trouble;    // why it cannot be taken over
};

// What a row says beside the version.
enum class LegacyShape {
  kSet,      // a row for each applied version
  kCounter,  // one row: the newest version
  kHeads,    // of a graph of revisions its newest ones
  kGraph,    // of a graph of revisions all that are applied
};

// A version to be written into another tool's tracker.
struct LegacyEntry {
  Version version = 0;
  std::string spelling;             // as the file has it, else the number
  std::string name;                 // the title
  const Migration* file = nullptr;  // null: there is none
  std::string checksum;             // as the tool computes it; empty: none
};

// How a tool's tracker is made and filled.
struct LegacyWriter {
  std::span<const engine::Forms> create;
  engine::Forms insert;
  std::vector<Value> (*values)(const LegacyEntry& entry) = nullptr;
  std::string_view erase;  // {p1} is the version as it is stored
};

// Another tool, as far as its tracker goes. One file each in this folder.
struct LegacyTool {
  std::string_view name;  // "golang-migrate"
  LegacyShape shape = LegacyShape::kSet;
  std::string_view default_table;
  // The schema that it makes for itself where none is chosen (Atlas).
  std::string_view own_schema;
  std::span<const std::string_view> columns;  // its table has these
  std::span<const std::string_view> others;   // and none of these
  engine::Forms read;
  LegacyHistory (*interpret)(const Result& rows,
                             const std::string& table) = nullptr;
  // The keys of the advisory locks that it takes; null: it takes none.
  std::vector<std::int64_t> (*lock_keys)(const engine::TableName& table,
                                         const std::string& database) = nullptr;
  // What its checksum of each of these files would be; null: it keeps none.
  std::vector<std::string> (*checksums)(std::span<const Migration* const>) =
      nullptr;
  bool chains_checksums = false;  // a file's depends on those before it
  // Of files that tell none by themselves.
  std::optional<FormatKind> format;
  const LegacyWriter* writer = nullptr;  // null: cannot be handed back to
  bool folds_case = false;               // it pastes its table's name unquoted
};

extern const LegacyTool kLegacyGoose;
extern const LegacyTool kLegacyGolangMigrate;
extern const LegacyTool kLegacyDbmate;
extern const LegacyTool kLegacyFlyway;
extern const LegacyTool kLegacyAtlas;
extern const LegacyTool kLegacySqlx;
extern const LegacyTool kLegacyRails;
extern const LegacyTool kLegacyDiesel;
extern const LegacyTool kLegacyAlembic;
extern const LegacyTool kLegacyDjango;
extern const LegacyTool kLegacyLiquibase;

// In the order of the command's help.
std::span<const LegacyTool* const> LegacyTools();
const LegacyTool* FindLegacyTool(std::string_view name);
// Throws Error(kUsage) with the nearest name and all of them.
const LegacyTool& GetLegacyTool(std::string_view name);

// Whether a table with these columns may be this tool's. No letter's case
// counts.
bool HasShapeOf(const LegacyTool& tool, std::span<const std::string> columns);
// The tool whose shape it has, among all; null: none or several.
const LegacyTool* RecognizeShape(std::span<const std::string> columns);

// A refusal of `code`; nothing is changed by it.
ErrorInfo LegacyTrouble(ErrorCode code, std::string message, std::string help);
// A row that makes no sense: legacy_ambiguous.
ErrorInfo SenselessRow(std::string_view tool, std::string_view table,
                       std::string_view what);

// A column as text, its NULL as nothing.
std::optional<std::string> LegacyText(const Result& rows, std::size_t row,
                                      std::size_t column);
// 1, t, true and their likes. Nothing for what is no boolean.
std::optional<bool> LegacyBool(const Result& rows, std::size_t row,
                               std::size_t column);

}  // namespace godwit::migrate
