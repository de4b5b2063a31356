// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/declare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/postgres/schema/describing.h"
#include "engine/postgres/schema/language.h"

namespace godwit::engine::pg {
namespace {

using schema::Declaration;
using schema::Value;
using testing::ElementsAre;

// Marks are numbers of their own: the n-th thing stands at byte n.
class Maker {
 public:
  Declaration Block(std::string kind, std::string name,
                    std::vector<schema::Attribute> attributes = {},
                    std::vector<Declaration> blocks = {}) {
    Declaration out;
    out.kind = std::move(kind);
    out.name = std::move(name);
    out.attributes = std::move(attributes);
    out.blocks = std::move(blocks);
    out.mark = Next();
    return out;
  }
  schema::Attribute With(std::string name, Value value) {
    value.mark = Next();
    for (Value& item : value.items) item.mark = value.mark;
    return {std::move(name), std::move(value), {}};
  }
  Declaration Table(std::string name, std::vector<Declaration> blocks,
                    std::vector<schema::Attribute> attributes = {}) {
    attributes.push_back(With("schema", ObjectValue("schema", {"", "public"})));
    return Block("table", std::move(name), std::move(attributes),
                 std::move(blocks));
  }
  Declaration Column(std::string name, Value type,
                     std::vector<schema::Attribute> attributes = {}) {
    attributes.push_back(With("type", std::move(type)));
    return Block("column", std::move(name), std::move(attributes));
  }

