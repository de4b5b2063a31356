// SPDX-License-Identifier: Apache-2.0
// golang-migrate's counter, in place: one row, a version and whether it is
// dirty. Here it is written with the migration or not at all, so it is never
// left dirty.
#include <algorithm>

#include "base/crc32.h"
#include "base/text.h"
#include "migrate/trackers/trackers.h"

namespace godwit::migrate {

const TrackerTraits kGolangMigrateTraits = {
    .is_counter = true,
    .out_of_order = OutOfOrder::kRefuse,
    .default_table = "schema_migrations"};

namespace {

constexpr std::string_view kColumns[] = {"version", "dirty"};

constexpr engine::Forms kCreate = {
    "CREATE TABLE {table} (version bigint NOT NULL PRIMARY KEY, dirty boolean "
    "NOT NULL)",
    "CREATE TABLE {table} (version uint64, dirty bool)"};
// The index's name is fixed, so a second tracker in one file has none.
constexpr std::string_view kIndex =
    "CREATE UNIQUE INDEX IF NOT EXISTS version_unique ON {table} (version)";
constexpr std::string_view kRead = "SELECT version, dirty FROM {table} LIMIT 1";
constexpr std::string_view kEmpty = "DELETE FROM {table}";
constexpr engine::Forms kSet = {
    "INSERT INTO {table} (version, dirty) VALUES ({p1}, false)",
    "INSERT INTO {table} (version, dirty) VALUES ({p1}, 0)"};

class GolangMigrate final : public Tracker {
 public:
  GolangMigrate(const engine::Dialect& dialect, engine::TableName table)
      : Tracker(dialect, std::move(table)) {}

  TrackerKind kind() const override { return TrackerKind::kGolangMigrate; }
  std::string_view kind_name() const override { return "golang-migrate"; }
  const TrackerTraits& traits() const override { return kGolangMigrateTraits; }
  std::span<const std::string_view> columns() const override {
    return kColumns;
  }
  std::string ReadQuery(Times) const override { return Render(kRead); }

  // The applied versions are filled in by what the ledger and the files say.
  TrackerState Interpret(const Result& rows) const override {
    TrackerState state;
    state.exists = true;
    if (rows.empty()) return state;
    state.dirty = rows.Get<bool>(0, 1);
    const auto counter = rows.Get<std::int64_t>(0, 0);
    if (counter >= 0) state.counter = counter;
    return state;
  }

  std::vector<std::string> Create() const override {
    std::vector<std::string> statements = {Render(dialect().Choose(kCreate))};
    if (!dialect().has_schemas()) statements.push_back(Render(kIndex));
    return statements;
  }
  std::vector<Connection::Query> Apply(
      const Migration& migration, const TrackerState& state) const override {
    return Set(state.applied.empty()
                   ? migration.version
                   : std::max(migration.version, state.newest()));
  }
  std::vector<Connection::Query> Revert(
      const AppliedRow& row, const TrackerState& state) const override {
    std::optional<Version> below;
    for (const AppliedRow& other : state.applied) {
      if (other.version != row.version && (!below || other.version > *below))
        below = other.version;
    }
    return Set(below);
  }
  std::vector<std::int64_t> ForeignLockKeys(
      const std::string& database) const override;

  std::vector<Connection::Query> Set(std::optional<Version> counter) const {
    std::vector<Connection::Query> queries = {{Render(kEmpty), {}}};
    if (counter)
      queries.push_back({Render(dialect().Choose(kSet)), {*counter}});
    return queries;
  }
};

std::vector<std::int64_t> GolangMigrate::ForeignLockKeys(
    const std::string& database) const {
  return GolangMigrateLockKeys(table(), database);
}

}  // namespace

// The command names the database with the URL's slash, a program that hands
// over its connection without it: the two locks do not exclude each other, so
// both are held.
std::vector<std::int64_t> GolangMigrateLockKeys(const engine::TableName& table,
                                                const std::string& database) {
  if (database.empty()) return {};
  std::vector<std::int64_t> keys;
  for (const std::string& name : {"/" + database, database}) {
    const std::string text = table.schema + '\0' + table.table + '\0' + name;
    keys.push_back(static_cast<std::int64_t>(
        static_cast<std::uint32_t>(Crc32(text) * 1486364155u)));
  }
  return keys;
}

std::unique_ptr<Tracker> MakeGolangMigrate(const engine::Dialect& dialect,
                                           engine::TableName table) {
  return std::make_unique<GolangMigrate>(dialect, std::move(table));
}

std::vector<Connection::Query> SetCounter(const Tracker& tracker,
                                          std::optional<Version> counter) {
  return static_cast<const GolangMigrate&>(tracker).Set(counter);
}

}  // namespace godwit::migrate
