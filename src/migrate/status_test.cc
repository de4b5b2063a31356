// SPDX-License-Identifier: Apache-2.0
#include "migrate/status.h"

#include <gmock/gmock.h>

#include "base/sha256.h"
#include "base/text.h"

namespace godwit::migrate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kText = "CREATE TABLE t (id int);\n";

std::vector<Migration> Files(std::initializer_list<Version> versions) {
  std::vector<Migration> migrations;
  for (Version version : versions) {
    Migration migration;
    migration.version = version;
    migration.spelling = Cat(version);
    migration.name = Cat("file", version);
    migration.up = SourceFile{Cat("m/", version, ".sql"), kText};
    migration.checksum = Sha256Hex(kText);
    migrations.push_back(std::move(migration));
  }
  return migrations;
}

AppliedRow Row(Version version, std::string name,
               std::optional<std::string> checksum = Sha256Hex(kText)) {
  return {version, Cat(version), std::move(name), std::move(checksum),
          "2026-05-20T10:38:00Z"};
}

TrackerState Rows(std::vector<AppliedRow> rows) {
  TrackerState state;
  state.exists = true;
  state.applied = std::move(rows);
  state.Index();
  return state;
}

std::vector<std::string> States(const std::vector<StatusLine>& lines) {
  std::vector<std::string> states;
  for (const StatusLine& line : lines)
    states.push_back(Cat(line.version, ' ', Word(line.state)));
  return states;
}

TEST(CompareAll, ADirtyCountersVersionIsInterrupted) {
  TrackerState state = Rows({Row(1, "file1"), Row(2, "file2")});
  state.counter = 2;
  state.dirty = true;
  const std::vector<StatusLine> lines = CompareAll(Files({1, 2}), state, {});
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].state, State::kApplied);
  EXPECT_EQ(lines[1].state, State::kInterrupted);
}

TEST(Status, ShowsFilesAndRowsBesideEachOther) {
  const auto state =
      Rows({Row(1, "file1"), Row(2, "file2", Sha256Hex("other")),
            Row(3, "gone"), Row(4, "old_name"), Row(6, "file6", std::nullopt)});
  const auto lines = CompareAll(Files({1, 2, 4, 5, 6}), state, {});
  EXPECT_THAT(States(lines),
              ElementsAre("1 applied", "2 drifted", "3 missing", "4 drifted",
                          "5 pending", "6 applied"));
  EXPECT_EQ(lines[0].file, "m/1.sql");
  EXPECT_EQ(lines[0].applied_at, "2026-05-20T10:38:00Z");
  EXPECT_EQ(lines[0].checksum, Sha256Hex(kText));
  EXPECT_EQ(lines[2].file, "");
  EXPECT_EQ(lines[2].name, "gone");
  EXPECT_EQ(lines[4].applied_at, "");
  EXPECT_EQ(lines[4].checksum, "");
}

TEST(Status, OtherLineEndsAreNoDrift) {
  const auto state =
      Rows({Row(1, "file1", Sha256Hex("CREATE TABLE t (id int);\r\n"))});
  EXPECT_THAT(States(CompareAll(Files({1}), state, {})),
              ElementsAre("1 applied"));
  EXPECT_EQ(Verify(Files({1}), state, {})[0].kind, Finding::Kind::kLineEndings);
}

TEST(Status, ACutOffMigrationIsInterrupted) {
  const LogState log({{1, 2, std::string(event::kIntent), 1, "h", "up"}});
  EXPECT_THAT(States(CompareAll(Files({1, 2}), Rows({Row(1, "file1")}), log)),
              ElementsAre("1 applied", "2 interrupted"));
}

TEST(Status, OfAnEmptyDatabaseEverythingIsPending) {
  EXPECT_THAT(States(CompareAll(Files({1, 2}), {}, {})),
              ElementsAre("1 pending", "2 pending"));
  EXPECT_THAT(CompareAll({}, {}, {}), IsEmpty());
}

TEST(Verify, FindsWhatDiffersAndNamesIt) {
  const auto state = Rows({Row(1, "file1"), Row(2, "file2", Sha256Hex("other")),
                           Row(3, "gone"), Row(4, "old_name")});
  std::vector<std::string> found;
  for (const Finding& finding : Verify(Files({1, 2, 4, 5}), state, {}))
    found.push_back(Cat(Word(finding.kind), ": ", finding.message));
  EXPECT_THAT(found,
              ElementsAre("changed: m/2.sql changed after it was applied",
                          "renamed: m/4.sql was applied as 'old_name'",
                          "missing: no file for the applied version 3 gone"));
}

TEST(Verify, FindsNothingWhereNothingDiffersOrNothingIsKnown) {
  EXPECT_THAT(Verify(Files({1, 2}), Rows({Row(1, "file1")}), {}), IsEmpty());
  AppliedRow bare{1, "1", std::nullopt, std::nullopt, ""};
  EXPECT_THAT(Verify(Files({1}), Rows({bare}), {}), IsEmpty());
}

}  // namespace
}  // namespace godwit::migrate
