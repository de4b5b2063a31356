// SPDX-License-Identifier: Apache-2.0
#include "migrate/naming.h"

#include <gmock/gmock.h>

namespace godwit::migrate {
namespace {

using testing::ElementsAre;
using testing::Pair;

Migration File(Version version, std::string spelling, std::string path,
               bool pairs = false) {
  Migration migration;
  migration.version = version;
  migration.spelling = std::move(spelling);
  migration.up = SourceFile{path, ""};
  if (pairs)
    migration.down =
        SourceFile{path.replace(path.find(".up."), 4, ".down."), ""};
  return migration;
}

TEST(Naming, ATimestampIsATimeOfDay) {
  EXPECT_TRUE(IsTimestamp(20240131235959));
  for (Version version :
       {Version{1}, Version{20241301000000}, Version{20240132000000},
        Version{20240101240000}, Version{19691231235959}}) {
    EXPECT_FALSE(IsTimestamp(version)) << version;
  }
}

TEST(Naming, TitlesAreSnakeCase) {
  EXPECT_EQ(TitleFor("Add user e-mail!"), "add_user_e_mail");
  EXPECT_EQ(TitleFor("  __x__  "), "x");
  EXPECT_EQ(TitleFor("größe"), "größe");
  EXPECT_EQ(TitleFor("--"), "");
}

TEST(Naming, TheNextVersionFollowsTheFiles) {
  const std::string now = "20260102030405";
  EXPECT_EQ(NextVersion({}, FormatKind::kGoose, now), "00001");
  EXPECT_EQ(NextVersion({}, FormatKind::kPairs, now), "000001");
  EXPECT_EQ(
      NextVersion({File(41, "41", "m/41_x.sql")}, FormatKind::kGoose, now),
      "00042");
  EXPECT_EQ(NextVersion({File(41, "0000041", "m/0000041_x.up.sql", true)},
                        FormatKind::kPairs, now),
            "0000042");
  EXPECT_EQ(NextVersion({File(20240101000000, "20240101000000",
                              "m/20240101000000_x.sql")},
                        FormatKind::kGoose, now),
            now);
  // Two files made in one second, or a clock that went back.
  EXPECT_EQ(NextVersion({File(20260102030405, now, "m/x.sql")},
                        FormatKind::kGoose, now),
            "20260102030406");
}

TEST(Naming, FixContinuesTheSequence) {
  const std::vector<Migration> files = {
      File(1, "00001", "m/00001_a.sql"),
      File(20240101000000, "20240101000000", "m/20240101000000_b.sql"),
      File(20240102000000, "20240102000000", "m/20240102000000_c.sql")};
  EXPECT_THAT(PlanFix(files),
              ElementsAre(Pair("20240101000000_b.sql", "00002_b.sql"),
                          Pair("20240102000000_c.sql", "00003_c.sql")));
}

}  // namespace
}  // namespace godwit::migrate
