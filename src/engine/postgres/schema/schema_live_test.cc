// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "base/text.h"
#include "engine/lexicons.h"
#include "engine/schema_engine.h"
#include "runtime/postgres_live.h"
#include "sql/splitter.h"

namespace godwit::engine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const SchemaEngine& Engine() {
  return SchemaEngineOf(EngineKind::kPostgresql);
}

class PostgresSchemaLive : public internal::PostgresLive {
 protected:
  static void Load(Connection& connection, std::string_view script) {
    const sql::DocumentView document{.text = script};
    for (const auto& statement : sql::Split(document, PostgresLexicon()))
      connection.Execute(statement.text);
  }
  Connection Fresh() { return Connection::Open(cluster().FreshDatabase()); }
  Connection Fresh(std::string_view script) {
    Connection connection = Fresh();
    Load(connection, script);
    return connection;
  }
  static void Run(Connection& connection, const schema::Plan& plan) {
    for (const schema::Change& change : plan.changes)
      for (const std::string& statement : change.sql) {
        SCOPED_TRACE(statement);
        ASSERT_NO_THROW(connection.Execute(statement));
      }
  }
  static std::string Text(const schema::Plan& plan) {
    std::string out;
    for (const schema::Change& change : plan.changes)
      for (const std::string& statement : change.sql) out += statement + ";\n";
    return out;
  }
  static std::string One(Connection& connection, std::string_view query) {
    return connection.Execute(query).Get<std::string>(0, 0);
  }
};

constexpr std::string_view kEverything = R"(
CREATE SCHEMA app;
COMMENT ON SCHEMA app IS 'the app''s';
CREATE COLLATION app.c (provider = libc, locale = 'C');
CREATE TYPE app.state AS ENUM ('new', 'in progress', '');
CREATE DOMAIN app.positive AS integer DEFAULT 1 NOT NULL
  CONSTRAINT above_zero CHECK (VALUE > 0);
CREATE TYPE app.address AS (street text, zip varchar(10) COLLATE "C");
CREATE TYPE app.span AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE SEQUENCE app.numbers AS integer START 100 INCREMENT 5 MINVALUE 50
  MAXVALUE 1000 CACHE 10 CYCLE;
CREATE TABLE app.users (
  id bigint GENERATED ALWAYS AS IDENTITY (START 10 INCREMENT 2) PRIMARY KEY,
  name text COLLATE app.c NOT NULL DEFAULT 'x''y',
  state app.state DEFAULT 'new' NOT NULL,
  states app.state[],
  home app.address,
  span app.span,
  age app.positive,
  twice integer GENERATED ALWAYS AS (1 * 2) STORED,
  serial_number serial UNIQUE,
  "Odd ""Name" numeric(10,2),
  CONSTRAINT named CHECK (length(name) < 100),
  CONSTRAINT pair UNIQUE (id, name) INCLUDE (age) DEFERRABLE
) WITH (fillfactor = 70);
ALTER TABLE app.users ADD CONSTRAINT late CHECK (id > 0) NOT VALID;
ALTER TABLE app.users ALTER COLUMN name SET STORAGE EXTERNAL;
ALTER TABLE app.users ALTER COLUMN name SET STATISTICS 250;
ALTER TABLE app.users ALTER COLUMN id SET (n_distinct = -0.5);
CREATE TABLE app.posts (
  id bigint PRIMARY KEY,
  author bigint REFERENCES app.users ON DELETE SET NULL DEFERRABLE,
  best bigint,
  number integer DEFAULT nextval('app.numbers')
);
ALTER TABLE app.users ADD COLUMN favourite bigint REFERENCES app.posts;
COMMENT ON TABLE app.posts IS E'multi\nline \\ text';
COMMENT ON COLUMN app.posts.id IS 'the "id"';
COMMENT ON CONSTRAINT posts_pkey ON app.posts IS 'the key';
CREATE UNIQUE INDEX posts_best ON app.posts (lower(best::text) DESC, (id + 1))
  WHERE best > 10;
COMMENT ON INDEX app.posts_best IS 'best';
CREATE STATISTICS app.both (ndistinct) ON author, best FROM app.posts;
CREATE VIEW app.later_view WITH (security_barrier = true) AS
  SELECT u.id, u.name AS called FROM app.users u;
