// SPDX-License-Identifier: Apache-2.0
// What a history, files and a map of versions come to.
#include "migrate/adopt/adoption.h"

#include <gmock/gmock.h>

#include <deque>

#include "base/sha256.h"
#include "base/text.h"

namespace godwit::migrate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct File {
  Version version;
  std::string name;  // of the file
  std::string text;
};

// A folder and a tracker; what taking over makes of them.
class Desk {
 public:
  explicit Desk(const LegacyTool& tool) : tool_(tool) {}

  Desk& With(Version version, std::string name, std::string text = "x") {
    files_.push_back({version, std::move(name), std::move(text)});
    const File& file = files_.back();
    Migration migration;
    migration.version = version;
    migration.spelling = Cat(version);
    migration.name = Cat("n", version);
    migration.up = SourceFile{file.name, file.text};
    migration.checksum = Sha256Hex(file.text);
    migrations_.push_back(std::move(migration));
    return *this;
  }
  Desk& Files(std::initializer_list<Version> versions) {
    for (const Version version : versions)
      With(version, Cat(version, "_n.sql"));
    return *this;
  }
  Desk& Row(std::string version, std::string checksum = "") {
    history.applied.push_back(
        {version, "old", checksum, "2026-01-01T00:00:00Z"});
    return *this;
  }
  Adoption Plan() const {
    return PlanAdoption(tool_, "app.t", history, migrations_, map);
  }
  ErrorInfo Refusal() const {
    const Adoption plan = Plan();
    EXPECT_THAT(plan.rows, IsEmpty());
    return plan.refusal.value_or(ErrorInfo{});
  }

  LegacyHistory history;
  VersionMap map;

 private:
  const LegacyTool& tool_;
  std::deque<File> files_;
  std::vector<Migration> migrations_;
};

TEST(Adoption, OfASetTakesItsRowsAndTellsWhatIsLeft) {
  Desk desk(kLegacyGoose);
  desk.Files({1, 2, 4}).Row("1").Row("3");
  const Adoption plan = desk.Plan();
  EXPECT_THAT(plan.adopted, ElementsAre(1));
  EXPECT_THAT(plan.unknown, ElementsAre(3));
  EXPECT_THAT(plan.pending, ElementsAre(2, 4));
  EXPECT_THAT(
      plan.rows,
      ElementsAre(AdoptedRow{1, "n1", std::nullopt, "2026-01-01T00:00:00Z"},
                  AdoptedRow{3, "old", std::nullopt, "2026-01-01T00:00:00Z"}));
  EXPECT_FALSE(plan.refusal || plan.question);
}

TEST(Adoption, OfACounterTakesEveryFileUpToIt) {
  Desk desk(kLegacyGolangMigrate);
  desk.Files({1, 2, 5, 7}).history.counter = 5;
  const Adoption plan = desk.Plan();
  EXPECT_THAT(plan.adopted, ElementsAre(1, 2, 5));
  EXPECT_THAT(plan.unknown, IsEmpty());
  EXPECT_THAT(plan.pending, ElementsAre(7));
  EXPECT_EQ(plan.rows[0].checksum, std::nullopt);
  EXPECT_THAT(plan.assumptions[0], HasSubstr("1, 2, 5"));
  EXPECT_FALSE(plan.refusal || plan.question);
}

TEST(Adoption, OfAnEmptyCounterIsAVirginDatabase) {
  Desk desk(kLegacyGolangMigrate);
  desk.Files({1, 2});
  EXPECT_THAT(desk.Plan().rows, IsEmpty());
  EXPECT_THAT(desk.Plan().pending, ElementsAre(1, 2));
}

TEST(Adoption, OfACounterWithoutAFileAsks) {
  Desk desk(kLegacyGolangMigrate);
  desk.Files({1, 2}).history.counter = 42;
  const Adoption plan = desk.Plan();
  EXPECT_FALSE(plan.refusal);
  ASSERT_TRUE(plan.question);
  EXPECT_EQ(plan.question->code, ErrorCode::kLegacyAmbiguous);
  EXPECT_THAT(plan.question->message, HasSubstr("version 42"));
  EXPECT_THAT(plan.adopted, ElementsAre(1, 2));
}

TEST(Adoption, IsRefusedWithTheHistorysTrouble) {
  Desk desk(kLegacyGolangMigrate);
  desk.Files({1}).history.trouble =
      LegacyTrouble(ErrorCode::kLegacyDirty, "dirty", "mend it");
  EXPECT_EQ(desk.Refusal().code, ErrorCode::kLegacyDirty);
}

