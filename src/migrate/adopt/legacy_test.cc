// SPDX-License-Identifier: Apache-2.0
// What each tool's rows mean, and the locks it takes.
#include "migrate/adopt/legacy.h"

#include <gmock/gmock.h>

#include "base/text.h"

namespace godwit::migrate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Row = std::vector<Value>;

Result Rows(const std::vector<Row>& rows, std::size_t width) {
  std::vector<Value> values;
  for (const Row& row : rows)
    values.insert(values.end(), row.begin(), row.end());
  return Result(std::vector<std::string>(width, "c"), values, 0);
}

LegacyHistory Read(const LegacyTool& tool, const std::vector<Row>& rows,
                   std::size_t width) {
  return tool.interpret(Rows(rows, width), "app.t");
}

std::vector<std::string> Versions(const LegacyHistory& history) {
  std::vector<std::string> versions;
  for (const LegacyRow& row : history.applied) versions.push_back(row.version);
  return versions;
}

ErrorCode TroubleOf(const LegacyHistory& history) {
  if (!history.trouble) return ErrorCode::kInternal;
  EXPECT_THAT(history.trouble->message, HasSubstr("app.t"));
  EXPECT_FALSE(history.trouble->help.empty());
  return history.trouble->code;
}

TEST(LegacyGoose, TheNewestRowOfAVersionDecides) {
  const LegacyHistory history = Read(kLegacyGoose,
                                     {{0, true, "t0"},
                                      {1, true, "t1"},
                                      {2, true, "t2"},
                                      {3, 1, "t3"},
                                      {2, false, "t4"},
                                      {1, "f", "t5"},
                                      {1, "t", Null{}}},
                                     3);
  EXPECT_THAT(Versions(history), ElementsAre("3", "1"));
  EXPECT_EQ(history.applied[0].applied_at, "t3");
  EXPECT_FALSE(history.trouble);
}

TEST(LegacyGoose, ARowWithoutAVersionMakesNoSense) {
  EXPECT_EQ(TroubleOf(Read(kLegacyGoose, {{Null{}, true, ""}}, 3)),
            ErrorCode::kLegacyAmbiguous);
  EXPECT_EQ(TroubleOf(Read(kLegacyGoose, {{1, "perhaps", ""}}, 3)),
            ErrorCode::kLegacyAmbiguous);
}

TEST(LegacyGolangMigrate, IsACounterThatMayStandAtNothing) {
  EXPECT_EQ(Read(kLegacyGolangMigrate, {{106, false}}, 2).counter, 106);
  EXPECT_EQ(Read(kLegacyGolangMigrate, {{0, 0}}, 2).counter, 0);
  EXPECT_EQ(Read(kLegacyGolangMigrate, {}, 2).counter, std::nullopt);
  EXPECT_EQ(Read(kLegacyGolangMigrate, {{-1, false}}, 2).counter, std::nullopt);
}

TEST(LegacyGolangMigrate, DirtyNamesTheVersionAndTheWayOut) {
  const LegacyHistory history = Read(kLegacyGolangMigrate, {{2, true}}, 2);
  EXPECT_EQ(TroubleOf(history), ErrorCode::kLegacyDirty);
  EXPECT_THAT(history.trouble->message, HasSubstr("version 2"));
  EXPECT_THAT(history.trouble->help, HasSubstr("migrate force 2"));
  EXPECT_EQ(history.trouble->version, 2);
  const LegacyHistory first = Read(kLegacyGolangMigrate, {{-1, true}}, 2);
  EXPECT_EQ(TroubleOf(first), ErrorCode::kLegacyDirty);
  EXPECT_THAT(first.trouble->message, HasSubstr("-1"));
}

