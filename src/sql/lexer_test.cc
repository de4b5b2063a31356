// SPDX-License-Identifier: Apache-2.0
#include "sql/lexer.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "godwit/error.h"

namespace godwit::sql {
namespace {

using testing::ElementsAreArray;

constexpr Lexicon kServer = {.nested_comments = true,
                             .dollar_quotes = true,
                             .escape_strings = true,
                             .carriage_return_ends_comment = true};
constexpr Lexicon kEmbedded = {.bracket_identifiers = true,
                               .backtick_identifiers = true};

std::vector<std::string> Tokens(const std::string& text,
                                const Lexicon& lexicon) {
  const DocumentView document{.text = text};
  Lexer lexer(document, lexicon);
  std::vector<std::string> tokens;
  for (Token token = lexer.Next(); token.kind != TokenKind::kEnd;
       token = lexer.Next())
    tokens.emplace_back(token.text);
  return tokens;
}

struct Case {
  std::string name;
  std::string text;
  std::vector<std::string> tokens;
};

void CheckAll(const std::vector<Case>& cases, const Lexicon& lexicon) {
  for (const Case& one : cases) {
    SCOPED_TRACE(one.name);
    EXPECT_THAT(Tokens(one.text, lexicon), ElementsAreArray(one.tokens));
  }
}

TEST(Lexer, CutsWhatBothDialectsShare) {
  const std::vector<Case> cases = {
      {"words and symbols",
       "SELECT a, b.c FROM t;",
       {"SELECT", "a", ",", "b", ".", "c", "FROM", "t", ";"}},
      {"a doubled quote is one", "'it''s' 'b'", {"'it''s'", "'b'"}},
      {"a backslash is an ordinary character", "'a\\' 'b'", {"'a\\'", "'b'"}},
      {"quoted names", "\"a\"\"b\" \"c;\"", {"\"a\"\"b\"", "\"c;\""}},
      {"numbers", "1.5e-3 .5 0x1F", {"1.5e-3", ".5", "0x1F"}},
      {"a minus is no comment",
       "1 - -1 a->-1",
       {"1", "-", "-", "1", "a", "-", ">", "-", "1"}},
      {"a comment to the line's end", "a --b 'c\nd", {"a", "--b 'c", "d"}},
      {"a carriage return is no part of a comment", "--b\r\nd", {"--b", "d"}},
      {"umlauts", "größe 表", {"größe", "表"}},
      {"nothing", " \t\n", {}},
  };
  CheckAll(cases, kServer);
  CheckAll(cases, kEmbedded);
}

TEST(Lexer, KnowsPostgresqlsQuotes) {
  CheckAll(
      {
          {"dollar quotes", "$$a;'b$$ c", {"$$a;'b$$", "c"}},
          {"a tag", "$t$ $$ $u$ $t$", {"$t$ $$ $u$ $t$"}},
          {"a tag of letters above 127", "$ü$;$ü$", {"$ü$;$ü$"}},
          {"a dollar sign in an identifier",
           "a$b$c a$$ b",
           {"a$b$c", "a$$", "b"}},
          {"a parameter", "$1$2", {"$1", "$2"}},
          {"no tag begins with a digit", "$1a", {"$1", "a"}},
          {"a lone dollar sign", "$ a", {"$", "a"}},
          {"a number ends before a dollar quote", "1$$a$$", {"1", "$$a$$"}},
          {"escapes", "E'it\\'s' e'a\\\\'", {"E'it\\'s'", "e'a\\\\'"}},
          {"E is a word's end elsewhere", "nE'a\\' ", {"nE", "'a\\'"}},
          {"an escape string goes on after a line's end",
           "E'a'\n 'b\\'c'",
           {"E'a'", "'b\\'c'"}},
          {"even behind a comment",
           "E'a' -- x\n 'b\\'c'",
           {"E'a'", "-- x", "'b\\'c'"}},
          {"but not on the same line", "E'a' 'b\\'", {"E'a'", "'b\\'"}},
          {"U& needs nothing",
           "U&'d\\0061' U&\"a\"",
           {"U", "&", "'d\\0061'", "U", "&", "\"a\""}},
          {"comments nest", "/* a /* b */ ; */ c", {"/* a /* b */ ; */", "c"}},
          {"/*/ opens and does not close", "/*/ */ c", {"/*/ */", "c"}},
          {"a carriage return ends a comment", "--a\rDROP", {"--a", "DROP"}},
          {"brackets are symbols", "a[1]", {"a", "[", "1", "]"}},
      },
      kServer);
}

TEST(Lexer, KnowsSqlitesQuotes) {
  CheckAll(
      {
          {"brackets", "[a ; b] c", {"[a ; b]", "c"}},
          {"backticks", "`a``;b` c", {"`a``;b`", "c"}},
          {"comments do not nest", "/* a /* b */ c", {"/* a /* b */", "c"}},
          {"a dollar sign begins a parameter", "$a $$", {"$a", "$$"}},
          {"E is a word", "E'a\\' b", {"E", "'a\\'", "b"}},
          {"a carriage return does not end a comment",
           "--a\rb\nc",
           {"--a\rb", "c"}},
      },
      kEmbedded);
}

TEST(Lexer, RefusesWhatIsNeverClosedAtItsOpening) {
  struct Open {
    std::string text;
    std::string message;
    int column;
  };
  const std::vector<Open> cases = {
      {"a\nb 'c;\nd", "string is not closed: no ' after it", 3},
      {"a\nb E'c\\'", "string is not closed: no ' after it", 3},
      {"a\n\"c", "quoted identifier is not closed: no \" after it", 1},
      {"a\nü $x$ c $y$", "dollar quote is not closed: no $x$ after it", 3},
      {"a\n /* /* */", "comment is not closed: no */ after it", 2},
  };
  for (const Open& one : cases) {
    SCOPED_TRACE(one.text);
    try {
      Tokens(one.text, kServer);
      FAIL() << "was not refused";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kParseError);
      EXPECT_EQ(error.what(), one.message);
      EXPECT_EQ(error.where().line, 2);
      EXPECT_EQ(error.where().column, one.column);
    }
  }
  EXPECT_THROW(Tokens("[a", kEmbedded), Error);
}

TEST(Lexer, TellsWhatIsOpenInATextThatIsNotComplete) {
  const DocumentView document{.text = "a 'b"};
  Lexer lexer(document, kServer, Lexer::OnUnclosed::kToken);
  lexer.Next();
  const Token open = lexer.Next();
  EXPECT_EQ(open.kind, TokenKind::kUnclosed);
  EXPECT_EQ(open.offset, 2u);
}

TEST(Lexer, KnowsUnicodesBlanks) {
  for (const char* blank : {" ", "\v", "\u0085", "\u00A0", "\u1680", "\u2003",
                            "\u2028", "\u202F", "\u205F", "\u3000"}) {
    EXPECT_EQ(BlankLength(blank, 0), std::string_view(blank).size()) << blank;
  }
  for (const char* other : {"a", "\u00A1", "\u200B", "表", "\uFEFF", ""})
    EXPECT_EQ(BlankLength(other, 0), 0u) << other;
}

}  // namespace
}  // namespace godwit::sql
