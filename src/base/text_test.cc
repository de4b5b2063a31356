// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <gmock/gmock.h>

namespace godwit {
namespace {

TEST(Text, CatJoinsTextsCharactersAndNumbers) {
  EXPECT_EQ(Cat("a", 'b', 12, std::int64_t{-3}), "ab12-3");
}

TEST(Text, ParsesOnlyWholeNumbersWithin64Bits) {
  EXPECT_EQ(ParseInt64("0012"), 12);
  EXPECT_EQ(ParseInt64("+7"), 7);
  EXPECT_EQ(ParseInt64("9223372036854775807"), INT64_MAX);
  for (const char* bad :
       {"", "+", "-", "+-1", "12a", " 1", "9223372036854775808"}) {
    EXPECT_EQ(ParseInt64(bad), std::nullopt) << bad;
  }
}

TEST(Text, CountsCodePointsNotBytes) {
  EXPECT_EQ(CodePoints("grün"), 4u);
  EXPECT_EQ(ByteOffset("grün", 3), 4u);
  EXPECT_EQ(ByteOffset("ab", 9), 2u);
}

TEST(Text, NearestFindsTheSlipOfTheFinger) {
  const std::string_view known[] = {"status", "up", "down", "verify"};
  EXPECT_EQ(Nearest("statsu", known), "status");
  EXPECT_EQ(Nearest("donw", known), "down");
  EXPECT_EQ(Nearest("xy", known), "");
  EXPECT_EQ(Nearest("dow", known), "down");
  EXPECT_EQ(Nearest("banana", known), "");
}

TEST(Printable, ShowsWhatSteersATerminal) {
  EXPECT_EQ(Printable("add_é_ünïcode"), "add_é_ünïcode");
  EXPECT_EQ(Printable("a\x1b[31mb\r\n\x7f"), "a\\x1b[31mb\\x0d\\x0a\\x7f");
  EXPECT_EQ(Printable("a\xC2\x9B"
                      "31mb"),
            "a\\x9b31mb");
  EXPECT_EQ(Printable("two\nlines\a", "\n"), "two\nlines\\x07");
}

}  // namespace
}  // namespace godwit
