// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "base/text.h"
#include "engine/lexicons.h"
#include "godwit/error.h"
#include "sql/splitter.h"

namespace godwit::engine {
namespace {

using testing::ElementsAreArray;

std::vector<std::string> Texts(const std::string& text) {
  std::vector<std::string> texts;
  for (const sql::StatementView& statement : sql::Split(text, SqliteLexicon()))
    texts.emplace_back(statement.text);
  return texts;
}

TEST(SqliteLexicon, KeepsStatementsWhole) {
  struct Case {
    std::string name;
    std::vector<std::string>
        statements;  // joined by a line's end they are the text
  };
  const std::vector<Case> cases = {
      {"a trigger",
       {"CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET v = 1; DELETE "
        "FROM b; END;",
        "b;"}},
      {"a temporary one",
       {"create temp trigger if not exists t after insert on a begin select 1; "
        "end ;",
        "b;"}},
      {"CASE … END in a trigger",
       {"CREATE TEMPORARY TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 "
        "THEN 2 END; SELECT "
        "3; END;",
        "b;"}},
      {"a comment before END",
       {"CREATE TRIGGER t BEFORE DELETE ON a BEGIN SELECT 1; -- ;\n/* x */ "
        "END;",
        "b;"}},
      {"a trigger explained",
       {"EXPLAIN QUERY PLAN CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; "
        "END;",
        "b;"}},
      {"a table named begin",
       {"CREATE TABLE \"begin\" (id int);", "BEGIN;", "END;"}},
      {"quoted names", {"CREATE TABLE [a;b] (`c;d` int, \"e;f\" int);", "b;"}},
      {"semicolons in parentheses end", {"SELECT (1;", "2);"}},
      {"a dollar sign opens nothing", {"SELECT $a;", "SELECT $$;", "b;"}},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.name);
    EXPECT_THAT(Texts(Join(one.statements, "\n")),
                ElementsAreArray(one.statements));
  }
}

TEST(SqliteLexicon, TakesATriggerWithoutItsLastSemicolon) {
  EXPECT_THAT(Texts("CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END"),
              testing::ElementsAre(
                  "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END"));
}

TEST(SqliteLexicon, RefusesATriggerThatIsNeverClosed) {
  try {
    Texts(
        "a;\nCREATE TRIGGER t AFTER INSERT ON a\n  BEGIN SELECT CASE 1 WHEN 1 "
        "THEN 1 END;\nb;");
    FAIL() << "was not refused";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "trigger body is not closed: no END after it");
    EXPECT_EQ(error.where().line, 3);
    EXPECT_EQ(error.where().column, 3);
    EXPECT_EQ(error.where().excerpt,
              "  BEGIN SELECT CASE 1 WHEN 1 THEN 1 END;");
  }
}

TEST(SqliteLexicon, ReadsHeads) {
  constexpr std::uint32_t kCloses =
      sql::kTransactionControl | sql::kClosesTransaction;
  const std::pair<const char*, std::uint32_t> cases[] = {
      {"BEGIN IMMEDIATE", sql::kTransactionControl | sql::kOpensTransaction},
      {"COMMIT", kCloses | sql::kCommitsTransaction},
      {"END TRANSACTION", kCloses | sql::kCommitsTransaction},
      {"ROLLBACK", kCloses},
      {"ROLLBACK TRANSACTION TO SAVEPOINT a", sql::kSavepoint},
      {"SAVEPOINT a", sql::kSavepoint},
      {"PRAGMA user_version = 3", sql::kOwnStep},
      {"PRAGMA foreign_keys", sql::kOwnStep},
      {"PRAGMA foreign_keys = OFF", sql::kOwnStep | sql::kForeignKeysPragma},
      {"pragma main.foreign_keys(1)", sql::kOwnStep | sql::kForeignKeysPragma},
      {"PRAGMA [main].\"Foreign_Keys\" = 0",
       sql::kOwnStep | sql::kForeignKeysPragma},
      {"PRAGMA foreign_key_check(t)", sql::kOwnStep},
      {"PRAGMA journal_mode", sql::kOwnStep},
      {"PRAGMA journal_mode = WAL", sql::kOwnStep | sql::kNoTransaction},
      {"PRAGMA main.synchronous(NORMAL)", sql::kOwnStep | sql::kNoTransaction},
      {"PRAGMA wal_checkpoint", sql::kOwnStep | sql::kNoTransaction},
      {"VACUUM", sql::kOwnStep | sql::kNoTransaction},
      {"ATTACH 'a' AS b", sql::kOwnStep},
      {"DETACH b", sql::kOwnStep},
      {"DROP TABLE t", sql::kDropTable | sql::kHarmless | sql::kCanShare},
      {"CREATE VIRTUAL TABLE t USING fts5(a)", sql::kHarmless | sql::kCanShare},
      {"INSERT INTO t VALUES (1)", sql::kHarmless | sql::kCanShare},
      {"CREATE TEMP TABLE t (id)", sql::kCanShare},
      {"DROP VIEW v", sql::kCanShare},
      {"REINDEX t", sql::kCanShare},
      {"SELECT 1", sql::kCanShare},
  };
  for (const auto& [text, traits] : cases) {
    const auto statements = sql::Split(text, SqliteLexicon());
    ASSERT_EQ(statements.size(), 1u) << text;
    EXPECT_EQ(statements[0].traits, traits) << text;
  }
}

}  // namespace
}  // namespace godwit::engine