COMMENT ON COLUMN app.later_view.called IS 'as called';
CREATE FUNCTION app.early() RETURNS bigint LANGUAGE sql
  AS 'SELECT count(*) FROM app.later_view';
CREATE MATERIALIZED VIEW app.summary AS
  SELECT state, count(*) AS n FROM app.users GROUP BY state WITH NO DATA;
CREATE UNIQUE INDEX summary_state ON app.summary (state);
CREATE PROCEDURE app.work(INOUT a integer, b text DEFAULT 'b')
  LANGUAGE plpgsql AS $$ BEGIN a := 1; END $$;
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN RETURN new; END $$;
REVOKE ALL ON FUNCTION app.touch() FROM PUBLIC;
CREATE AGGREGATE app.total(integer) (sfunc = int4pl, stype = integer,
  initcond = '0', parallel = safe);
CREATE TRIGGER touch BEFORE UPDATE OF best ON app.posts FOR EACH ROW
  WHEN (old.best IS DISTINCT FROM new.best) EXECUTE FUNCTION app.touch();
ALTER TABLE app.posts DISABLE TRIGGER touch;
CREATE POLICY own ON app.posts AS RESTRICTIVE FOR UPDATE
  USING (author = 1) WITH CHECK (best > 1);
ALTER TABLE app.posts ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.posts REPLICA IDENTITY USING INDEX posts_pkey;
CREATE RULE no_delete AS ON DELETE TO app.posts DO INSTEAD NOTHING;
CREATE TABLE app.parts (at date NOT NULL, n integer, PRIMARY KEY (at))
  PARTITION BY RANGE (at);
CREATE TABLE app.parts_old PARTITION OF app.parts
  FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE app.parts_rest PARTITION OF app.parts DEFAULT;
CREATE INDEX parts_n ON app.parts (n);
CREATE UNLOGGED TABLE app.base (a integer);
CREATE TABLE app.heir (b integer) INHERITS (app.base);
CREATE FUNCTION app.eq3(integer, integer) RETURNS boolean LANGUAGE sql
  IMMUTABLE AS 'SELECT $1 % 3 = $2 % 3';
CREATE OPERATOR app.=== (LEFTARG = integer, RIGHTARG = integer,
  FUNCTION = app.eq3);
CREATE FUNCTION app.to_address(text) RETURNS app.address LANGUAGE sql
  IMMUTABLE AS 'SELECT ROW($1, $1)::app.address';
CREATE CAST (text AS app.address) WITH FUNCTION app.to_address(text)
  AS ASSIGNMENT;
CREATE TEXT SEARCH CONFIGURATION app.plain (PARSER = default);
ALTER TEXT SEARCH CONFIGURATION app.plain ADD MAPPING FOR word WITH simple;
)";

TEST_P(PostgresSchemaLive, WhatIsReadCanBeMadeAgain) {
  Connection original = Fresh(kEverything);
  const schema::Catalog catalog = Engine().Inspect(original);
  EXPECT_FALSE(original.in_transaction());
  Connection copy = Fresh();
  Run(copy, Engine().MakePlan({}, catalog, {}));
  const schema::Catalog again = Engine().Inspect(copy);
  EXPECT_EQ(Text(Engine().MakePlan(again, catalog, {})), "");
  EXPECT_EQ(Text(Engine().MakePlan(catalog, again, {})), "");
  EXPECT_EQ(Text(Engine().MakePlan({}, again, {})),
            Text(Engine().MakePlan({}, catalog, {})));
}

TEST_P(PostgresSchemaLive, EverythingCanBeTakenAway) {
  Connection database = Fresh(kEverything);
  const schema::Catalog catalog = Engine().Inspect(database);
  Run(database, Engine().MakePlan(catalog, {}, {}));
  EXPECT_EQ(Text(Engine().MakePlan({}, Engine().Inspect(database), {})), "");
}

