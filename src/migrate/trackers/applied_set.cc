// SPDX-License-Identifier: Apache-2.0
// The applied set: a row for each applied version, with its name and the
// checksum of its file. Pending is what is on disk minus what is here, in any
// order, so two branches may merge as they like.
#include "base/text.h"
#include "migrate/trackers/trackers.h"

namespace godwit::migrate {

const TrackerTraits kAppliedSetTraits = {.makes_its_schema = true,
                                         .out_of_order = OutOfOrder::kApply,
                                         .default_table = "applied_migrations",
                                         .default_schema_is_public = true};

namespace {

constexpr std::string_view kColumns[] = {"version", "name", "applied_at",
                                         "checksum"};

constexpr std::string_view kCreate = R"(CREATE TABLE {table} (
  version {bigint} PRIMARY KEY,
  name text NOT NULL,
  applied_at {timestamp} NOT NULL DEFAULT {now},
  checksum text
))";
// The condition always holds: it names the column, so that a table without it
// is refused before anything is written.
constexpr std::string_view kRead =
    "SELECT version, name, checksum FROM {table} WHERE (applied_at IS NULL) IS "
    "NOT NULL ORDER BY version";
constexpr std::string_view kReadTimes =
    "SELECT version, name, checksum, {utc:applied_at} FROM {table} ORDER BY "
    "version";
constexpr std::string_view kInsert =
    "INSERT INTO {table} (version, name, checksum) VALUES ({p1}, {p2}, {p3})";
constexpr std::string_view kAccept =
    "UPDATE {table} SET name = {p2}, checksum = {p3} WHERE version = {p1}";
constexpr std::string_view kDelete = "DELETE FROM {table} WHERE version = {p1}";

class AppliedSet final : public Tracker {
 public:
  AppliedSet(const engine::Dialect& dialect, engine::TableName table)
      : Tracker(dialect, std::move(table)),
        insert_(Render(kInsert)),
        delete_(Render(kDelete)) {}

  TrackerKind kind() const override { return TrackerKind::kAppliedSet; }
  std::string_view kind_name() const override { return "applied-set"; }
  const TrackerTraits& traits() const override { return kAppliedSetTraits; }
  std::span<const std::string_view> columns() const override {
    return kColumns;
  }
  std::string ReadQuery(Times times) const override {
    return Render(times == Times::kRead ? kReadTimes : kRead);
  }

  TrackerState Interpret(const Result& rows) const override {
    TrackerState state;
    state.exists = true;
    state.applied.reserve(rows.size());
    const bool times = rows.columns().size() > 3;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      AppliedRow& row = state.applied.emplace_back();
      row.version = rows.Get<std::int64_t>(i, 0);
      row.spelling = Cat(row.version);
      row.name = rows.Get<std::optional<std::string>>(i, 1);
      row.checksum = rows.Get<std::optional<std::string>>(i, 2);
      if (times)
        row.applied_at =
            rows.Get<std::optional<std::string>>(i, 3).value_or("");
    }
    return state;
  }

  std::vector<std::string> Create() const override { return {Render(kCreate)}; }
  std::vector<Connection::Query> Apply(const Migration& migration,
                                       const TrackerState&) const override {
    return {{insert_, {migration.version, migration.name, migration.checksum}}};
  }
  std::vector<Connection::Query> Revert(const AppliedRow& row,
                                        const TrackerState&) const override {
    return {{delete_, {row.version}}};
  }
  std::vector<Connection::Query> Accept(
      const Migration& migration) const override {
    return {{Render(kAccept),
             {migration.version, migration.name, migration.checksum}}};
  }

 private:
  std::string insert_;
  std::string delete_;
};

}  // namespace

std::unique_ptr<Tracker> MakeAppliedSet(const engine::Dialect& dialect,
                                        engine::TableName table) {
  return std::make_unique<AppliedSet>(dialect, std::move(table));
}

}  // namespace godwit::migrate
