// SPDX-License-Identifier: Apache-2.0
#include "migrate/filename.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "godwit/error.h"

namespace godwit::migrate {
namespace {

// "7 h.up down", "ignored", or why the name is bad.
std::string Read(FormatKind format, std::string_view name) {
  const NameVerdict verdict = FindFormat(format).read_name(name);
  if (const auto* bad = std::get_if<BadName>(&verdict)) return bad->reason;
  if (std::holds_alternative<NotOurs>(verdict)) return "ignored";
  const auto& file = std::get<FileName>(verdict);
  const std::string_view part = file.part == Part::kUp     ? " up"
                                : file.part == Part::kDown ? " down"
                                                           : "";
  return Cat(file.version, "=", file.spelling, " '", file.title, "'", part);
}

struct Case {
  std::string name;
  std::string verdict;
};

void CheckAll(FormatKind format, std::initializer_list<Case> cases) {
  for (const Case& one : cases)
    EXPECT_EQ(Read(format, one.name), one.verdict) << one.name;
}

TEST(FileName, OfGoose) {
  CheckAll(FormatKind::kGoose,
           {
               {"00001_init.sql", "1=00001 'init'"},
               {"1_000_a.sql", "1=1 '000_a'"},
               {"+1_a.sql", "1=1 'a'"},
               {"3_.sql", "3=3 ''"},
               {"00001_add.users-v1.2.sql", "1=00001 'add.users-v1.2'"},
               {"9223372036854775807_a.sql",
                "9223372036854775807=9223372036854775807 'a'"},
               {"9223372036854775808_a.sql",
                "version 9223372036854775808 is above 9223372036854775807"},
               {"0_a.sql", "version 0 is below 1"},
               {"-1_a.sql", "version -1 is below 1"},
               {"a_b.sql", "'a' is no version number"},
               {"1a_b.sql", "'1a' is no version number"},
               {"_b.sql", "no version number before '_'"},
               {"schema.sql", "no '_' after a version number"},
               {"2_y.SQL", "ignored"},
               {"2_x.sql.bak", "ignored"},
               {".2_x.sql", "ignored"},
               {"README.md", "ignored"},
               {"main.go", "ignored"},
               {"3_x_test.go", "ignored"},
           });
}

TEST(FileName, OfAGoMigrationStopsEverything) {
  try {
    Read(FormatKind::kGoose, "00003_users.go");
    FAIL() << "was not refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUnsupported);
    EXPECT_STREQ(
        error.what(),
        "00003_users.go is a migration written in Go, which godwit cannot run");
  }
}

TEST(FileName, OfPairs) {
  CheckAll(FormatKind::kPairs,
           {
               {"000001_a.up.sql", "1=000001 'a' up"},
               {"1_a.down.sql", "1=1 'a' down"},
               {"0_a.up.sql", "0=0 'a' up"},
               {"5_.up.sql", "5=5 '' up"},
               {"6_f.up.txt", "6=6 'f' up"},
               {"7_h.up.down.sql", "7=7 'h.up' down"},
               {"8_sub.dir.up.sql", "8=8 'sub.dir' up"},
               {"1_créer_таблицу.up.sql", "1=1 'créer_таблицу' up"},
               {"18446744073709551615_a.up.sql",
                "version 18446744073709551615 is above 9223372036854775807"},
               {"2-b.up.sql", "no '_' after the version number"},
               {"2_create.sql", "neither '.up' nor '.down' before '.sql'"},
               {"4_d.UP.sql", "neither '.up' nor '.down' before '.sql'"},
               {"x_g.up.sql", "it does not begin with a version number"},
               {"x_g.up.txt", "ignored"},
               {"1_a.md", "ignored"},
               {"README.md", "ignored"},
           });
}

TEST(FileName, OfDbmate) {
  CheckAll(FormatKind::kDbmate,
           {
               {"20240101120000_a.sql", "20240101120000=20240101120000 'a'"},
               {"01_b.sql", "1=01 'b'"},
               {"1.sql", "1=1 ''"},
               {"2abc.sql", "2=2 'abc'"},
               {"3-x.sql", "3=3 'x'"},
               {"99999999999999999999_a.sql",
                "version 99999999999999999999 is above 9223372036854775807"},
               {"x4.sql", "ignored"},
               {"schema.sql", "ignored"},
               {"5_y.SQL", "ignored"},
               {"6_z.sql.bak", "ignored"},
           });
}

TEST(FileName, OfFlyway) {
  CheckAll(FormatKind::kFlyway,
           {
               {"V1__init.sql", "1=1 'init' up"},
               {"V007__add_users.sql", "7=7 'add_users' up"},
               {"V1.0__a.sql", "1=1 'a' up"},
               {"V2_0_0__a.sql", "2=2 'a' up"},
               {"V3.sql", "3=3 '' up"},
               {"U4__a.sql", "4=4 'a' down"},
               {"V1_2__a.sql", "0=1.2 'a' up"},
               {"U01.020__a.sql", "0=1.20 'a' down"},
               {"V__a.sql", "it does not begin with V and a version number"},
               {"Vx__a.sql", "it does not begin with V and a version number"},
               {"1_a.sql", "it does not begin with V and a version number"},
               {"R__views.sql", "ignored"},
               {"B5__all.sql", "ignored"},
               {"beforeMigrate.sql", "ignored"},
               {"afterEachMigrate__x.sql", "ignored"},
               {"V1__a.sql.conf", "ignored"},
               {"flyway.conf", "ignored"},
           });
}

TEST(FileName, OfPlain) {
  CheckAll(FormatKind::kPlain,
           {
               {"0001_a.sql", "1=0001 'a'"},
               {"20240101.sql", "20240101=20240101 ''"},
               {"a.sql", "it does not begin with a version number"},
               {"1-a.sql", "no '_' after the version number"},
               {"README.md", "ignored"},
           });
}

}  // namespace
}  // namespace godwit::migrate