TEST(LegacyGolangMigrate, TwoRowsAreNoCounter) {
  EXPECT_EQ(TroubleOf(Read(kLegacyGolangMigrate, {{1, false}, {2, false}}, 2)),
            ErrorCode::kLegacyAmbiguous);
  EXPECT_EQ(TroubleOf(Read(kLegacyGolangMigrate, {{Null{}, false}}, 2)),
            ErrorCode::kLegacyAmbiguous);
  EXPECT_EQ(TroubleOf(Read(kLegacyGolangMigrate, {{3, Null{}}}, 2)),
            ErrorCode::kLegacyAmbiguous);
}

TEST(LegacyTextSets, KeepTheSpelling) {
  for (const LegacyTool* tool :
       {&kLegacyDbmate, &kLegacyRails, &kLegacyDiesel}) {
    EXPECT_THAT(
        Versions(Read(*tool, {{"01", Null{}}, {"20240101", Null{}}}, 2)),
        ElementsAre("01", "20240101"));
    EXPECT_EQ(TroubleOf(Read(*tool, {{Null{}, Null{}}}, 2)),
              ErrorCode::kLegacyAmbiguous);
  }
}

// version, description, type, script, checksum, success, installed_on
Row Flyway(Value version, std::string type, bool success = true) {
  return {version, "create t", type, "V1__create_t.sql", 11, success, ""};
}

TEST(LegacyFlyway, ReplaysItsHistory) {
  const LegacyHistory history = Read(
      kLegacyFlyway,
      {Flyway(Null{}, "SCHEMA"), Flyway("1", "BASELINE"), Flyway("2", "SQL"),
       Flyway("3", "SQL"), Flyway("3", "UNDO_SQL"), Flyway("2", "DELETE"),
       Flyway("01.02.0", "JDBC"), Flyway(Null{}, "SQL"), Flyway("4", "SQL"),
       Flyway("4", "UNDO_SQL"), Flyway("4", "SQL")},
      7);
  EXPECT_THAT(Versions(history), ElementsAre("1", "1.2", "4"));
  EXPECT_THAT(history.baselines, ElementsAre("1"));
  EXPECT_EQ(history.applied[2].name, "create_t");
  EXPECT_EQ(history.applied[2].checksum, "11");
}

TEST(LegacyFlyway, AFailedRowIsDirty) {
  const LegacyHistory history =
      Read(kLegacyFlyway, {Flyway("1", "SQL"), Flyway("2", "SQL", false)}, 7);
  EXPECT_EQ(TroubleOf(history), ErrorCode::kLegacyDirty);
  EXPECT_THAT(history.trouble->message, HasSubstr("version 2"));
  EXPECT_THAT(history.trouble->help, HasSubstr("flyway repair"));
  EXPECT_EQ(TroubleOf(Read(kLegacyFlyway, {Flyway(Null{}, "SQL", false)}, 7)),
            ErrorCode::kLegacyDirty);
}

// version, description, type, applied, total, error, hash, executed_at
Row Atlas(std::string version, int type, int applied, int total,
          std::string error = "") {
  return {version, "t", type, applied, total, error, "h", ""};
}

TEST(LegacyAtlas, ReadsWhatRanAndWhatWasSet) {
  const LegacyHistory history = Read(
      kLegacyAtlas,
      {Atlas(".atlas_cloud_identifier", 0, 0, 0), Atlas("1", 1, 0, 0),
       Atlas("2", 2, 3, 3), Atlas("3", 4, 0, 0), Atlas("4", 6, 1, 3, "oops")},
      8);
  EXPECT_THAT(Versions(history), ElementsAre("1", "2", "3", "4"));
  EXPECT_THAT(history.baselines, ElementsAre("1"));
  EXPECT_FALSE(history.trouble);
}

TEST(LegacyAtlas, AHalfDoneVersionIsDirty) {
  for (const Row& row : {Atlas("2", 2, 1, 3), Atlas("2", 2, 3, 3, "oops")}) {
    const LegacyHistory history = Read(kLegacyAtlas, {row}, 8);
    EXPECT_EQ(TroubleOf(history), ErrorCode::kLegacyDirty);
    EXPECT_THAT(history.trouble->help, HasSubstr("atlas migrate set"));
  }
}

