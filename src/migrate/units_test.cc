// SPDX-License-Identifier: Apache-2.0
#include "migrate/units.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "engine/engines.h"
#include "engine/lexicons.h"

namespace godwit::migrate {
namespace {

using engine::Unit;
using testing::ElementsAre;
using Mode = Unit::Mode;

// One up of one text, as the runner prepares it.
class UnitsTest : public testing::Test {
 protected:
  UnitsTest()
      : tracker_(FindTracker(TrackerKind::kAppliedSet)
                     .make(engine::PostgresDialect(),
                           {"public", "applied_migrations"})),
        ledger_(engine::PostgresDialect(), tracker_->table()) {}

  Units Build(std::string_view sql, FormatKind format, bool transaction,
              const LogState& log = {}) {
    section_ = Section{};
    section_.present = true;
    section_.transaction = transaction;
    section_.text = sql;
    section_.statements = sql::Split(sql, engine::PostgresLexicon());
    migration_.version = 7;
    migration_.name = "x";
    PreparedStep prepared;
    prepared.step.migration = &migration_;
    prepared.section = &section_;
    prepared.runnable = Check(section_, FindFormat(format), migration_);
    EXPECT_FALSE(prepared.runnable.refusal);
    const UnitContext context{tracker_.get(), &ledger_, &log, ""};
    return BuildUnits(std::span(&prepared, 1), {}, context);
  }

  // "T" a transaction, "O" one of its own, "A" autocommit; then how many
  // statements it runs.
  static std::vector<std::string> Shape(const Units& units) {
    std::vector<std::string> shape;
    for (const Unit& unit : units.units) {
      shape.push_back(Cat(unit.mode == Mode::kTransaction  ? 'T'
                          : unit.mode == Mode::kAutocommit ? 'A'
                                                           : 'O',
                          unit.body.size()));
    }
    return shape;
  }

