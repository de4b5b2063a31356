// SPDX-License-Identifier: Apache-2.0
// dbmate's table, in place: versions as the text that stands before the file's
// name.
#include "base/text.h"
#include "migrate/trackers/trackers.h"

namespace godwit::migrate {

const TrackerTraits kDbmateTraits = {.runs_up_to_a_refused_file = true,
                                     .makes_its_schema = true,
                                     .makes_missing_database = true,
                                     .out_of_order = OutOfOrder::kApply,
                                     .default_table = "schema_migrations"};

namespace {

constexpr std::string_view kColumns[] = {"version"};
constexpr engine::Forms kCreate = {
    "CREATE TABLE {table} (version varchar PRIMARY KEY)",
    "CREATE TABLE {table} (version varchar(128) PRIMARY KEY)"};
constexpr std::string_view kRead =
    "SELECT version FROM {table} ORDER BY length(version), version";
constexpr std::string_view kInsert =
    "INSERT INTO {table} (version) VALUES ({p1})";
constexpr std::string_view kDelete = "DELETE FROM {table} WHERE version = {p1}";

class Dbmate final : public Tracker {
 public:
  Dbmate(const engine::Dialect& dialect, engine::TableName table)
      : Tracker(dialect, std::move(table)) {}

  TrackerKind kind() const override { return TrackerKind::kDbmate; }
  std::string_view kind_name() const override { return "dbmate"; }
  const TrackerTraits& traits() const override { return kDbmateTraits; }
  std::span<const std::string_view> columns() const override {
    return kColumns;
  }
  std::string ReadQuery(Times) const override { return Render(kRead); }

  TrackerState Interpret(const Result& rows) const override {
    TrackerState state;
    state.exists = true;
    state.tells_spellings_apart = true;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto spelling = rows.Get<std::string>(i, 0);
      const auto version = ParseInt64(spelling);
      if (!version) {
        throw Error(ErrorCode::kTrackerUnusable,
                    Cat("the tracker ", table().text(), " holds the version '",
                        spelling, "', which is no number"));
      }
      state.applied.push_back(
          {*version, spelling, std::nullopt, std::nullopt, ""});
    }
    return state;
  }

  std::vector<std::string> Create() const override {
    return {Render(dialect().Choose(kCreate))};
  }
  std::vector<Connection::Query> Apply(const Migration& migration,
                                       const TrackerState&) const override {
    return {{Render(kInsert), {migration.spelling}}};
  }
  std::vector<Connection::Query> Revert(const AppliedRow& row,
                                        const TrackerState&) const override {
    return {{Render(kDelete), {row.spelling}}};
  }
};

}  // namespace

std::unique_ptr<Tracker> MakeDbmate(const engine::Dialect& dialect,
                                    engine::TableName table) {
  return std::make_unique<Dbmate>(dialect, std::move(table));
}

}  // namespace godwit::migrate
