// SPDX-License-Identifier: Apache-2.0
#include "migrate/ledger.h"

#include <gmock/gmock.h>

#include "base/text.h"

namespace godwit::migrate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<Migration> Files(std::initializer_list<Version> versions) {
  std::vector<Migration> migrations;
  for (Version version : versions) {
    Migration migration;
    migration.version = version;
    migration.spelling = Cat(version);
    migration.up = SourceFile{"", ""};
    migrations.push_back(std::move(migration));
  }
  return migrations;
}

LogEntry Entry(Version version, std::string_view event,
               std::optional<std::int64_t> statement = {},
               std::string detail = "up") {
  return {0,
          version,
          std::string(event),
          statement,
          statement ? std::optional<std::string>("hash") : std::nullopt,
          std::move(detail),
          "ada@host",
          "2026-05-20T10:38:00Z"};
}

std::vector<Version> AppliedVersions(const TrackerState& state) {
  std::vector<Version> versions;
  for (const AppliedRow& row : state.applied) versions.push_back(row.version);
  return versions;
}

TrackerState At(std::optional<Version> counter) {
  TrackerState state;
  state.exists = true;
  state.counter = counter;
  return state;
}

TEST(Log, KnowsAFileOfNoVersionByItsNameAndWhatItWasLast) {
  Migration script;
  script.script = event::kPost;
  script.name = "post.sql";
  script.checksum = "new";
  const auto entry = [](std::string_view event, std::string hash) {
    LogEntry made = Entry(0, event, {}, "post.sql");
    made.hash = std::move(hash);
    return made;
  };
  EXPECT_FALSE(LogState().WasRun(script));
  EXPECT_TRUE(LogState({entry(event::kPost, "old"), entry(event::kPost, "new")})
                  .WasRun(script));
  EXPECT_FALSE(
      LogState({entry(event::kPost, "new"), entry(event::kPost, "old")})
          .WasRun(script));
  EXPECT_FALSE(LogState({entry(event::kPre, "new")}).WasRun(script));
}

TEST(Counter, WithoutALogCoversEveryFileUpToIt) {
  TrackerState state = At(4);
  ResolveCounter(state, {}, Files({1, 2, 4, 5}));
  EXPECT_THAT(AppliedVersions(state), ElementsAre(1, 2, 4));
  EXPECT_THAT(state.assumed, ElementsAre(1, 2, 4));
}

TEST(Counter, WithALogALateFileIsNotApplied) {
  TrackerState state = At(4);
  const LogState log({Entry(1, event::kApplied), Entry(2, event::kApplied),
                      Entry(4, event::kApplied)});
  ResolveCounter(state, log, Files({1, 2, 3, 4, 5}));
  EXPECT_THAT(AppliedVersions(state), ElementsAre(1, 2, 4));
  EXPECT_THAT(state.assumed, IsEmpty());
}

TEST(Counter, WhatAnotherToolHasAddedSinceIsApplied) {
  TrackerState state = At(5);
  const LogState log({Entry(1, event::kApplied), Entry(2, event::kApplied)});
  ResolveCounter(state, log, Files({1, 2, 4, 5, 6}));
  EXPECT_THAT(AppliedVersions(state), ElementsAre(1, 2, 4, 5));
  EXPECT_THAT(state.assumed, ElementsAre(4, 5));
}

TEST(Counter, WhatAnotherToolHasRevertedIsNotApplied) {
  TrackerState state = At(1);
  const LogState log({Entry(1, event::kApplied), Entry(2, event::kApplied),
                      Entry(4, event::kApplied)});
  ResolveCounter(state, log, Files({1, 2, 4}));
  EXPECT_THAT(AppliedVersions(state), ElementsAre(1));
}

TEST(Counter, AForcedCounterForgetsTheLog) {
  TrackerState state = At(2);
  const LogState log({Entry(4, event::kApplied), Entry(2, event::kForced)});
  ResolveCounter(state, log, Files({1, 2, 4}));
  EXPECT_THAT(AppliedVersions(state), ElementsAre(1, 2));
  TrackerState empty = At(std::nullopt);
  ResolveCounter(empty, log, Files({1, 2, 4}));
  EXPECT_THAT(empty.applied, IsEmpty());
}

TEST(Log, KnowsWhichStatementsAreDone) {
  const LogState log({Entry(7, event::kIntent, 1), Entry(7, event::kDone, 1),
                      Entry(7, event::kIntent, 2)});
  const Unfinished* unfinished = log.FindUnfinished(7);
  ASSERT_TRUE(unfinished);
  EXPECT_TRUE(unfinished->done.contains(1));
  EXPECT_EQ(unfinished->fate_unknown, 2);
  EXPECT_FALSE(log.FindUnfinished(8));
}

TEST(Log, AFailedStatementIsTriedAgain) {
  const LogState log(
      {Entry(7, event::kIntent, 1), Entry(7, event::kFailed, 1)});
  ASSERT_TRUE(log.FindUnfinished(7));
  EXPECT_EQ(log.FindUnfinished(7)->fate_unknown, std::nullopt);
  EXPECT_THAT(log.FindUnfinished(7)->done, IsEmpty());
}

TEST(Log, AnAppliedVersionIsFinished) {
  const LogState log({Entry(7, event::kDone, 1), Entry(7, event::kApplied)});
  EXPECT_FALSE(log.FindUnfinished(7));
}

TEST(Log, AChangeOfDirectionBeginsAnew) {
  const LogState log(
      {Entry(7, event::kDone, 1, "up"), Entry(7, event::kIntent, 1, "down")});
  ASSERT_TRUE(log.FindUnfinished(7));
  EXPECT_TRUE(log.FindUnfinished(7)->down);
  EXPECT_THAT(log.FindUnfinished(7)->done, IsEmpty());
}

TEST(Acceptance, IsOfTheRowThatItWrote) {
  LogEntry entry = Entry(2, event::kAccepted);
  entry.hash = "sum";
  const LogState log({entry});
  const AppliedRow row{2, "2", "b", "sum", "2026-05-20T10:37:00Z"};
  ASSERT_TRUE(log.FindAcceptance(row));
  EXPECT_EQ(log.FindAcceptance(row)->actor, "ada@host");
  EXPECT_EQ(log.FindAcceptance(row)->at, "2026-05-20T10:38:00Z");
  // Reverted and applied again; another file; another version.
  EXPECT_FALSE(
      log.FindAcceptance({2, "2", "b", "sum", "2026-05-20T10:39:00Z"}));
  EXPECT_FALSE(
      log.FindAcceptance({2, "2", "b", "other", "2026-05-20T10:37:00Z"}));
  EXPECT_FALSE(
      log.FindAcceptance({3, "3", "b", "sum", "2026-05-20T10:37:00Z"}));
}

}  // namespace
}  // namespace godwit::migrate