TEST_P(PostgresSchemaLive, LeavesOutWhatIsNotTheUsers) {
  Connection database = Fresh(R"(
    CREATE TABLE goose_db_version (id serial PRIMARY KEY,
      version_id bigint NOT NULL, is_applied boolean, tstamp timestamp);
    CREATE SCHEMA app;
    CREATE TABLE app.foo (version bigint PRIMARY KEY, name text,
      applied_at timestamptz, checksum text);
    CREATE TABLE app.schema_migrations (version text PRIMARY KEY);
    CREATE TABLE "DATABASECHANGELOG" (id text, author text, filename text,
      exectype text, comments text);
    CREATE TABLE schema_migrations (version bigint, author text);
    CREATE TABLE godwit_birds (a integer);)");
  const schema::Catalog catalog = Engine().Inspect(database);
  std::vector<std::string> tables;
  for (const schema::Table& table : catalog.tables)
    tables.push_back(table.name.text());
  EXPECT_THAT(tables,
              ElementsAre("public.godwit_birds", "public.schema_migrations"));
  EXPECT_THAT(catalog.sequences, IsEmpty());
}

struct Pair {
  std::string_view name;
  std::string_view from;
  std::string_view rows;
  std::string_view to;
  std::string_view query;   // of one text
  std::string_view answer;  // after the plan
  std::string_view has = "";
  std::string_view has_not = "DROP TABLE";
};

