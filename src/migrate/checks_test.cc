// SPDX-License-Identifier: Apache-2.0
#include "migrate/checks.h"

#include <gmock/gmock.h>

#include "engine/lexicons.h"

namespace godwit::migrate {
namespace {

using testing::HasSubstr;

// A section of one file's text.
struct Text {
  explicit Text(std::string_view sql,
                const sql::Lexicon& lexicon = engine::PostgresLexicon()) {
    section.present = true;
    section.path = "m/00001_x.sql";
    section.text = sql;
    section.statements = sql::Split(sql, lexicon, section.path);
    migration.version = 1;
    migration.name = "x";
  }
  Runnable Check(FormatKind format = FormatKind::kPairs) const {
    return migrate::Check(section, FindFormat(format), migration);
  }
  Section section;
  Migration migration;
};

TEST(Checks, OnePairAroundTheWholeFileIsDropped) {
  for (const char* sql :
       {"BEGIN; SELECT 1; COMMIT;", "begin work;\nSELECT 1;\nend;",
        "START TRANSACTION; SELECT 1; COMMIT;",
        "/* x */ BEGIN TRANSACTION ; SELECT 1; -- y\n COMMIT"}) {
    const Text text(sql);
    const Runnable runnable = text.Check();
    EXPECT_FALSE(runnable.refusal) << sql;
    ASSERT_EQ(runnable.body.size(), 1u) << sql;
    EXPECT_EQ(runnable.body[0].text, "SELECT 1;");
  }
}

TEST(Checks, OtherTransactionControlIsRefused) {
  for (const char* sql :
       {"BEGIN; SELECT 1;", "SELECT 1; COMMIT;", "BEGIN; SELECT 1; ROLLBACK;",
        "BEGIN; SELECT 1; COMMIT; SELECT 2;",
        "BEGIN; SELECT 1; COMMIT; BEGIN; SELECT 2; COMMIT;",
        "BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT 1; COMMIT;",
        "BEGIN; SELECT 1; COMMIT AND CHAIN;", "PREPARE TRANSACTION 'x';",
        "ABORT;"}) {
    const Text text(sql);
    const Runnable runnable = text.Check();
    ASSERT_TRUE(runnable.refusal) << sql;
    EXPECT_EQ(runnable.refusal->code, ErrorCode::kTransactionControl) << sql;
  }
}

TEST(Checks, SavepointsAreTheAuthorsOwn) {
  const Text text("SAVEPOINT a; SELECT 1; ROLLBACK TO a; RELEASE a;");
  EXPECT_FALSE(text.Check().refusal);
}

TEST(Checks, ARefusalNamesTheStatementAndItsPlace) {
  const Text text("SELECT 1;\n  COMMIT;\n");
  const Runnable runnable = text.Check(FormatKind::kGoose);
  ASSERT_TRUE(runnable.refusal);
  EXPECT_EQ(
      runnable.refusal->message,
      "'COMMIT' in migration 1 x, which runs in a transaction of its own");
  EXPECT_EQ(runnable.refusal->where,
            (Place{"m/00001_x.sql", 2, 3, "  COMMIT;"}));
}

TEST(Checks, WhatCannotRunInATransactionNeedsAMarkWhereThereIsOne) {
  const Text text("CREATE INDEX CONCURRENTLY i ON t (a);");
  EXPECT_EQ(text.Check(FormatKind::kGoose).refusal->code,
            ErrorCode::kUnsupported);
  EXPECT_THAT(text.Check(FormatKind::kGoose).refusal->help,
              HasSubstr("-- +goose NO TRANSACTION"));
  EXPECT_THAT(text.Check(FormatKind::kDbmate).refusal->help,
              HasSubstr("transaction:false"));
  const Runnable pairs = text.Check(FormatKind::kPairs);
  EXPECT_FALSE(pairs.refusal);
  EXPECT_FALSE(pairs.transaction);
}

TEST(Checks, AMarkedFileKeepsItsBalancedPairs) {
  Text text("BEGIN; SELECT 1; COMMIT; VACUUM; BEGIN; SELECT 2; ROLLBACK;");
  text.section.transaction = false;
  EXPECT_FALSE(text.Check(FormatKind::kGoose).refusal);
  for (const char* sql :
       {"BEGIN; SELECT 1;", "COMMIT;", "BEGIN; BEGIN; COMMIT;"}) {
    Text bad(sql);
    bad.section.transaction = false;
    ASSERT_TRUE(bad.Check(FormatKind::kGoose).refusal) << sql;
    EXPECT_EQ(bad.Check(FormatKind::kGoose).refusal->code,
              ErrorCode::kTransactionControl);
  }
}

TEST(Checks, WhatWouldReleaseTheLockIsRefused) {
  for (const char* sql : {"DISCARD ALL;", "SELECT pg_advisory_unlock_all();"}) {
    const Text text(sql);
    ASSERT_TRUE(text.Check().refusal) << sql;
    EXPECT_EQ(text.Check().refusal->code, ErrorCode::kUnsupported);
  }
}

TEST(Checks, FindsTheStatementThatDropsTheTracker) {
  const engine::TableName tracker{"public", "applied_migrations"};
  struct Case {
    const char* sql;
    bool drops;
  };
  const Case cases[] = {
      {"DROP SCHEMA public CASCADE;", true},
      {"DROP SCHEMA IF EXISTS a, \"public\";", true},
      {"DROP TABLE applied_migrations;", true},
      {"drop /* all */ table public.Applied_Migrations", true},
      {"DROP TABLE other.applied_migrations;", false},
      {"DROP TABLE users, public_things CASCADE;", false},
      {"DROP SCHEMA app CASCADE;", false},
      {"SELECT 'DROP SCHEMA public';", false}};
  for (const Case& c : cases) {
    const Text text(c.sql);
    EXPECT_EQ(FindTrackerDrop(text.section.statements,
                              engine::PostgresLexicon(), tracker) != nullptr,
              c.drops)
        << c.sql;
  }
}

TEST(Checks, PlacesCountCodePointsAndLines) {
  const Text text("SELECT 1;\n  SELECT 'grün',\n    größe FROM t;\n");
  const sql::StatementView& second = text.section.statements[1];
  EXPECT_EQ(PlaceOf(text.section, second, 0),
            (Place{"m/00001_x.sql", 2, 3, "  SELECT 'grün',"}));
  // 'größe' begins at the statement's 20th code point.
  EXPECT_EQ(PlaceOf(text.section, second, 20),
            (Place{"m/00001_x.sql", 3, 5, "    größe FROM t;"}));
}

}  // namespace
}  // namespace godwit::migrate