TEST(Adoption, OfTextsThatAreOneNumberIsRefused) {
  Desk desk(kLegacyDbmate);
  desk.Files({1}).Row("1").Row("01");
  const ErrorInfo refusal = desk.Refusal();
  EXPECT_EQ(refusal.code, ErrorCode::kLegacyAmbiguous);
  EXPECT_THAT(refusal.message, HasSubstr("01 and 1"));
  desk.map = {{"01", 2}, {"1", 1}};
  EXPECT_THAT(desk.Plan().unknown, ElementsAre(2));
}

TEST(Adoption, OfTwoFilesWithOneNumberIsRefused) {
  Desk desk(kLegacyDbmate);
  desk.With(1, "01_a.sql").With(1, "1_a.sql").Row("1");
  EXPECT_EQ(desk.Refusal().code, ErrorCode::kLegacyAmbiguous);
}

TEST(Adoption, OfVersionsThatAreNoNumbersNeedsAMap) {
  for (const std::string version :
       {"1.2", "abc", "-3", "1e5", "99999999999999999999"}) {
    Desk desk(kLegacyFlyway);
    desk.Files({1, 12}).Row("1").Row(version);
    const ErrorInfo refusal = desk.Refusal();
    EXPECT_EQ(refusal.code, ErrorCode::kLegacyAmbiguous) << version;
    EXPECT_THAT(refusal.help, HasSubstr(Cat('"', version, "\": 1")));
    desk.map = {{version, 12}};
    EXPECT_THAT(desk.Plan().adopted, ElementsAre(1, 12)) << version;
    desk.map = {{version, std::nullopt}};
    EXPECT_THAT(desk.Plan().adopted, ElementsAre(1)) << version;
  }
}

TEST(Adoption, OfABaselineCoversTheFilesUpToIt) {
  Desk desk(kLegacyFlyway);
  desk.Files({1, 2, 3, 4}).Row("3").history.baselines = {"3"};
  EXPECT_THAT(desk.Plan().adopted, ElementsAre(1, 2, 3));
  EXPECT_THAT(desk.Plan().pending, ElementsAre(4));
}

TEST(Adoption, OfAGraphShowsTheFormOfTheMap) {
  Desk desk(kLegacyDjango);
  desk.Files({1, 2}).Row("shop.0001_a").Row("shop.0002_b");
  const ErrorInfo refusal = desk.Refusal();
  EXPECT_EQ(refusal.code, ErrorCode::kUnsupported);
  EXPECT_THAT(refusal.help, HasSubstr("--map"));
  EXPECT_THAT(refusal.help,
              HasSubstr("\"shop.0001_a\": 1\n\"shop.0002_b\": 2"));
}

TEST(Adoption, OfAGraphFollowsTheMap) {
  Desk desk(kLegacyDjango);
  desk.Files({1, 2, 3}).Row("auth.0001").Row("shop.0001").Row("shop.0002");
  desk.map = {{"auth.0001", std::nullopt}, {"shop.0001", 1}, {"shop.0002", 1}};
  EXPECT_THAT(desk.Plan().adopted, ElementsAre(1));
  EXPECT_THAT(desk.Plan().pending, ElementsAre(2, 3));
  desk.map["shop.0003"] = 1;  // not applied, and one with those that are
  EXPECT_EQ(desk.Refusal().code, ErrorCode::kLegacyAmbiguous);
  desk.map = {{"shop.0001", 1}};
  EXPECT_THAT(desk.Refusal().message, HasSubstr("auth.0001, shop.0002"));
}

TEST(Adoption, OfHeadsTakesWhatTheMapPutsBelowThem) {
  Desk desk(kLegacyAlembic);
  desk.Files({1, 2, 3, 4}).Row("c").Row("b");
  EXPECT_EQ(desk.Refusal().code, ErrorCode::kUnsupported);
  desk.map = {{"a", 1}, {"b", 2}};
  EXPECT_EQ(desk.Refusal().code, ErrorCode::kLegacyAmbiguous);
  desk.map = {{"a", 1}, {"b", 2}, {"c", 3}, {"d", 4}};
  EXPECT_THAT(desk.Plan().adopted, ElementsAre(1, 2, 3));
  EXPECT_THAT(desk.Plan().pending, ElementsAre(4));
}

