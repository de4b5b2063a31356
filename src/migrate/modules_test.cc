// SPDX-License-Identifier: Apache-2.0
#include "migrate/modules.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "godwit/error.h"
#include "migrate/pending.h"
#include "migrate/source.h"
#include "migrate/status.h"

namespace godwit::migrate {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kUp = "-- +goose Up\nSELECT 1;\n";

std::vector<Version> Versions(const Source& source) {
  std::vector<Version> versions;
  for (const Migration& migration : source.migrations())
    versions.push_back(migration.version);
  return versions;
}

ErrorInfo Failure(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.info();
  }
  ADD_FAILURE() << "no error";
  return {};
}

// The files of one module, by their names.
std::vector<EmbeddedMigration> Files(std::vector<std::string_view> names) {
  std::vector<EmbeddedMigration> files;
  for (const std::string_view name : names) files.push_back({name, kUp, ""});
  return files;
}

TEST(Modules, M1TenModulesAreOneSequence) {
  const std::vector<std::string> names = {
      "db",          "identity", "organization", "billing", "entitlements",
      "cooperative", "audit",    "integration",  "fedwiki", "stripe"};
  const std::vector<ModulePlace> places = PlaceModules(names, 1000);
  ASSERT_EQ(places.size(), 10u);
  EXPECT_EQ(places.front().base + 1, 1001);
  EXPECT_EQ(places.front().last(), 1999);
  EXPECT_EQ(places.back().base + 1, 10001);
  EXPECT_EQ(places.back().last(), 10999);
}

TEST(Modules, M1LocalAndGlobalNumbersBothWork) {
  const auto db = Files({"00001_a.sql", "00002_b.sql"});
  const auto billing = Files({"2002_d.sql", "00001_c.sql"});
  const godwit::Modules modules = {{"db", {db}}, {"billing", {billing}}};
  const Source source = Source::FromEmbedded(modules);
  EXPECT_THAT(Versions(source), ElementsAre(1001, 1002, 2001, 2002));
  EXPECT_EQ(source.migrations()[2].module, "billing");
  EXPECT_EQ(source.migrations()[3].number, 2);
  EXPECT_EQ(source.migrations()[2].path(), "billing/00001_c.sql");
}

TEST(Modules, M2OneModulesFilesChangeNoOthersVersions) {
  const auto few = Files({"00001_a.sql"});
  const auto many = Files({"00001_a.sql", "00002_b.sql", "00003_c.sql"});
  const auto other = Files({"00001_x.sql"});
  EXPECT_THAT(Versions(Source::FromEmbedded(
                  godwit::Modules({{"a", {few}}, {"b", {other}}}))),
              ElementsAre(1001, 2001));
  EXPECT_THAT(Versions(Source::FromEmbedded(
                  godwit::Modules({{"a", {many}}, {"b", {other}}}))),
              ElementsAre(1001, 1002, 1003, 2001));
}

TEST(Modules, M1BothFormsOfOneNumberCollide) {
  const auto files = Files({"00001_a.sql", "1001_b.sql"});
  const ErrorInfo info = Failure([&] {
    Source::FromEmbedded(godwit::Modules({{"db", {files}}}));
  });
  EXPECT_EQ(info.code, ErrorCode::kVersionCollision);
  EXPECT_EQ(info.message,
            "two files of module db have version 1001: db/00001_a.sql and "
            "db/1001_b.sql");
}

TEST(Modules, M3VersionsOfAnothersPlaceNameBoth) {
  const auto users = Files({"2001_users.sql"});
  const auto audit = Files({"00001_audit.sql"});
  const ErrorInfo info = Failure([&] {
    Source::FromEmbedded(godwit::Modules(
        {{"db", Migrations{}}, {"audit", {audit}}, {"identity", {users}}}));
  });
  EXPECT_THAT(info.help,
              HasSubstr("versions of number 2 in the list of modules, where "
                        "audit stands: put identity there"));
}

TEST(Modules, M1OtherNumbersAreRefusedWithTheWayToMakeOne) {
  for (const char* name :
       {"20240101120000_a.sql", "1000_a.sql", "2001_a.sql"}) {
    const auto files = Files({name});
    const ErrorInfo info = Failure([&] {
      Source::FromEmbedded(godwit::Modules({{"db", {files}}}));
    });
    EXPECT_EQ(info.code, ErrorCode::kBadFilename) << name;
    EXPECT_THAT(info.message, HasSubstr("module db: db/")) << name;
    EXPECT_THAT(info.help,
                HasSubstr("'godwit migrate create NAME --module db'"));
  }
  const auto other = Files({"00001_a.sql", "5_b.sql"});
  EXPECT_NO_THROW(
      Source::FromEmbedded(godwit::Modules({{"db", {other}}}, 100)));
}

