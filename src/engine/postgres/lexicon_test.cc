// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "base/text.h"
#include "engine/lexicons.h"
#include "godwit/error.h"
#include "sql/splitter.h"

namespace godwit::engine {
namespace {

using sql::Trait;
using testing::ElementsAreArray;

std::vector<std::string> Texts(const std::string& text) {
  std::vector<std::string> texts;
  for (const sql::StatementView& statement :
       sql::Split(text, PostgresLexicon()))
    texts.emplace_back(statement.text);
  return texts;
}

TEST(PostgresLexicon, KeepsStatementsWhole) {
  struct Case {
    std::string name;
    std::vector<std::string>
        statements;  // joined by a line's end they are the text
  };
  const std::vector<Case> cases = {
      {"a dollar quote hides semicolons", {"DO $$ a; $b$ ; $b$ $$;", "b;"}},
      {"a rule's actions",
       {"CREATE RULE r AS ON INSERT TO a DO ALSO (DELETE FROM b; DELETE FROM "
        "c);",
        "b;"}},
      {"BEGIN ATOMIC",
       {"CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; "
        "SELECT 2; END;",
        "b;"}},
      {"CASE in a body",
       {"CREATE PROCEDURE f() BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; "
        "SELECT CASE b WHEN 1 "
        "THEN CASE c WHEN 2 THEN 3 END END; END;",
        "b;"}},
      {"a nested BEGIN",
       {"CREATE FUNCTION f() BEGIN ATOMIC BEGIN ATOMIC a; END; b; END;", "b;"}},
      {"begin and end as names in a body",
       {"CREATE FUNCTION f() BEGIN ATOMIC SELECT begin, t.end, 1 AS end FROM "
        "t; END;",
        "b;"}},
      {"begin as a parameter",
       {"CREATE FUNCTION f(begin int) RETURNS int AS 'x' LANGUAGE sql;", "b;"}},
      {"BEGIN as a statement",
       {"BEGIN;", "SELECT CASE WHEN a THEN 1 END;", "END;"}},
      {"a schema's elements",
       {"CREATE SCHEMA s CREATE TABLE a (id int) CREATE VIEW v AS SELECT 1;",
        "b;"}},
      {"parentheses too many", {"SELECT 1);", "b;"}},
      {"a parenthesis left open is the server's to report",
       {"CREATE TABLE t (id int;", "b;"}},
      {"COPY to somewhere has no data",
       {"COPY (SELECT 1 FROM stdin) TO STDOUT;", "COPY a FROM '/x';", "b;"}},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.name);
    EXPECT_THAT(Texts(Join(one.statements, "\n")),
                ElementsAreArray(one.statements));
  }
}

TEST(PostgresLexicon, SkipsCopyData) {
  struct Case {
    std::string text;
    std::string data;
    std::string next;
  };
  const std::vector<Case> cases = {
      {"COPY a (x, \"from\") FROM stdin;\n1\tit's\n\\N;\n\\.\nb;",
       "1\tit's\n\\N;\n", "b;"},
      {"copy a from STDIN with (format csv);\n\\.\nb;", "", "b;"},
      {"COPY BINARY a FROM stdin; -- data\r\n1\r\n\\.\r\nb;", "1\r\n", "b;"},
      {"COPY a FROM stdin;\n\\.x\n\\\\.\n\\.", "\\.x\n\\\\.\n", ""},
      {"COPY a FROM stdin;\n1\n2\n", "1\n2\n", ""},
      {"COPY a FROM stdin;", "", ""},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.text);
    const auto statements = sql::Split(one.text, PostgresLexicon());
    ASSERT_EQ(statements.size(), one.next.empty() ? 1u : 2u);
    EXPECT_EQ(statements[0].copy_data, one.data);
    EXPECT_NE(statements[0].traits & sql::kCopyFromStdin, 0u);
    EXPECT_EQ(one.next, one.next.empty() ? "" : statements[1].text);
  }
}

TEST(PostgresLexicon, CountsTheLinesOfCopyData) {
  const auto statements =
      sql::Split("COPY a FROM stdin;\n1\n2\n\\.\n\nb;", PostgresLexicon());
  EXPECT_EQ(statements[0].end_line, 1);
  EXPECT_EQ(statements[1].line, 6);
}