TEST(Adoption, OfAGraphWithoutRowsNeedsNoMap) {
  for (const LegacyTool* tool :
       {&kLegacyAlembic, &kLegacyDjango, &kLegacyLiquibase}) {
    Desk desk(*tool);
    desk.Files({1});
    EXPECT_FALSE(desk.Plan().refusal) << tool->name;
    EXPECT_THAT(desk.Plan().pending, ElementsAre(1));
  }
}

TEST(Adoption, CarriesChecksumsOverThatAgree) {
  struct Case {
    const LegacyTool* tool;
    std::string text;
    std::string checksum;
  };
  const Case cases[] = {
      {&kLegacyFlyway,
       "-- migration 1\nCREATE TABLE t1 (id INTEGER PRIMARY "
       "KEY);\n",
       "1308859728"},
      // The line ends and the byte order mark do not count.
      {&kLegacyFlyway,
       "\xEF\xBB\xBF-- migration 1\r\nCREATE TABLE t1 (id INTEGER PRIMARY "
       "KEY);\r",
       "1308859728"},
      {&kLegacySqlx, "CREATE TABLE t1 (id INTEGER PRIMARY KEY);\n",
       "4a98c23d5fe57c2cfa189887b156e784bcf9aba1ea31a72d6b474aba0a0f38edc60ff5"
       "6f1f04867b832806797f4e9e96"}};
  for (const Case& row : cases) {
    Desk same(*row.tool);
    same.With(1, "1_a.sql", row.text).Row("1", row.checksum);
    EXPECT_EQ(same.Plan().rows[0].checksum, Sha256Hex(row.text));
    EXPECT_THAT(same.Plan().drifted, IsEmpty());
    Desk changed(*row.tool);
    changed.With(1, "1_a.sql", row.text + "-- edited\n").Row("1", row.checksum);
    EXPECT_EQ(changed.Plan().rows[0].checksum, std::nullopt);
    EXPECT_THAT(changed.Plan().drifted, ElementsAre(1));
    EXPECT_THAT(changed.Plan().warnings[0], HasSubstr("1_a.sql"));
    EXPECT_FALSE(changed.Plan().refusal);
  }
}

constexpr std::string_view kFirst = "CREATE TABLE a (id INTEGER);\n";
constexpr std::string_view kSecond = "CREATE TABLE b (id INTEGER);\n";
constexpr std::string_view kFirstSum =
    "xHW+xU2gYADhYpBJ5jtyJMNIZ+fk42w/S3fGQvRnQb0=";
constexpr std::string_view kSecondSum =
    "STFW9JsT1iMKPMbN5Tevxz0GRRZyFcSbsPoTR1AwH3o=";

TEST(Adoption, FollowsTheChainOfAtlas) {
  Desk desk(kLegacyAtlas);
  desk.With(1, "m/1_a.sql", std::string(kFirst))
      .With(2, "m/2_b.sql", std::string(kSecond))
      .Row("1", std::string(kFirstSum))
      .Row("2", std::string(kSecondSum));
  EXPECT_THAT(desk.Plan().drifted, IsEmpty());
  EXPECT_EQ(desk.Plan().rows[1].checksum, Sha256Hex(kSecond));
}

TEST(Adoption, AFileThatCameLateDoesNotBreakTheChainOfAtlas) {
  Desk desk(kLegacyAtlas);
  desk.With(1, "m/1_a.sql", std::string(kFirst))
      .With(2, "m/2_b.sql", std::string(kSecond))
      .Row("2", std::string(kSecondSum));
  EXPECT_THAT(desk.Plan().drifted, IsEmpty()) << "the first in the chain";
  Desk late(kLegacyAtlas);
  late.With(1, "m/1_a.sql", std::string(kFirst))
      .With(2, "m/1x_late.sql", "SELECT 1;")
      .With(3, "m/2_b.sql", std::string(kSecond))
      .Row("1", std::string(kFirstSum))
      .Row("3", std::string(kSecondSum));
  EXPECT_THAT(late.Plan().drifted, IsEmpty());
  EXPECT_THAT(late.Plan().pending, ElementsAre(2));
}

TEST(Adoption, ADirectiveLeavesAFileOutOfTheSumOfAtlas) {
  Desk desk(kLegacyAtlas);
  desk.With(1, "1_a.sql", "-- atlas:sum ignore\n\nSELECT 1;").Row("1", "x");
  EXPECT_THAT(desk.Plan().drifted, IsEmpty());
  EXPECT_EQ(desk.Plan().rows[0].checksum, std::nullopt);
}

