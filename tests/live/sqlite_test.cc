// SPDX-License-Identifier: Apache-2.0
// What only SQLite can do to a runner.
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "base/text.h"
#include "live/bench.h"

namespace godwit::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SqliteRunnerTest : public testing::Test {
 protected:
  Bench bench_{Target{}};
};

constexpr std::string_view kFamily =
    "CREATE TABLE p (id INTEGER PRIMARY KEY, v TEXT);\n"
    "CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (id) ON "
    "DELETE CASCADE);\n"
    "INSERT INTO p VALUES (1, 'x'), (2, 'y');\nINSERT INTO c VALUES (10, 1), "
    "(20, 2);";
constexpr std::string_view kRebuild =
    "CREATE TABLE new_p (id INTEGER PRIMARY KEY, v TEXT NOT NULL);\nINSERT "
    "INTO new_p SELECT * "
    "FROM p;\n"
    "DROP TABLE p;\nALTER TABLE new_p RENAME TO p;";

TEST_F(SqliteRunnerTest, ARebuildWithForeignKeysOffKeepsTheChildRows) {
  bench_.WriteUp("00001_a.sql", kFamily);
  bench_.WriteUp("00002_b.sql", Cat("PRAGMA foreign_keys = OFF;\n", kRebuild,
                                    "\nPRAGMA foreign_keys = ON;"));
  bench_.Up();
  EXPECT_EQ(bench_.Number("SELECT count(*) FROM c"), 2);
  EXPECT_EQ(bench_.Number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

TEST_F(SqliteRunnerTest, ARebuildThatWouldLoseChildRowsIsRefused) {
  bench_.WriteUp("00001_a.sql", kFamily);
  bench_.WriteUp("00002_b.sql", kRebuild);
  const ErrorInfo error = bench_.UpFailure();
  EXPECT_THAT(error.message,
              HasSubstr("dropping the table p deleted or emptied 2 rows of c, "
                        "which refers to it"));
  EXPECT_THAT(error.help, HasSubstr("PRAGMA foreign_keys = OFF"));
  EXPECT_EQ(bench_.Number("SELECT count(*) FROM c"), 2);
  EXPECT_THAT(bench_.Applied(), ElementsAre(1));
}

// The new table refers to the old one's name, so dropping the old one empties
// it.
TEST_F(SqliteRunnerTest, RebuildingATableThatRefersToItselfMustNotLoseItsRows) {
  const char* rebuild =
      "CREATE TABLE new_t (id INTEGER PRIMARY KEY, up INTEGER REFERENCES t "
      "(id) ON DELETE CASCADE, "
      "v TEXT);\n"
      "INSERT INTO new_t (id, up) SELECT * FROM t;\nDROP TABLE t;\nALTER TABLE "
      "\"new_t\" RENAME TO "
      "t;";
  bench_.WriteUp("00001_a.sql",
                 "CREATE TABLE t (id INTEGER PRIMARY KEY, up INTEGER "
                 "REFERENCES t (id) ON DELETE CASCADE);\n"
                 "INSERT INTO t VALUES (1, NULL), (2, 1);");
  bench_.WriteUp("00002_b.sql", rebuild);
  EXPECT_THAT(bench_.UpFailure().message,
              HasSubstr("dropping the table t deleted or emptied 1 row of t"));
  EXPECT_EQ(bench_.Number("SELECT count(*) FROM t"), 2);
  bench_.WriteUp("00002_b.sql",
                 Cat("PRAGMA \"foreign_keys\" = OFF;\n", rebuild));
  EXPECT_EQ(bench_.Up().applied.size(), 1u);
  EXPECT_EQ(bench_.Number("SELECT count(*) FROM t"), 2);
}

// SQLite ignores it there without a word once the transaction has written.
TEST_F(SqliteRunnerTest, TheJournalsModeIsNotSetInATransaction) {
  bench_.WriteUp("00001_a.sql",
                 "CREATE TABLE a (id int);\nPRAGMA journal_mode = WAL;");
  const ErrorInfo error = bench_.UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kUnsupported);
  EXPECT_THAT(
      error.message,
      HasSubstr("'PRAGMA journal_mode = WAL' cannot run in a transaction"));
  bench_.Remove("00001_a.sql");
  bench_.Write("1_a.up.sql",
               "CREATE TABLE a (id int);\nPRAGMA journal_mode = WAL;");
  EXPECT_EQ(bench_.Up().applied.size(), 1u);
  EXPECT_EQ(bench_.Sql("PRAGMA journal_mode").Get<std::string>(0, 0), "wal");
}

TEST_F(SqliteRunnerTest, DroppingParentAndChildIsNoLoss) {
  bench_.WriteUp("00001_a.sql", kFamily, "DROP TABLE p;\nDROP TABLE c;");
  bench_.Up();
  EXPECT_EQ(bench_.Down().reverted.size(), 1u);
}

TEST_F(SqliteRunnerTest, NewDanglingReferencesAreRefusedOldOnesAreNotOurs) {
  bench_.WriteUp("00001_a.sql", kFamily);
  bench_.Up();
  bench_.Sql(
      "INSERT INTO c VALUES (30, 99)");  // foreign keys are off by default
  bench_.WriteUp("00002_b.sql", Cat("PRAGMA foreign_keys = OFF;\n", kRebuild));
  EXPECT_EQ(bench_.Up().applied.size(), 1u);
  bench_.WriteUp("00003_c.sql",
                 "PRAGMA foreign_keys = OFF;\nDELETE FROM p WHERE id = 1;");
  const ErrorInfo error = bench_.UpFailure();
  EXPECT_THAT(error.message,
              HasSubstr("the migration leaves 1 dangling reference (c -> p)"));
  EXPECT_EQ(bench_.Number("SELECT count(*) FROM p"), 2);
}

TEST_F(SqliteRunnerTest, ADeferredViolationIsFoundInItsFile) {
  bench_.WriteUp("00001_a.sql",
                 "CREATE TABLE p (id INTEGER PRIMARY KEY);\n"
                 "CREATE TABLE c (p INTEGER REFERENCES p DEFERRABLE INITIALLY "
                 "DEFERRED);\nINSERT "
                 "INTO c VALUES (7);");
  bench_.WriteUp("00002_b.sql", "CREATE TABLE later (id int);");
  const ErrorInfo error = bench_.UpFailure();
  EXPECT_EQ(error.version, 1);
  EXPECT_THAT(
      error.message,
      HasSubstr("foreign keys are violated at the end of the migration"));
  EXPECT_THAT(bench_.Applied(), IsEmpty());
}

TEST_F(SqliteRunnerTest, AFullTextTableMadeInABatchThatThenFails) {
  bench_.WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench_.WriteUp("00002_fts.sql",
                 "CREATE VIRTUAL TABLE f USING fts5(body);\nINSERT INTO f "
                 "VALUES ('hello world');");
  bench_.WriteUp(
      "00003_bad.sql",
      "INSERT INTO f VALUES ('again');\nINSERT INTO nowhere VALUES (1);");
  const ErrorInfo error = bench_.UpFailure();
  EXPECT_EQ(error.version, 3);
  EXPECT_THAT(bench_.Applied(), ElementsAre(1, 2));
  EXPECT_EQ(bench_.Number("SELECT count(*) FROM f WHERE f MATCH 'hello'"), 1);
  EXPECT_EQ(bench_.Number("SELECT count(*) FROM f"), 1);
}

TEST_F(SqliteRunnerTest, AStatementThatEndsTheTransactionIsFound) {
  bench_.WriteUp(
      "00001_a.sql",
      "CREATE TABLE a (id INTEGER PRIMARY KEY);\nINSERT INTO a VALUES (1);");
  bench_.WriteUp(
      "00002_b.sql",
      "CREATE TABLE b (id int);\nINSERT OR ROLLBACK INTO a VALUES (1);");
  bench_.WriteUp("00003_c.sql", "CREATE TABLE c (id int);");
  const ErrorInfo error = bench_.UpFailure();
  EXPECT_EQ(error.version, 2);
  EXPECT_THAT(bench_.Applied(), ElementsAre(1));
  EXPECT_EQ(bench_.Number("SELECT count(*) FROM a"), 1);
  EXPECT_FALSE(bench_.HasTable("b"));
}

TEST_F(SqliteRunnerTest, RaiseRollbackInATrigger) {
  bench_.WriteUp("00001_a.sql",
                 "CREATE TABLE a (id int);\nCREATE TRIGGER t BEFORE INSERT ON "
                 "a BEGIN SELECT "
                 "RAISE(ROLLBACK, 'never'); END;");
  bench_.WriteUp("00002_b.sql", "INSERT INTO a VALUES (1);");
  EXPECT_THAT(bench_.UpFailure().message, HasSubstr("never"));
  EXPECT_THAT(bench_.Applied(), ElementsAre(1));
}

TEST_F(SqliteRunnerTest, FilesWithPragmaVacuumOrAttachAreStepsOfTheirOwn) {
  bench_.WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench_.WriteUp("00002_b.sql",
                 "PRAGMA user_version = 7;\nCREATE TABLE b (id int);");
  bench_.Write("00003_c.sql",
               "-- +goose NO TRANSACTION\n-- +goose Up\nVACUUM;\n");
  bench_.WriteUp("00004_d.sql",
                 "ATTACH ':memory:' AS other;\nCREATE TABLE other.x (id "
                 "int);\nCREATE TABLE d (id int);");
  bench_.WriteUp("00005_e.sql",
                 "CREATE TABLE e (id int);\nSAVEPOINT s;\nCREATE TABLE f (id "
                 "int);\nROLLBACK TO "
                 "s;\nRELEASE s;");
  EXPECT_EQ(bench_.Up().applied.size(), 5u);
  EXPECT_EQ(bench_.Number("PRAGMA user_version"), 7);
  EXPECT_TRUE(bench_.HasTable("e"));
  EXPECT_FALSE(bench_.HasTable("f"));
}

TEST_F(SqliteRunnerTest, TheConnectionsSettingsAreGivenBack) {
  bench_.WriteUp("00001_a.sql",
                 "PRAGMA recursive_triggers = ON;\nPRAGMA foreign_keys = "
                 "OFF;\nATTACH ':memory:' "
                 "AS other;\nCREATE TABLE a (id int);");
  Connection connection = Connection::Open(bench_.dsn());
  const migrate::Source source =
      migrate::Source::ReadFolder(bench_.folder(), std::nullopt);
  {
    migrate::Runner runner(connection, &source, {},
                           migrate::ProcessEnvironment());
    runner.Up({});
  }
  EXPECT_EQ(connection.Execute("PRAGMA recursive_triggers").Get<int>(0, 0), 0);
  EXPECT_EQ(connection.Execute("PRAGMA foreign_keys").Get<int>(0, 0), 0);
  EXPECT_EQ(connection.Execute("SELECT count(*) FROM pragma_database_list")
                .Get<int>(0, 0),
            1);
}

TEST_F(SqliteRunnerTest, AMarkedFileKeepsWhatItDidAndGoesOn) {
  bench_.Write("00001_a.sql",
               "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE TABLE a (id "
               "int);\nINSERT INTO a "
               "VALUES (1);\nINSERT INTO b VALUES (1);\n");
  EXPECT_THAT(bench_.UpFailure().state,
              HasSubstr("the statements of version 1 before it are done"));
  EXPECT_EQ(bench_.Number("SELECT count(*) FROM a"), 1);
  bench_.Sql("CREATE TABLE b (id int)");
  bench_.Up();
  EXPECT_EQ(bench_.Number("SELECT count(*) FROM a"), 1);
  EXPECT_EQ(bench_.Number("SELECT count(*) FROM b"), 1);
}

// SELECT takes no lock that keeps a second run away from its file.
TEST_F(SqliteRunnerTest, RunsAtOnceOfAMarkedFileWaitForEachOther) {
  const char* slow =
      "SELECT max(x) FROM (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x "
      "+ 1 FROM c WHERE x "
      "< 100000) SELECT x FROM c);\n";
  bench_.Write(
      "00001_a.sql",
      Cat("-- +goose NO TRANSACTION\n-- +goose Up\nCREATE TABLE a (id int);\n",
          slow, "INSERT INTO a VALUES (1);\n", slow,
          "INSERT INTO a VALUES (2);\n", slow));
  std::vector<std::thread> threads;
  std::vector<std::string> failures(4);
  for (std::string& failure : failures) {
    threads.emplace_back([&] {
      try {
        const migrate::Source source =
            migrate::Source::ReadFolder(bench_.folder(), std::nullopt);
        Connection connection = Connection::Open(
            bench_.dsn(), {.busy_timeout = std::chrono::seconds(60)});
        migrate::Runner(connection, &source, {}, migrate::ProcessEnvironment())
            .Up({});
      } catch (const Error& error) {
        failure = error.what();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(failures, testing::Each(IsEmpty()));
  EXPECT_EQ(bench_.Number("SELECT count(*) FROM a"), 2);
}

TEST_F(SqliteRunnerTest, WhatAMarkedFileAttachesIsThereWhenItGoesOn) {
  bench_.Write("00001_a.sql",
               Cat("-- +goose NO TRANSACTION\n-- +goose Up\nATTACH '",
                   bench_.folder(), "/other.db' AS other;\n",
                   "CREATE TABLE other.x (id int);\nINSERT INTO stop VALUES "
                   "(1);\nINSERT INTO other.x VALUES (1);\nDETACH other;\n"));
  bench_.UpFailure();
  bench_.Sql("CREATE TABLE stop (id int)");
  EXPECT_EQ(bench_.Up().applied.size(), 1u);
}

TEST_F(SqliteRunnerTest, WhatAMarkedFileSetsHoldsToItsEnd) {
  bench_.WriteUp("00001_a.sql", kFamily);
  bench_.Write("00002_b.sql", Cat("-- +goose NO TRANSACTION\n-- +goose "
                                  "Up\nPRAGMA foreign_keys = OFF;\n",
                                  kRebuild, "\nPRAGMA foreign_keys = ON;\n"));
  bench_.WriteUp("00003_c.sql", "CREATE TABLE later (id int);");
  EXPECT_EQ(bench_.Up().applied.size(), 3u);
  EXPECT_EQ(bench_.Number("SELECT count(*) FROM c"), 2);
}

TEST_F(SqliteRunnerTest, ACutOffFileSetsItsSettingsAgain) {
  bench_.WriteUp("00001_a.sql", kFamily);
  bench_.Write(
      "00002_b.sql",
      Cat("-- +goose NO TRANSACTION\n-- +goose Up\nPRAGMA foreign_keys = "
          "OFF;\nINSERT INTO stop VALUES (1);\n",
          kRebuild, "\n"));
  bench_.UpFailure();
  bench_.Sql("CREATE TABLE stop (id int)");
  EXPECT_EQ(bench_.Up().applied.size(), 1u);
  EXPECT_EQ(bench_.Number("SELECT count(*) FROM c"), 2);
}

TEST_F(SqliteRunnerTest, BothJournalModes) {
  for (const char* mode : {"wal", "delete"}) {
    Bench bench{Target{}};
    bench.Sql(Cat("PRAGMA journal_mode = ", mode));
    bench.WriteUp("00001_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
    bench.WriteUp("00002_b.sql", "INSERT INTO nowhere VALUES (1);");
    bench.UpFailure();
    EXPECT_THAT(bench.Applied(), ElementsAre(1)) << mode;
    bench.Remove("00002_b.sql");
    bench.Down();
    EXPECT_THAT(bench.Applied(), IsEmpty()) << mode;
    EXPECT_EQ(bench.Sql("PRAGMA journal_mode").Get<std::string>(0, 0), mode);
  }
}

TEST_F(SqliteRunnerTest, ReadersGoOnInAWriteAheadLog) {
  bench_.Sql("PRAGMA journal_mode = wal");
  bench_.WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench_.Up();
  Connection reader = Connection::Open(bench_.dsn());
  reader.Execute("BEGIN");
  reader.Execute("SELECT * FROM a");
  bench_.WriteUp("00002_b.sql", "CREATE TABLE b (id int);");
  EXPECT_EQ(bench_.Up().applied.size(), 1u);
}

TEST_F(SqliteRunnerTest, AReadOnlyFileIsSaidBeforeAnythingRuns) {
  bench_.WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  bench_.Up();
  bench_.WriteUp("00002_b.sql", "CREATE TABLE b (id int);");
  const std::string path = bench_.dsn().substr(7);
  Bench read_only(Cat("sqlite:file:", path, "?mode=ro"));
  read_only.WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  read_only.WriteUp("00002_b.sql", "CREATE TABLE b (id int);");
  const ErrorInfo error = read_only.UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kTrackerUnusable);
  EXPECT_EQ(error.message, Cat("nothing can be migrated: the database ", path,
                               " is read-only"));
  EXPECT_THAT(read_only.Applied(), ElementsAre(1));
}

TEST_F(SqliteRunnerTest, AFileThatIsNoDatabase) {
  TempFolder folder;
  const std::string path = folder.Write("x.db", std::string(4096, 'x'));
  Bench bench(Cat("sqlite:", path));
  bench.WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  const ErrorInfo error = bench.UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kConnectFailed);
  EXPECT_THAT(error.message, HasSubstr("file is not a database"));
  EXPECT_EQ(ReadFile(path), std::string(4096, 'x'));
}

TEST_F(SqliteRunnerTest, AFullDiskLosesNothing) {
  TempFolder folder;
  const std::string disk = folder / "disk";
  ASSERT_EQ(mkdir(disk.c_str(), 0700), 0);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=128k") != 0)
    GTEST_SKIP() << "a small file system cannot be mounted here";
  {
    Bench bench(Cat("sqlite:", disk, "/x.db"));
    bench.WriteUp("00001_a.sql", "CREATE TABLE a (v blob);");
    bench.Up();
    bench.WriteUp("00002_b.sql", "CREATE TABLE b (id int);");
    bench.WriteUp("00003_c.sql", "INSERT INTO a SELECT zeroblob(1000000);");
    const ErrorInfo error = bench.UpFailure();
    EXPECT_EQ(error.condition, "SQLITE_FULL");
    EXPECT_THAT(bench.Applied(), ElementsAre(1, 2));
    EXPECT_EQ(bench.Sql("PRAGMA integrity_check").Get<std::string>(0, 0), "ok");
    bench.WriteUp("00003_c.sql", "INSERT INTO a VALUES (1);");
    EXPECT_EQ(bench.Up().applied.size(), 1u);
  }
  umount(disk.c_str());
}

TEST_F(SqliteRunnerTest, InMemoryDatabasesMigrateOnTheirConnection) {
  bench_.WriteUp("00001_a.sql", "CREATE TABLE a (id int);");
  Connection connection = Connection::Open("sqlite::memory:");
  const migrate::Source source =
      migrate::Source::ReadFolder(bench_.folder(), std::nullopt);
  migrate::Runner runner(connection, &source, {},
                         migrate::ProcessEnvironment());
  EXPECT_EQ(runner.Up({}).applied.size(), 1u);
  EXPECT_THAT(runner.Up({}).applied, IsEmpty());
}

TEST_F(SqliteRunnerTest, TransactionControlInAFileIsRefused) {
  bench_.WriteUp("00001_a.sql",
                 "CREATE TABLE a (id int);\nCOMMIT;\nCREATE TABLE b (id int);");
  const ErrorInfo error = bench_.UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kTransactionControl);
  EXPECT_EQ(error.where.line, 3);
  EXPECT_FALSE(bench_.HasTable("a"));
}

}  // namespace
}  // namespace godwit::test
