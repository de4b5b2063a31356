// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/database.h"
#include "godwit/migrator.h"
#include "migrate/migration.h"

namespace godwit::migrate {

// One applied version, as the tracker has it.
struct AppliedRow {
  Version version = 0;
  std::string spelling;                 // as it is stored
  std::optional<std::string> name;      // where the kind keeps names
  std::optional<std::string> checksum;  // where the kind keeps checksums
  // "2026-05-20T10:38:00Z", or empty. Only read for who shows it.
  std::string applied_at;
};

// Whether the times are read, too. What is done does not depend on them, and to
// make texts of them is half of what reading a thousand rows costs.
enum class Times { kLeft, kRead };

// What a tracker says.
struct TrackerState {
  bool exists = false;
  std::vector<AppliedRow> applied;  // in the order they were applied, where the
                                    // kind knows it; else ascending
  // A counter's own value, and whether it is dirty (golang-migrate).
  std::optional<Version> counter;
  bool dirty = false;
  bool lacks_zero_row = false;  // goose
  // Versions that the counter covers without the log knowing them: taken for
  // applied, written to the log at the first change.
  std::vector<Version> assumed;

  // dbmate: 1, 01 and 001 are three versions, told apart by their spelling.
  bool tells_spellings_apart = false;

  // Makes Find quick; call it when `applied` has changed.
  void Index();
  const AppliedRow* Find(const Migration& migration) const;
  bool Has(const Migration& migration) const {
    return Find(migration) != nullptr;
  }
  // The highest applied version; 0 is none.
  Version newest() const;

 private:
  struct Place {
    Version version;
    std::size_t index;  // into applied
  };
  std::vector<Place> by_version_;
};

// How a kind differs from the applied set, for planning.
struct TrackerTraits {
  bool reverts_last_applied_first = false;  // goose
  bool is_counter = false;                  // golang-migrate
  bool runs_up_to_a_refused_file = false;   // goose, dbmate: as those tools do
  bool makes_its_schema = false;
  bool makes_missing_database = false;  // dbmate: every command of it does
  OutOfOrder out_of_order = OutOfOrder::kApply;
  std::string_view default_table;
  bool default_schema_is_public =
      false;                // else the connection's current schema
  bool folds_case = false;  // the tool pastes the name unquoted
};

// One kind of tracker: its table's shape, its rows, its locks. Decides nothing
// and does no I/O; what it gives is run by others.
class Tracker {
 public:
  virtual ~Tracker() = default;

  virtual TrackerKind kind() const = 0;
  virtual std::string_view kind_name() const = 0;
  virtual const TrackerTraits& traits() const = 0;
  virtual std::span<const std::string_view> columns() const = 0;
  virtual std::string_view version_column() const { return "version"; }

  // The one query that reads it, and what its rows mean. Throws
  // Error(kTrackerUnusable) for rows that make no sense.
  virtual std::string ReadQuery(Times times) const = 0;
  virtual TrackerState Interpret(const Result& rows) const = 0;

  // Statements that make an empty tracker (not its schema).
  virtual std::vector<std::string> Create() const = 0;
  // Rows to write in the migration's transaction. `state` is as planned, with
  // the steps before this one done.
  virtual std::vector<Connection::Query> Apply(
      const Migration& migration, const TrackerState& state) const = 0;
  virtual std::vector<Connection::Query> Revert(
      const AppliedRow& row, const TrackerState& state) const = 0;
  // Records a file's name and checksum anew; nothing where the kind keeps
  // neither.
  virtual std::vector<Connection::Query> Accept(
      const Migration& /*migration*/) const {
    return {};
  }
  // A query that fails where the row that Apply has written is gone again: a
  // migration must not drop or empty its own tracker.
  Connection::Query Probe(const std::vector<Connection::Query>& applied) const;
  // The keys of the locks that the kind's own tool takes.
  virtual std::vector<std::int64_t> ForeignLockKeys(
      const std::string& /*database*/) const {
    return {};
  }

  const engine::TableName& table() const { return table_; }
  const engine::Dialect& dialect() const { return dialect_; }
  std::int64_t LockKey() const;

 protected:
  Tracker(const engine::Dialect& dialect, engine::TableName table)
      : dialect_(dialect), table_(std::move(table)) {}
  std::string Render(std::string_view text) const {
    return dialect_.Render(text, table_);
  }

 private:
  const engine::Dialect& dialect_;
  engine::TableName table_;
};

// A row of the table of kinds; one file each in trackers/.
struct TrackerEntry {
  TrackerKind kind;
  std::string_view name;  // "applied-set"
  const TrackerTraits& traits;
  std::unique_ptr<Tracker> (*make)(const engine::Dialect& dialect,
                                   engine::TableName table);
};
std::span<const TrackerEntry> TrackerEntries();
const TrackerEntry& FindTracker(TrackerKind kind);
const TrackerEntry* FindTracker(std::string_view name);

// FNV-1a, 64 bits, of the unquoted schema.table, as a signed number: the key of
// the run's lock.
std::int64_t RunLockKey(std::string_view schema_and_table);

}  // namespace godwit::migrate
