// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/plan.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "engine/lexicons.h"
#include "engine/sqlite/schema/inspect.h"
#include "engine/sqlite/schema/untouched.h"
#include "sql/splitter.h"

namespace godwit::engine::sqlite {
namespace {

using schema::Change;
using schema::Plan;
using schema::Rename;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

void RunScript(Connection& connection, std::string_view sql) {
  for (const sql::StatementView& one : sql::Split(sql, SqliteLexicon()))
    connection.Execute(one.text);
}

// A database in memory, foreign keys enforced as applications have it.
struct Database {
  Connection connection = Connection::Open("sqlite::memory:");

  explicit Database(std::string_view sql = "") {
    RunScript(connection, sql);
    connection.Execute("PRAGMA foreign_keys = ON");
  }
  schema::Catalog Catalog() { return InspectSqlite(connection); }
  void Run(const Plan& plan) {
    for (const Change& change : plan.changes) {
      for (const std::string& statement : change.sql)
        connection.Execute(statement);
    }
  }
  // One value as text.
  std::string Ask(std::string_view query) {
    return connection.Execute(Cat("SELECT CAST((", query, ") AS TEXT)"))
        .Get<std::optional<std::string>>(0, 0)
        .value_or("NULL");
  }
};

Plan PlanOf(Database& from, std::string_view to,
            std::vector<Rename> renames = {}) {
  return MakeSqlitePlan(from.Catalog(), Database(to).Catalog(),
                        {.renames = std::move(renames)});
}

std::vector<std::string> Kinds(const Plan& plan) {
  std::vector<std::string> kinds;
  for (const Change& change : plan.changes) kinds.push_back(change.kind);
  return kinds;
}

// Goes from one schema to the other and looks whether that is where it is.
void ExpectArrives(Database& database, std::string_view to,
                   std::vector<Rename> renames = {}) {
  const Plan plan = PlanOf(database, to, renames);
  try {
    database.Run(plan);
  } catch (const Error& error) {
    FAIL() << error.what() << " on the way to " << to;
  }
  const Plan rest = PlanOf(database, to, std::move(renames));
  for (const Change& change : rest.changes)
    ADD_FAILURE() << change.kind << ": " << testing::PrintToString(change.sql);
}

struct Pair {
  std::string_view from;
  std::string_view to;
};

TEST(SqlitePlan, ArrivesInBothDirections) {
  const Pair kPairs[] = {
      // Keys that form a cycle, and a table that refers to itself.
      {"CREATE TABLE a(id INTEGER PRIMARY KEY, b INT REFERENCES b);"
       "CREATE TABLE b(id INTEGER PRIMARY KEY, a INT REFERENCES a)",
       "CREATE TABLE a(id INTEGER PRIMARY KEY, b INT NOT NULL DEFAULT 1 "
       "REFERENCES b); CREATE TABLE z(q)"},
      {"CREATE TABLE t(id INTEGER PRIMARY KEY, up INT REFERENCES t)",
       "CREATE TABLE t(id INTEGER PRIMARY KEY, up INT REFERENCES t ON DELETE "
       "CASCADE)"},
      // The table's own name in its expressions.
      {"CREATE TABLE t(a INT, b INT)",
       "CREATE TABLE t(a INT, b INT, CHECK (t.a < t.b), CHECK (\"t\".b > 0))"},
      // What names something that is not there.
      {"CREATE TABLE t(a INT, b INT); CREATE TABLE u(x);"
       "CREATE VIEW v AS SELECT * FROM nope; CREATE VIEW w AS SELECT a FROM t;"
       "CREATE TRIGGER tr AFTER INSERT ON u BEGIN INSERT INTO nope VALUES (1); "
       "END",
       "CREATE TABLE t(a INT); CREATE TABLE u(x);"
       "CREATE VIEW v AS SELECT * FROM nope; CREATE VIEW w AS SELECT a FROM t;"
       "CREATE TRIGGER tr AFTER INSERT ON u BEGIN INSERT INTO nope VALUES (1); "
       "END"},
      // One name, several kinds of things.
      {"CREATE TABLE r(x)", "CREATE VIRTUAL TABLE r USING fts5(x)"},
      {"CREATE TABLE r(x); CREATE TABLE s(x)",
       "CREATE TABLE s(x); CREATE VIEW r AS SELECT x FROM s"},
      {"CREATE TABLE a(x); CREATE INDEX foo ON a(x)",
       "CREATE TABLE a(x); CREATE TABLE foo(y)"},
      {"CREATE TABLE a(x); CREATE TABLE b(x); CREATE INDEX i ON a(x)",
       "CREATE TABLE a(x); CREATE TABLE b(x); CREATE INDEX i ON b(x)"},
      {"CREATE VIRTUAL TABLE f USING fts5(a, b)",
       "CREATE VIRTUAL TABLE f USING fts5(a, c, tokenize = 'porter')"},
      {"CREATE VIRTUAL TABLE r USING rtree(id, x0, x1)",
       "CREATE VIRTUAL TABLE r USING rtree(id, x0, x1, +label TEXT)"},
      // Generated columns.
      {"CREATE TABLE t(a INT)",
       "CREATE TABLE t(a INT, b INT AS (a + 1) STORED NOT NULL, c AS (b))"},
      {"CREATE TABLE t(a INT, b INT AS (a + 1), c)",
       "CREATE TABLE t(b INT, c)"},
      // Names that must be quoted, and names that differ in case.
      {"CREATE TABLE \"a b\"\"c\"(\"x y\" INT, \"semi;colon\" TEXT)",
       "CREATE TABLE \"a b\"\"c\"(\"x y\" INT NOT NULL DEFAULT 5, "
       "\"semi;colon\" TEXT); CREATE INDEX \"i;x\" ON \"a b\"\"c\"([x y]);"
       "CREATE TRIGGER \"t;r\" AFTER INSERT ON \"a b\"\"c\" BEGIN SELECT 1; "
       "END"},
      {"CREATE TABLE Users(Id INTEGER PRIMARY KEY); CREATE TABLE c(u INT "
       "REFERENCES Users(Id)); CREATE VIEW v AS SELECT * FROM users",
       "CREATE TABLE users(id INTEGER PRIMARY KEY, n); CREATE TABLE c(u INT "
       "REFERENCES users(id)); CREATE VIEW v AS SELECT * FROM users"},
      // The key, its form and the table's options.
      {"CREATE TABLE t(a INT PRIMARY KEY, b INT)",
       "CREATE TABLE t(a INT, b INT, PRIMARY KEY (b DESC, a)) WITHOUT ROWID"},
      {"CREATE TABLE t(id INTEGER PRIMARY KEY)",
       "CREATE TABLE t(id INTEGER PRIMARY KEY DESC)"},
      {"CREATE TABLE t(id INTEGER PRIMARY KEY, v INT)",
       "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, v INT) STRICT"},
      {"CREATE TABLE t(a INT CONSTRAINT x CHECK (a > 0))",
       "CREATE TABLE t(a INT CONSTRAINT y CHECK (a > 0) UNIQUE ON CONFLICT "
       "REPLACE)"},
      {"CREATE TABLE t(a TEXT)", "CREATE TABLE t(b TEXT UNIQUE)"},
      {"CREATE TABLE t(a INT); CREATE VIEW v AS SELECT a FROM t; CREATE "
       "TRIGGER "
       "x INSTEAD OF INSERT ON v BEGIN SELECT 1; END",
       "CREATE TABLE t(a INT); CREATE VIEW v AS SELECT a + 1 AS a FROM t; "
       "CREATE TRIGGER x INSTEAD OF INSERT ON v BEGIN SELECT 1; END"},
  };
  for (const Pair& pair : kPairs) {
    Database database(pair.from);
    ExpectArrives(database, pair.to);
    ExpectArrives(database, pair.from);
    ExpectArrives(database, "");
    ExpectArrives(database, pair.to);
  }
}

TEST(SqlitePlan, NothingIsToDoForAnotherLayout) {
  Database database(
      "CREATE TABLE t(a INT /* x */ DEFAULT (1), b TEXT UNIQUE, CHECK (a > 0));"
      "CREATE INDEX i ON t(a); CREATE VIEW v AS SELECT a FROM t;");
  EXPECT_THAT(PlanOf(database,
                     "create table \"t\" (\n  a int default 1 check ((A > 0)), "
                     "-- y\n b text, unique (b)); create index i on T (\"a\"); "
                     "create view v as select a from [t]")
                  .changes,
              IsEmpty());
}

TEST(SqlitePlan, AlterTableIsUsedWhereItCanDoIt) {
  Database database("CREATE TABLE t(a INT, b INT CHECK (b > 0))");
  EXPECT_THAT(Kinds(PlanOf(database,
                           "CREATE TABLE t(c TEXT DEFAULT 'x' CHECK (c <> ''), "
                           "a INT)")),
              ElementsAre("begin", "add_column", "drop_column", "commit"));
  EXPECT_THAT(Kinds(PlanOf(database,
                           "CREATE TABLE t(a INT, b INT CHECK (b > "
                           "0), c INT UNIQUE)")),
              ElementsAre("settings", "begin", "count_rows", "rebuild_table",
                          "check_rows", "commit", "settings"));
}

TEST(SqlitePlan, ARebuildKeepsRowsChildrenNumbersAndWhatHangsOnTheTable) {
  Database database(
      "CREATE TABLE new_t(a); INSERT INTO new_t VALUES ('mine');"
      "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT);"
      "CREATE TABLE child(t INT REFERENCES t ON DELETE CASCADE);"
      "CREATE TABLE log(m); CREATE INDEX i ON t(v);"
      "CREATE VIEW w AS SELECT id FROM t;"
      "CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES "
      "(new.id); END;"
      "INSERT INTO t VALUES (10, NULL), (20, 'b'); DELETE FROM t WHERE id = 20;"
      "INSERT INTO child VALUES (10)");
  ExpectArrives(
      database,
      "CREATE TABLE new_t(a);"
      "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT NOT NULL "
      "DEFAULT 'none');"
      "CREATE TABLE child(t INT REFERENCES t ON DELETE CASCADE);"
      "CREATE TABLE log(m); CREATE INDEX i ON t(v);"
      "CREATE VIEW w AS SELECT id FROM t;"
      "CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES "
      "(new.id); END");
  EXPECT_EQ(database.Ask("SELECT v FROM t"), "none");
  EXPECT_EQ(database.Ask("SELECT count(*) FROM child"), "1");
  EXPECT_EQ(database.Ask("SELECT a FROM new_t"), "mine");
  database.connection.Execute("INSERT INTO t(v) VALUES ('next')");
  EXPECT_EQ(database.Ask("SELECT max(id) FROM t"), "21");
  EXPECT_EQ(database.Ask("SELECT group_concat(m) FROM log"), "10,20,21");
  EXPECT_EQ(database.Ask("SELECT * FROM pragma_foreign_keys"), "1");
}

TEST(SqlitePlan, ARowidIsKept) {
  Database database(
      "CREATE TABLE t(a TEXT); INSERT INTO t(rowid, a) VALUES (7, 'x')");
  ExpectArrives(database, "CREATE TABLE t(a TEXT UNIQUE)");
  EXPECT_EQ(database.Ask("SELECT rowid FROM t"), "7");
  ExpectArrives(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)");
  EXPECT_EQ(database.Ask("SELECT id FROM t"), "7");
}

TEST(SqlitePlan, RenamesAreThoseThatWereNamed) {
  Database database(
      "CREATE TABLE p(id INTEGER PRIMARY KEY, old TEXT CHECK (old <> ''));"
      "CREATE TABLE c(p INT REFERENCES p(id)); CREATE INDEX i ON p(lower(old));"
      "CREATE VIEW v AS SELECT old FROM p; CREATE VIEW w AS SELECT * FROM v;"
      "INSERT INTO p VALUES (1, 'x'); INSERT INTO c VALUES (1)");
  const char* const kTo =
      "CREATE TABLE parent(id INTEGER PRIMARY KEY, new TEXT CHECK (new <> ''));"
      "CREATE TABLE c(p INT REFERENCES parent(id)); CREATE INDEX i ON "
      "parent(lower(new)); CREATE VIEW v AS SELECT new FROM parent;"
      "CREATE VIEW w AS SELECT * FROM v";
  const std::vector<Rename> renames = {
      {Rename::Kind::kColumn, {"", "parent"}, "old", "new"},
      {Rename::Kind::kTable, {"", "parent"}, "p", "parent"}};
  EXPECT_THAT(Kinds(PlanOf(database, kTo, renames)),
              ElementsAre("drop_view", "drop_view", "rename_table",
                          "rename_column", "create_view", "create_view"));
  ExpectArrives(database, kTo, renames);
  EXPECT_EQ(database.Ask("SELECT new FROM w"), "x");
}

TEST(SqlitePlan, WhatIsLostIsToldAndCounted) {
  Database database(
      "CREATE TABLE gone(a); INSERT INTO gone VALUES (1), (2);"
      "CREATE TABLE t(a INT, b TEXT, c TEXT UNIQUE); INSERT INTO t VALUES (1, "
      "'x', NULL), (2, NULL, 'y'), (3, NULL, NULL)");
  const Plan plan = PlanOf(database, "CREATE TABLE t(a INT)");
  std::vector<std::string> lost;
  for (const Change& change : plan.changes) {
    if (!change.destructive) continue;
    lost.push_back(Cat(change.loses, ": ", database.Ask(change.count)));
    EXPECT_THAT(change.hazards, testing::Contains("data_loss"));
  }
  EXPECT_THAT(lost, ElementsAre("table gone and its rows: 2",
                                "columns b, c of t and their values: 2"));
}

struct Misfit {
  std::string_view from;
  std::string_view to;
  std::string_view rows;
};

// The questions find it beforehand, and the statements do not do half of it.
TEST(SqlitePlan, RowsThatDoNotFitAreFoundAndNothingIsDone) {
  const Misfit kMisfits[] = {
      {"CREATE TABLE t(a INT)", "CREATE TABLE t(a INT NOT NULL)",
       "INSERT INTO t VALUES (NULL)"},
      {"CREATE TABLE t(a INT)", "CREATE TABLE t(a INT, b INT NOT NULL)",
       "INSERT INTO t VALUES (1)"},
      {"CREATE TABLE t(a INT)", "CREATE TABLE t(a INT CHECK (a > 5))",
       "INSERT INTO t VALUES (1)"},
      {"CREATE TABLE t(a TEXT)", "CREATE TABLE t(a TEXT COLLATE NOCASE UNIQUE)",
       "INSERT INTO t VALUES ('a'), ('A')"},
      {"CREATE TABLE t(a INT, b INT)",
       "CREATE TABLE t(a INT, b INT, c INT); CREATE UNIQUE INDEX i ON t(a, "
       "coalesce(b, 0) DESC)",
       "INSERT INTO t VALUES (1, NULL), (1, 0)"},
      {"CREATE TABLE t(a INT)",
       "CREATE TABLE t(a INT UNIQUE ON CONFLICT REPLACE)",
       "INSERT INTO t VALUES (1), (1)"},
      {"CREATE TABLE t(a INT)", "CREATE TABLE t(a INT) STRICT",
       "INSERT INTO t VALUES ('abc')"},
      {"CREATE TABLE t(a TEXT PRIMARY KEY)",
       "CREATE TABLE t(a INTEGER PRIMARY KEY)", "INSERT INTO t VALUES ('q')"},
      {"CREATE TABLE t(a TEXT PRIMARY KEY)",
       "CREATE TABLE t(a TEXT PRIMARY KEY) WITHOUT ROWID",
       "INSERT INTO t VALUES (NULL)"},
      {"CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE t(p INT)",
       "CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE t(p INT "
       "REFERENCES p)",
       "INSERT INTO t VALUES (1)"},
  };
  for (const Misfit& one : kMisfits) {
    Database database(Cat(one.from, ';', one.rows));
    const Plan plan = PlanOf(database, one.to);
    int misfits = 0;
    for (const schema::RowCheck& check : plan.checks) {
      EXPECT_EQ(check.table, "t");
      misfits += database.Ask(check.query) != "0";
    }
    EXPECT_EQ(misfits, 1) << one.to;
    EXPECT_THROW(database.Run(plan), Error) << one.to;
    if (database.connection.in_transaction())
      database.connection.Execute("ROLLBACK");
    EXPECT_THAT(PlanOf(database, one.from).changes, IsEmpty()) << one.to;
  }
}

// What random schemas have found, made small.
TEST(SqlitePlan, RowsThatFitAreNotRefused) {
  const Pair kPairs[] = {
      {"CREATE TABLE t(c INT); INSERT INTO t VALUES (1)",
       "CREATE TABLE t(c INT, d REAL AS (length(c)) CHECK (length(d) > 2))"},
      {"CREATE TABLE t(c REAL); INSERT INTO t VALUES (1)",
       "CREATE TABLE t(c INTEGER, CHECK (length(c) < 2))"},
      {"CREATE TABLE t(c TEXT); INSERT INTO t VALUES ('v1'), ('v2')",
       "CREATE TABLE t(c INT UNIQUE)"},
      {"CREATE TABLE t(c INT); INSERT INTO t VALUES (NULL), (7)",
       "CREATE TABLE t(c INTEGER PRIMARY KEY CHECK (c > 6))"},
      {"CREATE TABLE t(a INT PRIMARY KEY, c INT UNIQUE) WITHOUT ROWID; INSERT "
       "INTO t VALUES (1, 1), (2, NULL)",
       "CREATE TABLE t(c INTEGER PRIMARY KEY)"},
      {"CREATE TABLE t(a INT, c REAL AS (a + 1)); INSERT INTO t VALUES (1)",
       "CREATE TABLE t(c INTEGER) STRICT"},
      {"CREATE TABLE p(a INT PRIMARY KEY) WITHOUT ROWID; CREATE TABLE t(p INT);"
       "INSERT INTO p VALUES (5); INSERT INTO t VALUES (1)",
       "CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE t(p INT "
       "REFERENCES "
       "p)"},
      {"CREATE TABLE t(a INT)",
       "CREATE TABLE t(c INT AS (b), b INT, CHECK (b > 0))"},
  };
  for (const Pair& pair : kPairs) {
    Database database(pair.from);
    for (const schema::RowCheck& check : PlanOf(database, pair.to).checks)
      EXPECT_EQ(database.Ask(check.query), "0") << check.message;
    ExpectArrives(database, pair.to);
  }
}

TEST(SqlitePlan, ValuesAreTakenIntoAStrictTable) {
  Database database(
      "CREATE TABLE t(a TEXT, b TEXT, c, d TEXT, e REAL); INSERT INTO t VALUES "
      "(' 12 ', '1.5', 4.5, 'abc', 3.0)");
  const char* const kTo =
      "CREATE TABLE t(a INT, b REAL, c TEXT, d BLOB, e INTEGER) STRICT";
  for (const schema::RowCheck& check : PlanOf(database, kTo).checks)
    EXPECT_EQ(database.Ask(check.query), "0") << check.message;
  ExpectArrives(database, kTo);
  EXPECT_EQ(database.Ask("SELECT typeof(a) || typeof(b) || typeof(c) || "
                         "typeof(d) || typeof(e) FROM t"),
            "integerrealtextblobinteger");
}

// Inside somebody's transaction PRAGMA foreign_keys does nothing.
TEST(SqlitePlan, TheGuardFailsWhereRowsOfChildrenAreLost) {
  Database database(
      "CREATE TABLE p(id INTEGER PRIMARY KEY, v INT); CREATE TABLE c(p INT "
      "REFERENCES p ON DELETE CASCADE); INSERT INTO p VALUES (1, 1); INSERT "
      "INTO c VALUES (1)");
  const Plan plan = PlanOf(
      database,
      "CREATE TABLE p(id INTEGER PRIMARY KEY, v TEXT); CREATE TABLE c(p INT "
      "REFERENCES p ON DELETE CASCADE)");
  database.connection.Execute("BEGIN");
  std::string message;
  for (const Change& change : plan.changes) {
    if (change.kind == "begin" || change.kind == "commit") continue;
    for (const std::string& statement : change.sql) {
      try {
        if (message.empty()) database.connection.Execute(statement);
      } catch (const Error& error) {
        message = error.what();
      }
    }
  }
  EXPECT_THAT(message, HasSubstr("rows of c were lost"));
}

TEST(SqlitePlan, OldDanglingReferencesAreNotOurBusiness) {
  Database database(
      "CREATE TABLE p(id INTEGER PRIMARY KEY, v INT); CREATE TABLE c(p INT "
      "REFERENCES p); INSERT INTO c VALUES (1)");
  ExpectArrives(database,
                "CREATE TABLE p(id INTEGER PRIMARY KEY, v TEXT); CREATE TABLE "
                "c(p INT REFERENCES p ON DELETE CASCADE)");
}

TEST(SqlitePlan, AFullTextIndexIsFilledAgain) {
  Database database(
      "CREATE TABLE d(id INTEGER PRIMARY KEY, t TEXT); INSERT INTO d VALUES "
      "(1, 'running');"
      "CREATE VIRTUAL TABLE own USING fts5(t); INSERT INTO own VALUES ('runs');"
      "CREATE VIRTUAL TABLE f USING fts5(t, content='d', content_rowid='id')");
  ExpectArrives(
      database,
      "CREATE TABLE d(id INTEGER PRIMARY KEY, t TEXT);"
      "CREATE VIRTUAL TABLE own USING fts5(t, tokenize='porter');"
      "CREATE VIRTUAL TABLE f USING fts5(t, content='d', content_rowid='id', "
      "tokenize='porter')");
  EXPECT_EQ(database.Ask("SELECT count(*) FROM own WHERE own MATCH 'run'"),
            "1");
  EXPECT_EQ(database.Ask("SELECT count(*) FROM f WHERE f MATCH 'run'"), "1");
}

TEST(SqlitePlan, TheDeclarativeFormLoadsBackToTheSame) {
  const char* const kSchema =
      "CREATE TABLE z(id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key\n a "
      "TEXT "
      "COLLATE NOCASE DEFAULT 'x'); CREATE TABLE a(z INT REFERENCES z) STRICT;"
      "CREATE INDEX i ON z(a DESC) WHERE a <> '';"
      "CREATE VIEW a_over AS SELECT * FROM b_under;"
      "CREATE VIEW b_under AS SELECT a FROM z -- behind it\n;"
      "CREATE TRIGGER t INSTEAD OF DELETE ON a_over BEGIN DELETE FROM z; END;"
      "CREATE VIRTUAL TABLE f USING fts5(x, content='')";
  Database database(kSchema);
  const Plan plan = MakeSqlitePlan({}, database.Catalog(), {});
  EXPECT_THAT(Kinds(plan),
              ElementsAre("create_table", "create_table", "create_table",
                          "create_index", "create_view", "create_view",
                          "create_trigger"));
  EXPECT_EQ(plan.changes[4].object, "b_under");
  Database again;
  again.Run(plan);
  EXPECT_EQ(again.Catalog(), database.Catalog());
}

TEST(SqlitePlan, WhatItHasToDoWithIsEnoughToTryItOn) {
  Database database(
      "CREATE TABLE d(id INTEGER PRIMARY KEY, t TEXT); CREATE TABLE far(x);"
      "CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE c(p INT REFERENCES "
      "p); CREATE TABLE a(x); CREATE VIEW v AS SELECT a.x FROM a, b_near;"
      "CREATE TABLE b_near(x)");
  schema::Catalog from = database.Catalog();
  schema::Catalog to =
      Database(
          "CREATE TABLE d(id INTEGER PRIMARY KEY, t TEXT); CREATE TABLE far(x);"
          "CREATE TABLE p(id INTEGER PRIMARY KEY, CHECK (id > 0)); CREATE "
          "TABLE "
          "c(p INT REFERENCES p); CREATE TABLE a(x, y); CREATE VIEW v AS "
          "SELECT "
          "a.x FROM a, b_near; CREATE TABLE b_near(x);"
          "CREATE VIRTUAL TABLE f USING fts5(t, content='d')")
          .Catalog();
  LeaveOut(MakeSqlitePlan(from, to, {}), from, to);
  std::vector<std::string> names;
  for (const schema::Table& table : from.tables)
    names.push_back(table.name.name);
  EXPECT_THAT(names, ElementsAre("a", "b_near", "c", "d", "p"));
}

TEST(SqliteInspect, RunnersTablesAndShadowsAreLeftOut) {
  Database database(
      "CREATE TABLE versions(version INTEGER PRIMARY KEY, name TEXT, "
      "applied_at "
      "TEXT, checksum TEXT); CREATE TABLE godwit_log(tracker, seq, "
      "version, event, actor);"
      "CREATE TABLE goose_db_version(id INTEGER PRIMARY KEY AUTOINCREMENT, "
      "version_id INT, is_applied INT, tstamp TEXT);"
      "CREATE TABLE schema_migrations(version TEXT, note TEXT);"
      "CREATE VIRTUAL TABLE f USING fts5(a)");
  std::vector<std::string> names;
  for (const schema::Table& table : database.Catalog().tables)
    names.push_back(table.name.name);
  EXPECT_THAT(names, ElementsAre("f", "schema_migrations"));
}

}  // namespace
}  // namespace godwit::engine::sqlite
