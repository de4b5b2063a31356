// SPDX-License-Identifier: Apache-2.0
#include "hcl/writer.h"

#include <gtest/gtest.h>

namespace godwit::hcl {
namespace {

TEST(Writer, AlignsTheEqualsSignsOfARunOfAttributes) {
  Writer writer;
  const std::string labels[] = {"public", "users"};
  writer.BeginBlock("table", labels);
  writer.Attribute("schema", "schema.public");
  const std::string column[] = {"id"};
  writer.BeginBlock("column", column);
  writer.Attribute("null", "false");
  writer.Attribute("type", "int");
  writer.Attribute("comment", "\"x\"");
  writer.EndBlock();
  writer.BeginBlock("empty", {});
  writer.EndBlock();
  writer.Attribute("strict", "true");
  writer.EndBlock();
  EXPECT_EQ(writer.Take(),
            "table \"public\" \"users\" {\n"
            "  schema = schema.public\n"
            "  column \"id\" {\n"
            "    null    = false\n"
            "    type    = int\n"
            "    comment = \"x\"\n"
            "  }\n"
            "  empty {\n"
            "  }\n"
            "  strict = true\n"
            "}\n");
}

TEST(Writer, IndentsAHeredocAndEndsItsRunThere) {
  Writer writer;
  writer.BeginBlock("view", {});
  writer.Attribute("schema", "schema.s");
  writer.Heredoc("as", "SELECT 1\n\n  FROM ${t}");
  writer.Attribute("c", "1");
  writer.EndBlock();
  EXPECT_EQ(writer.Take(),
            "view {\n"
            "  schema = schema.s\n"
            "  as     = <<-SQL\n"
            "  SELECT 1\n"
            "\n"
            "    FROM $${t}\n"
            "  SQL\n"
            "  c = 1\n"
            "}\n");
}

TEST(Writer, LeavesAHeredocAloneWhoseIndentationCouldNotBeTakenBack) {
  Writer writer;
  writer.BeginBlock("view", {});
  writer.Heredoc("as", "\n  SELECT 1\n  SQL\n");
  writer.EndBlock();
  EXPECT_EQ(writer.Take(),
            "view {\n"
            "  as = <<SQL1\n"
            "\n"
            "  SELECT 1\n"
            "  SQL\n"
            "\n"
            "SQL1\n"
            "}\n");
}

TEST(Writer, EscapesWhatAStringCannotHold) {
  EXPECT_EQ(Quote("a"), "\"a\"");
  EXPECT_EQ(Quote("a\"b\\c\n\r\t"), R"("a\"b\\c\n\r\t")");
  EXPECT_EQ(Quote("${a} %{b} $ % $${"), R"("$${a} %%{b} $ % $$${")");
  EXPECT_EQ(Quote("\x01\x7F"), R"("\u0001\u007F")");
  EXPECT_EQ(Quote("\xC3\xA9 \xE2\x80\x8B"), "\"\xC3\xA9 \\u200B\"");
}

TEST(Writer, WritesAMemberThatIsNoNameInBrackets) {
  EXPECT_EQ(MemberStep("users"), ".users");
  EXPECT_EQ(MemberStep("7"), ".7");
  EXPECT_EQ(MemberStep("a b"), "[\"a b\"]");
  EXPECT_EQ(MemberStep("7a"), "[\"7a\"]");
  EXPECT_EQ(MemberStep("a-b"), ".a-b");
}

}  // namespace
}  // namespace godwit::hcl