TEST(PostgresLexicon, RefusesWithThePlace) {
  struct Case {
    std::string text;
    std::string message;
    int line;
    int column;
  };
  const std::vector<Case> cases = {
      {"a;\n  \\connect app\n", "psql's \\connect is no SQL", 2, 3},
      {"SELECT 1 \\gset\n", "psql's \\gset is no SQL", 1, 10},
      {"\\.\n", "psql's \\. is no SQL", 1, 1},
      {"a;\nCREATE RULE r AS ON INSERT TO a DO (b; c (d);\n",
       "parenthesis is not closed: no ')' after it", 2, 36},
      {"CREATE FUNCTION f()\nBEGIN ATOMIC\n  a;\n",
       "BEGIN ATOMIC body is not closed: no END after it", 2, 1},
      {"COPY a FROM stdin; SELECT 1;\n",
       "text between COPY … FROM stdin; and its data", 1, 20},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.text);
    try {
      Texts(one.text);
      FAIL() << "was not refused";
    } catch (const Error& error) {
      EXPECT_EQ(error.what(), one.message);
      EXPECT_EQ(error.where().line, one.line);
      EXPECT_EQ(error.where().column, one.column);
    }
  }
}

std::uint32_t Traits(const std::string& text) {
  const auto statements = sql::Split(text, PostgresLexicon());
  EXPECT_EQ(statements.size(), 1u) << text;
  return statements.empty() ? 0 : statements[0].traits;
}

TEST(PostgresLexicon, ReadsTransactionControl) {
  constexpr std::uint32_t kCloses =
      sql::kTransactionControl | sql::kClosesTransaction;
  const std::pair<const char*, std::uint32_t> cases[] = {
      {"BEGIN", sql::kTransactionControl | sql::kOpensTransaction},
      {"begin isolation level serializable;",
       sql::kTransactionControl | sql::kOpensTransaction},
      {"START TRANSACTION", sql::kTransactionControl | sql::kOpensTransaction},
      {"COMMIT", kCloses | sql::kCommitsTransaction},
      {"COMMIT AND NO CHAIN", kCloses | sql::kCommitsTransaction},
      {"END WORK", kCloses | sql::kCommitsTransaction},
      {"COMMIT AND CHAIN", kCloses},
      {"END TRANSACTION AND CHAIN", kCloses},
      {"ROLLBACK", kCloses},
      {"ABORT WORK AND CHAIN", kCloses},
      {"PREPARE TRANSACTION 'a'", kCloses},
      {"PREPARE a AS SELECT 1", 0},
      {"COMMIT PREPARED 'a'", sql::kTransactionControl | sql::kNoTransaction},
      {"ROLLBACK PREPARED 'a'", sql::kTransactionControl | sql::kNoTransaction},
      {"ROLLBACK TO a", sql::kSavepoint},
      {"ROLLBACK WORK TO SAVEPOINT a", sql::kSavepoint},
      {"SAVEPOINT a", sql::kSavepoint},
      {"RELEASE a", sql::kSavepoint},
  };
  for (const auto& [text, traits] : cases)
    EXPECT_EQ(Traits(text), traits) << text;
}

TEST(PostgresLexicon, KnowsWhatCannotRunInATransaction) {
  for (const char* text : {
           "CREATE INDEX CONCURRENTLY i ON t (a)",
           "create unique index concurrently if not exists i on t (a)",
           "DROP INDEX CONCURRENTLY i",
           "REINDEX TABLE CONCURRENTLY t",
           "REINDEX (VERBOSE, CONCURRENTLY) INDEX i",
           "REINDEX DATABASE d",
           "REINDEX SYSTEM d",
           "REINDEX (VERBOSE) SCHEMA s",
           "VACUUM",
           "VACUUM (ANALYZE) t",
           "CREATE DATABASE d",
           "DROP DATABASE d",
           "ALTER DATABASE d SET TABLESPACE s",
           "CREATE TABLESPACE s LOCATION '/x'",
           "DROP TABLESPACE s",
           "ALTER SYSTEM SET a = 1",
           "CLUSTER",
           "CLUSTER VERBOSE;",
           "DISCARD ALL",
           "ALTER TABLE p DETACH PARTITION c CONCURRENTLY",
           "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",
           "DROP SUBSCRIPTION s",
           "ALTER SUBSCRIPTION s REFRESH PUBLICATION",
           "ALTER SUBSCRIPTION s SET PUBLICATION p",
       }) {
    EXPECT_NE(Traits(text) & sql::kNoTransaction, 0u) << text;
  }
  for (const char* text : {
           "CREATE INDEX i ON t (a)",
           "CREATE INDEX i ON concurrently (a)",
           "DROP INDEX i",
           "REINDEX TABLE t",
           "REINDEX (CONCURRENTLY false) TABLE t",
           "ALTER DATABASE d SET work_mem = 1",
           "CLUSTER t USING i",
           "ALTER TABLE p DETACH PARTITION c",
           "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
           "ALTER TYPE t ADD VALUE 'x'",
           "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (connect = "
           "false)",
           "ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false)",
           "ALTER SUBSCRIPTION s DISABLE",
           "ANALYZE",
           "DISCARD TEMP",
           "CREATE TABLE vacuum (id int)",
       }) {
    EXPECT_EQ(Traits(text) & sql::kNoTransaction, 0u) << text;
  }
}

