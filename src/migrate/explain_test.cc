// SPDX-License-Identifier: Apache-2.0
#include "migrate/explain.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "engine/lexicons.h"
#include "migrate/formats/format.h"

namespace godwit::migrate {
namespace {

using engine::Failure;
using engine::Refusal;
using testing::HasSubstr;

// One file, parsed, and the unit that it became.
struct Example {
  explicit Example(std::string text, bool down = false)
      : text_(std::move(text)) {
    migration.version = 20;
    migration.name = "add_email";
    migration.up = SourceFile{"m/20_add_email.sql", text_};
    parsed = FindFormat(FormatKind::kPlain)
                 .parse(migration, engine::PostgresLexicon(), {});
    prepared.step = {.down = down, .migration = &migration};
    prepared.section = &parsed.up;
    unit.body = parsed.up.statements;
  }
  Failure Said(Failure::At at, std::string message,
               std::size_t index = 0) const {
    Failure failure{0, at, index, {}};
    failure.error.code = ErrorCode::kStatementFailed;
    failure.error.message = std::move(message);
    return failure;
  }
  ErrorInfo Explain(const Failure& failure,
                    Refusal refusal = Refusal::kOther) const {
    return migrate::Explain(failure, prepared, unit, refusal, "public.applied");
  }

  std::string text_;
  Migration migration;
  ParsedMigration parsed;
  PreparedStep prepared;
  engine::Unit unit;
};

TEST(Explain, AStatementIsNamedWithItsPlaceInTheFile) {
  const Example example("SELECT 1;\n\n  CREATE INDEX i ON users (emial);\n");
  Failure failure =
      example.Said(Failure::At::kBody, "column \"emial\" does not exist", 1);
  failure.error.position = 26;
  const ErrorInfo info = example.Explain(failure);
  EXPECT_EQ(info.code, ErrorCode::kMigrationFailed);
  EXPECT_EQ(info.message,
            "migration 20 add_email failed: column \"emial\" does not exist");
  EXPECT_EQ(info.where, (Place{"m/20_add_email.sql", 3, 28,
                               "  CREATE INDEX i ON users (emial);"}));
  EXPECT_EQ(info.version, 20);
}

TEST(Explain, AQuotedNameIsThePlaceWhereItStandsOnce) {
  struct Case {
    std::string_view message;
    int column;
  };
  constexpr Case kCases[] = {
      {"relation \"users\" already exists", 14},
      {"type \"a\" is odd", 1},          // twice
      {"no \"nothing\" here", 1},        // not there
      {"column \"use\" is missing", 1},  // only a part of a word
      {"no quotes", 1},
      {"an open \"users", 1},
      {"empty \"\" quotes", 1}};
  const Example example("CREATE TABLE users (a int, b a);");
  for (const Case& row : kCases) {
    EXPECT_EQ(
        example
            .Explain(example.Said(Failure::At::kBody, std::string(row.message)))
            .where.column,
        row.column)
        << row.message;
  }
}

TEST(Explain, ADownCouldNotBeReverted) {
  const Example example("DROP TABLE users;", true);
  EXPECT_EQ(example.Explain(example.Said(Failure::At::kBody, "no")).message,
            "migration 20 add_email could not be reverted: no");
}

TEST(Explain, AnInterruptionSaysSoAndNoMore) {
  const Example example("SELECT 1;");
  Failure failure = example.Said(Failure::At::kBody,
                                 "canceling statement due to user request");
  failure.error.code = ErrorCode::kInterrupted;
  EXPECT_EQ(example.Explain(failure).message,
            "migration 20 add_email was interrupted");
  EXPECT_EQ(example.Explain(failure).code, ErrorCode::kInterrupted);
}

TEST(Explain, ALockThatCannotBeHadHasACodeAndAHelpOfItsOwn) {
  const Example example("ALTER TABLE users ADD b int;");
  const ErrorInfo info =
      example.Explain(example.Said(Failure::At::kBody,
                                   "canceling statement due to lock timeout"),
                      Refusal::kLockTimeout);
  EXPECT_EQ(info.code, ErrorCode::kLockTimeout);
  EXPECT_THAT(info.help, HasSubstr("--lock-timeout"));
}

TEST(Explain, TheCommitsFailureIsNoStatements) {
  const Example example("INSERT INTO c VALUES (1);");
  const ErrorInfo info = example.Explain(
      example.Said(Failure::At::kCommit, "violates a constraint"));
  EXPECT_EQ(info.message,
            "migration 20 add_email failed when it was committed: violates a "
            "constraint");
  EXPECT_EQ(info.where, (Place{"m/20_add_email.sql", 0, 0, ""}));
  EXPECT_EQ(info.code, ErrorCode::kMigrationFailed);
}

TEST(Explain, ARowThatCannotBeWrittenIsTheTrackersFault) {
  const Example example("SELECT 1;");
  const ErrorInfo info =
      example.Explain(example.Said(Failure::At::kBefore, "permission denied"),
                      Refusal::kNoRight);
  EXPECT_EQ(info.code, ErrorCode::kTrackerUnusable);
  EXPECT_EQ(info.message,
            "the row of migration 20 add_email cannot be written to "
            "public.applied: permission denied");
  EXPECT_EQ(info.help, "grant the login INSERT and DELETE on the tracker");
}

TEST(Explain, ARowRefusedByAReadOnlyDatabaseIsNotMendedInTheFile) {
  const Example example("SELECT 1;");
  const ErrorInfo info =
      example.Explain(example.Said(Failure::At::kBefore,
                                   "attempt to write a readonly database"),
                      Refusal::kReadOnly);
  EXPECT_EQ(
      info.help,
      "check the rights on the database and on the folder that it lies in");
}

TEST(Explain, AMigrationThatTakesItsTrackerAwayIsNamed) {
  const Example example("DROP SCHEMA public CASCADE;");
  const ErrorInfo info = example.Explain(
      example.Said(Failure::At::kAfter, "relation does not exist"),
      Refusal::kMissingTable);
  EXPECT_EQ(info.code, ErrorCode::kTrackerUnusable);
  EXPECT_THAT(info.message,
              HasSubstr("drops or empties the tracker public.applied"));
}

TEST(DescribeApplied, NamesRangesOfFiles) {
  struct Case {
    std::vector<Version> files, applied;
    std::string_view text;
  };
  const Case cases[] = {
      {{1, 2}, {}, "nothing is applied"},
      {{1, 2}, {1}, "version 1 is applied"},
      {{1, 2, 3}, {1, 2}, "versions 1-2 are applied"},
      {{1, 5, 9}, {1, 5, 9}, "versions 1-9 are applied"},
      {{1, 2, 3, 4, 6}, {1, 2, 4, 6}, "versions 1-2, 4-6 are applied"},
      {{1, 2, 3}, {1, 3}, "versions 1, 3 are applied"},
      {{2}, {1}, "nothing is applied"}};
  for (const Case& row : cases) {
    std::vector<Migration> files;
    for (Version version : row.files) files.emplace_back().version = version;
    TrackerState state;
    for (Version version : row.applied)
      state.applied.push_back({version, Cat(version), {}, {}, ""});
    state.Index();
    EXPECT_EQ(DescribeApplied(state, files), row.text);
  }
}

}  // namespace
}  // namespace godwit::migrate
