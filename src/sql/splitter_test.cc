// SPDX-License-Identifier: Apache-2.0
#include "sql/splitter.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "godwit/error.h"
#include "sql/head.h"

namespace godwit::sql {
namespace {

using testing::ElementsAre;

constexpr Lexicon kPlain = {
    .classify = [](const HeadView& head) -> std::uint32_t {
      return head.Is(0, "drop") ? kDropTable : 0u;
    }};

std::vector<std::string> Texts(std::string_view text) {
  std::vector<std::string> texts;
  for (const StatementView& statement : Split(text, kPlain))
    texts.emplace_back(statement.text);
  return texts;
}

TEST(Splitter, EndsAStatementAtItsSemicolon) {
  EXPECT_THAT(Texts("a; b\n;c"), ElementsAre("a;", "b\n;", "c"));
  EXPECT_THAT(Texts("-- x\na /* ; */ b; -- y\n/* z */ c;"),
              ElementsAre("a /* ; */ b;", "c;"));
}

TEST(Splitter, LeavesOutWhatHoldsNoToken) {
  EXPECT_THAT(Texts(" ;\n; /* x */ ; a;;"), ElementsAre("a;"));
}

TEST(Splitter, SkipsAByteOrderMarkAndUnicodesBlanks) {
  EXPECT_THAT(Texts("\uFEFFa;\u00A0\n\u3000b;\u2028\uFEFFc;"),
              ElementsAre("a;", "b;", "c;"));
}

TEST(Splitter, KnowsLinesAndOffsets) {
  const auto statements = Split("a;\r\n\n  b\n  c; d", kPlain);
  ASSERT_EQ(statements.size(), 3u);
  EXPECT_EQ(statements[1].line, 3);
  EXPECT_EQ(statements[1].end_line, 4);
  EXPECT_EQ(statements[1].offset, 7u);
  EXPECT_TRUE(statements[1].terminated);
  EXPECT_EQ(statements[2].line, 4);
  EXPECT_FALSE(statements[2].terminated);
}

TEST(Splitter, AsksTheDialectForTraits) {
  const auto statements = Split("a; DROP b;", kPlain);
  EXPECT_EQ(statements[0].traits, 0u);
  EXPECT_EQ(statements[1].traits, static_cast<std::uint32_t>(kDropTable));
}

TEST(Splitter, RefusesNulBytesWithTheirPlace) {
  try {
    Split(std::string_view("a;\nb\0c", 6), kPlain, "x.sql");
    FAIL() << "was not refused";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "a NUL byte");
    EXPECT_EQ(error.where(), (Place{"x.sql", 2, 2, std::string("b\0c", 3)}));
  }
}

TEST(Splitter, TellsOfAnnotationsOnlyWhereTheyStandAlone) {
  const DocumentView document{.text =
                                  "\uFEFF-- +m 1\na -- +m 2\n  -- +m 3\n;'\n-- "
                                  "+m 4\n'/*\n-- +m 5\n*/ -- +m 6\n-- other\n"};
  Splitter splitter(document, kPlain, "+m");
  std::vector<std::string> comments;
  for (auto event = splitter.Next(); event != Splitter::Event::kEnd;
       event = splitter.Next()) {
    if (event == Splitter::Event::kComment)
      comments.emplace_back(splitter.comment().text);
  }
  EXPECT_THAT(comments, ElementsAre("-- +m 1", "-- +m 3"));
}

TEST(Splitter, KnowsTheBlockCommentsOnAStatementsLine) {
  const DocumentView document{
      .text = "/* a */\n/* b\n */ /* c */ d; /* e */ f; /*g*/;"};
  Splitter splitter(document, kPlain);
  splitter.Next();
  EXPECT_EQ(document.text.substr(splitter.lead_offset(), 4), "/* b");
  splitter.Next();
  EXPECT_EQ(splitter.lead_offset(),
            splitter.statement().offset);  // e stands behind d
  splitter.Next();
  EXPECT_EQ(splitter.lead_offset(), splitter.statement().offset);
  EXPECT_EQ(splitter.statement().traits, static_cast<std::uint32_t>(kEmpty));
}

TEST(Splitter, EndsAStatementWhereItIsTold) {
  const DocumentView document{.text = "a b\n-- +m\nc;"};
  Splitter splitter(document, kPlain, "+m");
  EXPECT_EQ(splitter.Next(), Splitter::Event::kComment);
  ASSERT_TRUE(splitter.in_statement());
  EXPECT_EQ(splitter.Cut().text, "a b");
  EXPECT_FALSE(splitter.statement().terminated);
  EXPECT_EQ(splitter.Next(), Splitter::Event::kStatement);
  EXPECT_EQ(splitter.statement().text, "c;");
}

TEST(DocumentView, LeadsBackToTheFilesOwnLines) {
  const std::vector<DocumentView::Shift> shifts = {{2, 1}, {6, -1}};
  const DocumentView document{.text = "a\nb\nc\nd",
                              .file = "f",
                              .original = "a\nx\nb\nc",
                              .shifts = &shifts};
  EXPECT_EQ(document.PlaceOf(0), (Place{"f", 1, 1, "a"}));
  EXPECT_EQ(document.PlaceOf(2), (Place{"f", 3, 1, "b"}));
  EXPECT_EQ(document.PlaceOf(6).line, 3);
}

}  // namespace
}  // namespace godwit::sql