TEST(ListVersions, WritesRangesShort) {
  EXPECT_EQ(ListVersions({}), "");
  EXPECT_EQ(ListVersions({7}), "7");
  EXPECT_EQ(ListVersions({1, 2, 3, 7, 9, 10}), "1-3, 7, 9, 10");
}

// The way back.
class BackDesk {
 public:
  explicit BackDesk(const LegacyTool& tool) : tool_(tool) {}
  BackDesk& Files(std::initializer_list<Version> versions) {
    for (const Version version : versions) {
      Migration migration;
      migration.version = version;
      migration.spelling = Cat("00", version);
      migration.name = "n";
      migration.up = SourceFile{Cat("00", version, "_n.sql"), "x"};
      migrations_.push_back(migration);
    }
    return *this;
  }
  BackDesk& Applied(std::initializer_list<Version> versions) {
    for (const Version version : versions)
      state_.applied.push_back({version, Cat(version), "n", {}, ""});
    state_.Index();
    return *this;
  }
  HandBack Plan() const {
    return PlanHandBack(tool_, history, migrations_, state_, map);
  }
  static std::vector<std::string> Written(const HandBack& plan) {
    std::vector<std::string> out;
    for (const LegacyEntry& entry : plan.written) out.push_back(entry.spelling);
    return out;
  }

  LegacyHistory history;
  VersionMap map;

 private:
  const LegacyTool& tool_;
  std::vector<Migration> migrations_;
  TrackerState state_;
};

TEST(HandBack, WritesWhatIsLackingAndTakesAwayWhatWasReverted) {
  BackDesk desk(kLegacyDbmate);
  desk.Files({1, 2, 3}).Applied({1, 3, 9}).history.applied = {
      {"1", "", "", ""}, {"02", "", "", ""}};
  const HandBack plan = desk.Plan();
  EXPECT_THAT(BackDesk::Written(plan), ElementsAre("003", "9"));
  ASSERT_EQ(plan.removed.size(), 1U);
  EXPECT_EQ(plan.removed[0].version, "02");
}

TEST(HandBack, SetsACounterToTheNewest) {
  BackDesk desk(kLegacyGolangMigrate);
  desk.Files({1, 2, 3}).Applied({1, 2, 3}).history.counter = 1;
  EXPECT_EQ(desk.Plan().counter, 3);
  EXPECT_THAT(BackDesk::Written(desk.Plan()), ElementsAre("3"));
  desk.history.counter = 3;
  EXPECT_THAT(BackDesk::Written(desk.Plan()), IsEmpty());
}

TEST(HandBack, ACounterCannotHoldAGap) {
  BackDesk desk(kLegacyGolangMigrate);
  desk.Files({1, 2, 3}).Applied({1, 3});
  const HandBack plan = desk.Plan();
  ASSERT_TRUE(plan.refusal);
  EXPECT_EQ(plan.refusal->code, ErrorCode::kLegacyAmbiguous);
  EXPECT_THAT(plan.refusal->message, HasSubstr("2 is not applied"));
}

TEST(HandBack, IsRefusedForGraphsAndDirtyTrackers) {
  BackDesk graph(kLegacyAlembic);
  EXPECT_EQ(graph.Plan().refusal->code, ErrorCode::kUnsupported);
  BackDesk dirty(kLegacyGolangMigrate);
  dirty.history.trouble = LegacyTrouble(ErrorCode::kLegacyDirty, "d", "h");
  EXPECT_EQ(dirty.Plan().refusal->code, ErrorCode::kLegacyDirty);
}

TEST(HandBack, WhatABaselineCoversNeedsNoRow) {
  BackDesk desk(kLegacyFlyway);
  desk.Files({1, 2, 3}).Applied({1, 2, 3}).history.applied = {
      {"2", "", "", ""}};
  desk.history.baselines = {"2"};
  EXPECT_THAT(BackDesk::Written(desk.Plan()), ElementsAre("003"));
}

TEST(HandBack, KnowsItsRowsByTheMap) {
  BackDesk desk(kLegacyFlyway);
  desk.Files({101, 102, 103}).Applied({101, 102}).history.applied = {
      {"1.1", "", "", ""}, {"1.3", "", "", ""}};
  desk.map = {{"1.1", 101}, {"1.2", 102}, {"1.3", 103}};
  const HandBack plan = desk.Plan();
  EXPECT_THAT(BackDesk::Written(plan), ElementsAre("00102"));
  ASSERT_EQ(plan.removed.size(), 1U);
  EXPECT_EQ(plan.removed[0].version, "1.3");
}

}  // namespace
}  // namespace godwit::migrate