  std::unique_ptr<Tracker> tracker_;
  Ledger ledger_;
  Section section_;
  Migration migration_;
};

TEST_F(UnitsTest, ATransactionalMigrationIsOneUnitWithItsRowFirst) {
  const Units units = Build("CREATE TABLE a (id int); CREATE TABLE b (id int);",
                            FormatKind::kGoose, true);
  EXPECT_THAT(Shape(units), ElementsAre("T2"));
  ASSERT_EQ(units.units[0].before.size(), 1u);
  EXPECT_THAT(
      units.units[0].before[0].sql,
      testing::StartsWith("INSERT INTO \"public\".\"applied_migrations\""));
  EXPECT_TRUE(units.infos[0].ends_step);
  EXPECT_FALSE(units.infos[0].needs_log);
  EXPECT_FALSE(units.units[0].restores_session);
}

TEST_F(UnitsTest, AStatementThatTouchesTheSessionHasItPutBack) {
  EXPECT_TRUE(Build("SET search_path = app;", FormatKind::kGoose, true)
                  .units[0]
                  .restores_session);
  EXPECT_TRUE(
      Build("SELECT set_config('role', 'x', false);", FormatKind::kGoose, true)
          .units[0]
          .restores_session);
  EXPECT_FALSE(Build("INSERT INTO a VALUES (1);", FormatKind::kGoose, true)
                   .units[0]
                   .restores_session);
}

TEST_F(UnitsTest, SavepointsStandAlone) {
  EXPECT_THAT(Shape(Build("SAVEPOINT a; SELECT 1; RELEASE a;",
                          FormatKind::kGoose, true)),
              ElementsAre("O3"));
}

TEST_F(UnitsTest, WithoutATransactionIntentsAndOutcomesAreWritten) {
  // intent, the index, outcome with the insert, row.
  const Units units =
      Build("CREATE INDEX CONCURRENTLY i ON a (id); INSERT INTO a VALUES (1);",
            FormatKind::kGoose, false);
  EXPECT_THAT(Shape(units), ElementsAre("T0", "A1", "T1", "T0"));
  EXPECT_TRUE(units.infos[3].ends_step);
  EXPECT_FALSE(units.infos[1].ends_step);
}

TEST_F(UnitsTest, AnIntentWaitsWhereLookingWillNotTell) {
  const Units units =
      Build("VACUUM; CALL p(); SET a.b = 1;", FormatKind::kGoose, false);
  EXPECT_THAT(Shape(units),
              ElementsAre("T0", "A1", "T0", "A1", "T0", "A1", "T0"));
  EXPECT_FALSE(units.units[0].waits);
  EXPECT_TRUE(units.units[2].waits);
}

TEST_F(UnitsTest, UnmarkedFilesGroupWhatCanShareATransaction) {
  const Units units = Build(
      "CREATE TABLE a (id int); SELECT 1; CREATE INDEX CONCURRENTLY i ON a "
      "(id); INSERT INTO a "
      "VALUES (1); SELECT 2;",
      FormatKind::kPairs, true);
  // A function may set a role, which must not write the rows.
  EXPECT_THAT(Shape(units), ElementsAre("T2", "T0", "A1", "T0", "T2", "T0"));
  EXPECT_TRUE(units.units[3].as_login);
}

// In one transaction with its outcome: a crash leaves no doubt.
TEST_F(UnitsTest, TheAuthorsOwnPairStaysTogether) {
  const Units units =
      Build("BEGIN; SELECT 1; COMMIT; VACUUM;", FormatKind::kGoose, false);
  EXPECT_THAT(Shape(units), ElementsAre("T1", "T0", "A1", "T0"));
  EXPECT_THAT(
      Shape(
          Build("BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT 1; COMMIT; VACUUM;",
                FormatKind::kGoose, false)),
      ElementsAre("T0", "A3", "T0", "A1", "T0"));
  EXPECT_THAT(Shape(Build("BEGIN; SELECT 1; ROLLBACK; VACUUM;",
                          FormatKind::kGoose, false)),
              ElementsAre("T0", "A3", "T0", "A1", "T0"));
}

TEST_F(UnitsTest, SettingsRunAgainWhenTheFileGoesOn) {
  const std::string text = "SET a.b = 1; VACUUM;";
  const Units fresh = Build(text, FormatKind::kGoose, false);
  EXPECT_THAT(Shape(fresh), ElementsAre("A1", "T0", "A1", "T0"));
  EXPECT_FALSE(fresh.units[0].restores_session);
  EXPECT_TRUE(fresh.units[3].restores_session);
  const sql::StatementView vacuum{.text = "VACUUM;"};
  const LogState log({{1, 7, "intent", 2, std::nullopt, "up"},
                      {2, 7, "done", 2, StatementHash(vacuum), "up"}});
  EXPECT_THAT(Shape(Build(text, FormatKind::kGoose, false, log)),
              ElementsAre("A1", "T0"));
}

TEST_F(UnitsTest, DoneStatementsAreLeftOut) {
  const std::string first = "CREATE INDEX CONCURRENTLY i ON a (id);";
  const sql::StatementView view{.text = first};
  const LogState log({{1, 7, "intent", 1, StatementHash(view), "up"},
                      {2, 7, "done", 1, StatementHash(view), "up"}});
  EXPECT_THAT(
      Shape(Build(first + " VACUUM a;", FormatKind::kGoose, false, log)),
      ElementsAre("T0", "A1", "T0"));
  // Not where its text has changed since.
  EXPECT_THAT(Shape(Build("CREATE INDEX CONCURRENTLY j ON a (id); VACUUM a;",
                          FormatKind::kGoose, false, log)),
              ElementsAre("T0", "A1", "T0", "A1", "T0"));
}

TEST_F(UnitsTest, AStatementOfUnknownFateIsTheOperatorsToDecide) {
  const LogState log({{1, 7, "intent", 1, std::nullopt, "up"}});
  try {
    Build("CALL work(); VACUUM;", FormatKind::kGoose, false, log);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kInterrupted);
    EXPECT_THAT(error.info().help,
                testing::HasSubstr("godwit migrate resolve 7 --as applied"));
  }
  // What the server refuses when it is there already is tried again.
  EXPECT_THAT(Shape(Build("CREATE INDEX CONCURRENTLY i ON a (id);",
                          FormatKind::kGoose, false, log)),
              ElementsAre("T0", "A1", "T0"));
}

}  // namespace
}  // namespace godwit::migrate
