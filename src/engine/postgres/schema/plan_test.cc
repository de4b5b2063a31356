// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/plan.h"

#include <gmock/gmock.h>

#include "engine/postgres/schema/checks.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/online.h"

namespace godwit::engine::pg {
namespace {

using schema::Catalog;
using schema::Column;
using schema::Constraint;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string Text(const schema::Plan& plan) {
  std::string out;
  for (const schema::Change& change : plan.changes)
    for (const std::string& statement : change.sql) out += statement + ";\n";
  return out;
}

std::string Way(const Catalog& from, const Catalog& to) {
  return Text(MakePlan(from, to, {}));
}

schema::Table Table(std::string name, std::vector<Column> columns) {
  return {.name = {"public", std::move(name)}, .columns = std::move(columns)};
}

Constraint Key(std::string table, std::string column, std::string target) {
  return {.kind = Constraint::Kind::kForeignKey,
          .name = table + "_fk",
          .columns = {column},
          .definition = "FOREIGN KEY (" + column + ") REFERENCES public." +
                        target + "(id)",
          .references = {"public", target},
          .referenced_columns = {"id"}};
}

TEST(Names, AreQuotedWhereTheServerDoes) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"users", "users"},     {"_a1", "_a1"},       {"1a", "\"1a\""},
      {"Users", "\"Users\""}, {"user", "\"user\""}, {"a b", "\"a b\""},
      {"a\"b", "\"a\"\"b\""}, {"", "\"\""},         {"select", "\"select\""},
      {"zone", "zone"},       {"ä", "\"ä\""}};
  for (const auto& [name, quoted] : cases) EXPECT_EQ(Quoted(name), quoted);
}

TEST(Names, LiteralsKeepBackslashes) {
  EXPECT_EQ(Literal("it's"), "'it''s'");
  EXPECT_EQ(Literal("a\\b"), "E'a\\\\b'");
}

TEST(Plan, OfNothingIsEmpty) {
  EXPECT_EQ(Way({}, {}), "");
  Catalog catalog{.tables = {Table("t", {{.name = "a", .type = "integer"}})}};
  EXPECT_EQ(Way(catalog, catalog), "");
}

TEST(Plan, MakesATableWithWhatBelongsToIt) {
  schema::Table table =
      Table("t", {{.name = "id", .type = "bigint", .not_null = true},
                  {.name = "n", .type = "text", .default_value = "'x'::text"}});
  table.constraints = {{.kind = Constraint::Kind::kPrimaryKey,
                        .name = "t_pkey",
                        .columns = {"id"},
                        .definition = "PRIMARY KEY (id)"}};
  table.comment = "it's";
  EXPECT_EQ(Way({}, {.tables = {table}}),
            "CREATE TABLE public.t (\n    id bigint NOT NULL,\n"
            "    n text DEFAULT 'x'::text,\n"
            "    CONSTRAINT t_pkey PRIMARY KEY (id)\n);\n"
            "COMMENT ON TABLE public.t IS 'it''s';\n");
}

TEST(Plan, MakesForeignKeysOfACircleLast) {
  schema::Table a = Table("a", {{.name = "id", .type = "bigint"}});
  schema::Table b = Table("b", {{.name = "id", .type = "bigint"}});
  a.constraints = {Key("a", "id", "b")};
  b.constraints = {Key("b", "id", "a")};
  const Catalog circle{.tables = {a, b}};
  EXPECT_THAT(Way({}, circle),
              testing::StartsWith("CREATE TABLE public.a (\n    id bigint\n);\n"
                                  "CREATE TABLE public.b"));
  EXPECT_EQ(Way(circle, {}),
            "ALTER TABLE public.a DROP CONSTRAINT a_fk;\n"
            "ALTER TABLE public.b DROP CONSTRAINT b_fk;\n"
            "DROP TABLE public.a;\nDROP TABLE public.b;\n");
}

TEST(Plan, AKeyToItsOwnTableGoesWithTheColumnThatRefers) {
  const Column id{.name = "id", .type = "bigint"};
  const Column parent{.name = "parent", .type = "bigint"};
  const Column other{.name = "n", .type = "text"};
  schema::Table from = Table("t", {id, parent, other});
  from.constraints = {Key("t", "parent", "t")};
  Catalog old{.tables = {from}};
  old.dependencies = {{"constraint public.t.t_fk", "column public.t.id"},
                      {"constraint public.t.t_fk", "column public.t.parent"}};
  EXPECT_EQ(Way(old, {.tables = {Table("t", {other})}}),
            "ALTER TABLE public.t DROP COLUMN parent;\n"
            "ALTER TABLE public.t DROP COLUMN id;\n");
}

