// SPDX-License-Identifier: Apache-2.0
#include "migrate/pending.h"

#include <gmock/gmock.h>

#include "base/sha256.h"
#include "base/text.h"

namespace godwit::migrate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Files 1 a, 2 b, …: each with a text of its own.
std::vector<Migration> Files(std::initializer_list<Version> versions) {
  static const std::string kText = "CREATE TABLE t (id int);\n";
  std::vector<Migration> migrations;
  for (Version version : versions) {
    Migration migration;
    migration.version = version;
    migration.spelling = Cat(version);
    migration.name = Cat("file", version);
    migration.up =
        SourceFile{Cat("m/", version, "_file", version, ".sql"), kText};
    migration.checksum = Sha256Hex(kText);
    migrations.push_back(std::move(migration));
  }
  return migrations;
}

TrackerState Applied(std::initializer_list<Version> versions) {
  TrackerState state;
  state.exists = true;
  for (Version version : versions) {
    state.applied.push_back(
        {version, Cat(version), Cat("file", version), std::nullopt, ""});
  }
  state.Index();
  return state;
}

std::vector<Version> Versions(const Plan& plan) {
  std::vector<Version> versions;
  for (const Step& step : plan.steps)
    versions.push_back(step.down ? -step.row.version : step.migration->version);
  return versions;
}

constexpr TrackerTraits kSet;
constexpr TrackerTraits kGooseLike{.reverts_last_applied_first = true,
                                   .runs_up_to_a_refused_file = true};
constexpr TrackerTraits kCounter{.is_counter = true};
const Wish kUp;
const Wish kDown{.kind = Wish::Kind::kDown};

TEST(Pending, IsWhatIsOnDiskMinusWhatIsApplied) {
  struct Case {
    std::vector<Migration> files;
    TrackerState state;
    Wish wish;
    std::vector<Version> steps;
  };
  const Case cases[] = {
      {Files({1, 2, 3}), {}, kUp, {1, 2, 3}},
      {Files({1, 2, 3}), Applied({1, 2, 3}), kUp, {}},
      {Files({1, 2, 103, 104}), Applied({1, 2, 104}), kUp, {103}},
      {Files({1, 2, 3}), {}, {.to = 2}, {1, 2}},
      {Files({1, 2, 3}), {}, {.steps = 1}, {1}},
      {Files({1, 2, 3}), {}, {.steps = 0}, {}},
      {Files({1, 2, 3}), Applied({1}), {.only = 3}, {3}},
      {Files({1, 2, 3}), Applied({1, 2, 3}), kDown, {-3}},
      {Files({1, 2, 3}), Applied({}), kDown, {}},
      {Files({1, 2, 3}),
       Applied({1, 2, 3}),
       {.kind = Wish::Kind::kDown, .all = true},
       {-3, -2, -1}},
      {Files({1, 2, 3}),
       Applied({1, 2, 3}),
       {.kind = Wish::Kind::kDown, .to = 1},
       {-3, -2}},
      {Files({1, 2, 3}),
       Applied({1, 2, 3}),
       {.kind = Wish::Kind::kDown, .steps = 2},
       {-3, -2}},
      {Files({1, 5, 9}),
       Applied({1, 5, 9}),
       {.kind = Wish::Kind::kDown, .to = 4},
       {-9, -5}},
  };
  for (const Case& c : cases) {
    const Plan plan =
        Pending(c.files, c.state, kSet, "applied_migrations", c.wish, {});
    EXPECT_THAT(plan.refusals, IsEmpty());
    EXPECT_EQ(Versions(plan), c.steps);
  }
}

TEST(Pending, GooseRevertsWhatWasAppliedLast) {
  const auto files = Files({1, 2, 3, 4});
  const TrackerState state = Applied({1, 2, 4, 3});
  const auto plan = [&](const Wish& wish) {
    return Versions(Pending(files, state, kGooseLike, "t", wish, {}));
  };
  EXPECT_THAT(plan(kDown), ElementsAre(-3));
  EXPECT_THAT(plan({.kind = Wish::Kind::kDown, .to = 3}), ElementsAre(-4));
  EXPECT_THAT(plan({.kind = Wish::Kind::kDown, .to = 1}),
              ElementsAre(-3, -4, -2));
  EXPECT_THAT(plan({.kind = Wish::Kind::kDown, .all = true}),
              ElementsAre(-4, -3, -2, -1));
  EXPECT_EQ(CurrentVersion(state, kGooseLike), 3);
  EXPECT_EQ(CurrentVersion(state, kSet), 4);
}

TEST(Pending, RefusesALateFileWhereOrderMatters) {
  const Policy strict{.out_of_order = OutOfOrder::kRefuse};
  const Plan plan =
      Pending(Files({1, 2, 3}), Applied({1, 3}), kSet, "t", kUp, strict);
  ASSERT_EQ(plan.refusals.size(), 1u);
  EXPECT_EQ(plan.refusals[0].code, ErrorCode::kOutOfOrder);
  EXPECT_EQ(plan.refusals[0].message,
            "version 2 file2 was never applied and is below the newest applied "
            "version 3");
  EXPECT_THAT(plan.steps, IsEmpty());
  EXPECT_THAT(Pending(Files({1, 3, 4}), Applied({1, 3}), kSet, "t", kUp, strict)
                  .refusals,
              IsEmpty());
}