TEST(Modules, ListsThatMakeNoSense) {
  const std::vector<std::string> twice = {"a", "b", "a"};
  EXPECT_EQ(Failure([&] { PlaceModules(twice, 1000); }).message,
            "two modules are called a");
  const std::vector<std::string> empty = {"a", ""};
  EXPECT_EQ(Failure([&] { PlaceModules(empty, 1000); }).message,
            "module 2 has no name");
  const std::vector<std::string> one = {"a"};
  for (Version stride : {Version(0), Version(1), Version(-5),
                         std::numeric_limits<Version>::max()})
    EXPECT_EQ(Failure([&] { PlaceModules(one, stride); }).code,
              ErrorCode::kConfig);
}

TEST(Modules, M6TheNextFileFollowsTheNewestsWay) {
  const std::vector<std::string> names = {"a", "b"};
  const std::vector<ModulePlace> places = PlaceModules(names, 1000);
  const auto next = [&](std::vector<std::string_view> files) {
    const auto embedded = Files(std::move(files));
    const Source source = Source::FromEmbedded(
        godwit::Modules({{"a", Migrations{}}, {"b", {embedded}}}));
    return NextInModule(places[1], source.migrations(), FormatKind::kGoose);
  };
  EXPECT_EQ(next({}), "00001");
  EXPECT_EQ(next({"00001_a.sql", "00007_b.sql"}), "00008");
  EXPECT_EQ(next({"2001_a.sql", "2007_b.sql"}), "02008");
  EXPECT_EQ(Failure([&] { next({"00999_a.sql"}); }).code,
            ErrorCode::kUnsupported);
}

// What is recorded after `before` was applied, planned against `after`.
std::optional<Shift> ShiftBetween(const Source& before, const Source& after,
                                  bool with_checksums = true) {
  static TrackerState state;
  state = {};
  state.exists = true;
  for (const Migration& migration : before.migrations()) {
    AppliedRow row;
    row.version = migration.version;
    row.name = migration.name;
    if (with_checksums) row.checksum = migration.checksum;
    state.applied.push_back(row);
  }
  return FindShift(after.migrations(), state, after.modules());
}

TEST(Modules, M3AnInsertionInTheMiddleIsRecognised) {
  const auto users = Files({"00001_users.sql", "00002_emails.sql"});
  const auto bills = Files({"00001_bills.sql"});
  const auto audit = Files({"00001_audit.sql"});
  const std::vector<EmbeddedMigration> none;
  const Source before = Source::FromEmbedded(
      godwit::Modules({{"identity", {users}}, {"billing", {bills}}}));
  const auto after = [&](godwit::Modules modules) {
    return Source::FromEmbedded(modules);
  };
  const Source inserted =
      after({{"identity", {users}}, {"audit", {audit}}, {"billing", {bills}}});
  for (const bool checksums : {true, false}) {
    const auto shift = ShiftBetween(before, inserted, checksums);
    ASSERT_TRUE(shift);
    const ErrorInfo info = RefuseShift(*shift, inserted.modules());
    EXPECT_EQ(info.code, ErrorCode::kRenamed);
    EXPECT_EQ(info.message,
              "the modules are not in the order in which they were applied: "
              "version 2001 bills was applied from module billing, and now "
              "module audit stands at number 2 and billing at number 3");
    EXPECT_EQ(info.help,
              "put module billing back as number 2; a new module, such as "
              "audit, is appended at the end of the list");
  }
  // Also one that has no files yet, and a new order, and one taken out.
  EXPECT_TRUE(ShiftBetween(
      before,
      after({{"identity", {users}}, {"empty", {none}}, {"billing", {bills}}})));
  EXPECT_TRUE(ShiftBetween(
      before, after({{"billing", {bills}}, {"identity", {users}}})));
  const Source without = after({{"billing", {bills}}});
  const auto shift = ShiftBetween(before, without);
  ASSERT_TRUE(shift);
  EXPECT_THAT(RefuseShift(*shift, without.modules()).help,
              HasSubstr("put module billing back as number 2"));
  // Appending is what the list is for.
  EXPECT_FALSE(ShiftBetween(before, after({{"identity", {users}},
                                           {"billing", {bills}},
                                           {"audit", {audit}}})));
}