// version, description, success, checksum, installed_on
TEST(LegacySqlx, AFailedVersionIsDirty) {
  const LegacyHistory fine =
      Read(kLegacySqlx, {{1, "add users", true, "ab", ""}}, 5);
  EXPECT_EQ(fine.applied[0].name, "add_users");
  EXPECT_EQ(fine.applied[0].checksum, "ab");
  EXPECT_EQ(TroubleOf(Read(kLegacySqlx, {{1, "a", false, "ab", ""}}, 5)),
            ErrorCode::kLegacyDirty);
}

TEST(LegacyGraphs, NameTheirRevisions) {
  EXPECT_THAT(Versions(Read(kLegacyAlembic, {{"ae10"}}, 1)),
              ElementsAre("ae10"));
  EXPECT_THAT(Versions(Read(kLegacyDjango, {{"shop", "0001_a", ""}}, 3)),
              ElementsAre("shop.0001_a"));
  EXPECT_THAT(Versions(Read(kLegacyLiquibase,
                            {{"1", "ann", "log.xml", "EXECUTED", ""},
                             {"2", "ann", "log.xml", "SKIPPED", ""}},
                            5)),
              ElementsAre("log.xml::1::ann"));
  EXPECT_EQ(TroubleOf(Read(kLegacyLiquibase,
                           {{"1", "ann", "log.xml", "FAILED", ""}}, 5)),
            ErrorCode::kLegacyDirty);
}

TEST(LegacyTools, TakeTheLocksOfTheirTools) {
  const engine::TableName table{"public", "schema_migrations"};
  EXPECT_THAT(kLegacyGoose.lock_keys(table, "app"), ElementsAre(4097083626));
  EXPECT_THAT(kLegacyGolangMigrate.lock_keys(table, "app"),
              ElementsAre(1726534663, 1787120056));
  EXPECT_THAT(kLegacyAtlas.lock_keys(table, "app"), ElementsAre(2686470616));
  EXPECT_THAT(kLegacySqlx.lock_keys(table, "app"),
              ElementsAre(3469795979745788610));
  EXPECT_THAT(kLegacyRails.lock_keys(table, "app"),
              ElementsAre(6939591962871035475));
  // Java's hash of "\"public\".\"flyway_schema_history\"" is 2125624436.
  EXPECT_THAT(
      kLegacyFlyway.lock_keys({"public", "flyway_schema_history"}, "app"),
      ElementsAre(77431708279161 + std::int64_t{2125624436}));
  EXPECT_THAT(kLegacyRails.lock_keys(table, ""), IsEmpty());
}

TEST(LegacyTools, AreToldApartByTheirColumns) {
  using Columns = std::vector<std::string>;
  EXPECT_TRUE(
      HasShapeOf(kLegacyGolangMigrate, Columns{"VERSION", "dirty", "note"}));
  EXPECT_FALSE(HasShapeOf(kLegacyGolangMigrate, Columns{"version"}));
  EXPECT_TRUE(HasShapeOf(kLegacyDbmate, Columns{"version"}));
  EXPECT_FALSE(HasShapeOf(kLegacyDbmate, Columns{"version", "dirty"}));
  EXPECT_FALSE(HasShapeOf(
      kLegacyDbmate, Columns{"version", "name", "applied_at", "checksum"}));
  EXPECT_EQ(RecognizeShape(Columns{"version", "dirty"}), &kLegacyGolangMigrate);
  EXPECT_EQ(RecognizeShape(Columns{"version_num"}), &kLegacyAlembic);
  EXPECT_EQ(RecognizeShape(Columns{"id", "name"}), nullptr);
}

TEST(LegacyTools, AreFoundByName) {
  for (const LegacyTool* tool : LegacyTools())
    EXPECT_EQ(FindLegacyTool(tool->name), tool);
  try {
    GetLegacyTool("golangmigrate");
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("golang-migrate"));
    EXPECT_THAT(error.info().help, HasSubstr("liquibase"));
  }
}

}  // namespace
}  // namespace godwit::migrate