 private:
  schema::Mark Next() {
    ++next_;
    return {0, next_, next_ + 1};
  }
  std::uint32_t next_ = 0;
};

Value OwnColumn(std::string name) {
  return ReferenceValue({"", {}, "column", std::move(name)});
}
Value ColumnOf(std::string table, std::string name) {
  return ReferenceValue(
      {"table", {"public", std::move(table)}, "column", std::move(name)});
}
Value OfType(std::string word, std::vector<std::string> arguments = {}) {
  Value value = WordValue(word);
  for (const std::string& argument : arguments)
    value.items.push_back(NumberValue(argument));
  return value;
}

std::vector<std::string> Sql(const schema::Declared& declared) {
  std::vector<std::string> out;
  for (const auto& statement : declared.statements)
    out.push_back(statement.sql);
  return out;
}

std::vector<std::string> Problems(const schema::Declared& declared) {
  std::vector<std::string> out;
  for (const auto& problem : declared.problems) out.push_back(problem.message);
  return out;
}

TEST(Declare, ForeignKeysComeLastAndTablesInTheirOrder) {
  Maker make;
  const auto declared = DeclareSchema(
      {make.Table(
           "b", {make.Column("a", OfType("int")),
                 make.Block("foreign_key", "f",
                            {make.With("columns", ListValue({OwnColumn("a")})),
                             make.With("ref_columns",
                                       ListValue({ColumnOf("a", "id")})),
                             make.With("on_delete", TextValue("set null"))})}),
       make.Table("a", {make.Column("id", OfType("numeric", {"10", "2"}))}),
       make.Block("schema", "public")});
  EXPECT_THAT(Problems(declared), ElementsAre());
  EXPECT_THAT(
      Sql(declared),
      ElementsAre("CREATE SCHEMA IF NOT EXISTS public",
                  "CREATE TABLE public.b (\n    a integer NOT NULL\n)",
                  "CREATE TABLE public.a (\n    id numeric(10, 2) NOT NULL\n)",
                  "ALTER TABLE public.b ADD CONSTRAINT f FOREIGN KEY (a) "
                  "REFERENCES public.a (id) ON DELETE SET NULL"));
}

TEST(Declare, WhatIsReferredToIsMadeBeforeItsUser) {
  Maker make;
  const auto in_public = [&] {
    return make.With("schema", ObjectValue("schema", {"", "public"}));
  };
  const auto declared = DeclareSchema(
      {make.Block(
           "domain", "outer",
           {in_public(),
            make.With("type", ObjectValue("domain", {"public", "inner"})),
            make.With("null", FlagValue(true))}),
       make.Block("domain", "inner",
                  {in_public(), make.With("type", OfType("text"))})});
  EXPECT_THAT(
      Sql(declared),
      ElementsAre("CREATE DOMAIN public.\"inner\" AS text NOT NULL",
                  "CREATE DOMAIN public.\"outer\" AS public.\"inner\""));
}

TEST(Declare, EveryByteOfAStatementHasItsPlace) {
  Maker make;
  Declaration column = make.Column("a", OfType("int"),
                                   {make.With("default", SqlValue("nope()"))});
  const schema::Mark at_default = column.attributes[0].value.mark;
  const schema::Mark at_type = column.attributes[1].value.mark;
  const auto declared = DeclareSchema({make.Table("t", {column})});
  ASSERT_EQ(declared.statements.size(), 1u);
  const schema::DeclaredStatement& statement = declared.statements[0];
  EXPECT_EQ(statement.At(statement.sql.find("integer")).begin, at_type.begin);
  EXPECT_EQ(statement.At(statement.sql.find("nope")).begin, at_default.begin);
  EXPECT_EQ(statement.At(0).begin, statement.mark.begin);
}

TEST(Declare, ADefaultThatCallsADeclaredFunctionWaitsForIt) {
  Maker make;
  const auto declared = DeclareSchema(
      {make.Table("t", {make.Column("a", OfType("int"),
                                    {make.With("default", SqlValue("f(1)"))})}),
       make.Block("function", "f",
                  {make.With("schema", ObjectValue("schema", {"", "public"})),
                   make.With("lang", WordValue("SQL")),
                   make.With("return", OfType("int")),
                   make.With("as", TextValue("SELECT 1"))})});
  EXPECT_THAT(
      Sql(declared),
      ElementsAre("CREATE TABLE public.t (\n    a integer NOT NULL\n)",
                  "CREATE FUNCTION public.f()\nRETURNS integer\nLANGUAGE sql\n"
                  "AS $$SELECT 1$$",
                  "ALTER TABLE ONLY public.t ALTER COLUMN a SET DEFAULT f(1)"));
}

struct DefaultCase {
  Value type;
  Value value;
  std::string sql;
};

TEST(Declare, DefaultsAreWrittenAsTheirTypeWantsThem) {
  const DefaultCase cases[] = {
      {OfType("int"), NumberValue("5"), "5"},
      {OfType("int"), TextValue("-5"), "-5"},
      {OfType("bool"), TextValue("true"), "true"},
      {OfType("bool"), FlagValue(false), "false"},
      {OfType("text"), TextValue("it's"), "'it''s'"},
      {OfType("text"), TextValue("5"), "'5'"},
      {OfType("int"), TextValue("a"), "'a'"},
      {OfType("timestamptz"), SqlValue("now()"), "now()"},
      {OfType("text"), TextValue("a\\b"), "E'a\\\\b'"},
  };
  for (const DefaultCase& each : cases) {
    Maker make;
    const auto declared = DeclareSchema({make.Table(
        "t",
        {make.Column("a", each.type, {make.With("default", each.value)})})});
    EXPECT_THAT(
        Sql(declared),
        ElementsAre(testing::HasSubstr(" DEFAULT " + each.sql + " NOT")))
        << each.sql;
  }
}

TEST(Declare, WhatNoServerNeedsToBeAskedAboutIsAProblem) {
  Maker make;
  const Value columns = ListValue({OwnColumn("a"), OwnColumn("b")});
  const auto declared = DeclareSchema(
      {make.Table(
           "t",
           {make.Column("a", OfType("int")), make.Column("a", OfType("int")),
            make.Block(
                "foreign_key", "f",
                {make.With("columns", columns),
                 make.With("ref_columns", ListValue({ColumnOf("u", "a")}))}),
            make.Block(
                "foreign_key", "g",
                {make.With("columns", columns),
                 make.With("ref_columns", ListValue({ColumnOf("u", "a"),
                                                     ColumnOf("w", "a")}))})}),
       make.Table("", {}), make.Block("schema", "s"), make.Block("schema", "s"),
       make.Block("role", "r", {make.With("external", FlagValue(false))})});
  EXPECT_THAT(
      Problems(declared),
      ElementsAre(
          "schema s is declared twice", "column a of t is declared twice",
          "foreign key f has 2 columns, and refers to 1",
          "foreign key g refers to columns of two tables", "table has no name",
          "role r belongs to the server, not to a schema, and is not "
          "made"));
}

TEST(Declare, ARenamedThingIsARename) {
  Maker make;
  const auto declared = DeclareSchema(
      {make.Table("new",
                  {make.Column("b", OfType("int"),
                               {make.With("renamed_from", TextValue("a"))})},
                  {make.With("renamed_from", TextValue("old"))})});
  ASSERT_EQ(declared.renames.size(), 2u);
  EXPECT_EQ(declared.renames[0].from, "a");
  EXPECT_EQ(declared.renames[0].parent.name, "new");
  EXPECT_EQ(declared.renames[1].kind, schema::Rename::Kind::kTable);
  EXPECT_EQ(declared.renames[1].from, "old");
}

TEST(Language, ABlocksWordsAreThoseThatDescribeAndDeclareUse) {
  const auto& language = SchemaLanguage();
  EXPECT_EQ(language.blocks.size(), 23u);
  for (const schema::TypeRule& type : language.types)
    EXPECT_EQ(FindTypeWord(type.word), &type) << type.word;
}

}  // namespace
}  // namespace godwit::engine::pg