TEST(Modules, AShiftIsOneFindingAModuleNamingBothAndTheMend) {
  const auto users = Files({"00001_users.sql", "00002_emails.sql"});
  const auto bills = Files({"00001_bills.sql", "00002_more.sql"});
  const auto audit = Files({"00001_audit.sql"});
  const Source before = Source::FromEmbedded(
      godwit::Modules({{"identity", {users}}, {"billing", {bills}}}));
  const Source inserted = Source::FromEmbedded(godwit::Modules(
      {{"identity", {users}}, {"audit", {audit}}, {"billing", {bills}}}));
  TrackerState state;
  state.exists = true;
  for (const Migration& migration : before.migrations()) {
    state.applied.push_back({migration.version, migration.spelling,
                             migration.name, migration.checksum, ""});
  }
  state.Index();
  const std::vector<Finding> findings =
      Verify(inserted.migrations(), state, inserted.modules());
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].kind, Finding::Kind::kShifted);
  EXPECT_EQ(findings[0].version, 2001);
  EXPECT_THAT(findings[0].message, HasSubstr("module audit stands at number 2 "
                                             "and billing at number 3"));
  EXPECT_THAT(findings[0].help, HasSubstr("put module billing back as number"));
}

TEST(Modules, AModuleThatWasTakenOutIsOneFindingToo) {
  const auto users = Files({"00001_users.sql"});
  const auto bills = Files({"00001_bills.sql"});
  const auto state_of = [](const Source& source) {
    TrackerState state;
    state.exists = true;
    for (const Migration& migration : source.migrations()) {
      state.applied.push_back({migration.version, migration.spelling,
                               migration.name, migration.checksum, ""});
    }
    state.Index();
    return state;
  };
  const Source before = Source::FromEmbedded(
      godwit::Modules({{"identity", {users}}, {"billing", {bills}}}));
  const Source without =
      Source::FromEmbedded(godwit::Modules({{"billing", {bills}}}));
  const TrackerState state = state_of(before);
  const auto findings = Verify(without.migrations(), state, without.modules());
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].kind, Finding::Kind::kShifted);
  // With another stride no module stands at number 100.
  const Source narrow = Source::FromEmbedded(
      godwit::Modules({{"identity", {users}}, {"billing", {bills}}}, 10));
  const auto shift = FindShift(narrow.migrations(), state, narrow.modules());
  ASSERT_TRUE(shift);
  EXPECT_THAT(RefuseShift(*shift, narrow.modules()).help,
              HasSubstr("or the stride was another one"));
}

TEST(Modules, M3ARenamedFileIsNoShift) {
  const auto users = Files({"00001_users.sql"});
  const auto members = Files({"00001_members.sql"});
  const auto bills = Files({"00001_bills.sql"});
  const Source before = Source::FromEmbedded(
      godwit::Modules({{"identity", {users}}, {"billing", {bills}}}));
  const Source after = Source::FromEmbedded(
      godwit::Modules({{"identity", {members}}, {"billing", {bills}}}));
  EXPECT_FALSE(ShiftBetween(before, after));
}

TEST(Modules, AShiftIsTheOnlyRefusal) {
  const auto users = Files({"00001_users.sql"});
  const auto bills = Files({"00001_bills.sql"});
  const Source after = Source::FromEmbedded(
      godwit::Modules({{"billing", {bills}}, {"identity", {users}}}));
  TrackerState state;
  state.exists = true;
  AppliedRow row;
  row.version = 1001;
  row.name = "users";
  state.applied.push_back(row);
  for (const Wish::Kind kind : {Wish::Kind::kUp, Wish::Kind::kDown}) {
    const Plan plan = Pending(after.migrations(), state, {}, "t",
                              {.kind = kind}, {.modules = after.modules()});
    ASSERT_EQ(plan.refusals.size(), 1u);
    EXPECT_THAT(plan.refusals[0].message,
                HasSubstr("the modules are not in the order"));
    EXPECT_TRUE(plan.steps.empty());
  }
}

TEST(Modules, OnlyOnesMigrationsAreWished) {
  const auto users = Files({"00001_users.sql"});
  const auto bills = Files({"00001_bills.sql", "00002_more.sql"});
  const Source source = Source::FromEmbedded(
      godwit::Modules({{"identity", {users}}, {"billing", {bills}}}));
  const Plan plan =
      Pending(source.migrations(), {}, {}, "t", {.module = "billing"},
              {.modules = source.modules()});
  ASSERT_EQ(plan.steps.size(), 2u);
  EXPECT_EQ(plan.steps[0].migration->version, 2001);
}

}  // namespace
}  // namespace godwit::migrate
