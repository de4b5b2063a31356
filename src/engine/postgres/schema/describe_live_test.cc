// SPDX-License-Identifier: Apache-2.0
// What a catalog is described as makes the catalog again.
#include <gmock/gmock.h>

#include <algorithm>
#include <span>

#include "base/text.h"
#include "engine/lexicons.h"
#include "engine/schema_engine.h"
#include "runtime/postgres_live.h"
#include "sql/splitter.h"

namespace godwit::engine {
namespace {

const SchemaEngine& Engine() {
  return SchemaEngineOf(EngineKind::kPostgresql);
}

// Whether a value is one that the attribute takes.
bool Takes(const schema::AttributeRule& rule, const schema::Value& value) {
  using Kind = schema::Value::Kind;
  const auto is = [&](unsigned bit) { return (rule.takes & bit) != 0; };
  switch (value.kind) {
    case Kind::kBool:
      return is(schema::kTakesBool);
    case Kind::kNumber:
      return is(schema::kTakesNumber) ||
             (is(schema::kTakesInteger) &&
              value.text.find('.') == std::string::npos);
    case Kind::kString:
      return is(schema::kTakesString);
    case Kind::kSql:
      return is(schema::kTakesSql | schema::kTakesType);
    case Kind::kWord:
      return is(schema::kTakesAnyWord | schema::kTakesType) ||
             (is(schema::kTakesWord) &&
              HoldsWord(Cat(" ", rule.words, " "), value.text));
    case Kind::kReference: {
      const auto& reference = value.reference;
      const std::string& kind = reference.member_kind.empty()
                                    ? reference.kind
                                    : reference.member_kind;
      return is(schema::kTakesType) ||
             HoldsWord(Cat(" ", rule.references, " "), kind);
    }
    default:
      return false;
  }
}

// Every block and attribute is one of the language's.
void ExpectInLanguage(const std::vector<schema::Declaration>& declarations,
                      std::span<const schema::BlockRule> rules) {
  for (const schema::Declaration& declaration : declarations) {
    const auto rule =
        std::ranges::find(rules, declaration.kind, &schema::BlockRule::kind);
    ASSERT_NE(rule, rules.end()) << declaration.kind;
    if (rule->label == schema::Label::kRequired) {
      EXPECT_NE(declaration.name, "") << declaration.kind;
    }
    for (const schema::Attribute& attribute : declaration.attributes) {
      const auto known = std::ranges::find(rule->attributes, attribute.name,
                                           &schema::AttributeRule::name);
      const std::string where = Cat(declaration.kind, ".", attribute.name);
      if (known == rule->attributes.end()) {
        EXPECT_NE(rule->free_attributes, 0u) << where;
        continue;
      }
      EXPECT_EQ(known->list, attribute.value.kind == schema::Value::Kind::kList)
          << where;
      std::vector<schema::Value> values = {attribute.value};
      if (known->list) values = attribute.value.items;
      for (const schema::Value& value : values) {
        EXPECT_TRUE(Takes(*known, value)) << where << " " << value.text;
      }
    }
    for (const schema::AttributeRule& attribute : rule->attributes) {
      const bool there = declaration.Find(attribute.name) != nullptr;
      EXPECT_TRUE(there || !attribute.required)
          << declaration.kind << "." << attribute.name;
    }
    ExpectInLanguage(declaration.blocks, rule->blocks);
  }
}

class PostgresDescribeLive : public internal::PostgresLive {
 protected:
  Connection Fresh(std::string_view script) {
    Connection connection = Connection::Open(cluster().FreshDatabase());
    const sql::DocumentView document{.text = script};
    for (const auto& statement : sql::Split(document, PostgresLexicon()))
      connection.Execute(statement.text);
    return connection;
  }