constexpr Pair kPairs[] = {
    {"a type is changed where it stands", "CREATE TABLE t (a integer)",
     "INSERT INTO t VALUES (7)", "CREATE TABLE t (a text)",
     "SELECT a || '!' FROM t", "7!"},
    {"text becomes a number by its own words",
     "CREATE TABLE t (a text DEFAULT '1')", "INSERT INTO t VALUES ('42')",
     "CREATE TABLE t (a integer DEFAULT 2)", "SELECT (a + 1)::text FROM t",
     "43", "USING a::integer"},
    {"a view is made again around a type",
     "CREATE TABLE t (a integer); CREATE VIEW v AS SELECT a FROM t; "
     "CREATE VIEW w AS SELECT a FROM v",
     "INSERT INTO t VALUES (7)",
     "CREATE TABLE t (a bigint); CREATE VIEW v AS SELECT a FROM t; "
     "CREATE VIEW w AS SELECT a FROM v",
     "SELECT a::text FROM w", "7"},
    {"a view takes a new column in place",
     "CREATE TABLE t (a integer, b integer); CREATE VIEW v AS SELECT a FROM t",
     "INSERT INTO t VALUES (1, 2)",
     "CREATE TABLE t (a integer, b integer); "
     "CREATE VIEW v AS SELECT a, b FROM t",
     "SELECT b::text FROM v", "2", "CREATE OR REPLACE VIEW", "DROP VIEW"},
    {"a label is added where it belongs",
     "CREATE TYPE e AS ENUM ('a', 'c'); CREATE TABLE t (x e)",
     "INSERT INTO t VALUES ('a')",
     "CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (x e DEFAULT 'b')",
     "SELECT x::text FROM t", "a", "ADD VALUE 'b' AFTER 'a'", "DROP TYPE"},
    {"a label is taken away",
     "CREATE TYPE e AS ENUM ('a', 'b'); "
     "CREATE TABLE t (x e DEFAULT 'a', y e[]); CREATE INDEX i ON t (x) "
     "WHERE x = 'a'; CREATE VIEW v AS SELECT x FROM t",
     "INSERT INTO t VALUES ('a', '{a,a}')",
     "CREATE TYPE e AS ENUM ('a'); "
     "CREATE TABLE t (x e DEFAULT 'a', y e[]); CREATE INDEX i ON t (x) "
     "WHERE x = 'a'; CREATE VIEW v AS SELECT x FROM t",
     "SELECT x || y::text FROM t", "a{a,a}"},
    {"a serial becomes an identity that counts on",
     "CREATE TABLE t (id serial PRIMARY KEY, n text)",
     "INSERT INTO t (n) VALUES ('a'), ('b')",
     "CREATE TABLE t (id integer GENERATED BY DEFAULT AS IDENTITY "
     "PRIMARY KEY, n text)",
     "INSERT INTO t (n) VALUES ('c') RETURNING id::text", "3"},
    {"a sequence made for rows that are there counts on",
     "CREATE TABLE t (id integer PRIMARY KEY)", "INSERT INTO t VALUES (5)",
     "CREATE TABLE t (id serial PRIMARY KEY)",
     "INSERT INTO t DEFAULT VALUES RETURNING id::text", "6"},
    {"a table is partitioned and keeps its rows",
     "CREATE TABLE t (a integer, b text); CREATE INDEX i ON t (a); "
     "CREATE VIEW v AS SELECT a FROM t",
     "INSERT INTO t VALUES (1, 'x'), (2, 'y')",
     "CREATE TABLE t (a integer, b text) PARTITION BY LIST (a); "
     "CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); "
     "CREATE TABLE t2 PARTITION OF t DEFAULT; CREATE INDEX i ON t (a); "
     "CREATE VIEW v AS SELECT a FROM t",
     "SELECT string_agg(tableoid::regclass || b, ' ' ORDER BY b) FROM t",
     "t1x t2y", "", "DROP TABLE public.t;"},
    {"keys that refer to each other are made last", "SELECT 1", "SELECT 1",
     "CREATE TABLE a (id integer PRIMARY KEY, b integer); "
     "CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a); "
     "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b",
     "SELECT count(*)::text FROM pg_constraint WHERE contype = 'f'", "2"},
    {"and go first",
     "CREATE TABLE a (id integer PRIMARY KEY, b integer); "
     "CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a); "
     "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b",
     "INSERT INTO a VALUES (1)", "SELECT 1",
     "SELECT count(*)::text FROM pg_class WHERE relname IN ('a', 'b')", "0", "",
     "CASCADE"},
    {"both ends of a key change their type",
     "CREATE TABLE p (id integer PRIMARY KEY); "
     "CREATE TABLE c (p integer REFERENCES p)",
     "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)",
     "CREATE TABLE p (id text PRIMARY KEY); "
     "CREATE TABLE c (p text REFERENCES p)",
     "SELECT p FROM c", "1"},
    {"a function is replaced under its trigger",
     "CREATE TABLE t (a integer); CREATE FUNCTION f() RETURNS trigger "
     "LANGUAGE plpgsql AS $$ BEGIN new.a := 1; RETURN new; END $$; "
     "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
     "SELECT 1",
     "CREATE TABLE t (a integer); CREATE FUNCTION f() RETURNS trigger "
     "LANGUAGE plpgsql AS $$ BEGIN new.a := 2; RETURN new; END $$; "
     "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
     "INSERT INTO t VALUES (9) RETURNING a::text", "2", "CREATE OR REPLACE",
     "TRIGGER x"},
    {"a domain's check is changed in place",
     "CREATE DOMAIN d AS integer CONSTRAINT c CHECK (VALUE > 0); "
     "CREATE TABLE t (a d)",
     "INSERT INTO t VALUES (6)",
     "CREATE DOMAIN d AS integer CONSTRAINT c CHECK (VALUE > 5); "
     "CREATE TABLE t (a d)",
     "SELECT a::text FROM t", "6", "ALTER DOMAIN", "DROP DOMAIN"},
    {"a part is detached with its rows",
     "CREATE TABLE t (a integer PRIMARY KEY) PARTITION BY LIST (a); "
     "CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1)",
     "INSERT INTO t VALUES (1)",
     "CREATE TABLE t (a integer PRIMARY KEY) PARTITION BY LIST (a); "
     "CREATE TABLE t1 (a integer PRIMARY KEY)",
     "SELECT a::text FROM t1", "1", "DETACH PARTITION"},
};

TEST_P(PostgresSchemaLive, PlansArriveAndKeepTheRows) {
  for (const Pair& pair : kPairs) {
    SCOPED_TRACE(pair.name);
    Connection database = Fresh(pair.from);
    Load(database, pair.rows);
    Connection wanted = Fresh(pair.to);
    const schema::Catalog to = Engine().Inspect(wanted);
    const schema::Plan plan =
        Engine().MakePlan(Engine().Inspect(database), to, {});
    EXPECT_THAT(Text(plan), HasSubstr(std::string(pair.has)));
    EXPECT_THAT(Text(plan), Not(HasSubstr(std::string(pair.has_not))));
    Run(database, plan);
    EXPECT_EQ(Text(Engine().MakePlan(Engine().Inspect(database), to, {})), "");
    EXPECT_EQ(One(database, pair.query), pair.answer);
  }
}