TEST(Pending, RefusesAChangedFileAndNamesTheMend) {
  auto files = Files({1});
  TrackerState state = Applied({1});
  state.applied[0].checksum = std::string(64, '0');
  const Plan refused = Pending(files, state, kSet, "t", kUp, {});
  ASSERT_EQ(refused.refusals.size(), 1u);
  EXPECT_EQ(refused.refusals[0].code, ErrorCode::kChecksumMismatch);
  EXPECT_EQ(refused.refusals[0].message,
            "m/1_file1.sql changed after it was applied");
  EXPECT_EQ(refused.refusals[0].help,
            "restore it, or accept it with 'godwit migrate verify --accept 1'");
  const Plan warned =
      Pending(files, state, kSet, "t", kUp, {.on_drift = OnDrift::kWarn});
  EXPECT_THAT(warned.refusals, IsEmpty());
  EXPECT_THAT(warned.warnings,
              ElementsAre("m/1_file1.sql changed after it was applied"));
}

TEST(Pending, TellsOtherLineEndsFromOtherText) {
  const auto files = Files({1});
  TrackerState state = Applied({1});
  state.applied[0].checksum = Sha256Hex("CREATE TABLE t (id int);\r\n");
  EXPECT_EQ(Compare(files[0], state.applied[0]), Drift::kLineEndings);
  const Plan plan = Pending(files, state, kSet, "t", kUp, {});
  EXPECT_THAT(plan.refusals, IsEmpty());
  EXPECT_THAT(plan.warnings, ElementsAre(HasSubstr("has other line ends")));
}

TEST(Pending, RefusesARenamedFileWithBothNames) {
  TrackerState state = Applied({1});
  state.applied[0].name = "init";
  const Plan plan = Pending(Files({1}), state, kSet, "t", kUp, {});
  ASSERT_EQ(plan.refusals.size(), 1u);
  EXPECT_EQ(plan.refusals[0].code, ErrorCode::kRenamed);
  EXPECT_EQ(
      plan.refusals[0].message,
      "version 1 was applied as 'init' and its file is now called 'file1'");
}

TEST(Pending, ARowWithoutFileIsAWarningOrARefusal) {
  const auto files = Files({1, 3});
  const TrackerState state = Applied({1, 2, 3});
  EXPECT_THAT(Pending(files, state, kSet, "t", kUp, {}).warnings,
              ElementsAre("no file for the applied version 2 file2"));
  const Plan refused =
      Pending(files, state, kSet, "t", kUp, {.on_missing = OnMissing::kRefuse});
  ASSERT_EQ(refused.refusals.size(), 1u);
  EXPECT_EQ(refused.refusals[0].code, ErrorCode::kMissingFile);
}

TEST(Pending, AnOldReleaseStartsOnANewerDatabase) {
  const Plan plan = Pending(Files({1, 2}), Applied({1, 2, 3, 4}), kSet, "t",
                            kUp, {.on_missing = OnMissing::kRefuse});
  EXPECT_THAT(plan.refusals, IsEmpty());
  EXPECT_THAT(
      plan.warnings,
      ElementsAre(
          "the database is ahead of the files: 2 applied versions above 2"));
}

TEST(Pending, CannotRevertWhatHasNoFile) {
  const Wish all{.kind = Wish::Kind::kDown, .all = true};
  const Plan refused =
      Pending(Files({1, 3}), Applied({1, 2, 3}), kSet, "t", all, {});
  ASSERT_EQ(refused.refusals.size(), 1u);
  EXPECT_EQ(refused.refusals[0].code, ErrorCode::kMissingFile);
  EXPECT_THAT(refused.steps, IsEmpty());
  Wish forget = all;
  forget.forget = true;
  EXPECT_THAT(Versions(Pending(Files({1, 3}), Applied({1, 2, 3}), kSet, "t",
                               forget, {})),
              ElementsAre(-3, -2, -1));
}

TEST(Pending, GooseRevertsUpToTheMissingFileAndStops) {
  const Plan plan = Pending(Files({1, 3}), Applied({1, 2, 3}), kGooseLike, "t",
                            {.kind = Wish::Kind::kDown, .to = 0}, {});
  EXPECT_THAT(Versions(plan), ElementsAre(-3));
  ASSERT_TRUE(plan.stop);
  EXPECT_EQ(plan.stop->code, ErrorCode::kMissingFile);
}

TEST(Pending, ADirtyCounterIsRefusedWithTheWayOut) {
  TrackerState state;
  state.exists = true;
  state.counter = 2;
  state.dirty = true;
  const Plan plan =
      Pending(Files({1, 2}), state, kCounter, "schema_migrations", kUp, {});
  ASSERT_EQ(plan.refusals.size(), 1u);
  EXPECT_EQ(plan.refusals[0].code, ErrorCode::kLegacyDirty);
  EXPECT_EQ(plan.refusals[0].message,
            "the tracker schema_migrations is dirty at version 2: another "
            "tool's run failed there");
  EXPECT_THAT(plan.refusals[0].help, HasSubstr("godwit migrate force V"));
}

TEST(Pending, ACounterMustStandAtAFile) {
  TrackerState state;
  state.exists = true;
  state.counter = 7;
  for (const Wish& wish : {kUp, kDown}) {
    const Plan plan =
        Pending(Files({1, 2}), state, kCounter, "schema_migrations", wish, {});
    ASSERT_EQ(plan.refusals.size(), 1u);
    EXPECT_EQ(plan.refusals[0].code, ErrorCode::kUnknownVersion);
  }
}

TEST(Pending, SpellingsOfOneNumberAreThreeVersionsToDbmate) {
  std::vector<Migration> files = Files({1, 1, 1});
  files[0].spelling = "001";
  files[1].spelling = "01";
  TrackerState state = Applied({1});
  state.tells_spellings_apart = true;
  state.applied[0] = {1, "01", std::nullopt, std::nullopt, ""};
  state.Index();
  EXPECT_EQ(CountPending(files, state), 2u);
}

}  // namespace
}  // namespace godwit::migrate