TEST(Plan, TellsWhatIsLost) {
  const Column id{.name = "id", .type = "bigint"};
  const Column name{.name = "Name", .type = "text"};
  const schema::Plan plan =
      MakePlan({.tables = {Table("t", {id, name}), Table("u", {id})}},
               {.tables = {Table("t", {id})}}, {});
  ASSERT_EQ(plan.changes.size(), 2u);
  const schema::Change& table = plan.changes[1];
  const schema::Change& column = plan.changes[0];
  EXPECT_EQ(table.kind, "drop_table");
  EXPECT_EQ(table.loses, "table public.u and its rows");
  EXPECT_EQ(table.count, "SELECT count(*) FROM public.u");
  EXPECT_EQ(column.kind, "drop_column");
  EXPECT_EQ(column.object, "public.t.Name");
  EXPECT_TRUE(column.destructive);
  EXPECT_EQ(column.count, "SELECT count(\"Name\") FROM public.t");
  EXPECT_THAT(column.hazards, ElementsAre("data_loss"));
  EXPECT_THAT(column.locks, ElementsAre("AccessExclusiveLock"));
}

TEST(Plan, ChangesTypesSoThatValuesStay) {
  const struct {
    std::string_view from, to, statement;
  } cases[] = {
      {"integer", "bigint", "TYPE bigint;"},
      {"integer", "text", "TYPE text;"},
      {"text", "integer", "TYPE integer USING c::integer;"},
      {"boolean", "smallint", "USING c::integer::smallint;"},
      {"integer", "boolean", "USING (c <> 0);"},
      {"text", "text[]",
       "USING CASE WHEN c IS NULL THEN NULL ELSE ARRAY[c]::text[] END;"},
      {"character varying(10)", "character varying(20)",
       "TYPE character varying(20);"},
      {"character varying(20)", "character varying(10)",
       "USING c::character varying(10);"},
      {"public.a", "public.b", "USING c::text::public.b;"},
      {"numeric(10,2)", "numeric(12,4)", "TYPE numeric(12,4);"},
  };
  for (const auto& c : cases) {
    const std::string way = Way(
        {.tables = {Table("t", {{.name = "c", .type = std::string(c.from)}})}},
        {.tables = {Table("t", {{.name = "c", .type = std::string(c.to)}})}});
    EXPECT_THAT(way, HasSubstr(std::string(c.statement)))
        << c.from << " to " << c.to;
  }
}

TEST(Plan, TextThatMayBeCutIsALoss) {
  const auto one = [](std::string type) {
    return Catalog{
        .tables = {Table("t", {{.name = "c", .type = std::move(type)}})}};
  };
  const schema::Plan plan =
      MakePlan(one("text"), one("character varying(3)"), {});
  ASSERT_EQ(plan.changes.size(), 1u);
  EXPECT_TRUE(plan.changes[0].destructive);
  EXPECT_FALSE(MakePlan(one("character varying(3)"), one("text"), {})
                   .changes[0]
                   .destructive);
}

TEST(Plan, AddsLabelsWhereTheyBelong) {
  const auto one = [](std::vector<std::string> labels) {
    return Catalog{
        .enums = {{.name = {"public", "e"}, .labels = std::move(labels)}}};
  };
  EXPECT_EQ(Way(one({"b"}), one({"a", "b", "c", "d"})),
            "ALTER TYPE public.e ADD VALUE 'a' BEFORE 'b';\n"
            "ALTER TYPE public.e ADD VALUE 'c';\n"
            "ALTER TYPE public.e ADD VALUE 'd';\n");
  EXPECT_EQ(Way(one({"a", "b"}), one({"b"})),
            "ALTER TYPE public.e RENAME TO e_godwit_old;\n"
            "CREATE TYPE public.e AS ENUM ('b');\n"
            "DROP TYPE public.e_godwit_old;\n");
}

TEST(Plan, GrantsInOneStatementARole) {
  schema::Table table = Table("t", {});
  table.grants = {{.role = "bob", .privilege = "INSERT"},
                  {.role = "bob", .privilege = "SELECT"},
                  {.role = "eve", .privilege = "SELECT", .grantable = true}};
  EXPECT_THAT(Way({}, {.tables = {table}}),
              HasSubstr("GRANT INSERT, SELECT ON TABLE public.t TO bob;\n"
                        "GRANT SELECT ON TABLE public.t TO eve "
                        "WITH GRANT OPTION;\n"));
}

TEST(Plan, TakesRightsAndTheRightToGiveThem) {
  schema::Table table = Table("t", {});
  table.grants = {{.role = "eve", .privilege = "SELECT", .grantable = true}};
  EXPECT_EQ(Way({.tables = {table}}, {.tables = {Table("t", {})}}),
            "REVOKE GRANT OPTION FOR SELECT ON TABLE public.t FROM eve;\n"
            "REVOKE SELECT ON TABLE public.t FROM eve;\n");
}