TEST(PostgresLexicon, FindsWhatWouldReleaseTheRunsLock) {
  for (const char* text :
       {"DISCARD ALL", "SELECT pg_advisory_unlock_all()",
        "SELECT pg_catalog.\"pg_advisory_unlock_all\"()",
        "DO $$BEGIN PERFORM PG_ADVISORY_UNLOCK_ALL(); END$$"}) {
    EXPECT_NE(Traits(text) & sql::kForbidden, 0u) << text;
  }
  for (const char* text :
       {"DISCARD TEMP", "SELECT 'pg_advisory_unlock_all'",
        "SELECT 1 /* pg_advisory_unlock_all */",
        "GRANT EXECUTE ON FUNCTION pg_advisory_unlock_all() TO a"}) {
    EXPECT_EQ(Traits(text) & sql::kForbidden, 0u) << text;
  }
}

TEST(PostgresLexicon, KnowsACopyToTheClient) {
  for (const char* text :
       {"COPY t TO stdout",
        "copy (SELECT a FROM b) TO /* x */ STDIN (FORMAT csv);",
        "COPY BINARY s.t (a, \"to\") TO stdout"}) {
    EXPECT_NE(Traits(text) & sql::kCopyToStdout, 0u) << text;
  }
  for (const char* text :
       {"COPY stdout TO '/srv/a'", "COPY t FROM '/srv/stdout'",
        "COPY (SELECT 1 -- TO stdout\n) TO PROGRAM 'x'", "SELECT 1", "COPY"}) {
    EXPECT_EQ(Traits(text) & sql::kCopyToStdout, 0u) << text;
  }
}

TEST(PostgresLexicon, HasAClosedListOfHarmlessStatements) {
  for (const char* text :
       {"CREATE TABLE t (id int)", "CREATE UNLOGGED TABLE t ()",
        "ALTER TABLE t ADD a int", "DROP TABLE t",
        "CREATE UNIQUE INDEX i ON t (a)", "CREATE TYPE t AS ENUM ('a')",
        "COMMENT ON TABLE t IS 'x'", "GRANT SELECT ON t TO a",
        "REVOKE ALL ON t FROM a", "INSERT INTO t VALUES (1)",
        "UPDATE t SET a = now()", "DELETE FROM t",
        "INSERT INTO t VALUES ('set_config(')"}) {
    EXPECT_NE(Traits(text) & sql::kHarmless, 0u) << text;
  }
  for (const char* text :
       {"SELECT 1", "SET a = 1", "CREATE TEMP TABLE t ()",
        "CREATE VIEW v AS SELECT 1", "DO $$$$",
        "INSERT INTO t SELECT set_config('a', 'b', false)",
        "WITH a AS (SELECT 1) DELETE FROM t",
        "INSERT INTO t WITH a AS (SELECT 1) SELECT * FROM a",
        "CREATE TABLE t AS SELECT Set_Config('a','b',false)"}) {
    EXPECT_EQ(Traits(text) & sql::kHarmless, 0u) << text;
  }
}

TEST(PostgresLexicon, KnowsWhatCanShareATransaction) {
  for (const char* text :
       {"SELECT f()", "DO $$ BEGIN PERFORM 1; END $$",
        "INSERT INTO t VALUES (1)", "COPY t FROM stdin;\n1\n\\.\n",
        "CREATE FUNCTION f() RETURNS int", "CREATE INDEX i ON t (a)",
        "ALTER TYPE t ADD VALUE 'a'", "ALTER TABLE t VALIDATE CONSTRAINT c",
        "REFRESH MATERIALIZED VIEW v", "CREATE MATERIALIZED VIEW v AS SELECT 1",
        "TRUNCATE t"}) {
    EXPECT_NE(Traits(text) & sql::kCanShare, 0u) << text;
  }
  for (const char* text :
       {"CALL p()", "DO $$ BEGIN COMMIT; END $$", "DO 'BEGIN CALL p(); END'",
        "CREATE INDEX CONCURRENTLY i ON t (a)", "VACUUM", "SET a = 1",
        "SELECT pg_create_logical_replication_slot('a', 'b')", "BEGIN",
        "CREATE MATERIALIZED VIEW v WITH (timescaledb.continuous) AS SELECT 1",
        "something_of_an_extension t"}) {
    EXPECT_EQ(Traits(text) & sql::kCanShare, 0u) << text;
  }
}

TEST(PostgresLexicon, FindsDroppedTables) {
  EXPECT_NE(Traits("DROP TABLE IF EXISTS t") & sql::kDropTable, 0u);
  EXPECT_EQ(Traits("DROP VIEW t") & sql::kDropTable, 0u);
}

}  // namespace
}  // namespace godwit::engine
