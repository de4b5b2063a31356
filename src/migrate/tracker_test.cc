// SPDX-License-Identifier: Apache-2.0
#include "migrate/tracker.h"

#include <gmock/gmock.h>

#include "base/crc32.h"
#include "engine/engines.h"

namespace godwit::migrate {
namespace {

using testing::ElementsAre;

std::unique_ptr<Tracker> Make(TrackerKind kind, const engine::Dialect& dialect = engine::PostgresDialect(), std::string schema = "public") {
  return FindTracker(kind).make(dialect, {std::move(schema), std::string(FindTracker(kind).traits.default_table)});
}

TEST(Tracker, TheRunLockIsFnv1aOfSchemaAndTable) {
  EXPECT_EQ(RunLockKey("paliad.applied_migrations"), 6041125926171106229);
  EXPECT_EQ(RunLockKey("public.applied_migrations"), 6004593293802252145);
  EXPECT_EQ(Make(TrackerKind::kAppliedSet)->LockKey(), 6004593293802252145);
}

TEST(Tracker, HoldsTheLocksOfTheToolThatItSharesWith) {
  EXPECT_EQ(Crc32("goose"), 4097083626u);
  EXPECT_THAT(Make(TrackerKind::kGoose)->ForeignLockKeys("app"), ElementsAre(4097083626));
  EXPECT_THAT(Make(TrackerKind::kGolangMigrate)->ForeignLockKeys("app"), ElementsAre(1726534663, 1787120056));
  EXPECT_EQ(Make(TrackerKind::kGolangMigrate, engine::PostgresDialect(), "ops")->ForeignLockKeys("app")[0], 28547050);
  EXPECT_THAT(Make(TrackerKind::kDbmate)->ForeignLockKeys("app"), testing::IsEmpty());
}

TEST(Tracker, TheAppliedSetHasItsFourColumnsAndNoMore) {
  EXPECT_EQ(Make(TrackerKind::kAppliedSet)->Create()[0],
            "CREATE TABLE \"public\".\"applied_migrations\" (\n  version bigint PRIMARY KEY,\n  name text NOT NULL,\n"
            "  applied_at timestamptz NOT NULL DEFAULT now(),\n  checksum text\n)");
  EXPECT_EQ(Make(TrackerKind::kAppliedSet, engine::SqliteDialect(), "")->Create()[0],
            "CREATE TABLE \"applied_migrations\" (\n  version INTEGER PRIMARY KEY,\n  name text NOT NULL,\n"
            "  applied_at TEXT NOT NULL DEFAULT (datetime('now')),\n  checksum text\n)");
}

TEST(Tracker, GooseReadsTheNewestRowOfEachVersion) {
  const Result rows({"version_id", "is_applied", "tstamp"},
                    {Value(0), Value(true), Value(), Value(1), Value(true), Value(), Value(2), Value(true), Value(), Value(1), Value(true),
                     Value(), Value(2), Value(false), Value()},
                    0);
  const TrackerState state = Make(TrackerKind::kGoose)->Interpret(rows);
  ASSERT_EQ(state.applied.size(), 1u);
  EXPECT_EQ(state.applied[0].version, 1);
  EXPECT_FALSE(state.lacks_zero_row);
  EXPECT_TRUE(Make(TrackerKind::kGoose)->Interpret(Result({"version_id", "is_applied", "tstamp"}, {}, 0)).lacks_zero_row);
}

TEST(Tracker, TheCounterMovesToTheNextLowerVersion) {
  TrackerState state;
  for (Version version : {1, 2, 4}) state.applied.push_back({version, "", {}, {}, ""});
  const auto tracker = Make(TrackerKind::kGolangMigrate);
  const auto down = tracker->Revert(state.applied[2], state);
  ASSERT_EQ(down.size(), 2u);
  EXPECT_EQ(down[1].parameters[0].Get<int>(), 2);
  state.applied.resize(1);
  EXPECT_EQ(tracker->Revert(state.applied[0], state).size(), 1u);  // only emptied
}

}  // namespace
}  // namespace godwit::migrate