TEST(Plan, BodiesThatNameWhatIsNotThereAreNotChecked) {
  const auto routine = [](std::string body) {
    return Catalog{.routines = {{.name = {"public", "f"},
                                 .language = "sql",
                                 .body = body,
                                 .definition = "CREATE OR REPLACE …"}}};
  };
  EXPECT_EQ(Way({}, routine("SELECT 1 FROM missing")),
            "SET check_function_bodies = false;\nCREATE OR REPLACE …;\n"
            "RESET check_function_bodies;\n");
  EXPECT_EQ(Way({}, routine("SELECT 1")), "CREATE OR REPLACE …;\n");
}

TEST(Plan, OnlineFormsLetOthersWrite) {
  schema::Table from = Table("t", {{.name = "a", .type = "integer"}});
  schema::Table to =
      Table("t", {{.name = "a", .type = "integer", .not_null = true}});
  to.constraints = {
      {.name = "c", .columns = {"a"}, .definition = "CHECK ((a > 0))"},
      {.kind = Constraint::Kind::kUnique,
       .name = "u",
       .columns = {"a"},
       .definition = "UNIQUE (a)"}};
  to.indexes = {{.name = "i",
                 .columns = {"a"},
                 .definition = "CREATE INDEX i ON public.t USING btree (a)"}};
  const std::string way =
      Text(MakePlan({.tables = {from}}, {.tables = {to}}, {.online = true}));
  EXPECT_THAT(way, HasSubstr("CREATE INDEX CONCURRENTLY i ON"));
  EXPECT_THAT(way, HasSubstr("CHECK ((a > 0)) NOT VALID;\nALTER TABLE public.t "
                             "VALIDATE CONSTRAINT c;"));
  EXPECT_THAT(way, HasSubstr("CREATE UNIQUE INDEX CONCURRENTLY u ON public.t "
                             "(a);\nALTER TABLE public.t ADD CONSTRAINT u "
                             "UNIQUE USING INDEX u;"));
  EXPECT_THAT(way, HasSubstr("CHECK (a IS NOT NULL) NOT VALID"));
  EXPECT_THAT(
      Text(MakePlan({.tables = {to}}, {.tables = {from}}, {.online = true})),
      HasSubstr("DROP INDEX CONCURRENTLY public.i;"));
}

TEST(Plan, AsksAboutRowsOfTablesThatAreThere) {
  const Column id{.name = "id", .type = "bigint"};
  const Column wanted{.name = "n", .type = "text", .not_null = true};
  const schema::Plan plan = MakePlan(
      {.tables = {Table("t", {id})}},
      {.tables = {Table("t", {id, wanted}), Table("u", {wanted})}}, {});
  ASSERT_EQ(plan.checks.size(), 1u);
  EXPECT_EQ(plan.checks[0].table, "public.t");
  EXPECT_EQ(plan.checks[0].query, "SELECT count(*) FROM public.t");
}

TEST(Plan, SaysHowNumbersAreReadAsTimes) {
  const auto way = [](const char* type) {
    return MakePlan(
        {.tables = {Table("t", {{.name = "at", .type = type}})}},
        {.tables = {Table(
             "t", {{.name = "at", .type = "timestamp with time zone"}})}},
        {});
  };
  const schema::Plan plan = way("bigint");
  ASSERT_EQ(plan.changes.size(), 1u);
  EXPECT_EQ(plan.changes[0].assumes,
            "of column at of public.t: the numbers are milliseconds since the "
            "beginning of 1970");
  EXPECT_THAT(plan.changes[0].hazards,
              ElementsAre("table_rewrite", "assumption"));
  EXPECT_EQ(way("timestamp without time zone").changes[0].assumes, "");
}

TEST(Plan, RenamesOnlyWhatIsThere) {
  const Catalog from{.tables = {Table("old", {{.name = "a", .type = "text"}})}};
  const Catalog to{.tables = {Table("now", {{.name = "b", .type = "text"}})}};
  using Kind = schema::Rename::Kind;
  const schema::PlanOptions options{
      .renames = {{Kind::kColumn, {"", "now"}, "a", "b"},
                  {Kind::kColumn, {"", "now"}, "none", "c"},
                  {Kind::kTable, {"", "now"}, "old", "now"}}};
  EXPECT_EQ(Text(MakePlan(from, to, options)),
            "ALTER TABLE public.old RENAME TO now;\n"
            "ALTER TABLE public.now RENAME COLUMN a TO b;\n");
}

TEST(Locks, OfStatements) {
  EXPECT_EQ(LockOf("CREATE INDEX i ON t (a)"), "ShareLock");
  EXPECT_EQ(LockOf("ALTER TABLE t VALIDATE CONSTRAINT c"),
            "ShareUpdateExclusiveLock");
  EXPECT_EQ(LockOf("ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) …"),
            "ShareRowExclusiveLock");
  EXPECT_THAT(LockOf("COMMENT ON TABLE t IS 'x'"), IsEmpty());
}

}  // namespace
}  // namespace godwit::engine::pg