  // As a loader does: what fails is tried again while anything else succeeds.
  static void Load(Connection& connection, const schema::Declared& declared) {
    for (const auto& problem : declared.problems)
      ADD_FAILURE() << problem.message;
    std::vector<std::string> open;
    for (const auto& statement : declared.statements)
      open.push_back(statement.sql);
    std::string errors;
    while (!open.empty()) {
      std::vector<std::string> failed;
      errors.clear();
      for (const std::string& sql : open) {
        try {
          connection.Execute(sql);
        } catch (const Error& error) {
          errors += Cat(error.what(), "\n", sql, "\n\n");
          failed.push_back(sql);
        }
      }
      if (failed.size() == open.size()) break;
      open = std::move(failed);
    }
    EXPECT_EQ(errors, "");
  }

  static std::string Text(const schema::Plan& plan) {
    std::string out;
    for (const schema::Change& change : plan.changes)
      for (const std::string& statement : change.sql) out += statement + ";\n";
    return out;
  }

  static schema::Catalog Read(Connection& connection) {
    schema::Catalog catalog = Engine().Inspect(connection);
    // The server names the table of a hash by its number.
    for (schema::Table& table : catalog.tables) table.partition_check.clear();
    return catalog;
  }

  void ExpectRoundTrip(std::string_view script) {
    Connection original = Fresh(script);
    const schema::Catalog catalog = Read(original);
    Connection copy = Fresh("");
    const auto declarations = Engine().Describe(catalog);
    ExpectInLanguage(declarations, Engine().language().blocks);
    Load(copy, Engine().Declare(declarations));
    const schema::Catalog again = Read(copy);
    EXPECT_EQ(Text(Engine().MakePlan(catalog, again, {})), "");
    EXPECT_EQ(Text(Engine().MakePlan(again, catalog, {})), "");
    EXPECT_EQ(again.tables.size(), catalog.tables.size());
    for (std::size_t i = 0; i < again.tables.size(); ++i)
      EXPECT_TRUE(again.tables[i] == catalog.tables.at(i))
          << again.tables[i].name.text();
    EXPECT_TRUE(again.views == catalog.views);
    EXPECT_TRUE(again.routines == catalog.routines);
    EXPECT_TRUE(again.sequences == catalog.sequences);
    EXPECT_TRUE(again.dependencies == catalog.dependencies);
    EXPECT_TRUE(again == catalog);
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

TEST_P(PostgresDescribeLive, EverythingComesBack) {
  ExpectRoundTrip(kEverything);
}

struct Case {
  std::string_view name;
  std::string_view script;
};

constexpr Case kCases[] = {
    {"defaults of every kind", R"(
CREATE TYPE mood AS ENUM ('ok', 'it''s');
CREATE TABLE d (
  a integer DEFAULT 5, b integer DEFAULT -7, c bigint DEFAULT -7,
  d bigint DEFAULT '-7', e bigint DEFAULT 9000000000, f smallint DEFAULT '5',
  g numeric DEFAULT 1.50, h numeric DEFAULT 1.5, i numeric DEFAULT -0.1,
  j double precision DEFAULT 0.1, k real DEFAULT '1e-7', l boolean DEFAULT true,
  m text DEFAULT 'x''y', n text DEFAULT E'a\\b\nc', o varchar(10) DEFAULT 'x',
  p varchar(10) DEFAULT 'x'::text, q char(3) DEFAULT 'ab',
  r mood DEFAULT 'it''s', s text[] DEFAULT '{}', t jsonb DEFAULT '{"a": 1}',
  u uuid DEFAULT '00000000-0000-0000-0000-000000000000',
  v timestamp(3) DEFAULT '2020-01-01', w timestamptz DEFAULT now(),
  x interval DEFAULT '3 hours', y date DEFAULT CURRENT_DATE,
  z bytea DEFAULT '\x00', aa bit(3) DEFAULT B'101', ab mood[] DEFAULT '{ok}',
  ac text DEFAULT 'true', ad text DEFAULT NULL, ae time DEFAULT '10:00',
  af inet DEFAULT '10.0.0.1', ag money DEFAULT 5, ah text DEFAULT '',
  ai integer DEFAULT (2 + 3), aj numeric(10,2) DEFAULT 12345678901234567890.12,
  ak "char" DEFAULT 'a', al name DEFAULT 'n', am integer DEFAULT '0012'))"},
    {"types of every kind", R"(
CREATE SCHEMA s;
CREATE TYPE s.pair AS (a integer, b text);
CREATE TABLE t (
  a smallint, b char, c varchar, d numeric(5), e numeric(5,2), f float(20),
  g float(30), h time(0), i timetz(3), j timestamp(0), k timestamptz(6),
  l interval(3), m interval day to second(2), n interval year to month,
  o interval second, p bit, q bit varying, r bit varying(5), s s.pair,
  t s.pair[], u integer[][], v int4range, w int4multirange, x tsvector, y xml,
  z "char", aa name, ab oid, ac regclass, ad pg_lsn, ae point, af macaddr8,
  ag bpchar, ah jsonpath, ai varchar(3)[], aj timestamp(3)[]);
CREATE TABLE row_of (a t))"},
    {"serials and identities", R"(
CREATE TABLE t (a serial, b bigserial, c smallserial,
  d integer GENERATED BY DEFAULT AS IDENTITY,
  e bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME odd START 5 INCREMENT -2
    MINVALUE -100 MAXVALUE 50 CACHE 3 CYCLE));
CREATE SEQUENCE own OWNED BY t.a;
ALTER SEQUENCE t_b_seq INCREMENT 5;
COMMENT ON SEQUENCE t_c_seq IS 'c';
CREATE TABLE u (a integer NOT NULL DEFAULT nextval('t_a_seq'));
CREATE SEQUENCE down INCREMENT -1;
CREATE SEQUENCE small AS smallint START 3)"},
    {"keys and constraints of every kind", R"(
CREATE TABLE p (a integer, b integer, c integer, r int4range,
  CONSTRAINT odd_name PRIMARY KEY (a) INCLUDE (b) WITH (fillfactor = 70),
  UNIQUE (a, b) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "Odd ""u" UNIQUE (b, c),
  CONSTRAINT x EXCLUDE USING gist (r WITH &&) WHERE (c > 0),
  CONSTRAINT y EXCLUDE USING gist (int4range(a, b) WITH &&) DEFERRABLE,
  EXCLUDE (c WITH =) INCLUDE (b) WITH (fillfactor = 80),
  CHECK (a > 0) NO INHERIT, CONSTRAINT "c 2" CHECK (b > 0 OR c IS NULL));
ALTER TABLE p ADD CONSTRAINT late CHECK (a > 1) NOT VALID;
CREATE TABLE f (a integer, b integer, c integer REFERENCES f,
  PRIMARY KEY (c),
  FOREIGN KEY (a, b) REFERENCES p (b, c) MATCH FULL ON UPDATE CASCADE
    ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT part FOREIGN KEY (a, b) REFERENCES p (b, c)
    ON DELETE SET NULL (b));
ALTER TABLE f ADD CONSTRAINT late FOREIGN KEY (a) REFERENCES p NOT VALID;
COMMENT ON CONSTRAINT late ON f IS 'later';
COMMENT ON CONSTRAINT y ON p IS 'y';
COMMENT ON CONSTRAINT late ON p IS 'check';
ALTER TABLE p CLUSTER ON odd_name;
ALTER TABLE f REPLICA IDENTITY FULL)"},
    {"indexes of every kind", R"(
CREATE TABLE t (a integer NOT NULL, b text, c text COLLATE "C", d jsonb,
  e timestamptz, f tsvector, "g h" integer);
CREATE UNIQUE INDEX i1 ON t (a DESC, b NULLS FIRST) INCLUDE (c) WHERE a > 0;
CREATE INDEX i2 ON t (lower(b) text_pattern_ops, (a + 1), b COLLATE "C" DESC
  NULLS LAST);
CREATE INDEX i3 ON t USING gin (d jsonb_path_ops) WITH (fastupdate = off);
CREATE INDEX i4 ON t USING brin (e) WITH (pages_per_range = 32, autosummarize);
CREATE INDEX i5 ON t USING hash (a);
CREATE INDEX i6 ON t USING gist (f tsvector_ops (siglen = 100));
CREATE UNIQUE INDEX i7 ON t ("g h") NULLS NOT DISTINCT;
CREATE INDEX i8 ON t (COALESCE(b, c), a) WITH (fillfactor = 60);
CREATE UNIQUE INDEX i9 ON t (a);
CREATE INDEX i10 ON t ((d ->> 'x'), a);
ALTER INDEX i2 ALTER COLUMN 2 SET STATISTICS 500;
ALTER TABLE t CLUSTER ON i9;
ALTER TABLE t REPLICA IDENTITY USING INDEX i9;
COMMENT ON INDEX i3 IS 'three')"},
    {"partitions", R"(
CREATE TABLE m (id bigint GENERATED ALWAYS AS IDENTITY, at date NOT NULL,
  k text DEFAULT 'x' COLLATE "C", PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE INDEX m_k ON m (k);
CREATE INDEX ON m (lower(k));
CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2020-01-01') TO ('2020-02-01');
CREATE TABLE m2 PARTITION OF m FOR VALUES FROM (MINVALUE) TO ('2020-01-01')
  PARTITION BY RANGE (at);
CREATE TABLE m3 (k text COLLATE "C", at date NOT NULL DEFAULT '2021-01-01',
  id bigint NOT NULL, CONSTRAINT m3_key PRIMARY KEY (id, at));
CREATE INDEX m3_lower ON m3 (lower(k));
ALTER TABLE m ATTACH PARTITION m3
  FOR VALUES FROM ('2020-02-01') TO ('2020-03-01');
CREATE INDEX m1_own ON m1 (at, k);
ALTER TABLE m1 ADD CHECK (k <> 'z');
ALTER TABLE m ADD CONSTRAINT whole CHECK (id > 0);
CREATE TABLE n (a integer, k text) PARTITION BY RANGE (a);
CREATE TABLE n2 PARTITION OF n DEFAULT PARTITION BY LIST (k);
CREATE TABLE n2a PARTITION OF n2 FOR VALUES IN ('a', 'b', NULL);
CREATE TABLE n2b PARTITION OF n2 DEFAULT;
CREATE INDEX n2a_own ON n2a (k);
CREATE INDEX n_k ON n (k);
CREATE TABLE h (a integer, b text) PARTITION BY HASH (a, lower(b) text_ops);
CREATE TABLE h0 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE h1 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 1);
COMMENT ON COLUMN h1.b IS 'of one part';
CREATE TABLE r (m_id bigint, m_at date, FOREIGN KEY (m_id, m_at) REFERENCES m)
  PARTITION BY LIST (m_at);
CREATE TABLE r1 PARTITION OF r DEFAULT;
CREATE TABLE e (a integer, b integer) PARTITION BY RANGE (a, b);
CREATE TABLE e1 PARTITION OF e FOR VALUES FROM (1, MINVALUE) TO (2, MAXVALUE))"},
    {"heirs and typed tables", R"(
CREATE TABLE p (a integer NOT NULL DEFAULT 1, b text, CHECK (a > 0));
CREATE TABLE q (x integer);
CREATE TABLE c1 (d integer) INHERITS (p, q);
CREATE TABLE c2 (b text DEFAULT 'own') INHERITS (p);
CREATE TABLE c3 () INHERITS (p);
ALTER TABLE c3 ALTER COLUMN a SET DEFAULT 3;
COMMENT ON COLUMN c3.b IS 'theirs';
CREATE INDEX ON c3 (b);
ALTER TABLE c1 ADD UNIQUE (a, x);
CREATE TYPE ty AS (a integer, b text);
CREATE TABLE t OF ty (a WITH OPTIONS PRIMARY KEY, b DEFAULT 'x');
CREATE INDEX t_b ON t (b, a);
CREATE TABLE t2 OF ty)"},
    {"columns' own ways", R"(
CREATE TABLE t (a text COMPRESSION pglz, b integer, c bytea, "d e" text);
ALTER TABLE t ALTER COLUMN c SET STORAGE EXTERNAL;
ALTER TABLE t ALTER COLUMN b SET STATISTICS 0;
ALTER TABLE t ALTER COLUMN b SET (n_distinct = -0.5, n_distinct_inherited = 7);
COMMENT ON COLUMN t."d e" IS E'two\nlines \\ ''q''';
ALTER TABLE t SET (fillfactor = 70, autovacuum_enabled = off,
  toast.autovacuum_vacuum_scale_factor = 0.05);
CREATE UNLOGGED TABLE u (a integer);
ALTER TABLE u ENABLE ROW LEVEL SECURITY;
ALTER TABLE u FORCE ROW LEVEL SECURITY;
CREATE TABLE nothing ();
CREATE TABLE "Odd.Table" ("A" integer);
CREATE STATISTICS st (ndistinct, dependencies, mcv) ON b, (length(a)) FROM t;
CREATE SCHEMA z;
CREATE STATISTICS z.st2 ON a, b FROM t;
ALTER STATISTICS st SET STATISTICS 50;
COMMENT ON STATISTICS st IS 's')"},
    {"views", R"(
CREATE TABLE t (a integer, b text);
CREATE VIEW v WITH (security_invoker = true, security_barrier) AS
  SELECT a, b AS "B b" FROM t WHERE a > 0 WITH LOCAL CHECK OPTION;
ALTER VIEW v ALTER COLUMN a SET DEFAULT 5;
COMMENT ON VIEW v IS 'v'; COMMENT ON COLUMN v."B b" IS 'b';
CREATE RECURSIVE VIEW n (x) AS SELECT 1 UNION ALL SELECT x + 1 FROM n
  WHERE x < 5;
CREATE MATERIALIZED VIEW m WITH (fillfactor = 70) AS SELECT a, count(*) c
  FROM v GROUP BY a WITH NO DATA;
CREATE UNIQUE INDEX m_a ON m (a); CREATE INDEX m_c ON m (c DESC);
CREATE MATERIALIZED VIEW m2 AS SELECT 1 AS one;
CREATE VIEW on_view AS SELECT * FROM v NATURAL JOIN m2;
CREATE VIEW cascaded AS SELECT a FROM t WITH CHECK OPTION;
CREATE VIEW plain AS SELECT a FROM t;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE TRIGGER i INSTEAD OF INSERT OR UPDATE ON v FOR EACH ROW
  EXECUTE FUNCTION f('a', 'it''s');
CREATE RULE r AS ON DELETE TO plain DO INSTEAD (DELETE FROM t WHERE
  t.a = old.a; UPDATE t SET b = 'x');
CREATE RULE w AS ON UPDATE TO t WHERE old.a > 1
  DO ALSO DELETE FROM t WHERE t.a = old.a;
ALTER TABLE t DISABLE RULE w; COMMENT ON RULE w ON t IS 'w')"},
    {"routines", R"(
CREATE SCHEMA app;
CREATE TABLE app.t (a integer);
CREATE FUNCTION app.f(a integer, b text DEFAULT 'x', VARIADIC c integer[]
  DEFAULT '{}') RETURNS SETOF app.t LANGUAGE sql STABLE STRICT LEAKPROOF
  SECURITY DEFINER PARALLEL SAFE COST 10.5 ROWS 7 SET search_path = app, pg_temp
  SET work_mem = '1MB' SET my.setting = 'a b' AS 'SELECT * FROM app.t';
CREATE FUNCTION app.f(integer, double precision, character varying,
  timestamp with time zone, OUT x double precision, INOUT "Y" text)
  LANGUAGE plpgsql IMMUTABLE AS $x$ begin x := 1; "Y" := $$a$$; end $x$;
CREATE FUNCTION app.g() RETURNS TABLE (a integer, "b c" double precision)
  LANGUAGE sql PARALLEL RESTRICTED BEGIN ATOMIC SELECT 1, 2.0::float8; END;
CREATE FUNCTION app.h(a integer) RETURNS integer IMMUTABLE LANGUAGE sql
  RETURN a + 1;
CREATE FUNCTION app.w() RETURNS bigint AS 'window_row_number' LANGUAGE internal
  WINDOW IMMUTABLE;
CREATE FUNCTION app.any_of(anyelement, anyarray, "any") RETURNS anyelement
  LANGUAGE internal AS 'int4in';
CREATE PROCEDURE app.p(IN a integer, INOUT b text DEFAULT NULL)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS
  'begin commit; end';
CREATE PROCEDURE app.p2(OUT a integer) LANGUAGE plpgsql AS 'begin a := 1; end';
COMMENT ON FUNCTION app.h(integer) IS 'h';
COMMENT ON PROCEDURE app.p(integer, text) IS 'p';
COMMENT ON FUNCTION app.f(integer, text, integer[]) IS 'f';
CREATE TABLE app.uses (a integer DEFAULT app.h(1) CHECK (app.h(a) > 0),
  b integer GENERATED ALWAYS AS (app.h(a)) STORED);
CREATE INDEX ON app.uses (app.h(a));
CREATE AGGREGATE app.total(integer) (sfunc = int4pl, stype = integer,
  initcond = '0', parallel = safe, msfunc = int4pl, minvfunc = int4mi,
  mstype = integer, minitcond = '0', combinefunc = int4pl);
CREATE AGGREGATE app.pick(ORDER BY anyelement) (sfunc = ordered_set_transition,
  stype = internal, finalfunc = mode_final, finalfunc_extra);
CREATE AGGREGATE app.at(float8 ORDER BY float8) (sfunc = ordered_set_transition,
  stype = internal, finalfunc = percentile_disc_final, finalfunc_extra);
CREATE FUNCTION app.step(state bigint) RETURNS bigint LANGUAGE sql
  AS 'SELECT state + 1';
CREATE AGGREGATE app.counted(*) (sfunc = app.step, stype = bigint,
  initcond = '0');
COMMENT ON AGGREGATE app.counted(*) IS 'all';
COMMENT ON AGGREGATE app.at(float8 ORDER BY float8) IS 'at';
REVOKE ALL ON FUNCTION app.counted() FROM PUBLIC)"},
    {"triggers and policies", R"(
CREATE TABLE t (a integer, "b c" text, d integer);
CREATE TABLE u (a integer);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE TRIGGER a BEFORE INSERT OR DELETE OR UPDATE OF a, "b c" ON t FOR EACH ROW
  WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION f('x', '2');
CREATE TRIGGER b AFTER UPDATE ON t REFERENCING OLD TABLE AS o NEW TABLE AS "N"
  FOR EACH STATEMENT EXECUTE FUNCTION f();
CREATE TRIGGER b BEFORE TRUNCATE ON u EXECUTE FUNCTION f();
CREATE CONSTRAINT TRIGGER c AFTER INSERT ON t FROM u DEFERRABLE INITIALLY
  DEFERRED FOR EACH ROW EXECUTE FUNCTION f();
CREATE CONSTRAINT TRIGGER d AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE t ENABLE ALWAYS TRIGGER a; ALTER TABLE t DISABLE TRIGGER b;
ALTER TABLE t ENABLE REPLICA TRIGGER c;
COMMENT ON TRIGGER a ON t IS 'a';
CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE TO CURRENT_USER, pg_monitor
  USING (a > 0) WITH CHECK ("b c" <> '');
CREATE POLICY p ON u; CREATE POLICY q ON u FOR INSERT WITH CHECK (true);
COMMENT ON POLICY p ON t IS 'p';
CREATE FUNCTION ev() RETURNS event_trigger LANGUAGE plpgsql AS 'begin end';
CREATE EVENT TRIGGER et ON ddl_command_end WHEN TAG IN ('CREATE TABLE',
  'DROP TABLE') EXECUTE FUNCTION ev();
ALTER EVENT TRIGGER et DISABLE; COMMENT ON EVENT TRIGGER et IS 'et')"},
    {"types with all they have", R"(
CREATE SCHEMA a; CREATE SCHEMA b;
CREATE COLLATION a.de (provider = libc, locale = 'C');
CREATE TYPE a.e AS ENUM ('x'); CREATE TYPE b.e AS ENUM ('y');
CREATE TYPE a."E f" AS ENUM ();
CREATE DOMAIN a.d AS varchar(10) COLLATE a.de DEFAULT 'x' NOT NULL
  CONSTRAINT c1 CHECK (VALUE <> '') CONSTRAINT c2 CHECK (length(VALUE) > 0);
CREATE DOMAIN a.of_d AS a.d; CREATE DOMAIN a.of_e AS a.e DEFAULT 'x';
ALTER DOMAIN a.of_d ADD CONSTRAINT later CHECK (VALUE <> 'z') NOT VALID;
COMMENT ON CONSTRAINT later ON DOMAIN a.of_d IS 'later';
CREATE TYPE a.c AS (x a.of_d, y b.e, z text COLLATE "C");
COMMENT ON COLUMN a.c.x IS 'x';
CREATE TYPE a.r AS RANGE (subtype = text, collation = "C",
  subtype_opclass = text_pattern_ops, multirange_type_name = a.many);
CREATE TYPE a.float_range AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TABLE a.t (e a.e DEFAULT 'x', e2 b.e, c a.c, d a.d, r a.r, m a.many,
  es a.e[]);
CREATE TABLE b.t (a integer REFERENCES b.t (a), PRIMARY KEY (a));
COMMENT ON TYPE a.e IS 'e'; COMMENT ON DOMAIN a.d IS 'd';
COMMENT ON TYPE a.r IS 'r'; COMMENT ON SCHEMA a IS 'a')"},
    {"rights", R"(
CREATE SCHEMA s;
CREATE TABLE s.t (a integer, b integer);
CREATE SEQUENCE s.q;
CREATE FUNCTION s.f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION s.f(a text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE s.p() LANGUAGE sql AS 'SELECT 1';
CREATE TYPE s.e AS ENUM ('a');
CREATE DOMAIN s.d AS integer;
CREATE VIEW s.v AS SELECT a FROM s.t;
GRANT USAGE ON SCHEMA s TO PUBLIC;
GRANT SELECT, INSERT ON s.t TO pg_monitor WITH GRANT OPTION;
GRANT DELETE ON s.t TO pg_monitor;
GRANT UPDATE (a, b), SELECT (b) ON s.t TO PUBLIC;
REVOKE TRUNCATE ON s.t FROM CURRENT_USER;
GRANT USAGE ON SEQUENCE s.q TO pg_monitor;
REVOKE ALL ON FUNCTION s.f(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION s.f() TO pg_monitor;
REVOKE ALL ON PROCEDURE s.p() FROM PUBLIC;
REVOKE ALL ON TYPE s.e FROM PUBLIC; GRANT USAGE ON TYPE s.d TO pg_monitor;
GRANT SELECT ON s.v TO pg_monitor;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO pg_monitor;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC)"},
    {"what is needed is made first", R"(
CREATE FUNCTION late() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (a integer DEFAULT late());
CREATE FUNCTION of_t(x t) RETURNS integer LANGUAGE sql AS 'SELECT x.a';
CREATE VIEW zz AS SELECT a FROM t; CREATE VIEW aa AS SELECT a FROM zz;
CREATE FUNCTION of_view() RETURNS SETOF aa LANGUAGE sql AS 'SELECT * FROM aa';
CREATE TABLE a1 (a integer PRIMARY KEY);
CREATE TABLE a2 (a integer PRIMARY KEY REFERENCES a1);
ALTER TABLE a1 ADD FOREIGN KEY (a) REFERENCES a2;
CREATE DOMAIN checked AS integer CHECK (VALUE > late());
CREATE TABLE with_domain (a checked))"},
};

TEST_P(PostgresDescribeLive, EveryKindComesBack) {
  for (const Case& of : kCases) {
    SCOPED_TRACE(of.name);
    try {
      ExpectRoundTrip(of.script);
    } catch (const Error& error) {
      ADD_FAILURE() << error.what();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Versions, PostgresDescribeLive,
                         testing::ValuesIn(test::Cluster::Versions()),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace godwit::engine