TEST_P(PostgresSchemaLive, AsksForRowsThatDoNotFit) {
  Connection database = Fresh(
      "CREATE TABLE p (id integer PRIMARY KEY); "
      "CREATE TABLE t (a text, b integer, c text, d integer)");
  Load(database, "INSERT INTO t VALUES ('x', NULL, 'y', 7), ('x', 1, 'y', 7)");
  Connection wanted = Fresh(
      "CREATE TYPE e AS ENUM ('z'); CREATE TABLE p (id integer PRIMARY KEY); "
      "CREATE TABLE t (a text UNIQUE, b integer NOT NULL CHECK (b > 1), "
      "c e, d integer REFERENCES p, f integer NOT NULL)");
  const schema::Plan plan = Engine().MakePlan(Engine().Inspect(database),
                                              Engine().Inspect(wanted), {});
  std::string found;
  for (const schema::RowCheck& check : plan.checks) {
    const auto rows = database.Execute(check.query).Get<std::int64_t>(0, 0);
    if (rows > 0) found += Cat(rows, " ", check.message, "\n");
    EXPECT_EQ(check.table, "public.t");
  }
  EXPECT_THAT(found, HasSubstr("1 column b of public.t is to be NOT NULL"));
  EXPECT_THAT(found, HasSubstr("2 column c of public.t is to be public.e"));
  EXPECT_THAT(found, HasSubstr("2 column f of public.t is to be NOT NULL"));
  EXPECT_THAT(found, HasSubstr("1 the check t_b_check"));
  EXPECT_THAT(found, HasSubstr("2 the foreign key t_d_fkey"));
  EXPECT_THAT(found, HasSubstr("1 t_a_key of public.t is to be unique"));
}

// What the checks of the plan from the one to the other find.
std::vector<std::string> Found(Connection& database, const schema::Catalog& to,
                               const schema::PlanOptions& options) {
  std::vector<std::string> found;
  const schema::Plan plan =
      Engine().MakePlan(Engine().Inspect(database), to, options);
  for (const schema::RowCheck& check : plan.checks) {
    const auto rows = database.Execute(check.query).Get<std::int64_t>(0, 0);
    if (rows > 0) found.push_back(Cat(rows, " ", check.message));
  }
  return found;
}

TEST_P(PostgresSchemaLive, AsksForRowsUnderTheirOldNames) {
  Connection database = Fresh(
      "CREATE TABLE old (a integer, b text); CREATE TABLE kids (p integer)");
  Load(database,
       "INSERT INTO old VALUES (1, NULL), (1, 'x'); "
       "INSERT INTO kids VALUES (1), (7)");
  Connection wanted = Fresh(
      "CREATE TABLE users (id integer UNIQUE, name text NOT NULL); "
      "CREATE TABLE kids (p integer REFERENCES users (id))");
  using Kind = schema::Rename::Kind;
  const std::vector<schema::Rename> renames = {
      {Kind::kTable, {"", "users"}, "old", "users"},
      {Kind::kColumn, {"", "users"}, "a", "id"},
      {Kind::kColumn, {"", "users"}, "b", "name"}};
  EXPECT_THAT(Found(database, Engine().Inspect(wanted), {.renames = renames}),
              testing::UnorderedElementsAre(
                  HasSubstr("1 the foreign key kids_p_fkey of public.kids"),
                  HasSubstr("1 column name of public.users is to be NOT NULL"),
                  HasSubstr("1 users_id_key of public.users is to be unique")));
}

TEST_P(PostgresSchemaLive, AsksWhetherRowsFitTheirPartition) {
  Connection database =
      Fresh("CREATE TABLE t (a integer); CREATE TABLE part (a integer)");
  Load(database,
       "INSERT INTO t VALUES (1), (7), (8); "
       "INSERT INTO part VALUES (1), (9), (NULL)");
  Connection wanted = Fresh(
      "CREATE TABLE t (a integer) PARTITION BY LIST (a); "
      "CREATE TABLE part PARTITION OF t FOR VALUES IN (1)");
  EXPECT_THAT(Found(database, Engine().Inspect(wanted), {}),
              testing::UnorderedElementsAre(
                  "2 public.part is to be a partition of public.t, FOR VALUES "
                  "IN (1)",
                  "2 public.t is to be partitioned, and a partition has to "
                  "take each row"));
}

