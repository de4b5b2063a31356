// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/schema/meaning.h"

#include <gmock/gmock.h>

namespace godwit::engine::sqlite {
namespace {

struct SqlMeaning : testing::Test {
  schema::Catalog catalog{
      .tables = {{.name = {"", "Users"}, .columns = {{.name = "Email"}}}}};
  Meaning meaning{catalog, {}};
};

TEST_F(SqlMeaning, LayoutCaseAndQuotesOfNamesMakeNoDifference) {
  EXPECT_EQ(meaning.Of("SELECT \"email\" -- x\nFROM [users] ;"),
            meaning.Of("select Email/* y */from `USERS`"));
}

TEST_F(SqlMeaning, TextsMakeADifference) {
  EXPECT_NE(meaning.Of("a = 'X'"), meaning.Of("a = 'x'"));
  // It names nothing, and so is a text.
  EXPECT_NE(meaning.Of("a = \"Active\""), meaning.Of("a = \"active\""));
}

TEST_F(SqlMeaning, ParenthesesAroundAnExpressionAreLeftOut) {
  EXPECT_EQ(meaning.OfExpression("((a) + (b))"),
            meaning.OfExpression("(a) + (b)"));
  EXPECT_NE(meaning.OfExpression("(a) + (b)"), meaning.OfExpression("a + b"));
  EXPECT_EQ(meaning.OfExpression("()"), "");
}

TEST_F(SqlMeaning, AnIndexIsWhatItsPartsAre) {
  const schema::Index a{.name = "i", .definition = "CREATE INDEX i ON t (x)"};
  schema::Index b = a;
  b.definition = "create index \"i\" on \"T\"(X)";
  EXPECT_EQ(meaning.Of(a), meaning.Of(b));
  b.definition = "CREATE INDEX i ON t (x) WHERE x > 0";
  EXPECT_NE(meaning.Of(a), meaning.Of(b));
}

TEST(SqlText, ACommentBehindItIsCutOff) {
  EXPECT_EQ(WithoutTrailingComment("SELECT 1 /* a */ + 2 -- end"),
            "SELECT 1 /* a */ + 2");
}

TEST(SqlText, AColumnGetsItsNewNameAndAFunctionKeepsIts) {
  EXPECT_EQ(WithColumnName("lower(lower) > \"LOWER\" || 'lower'", "lower", "b"),
            "lower(\"b\") > \"b\" || 'lower'");
}

}  // namespace
}  // namespace godwit::engine::sqlite