// Of equal indexes the server takes the first when a partition is attached.
TEST_P(PostgresSchemaLive, TheRightOneOfEqualIndexesIsThePartitions) {
  constexpr std::string_view kTables =
      "CREATE TABLE t (a integer) PARTITION BY LIST (a); "
      "CREATE TABLE part (a integer); ";
  constexpr std::string_view kIndexes =
      "CREATE INDEX whole ON t (a); CREATE INDEX own ON part (a);";
  Connection database = Fresh(Cat(kTables, kIndexes));
  Connection wanted = Fresh(
      Cat(kTables, "ALTER TABLE t ATTACH PARTITION part FOR VALUES IN (1); ",
          kIndexes));
  const schema::Catalog to = Engine().Inspect(wanted);
  Run(database, Engine().MakePlan(Engine().Inspect(database), to, {}));
  const schema::Catalog arrived = Engine().Inspect(database);
  EXPECT_EQ(Text(Engine().MakePlan(arrived, to, {})), "");
  Connection apart = Fresh(Cat(kTables, kIndexes));
  const schema::Plan back =
      Engine().MakePlan(arrived, Engine().Inspect(apart), {});
  EXPECT_THAT(Text(back), Not(HasSubstr("INDEX public.own")));
  Run(database, back);
}

TEST_P(PostgresSchemaLive, RenamesAsItIsTold) {
  Connection database = Fresh(
      "CREATE TYPE mood AS ENUM ('sad', 'ok'); "
      "CREATE TABLE old (id serial PRIMARY KEY, n text, m mood DEFAULT 'sad');"
      "CREATE INDEX old_n_idx ON old (n)");
  Load(database, "INSERT INTO old (n) VALUES ('kept')");
  Connection wanted = Fresh(
      "CREATE TYPE feeling AS ENUM ('blue', 'ok'); "
      "CREATE TABLE users (id serial PRIMARY KEY, name text, "
      "m feeling DEFAULT 'blue'); CREATE INDEX users_name ON users (name)");
  using Kind = schema::Rename::Kind;
  const schema::PlanOptions options{
      .renames = {
          {Kind::kColumn, {"", "users"}, "n", "name"},
          {Kind::kTable, {"", "users"}, "old", "users"},
          {Kind::kType, {"", "feeling"}, "mood", "feeling"},
          {Kind::kEnumValue, {"", "feeling"}, "sad", "blue"},
          {Kind::kIndex, {"", "users_name"}, "old_n_idx", "users_name"}}};
  const schema::Catalog to = Engine().Inspect(wanted);
  const schema::Plan plan =
      Engine().MakePlan(Engine().Inspect(database), to, options);
  EXPECT_THAT(Text(plan), Not(HasSubstr("DROP")));
  Run(database, plan);
  EXPECT_EQ(Text(Engine().MakePlan(Engine().Inspect(database), to, {})), "");
  EXPECT_EQ(One(database, "SELECT name || m FROM users"), "keptblue");
}

TEST_P(PostgresSchemaLive, OnlinePlansArriveToo) {
  Connection database = Fresh(
      "CREATE TABLE p (id integer PRIMARY KEY); "
      "CREATE TABLE t (a integer, b integer); CREATE INDEX old ON t (a)");
  Load(database, "INSERT INTO p VALUES (1); INSERT INTO t VALUES (1, 2)");
  Connection wanted = Fresh(
      "CREATE TABLE p (id integer PRIMARY KEY); "
      "CREATE TABLE t (a integer NOT NULL REFERENCES p CHECK (a > 0), "
      "b integer PRIMARY KEY, UNIQUE (a, b) INCLUDE (b) DEFERRABLE); "
      "CREATE INDEX i ON t (b)");
  const schema::Catalog to = Engine().Inspect(wanted);
  const schema::Plan plan =
      Engine().MakePlan(Engine().Inspect(database), to, {.online = true});
  EXPECT_THAT(Text(plan), HasSubstr("DROP INDEX CONCURRENTLY public.old"));
  Run(database, plan);
  EXPECT_EQ(Text(Engine().MakePlan(Engine().Inspect(database), to, {})), "");
}

INSTANTIATE_TEST_SUITE_P(Versions, PostgresSchemaLive,
                         testing::ValuesIn(test::Cluster::Versions()),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace godwit::engine
