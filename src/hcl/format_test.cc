// SPDX-License-Identifier: Apache-2.0
#include "hcl/format.h"

#include <gtest/gtest.h>

namespace godwit::hcl {
namespace {

struct Case {
  std::string_view name;
  std::string_view text;
  std::string_view formatted;
};

constexpr Case kCases[] = {
    {"attributes stand in columns", "a=1\nlong  =   2\n\nb = 3",
     "a    = 1\nlong = 2\n\nb = 3\n"},
    {"blocks are indented",
     "table \"t\"{\ncolumn \"a\"{\ntype=int\n}\n      x = [column.a "
     ",column.b]\n"
     "}\n",
     "table \"t\" {\n  column \"a\" {\n    type = int\n  }\n  x = [column.a, "
     "column.b]\n}\n"},
    {"comments stay, and stand in columns behind values",
     "# head\na = 1 # one\nlonger = 2 // two\n  /* x */\n",
     "# head\na      = 1 # one\nlonger = 2 // two\n/* x */\n"},
    {"what opens and goes on makes no column",
     "a = {\nx=1\nlong=2\n}\nbb = [\n1,\n2\n]\n",
     "a = {\n  x    = 1\n  long = 2\n}\nbb = [\n  1,\n  2\n]\n"},
    {"operators have blanks, signs and calls have none",
     "a=-1+ - 2\nb = f (x , y[ 0 ].z)\nc=! d\ne = [for k,v in [1] : v...]\n",
     "a = -1 + -2\nb = f(x, y[0].z)\nc = !d\ne = [for k, v in [1] : v...]\n"},
    {"heredocs and texts stay as they are",
     "a=<<-SQL\n    x  y\n  SQL\nbb = \"${a  +  1}\"\n",
     "a = <<-SQL\n    x  y\n  SQL\nbb = \"${a  +  1}\"\n"},
    {"an empty block stays on its line", "schema \"s\" { }\n",
     "schema \"s\" {}\n"},
    {"line ends become one byte", "a = 1\r\nb = 2\r\n", "a = 1\nb = 2\n"},
    {"nothing stays nothing", "", ""},
};

TEST(Format, GivesTheCanonicalLayout) {
  for (const Case& each : kCases) {
    const Source source("a.hcl", std::string(each.text));
    EXPECT_EQ(Format(source), each.formatted) << each.name;
    const Source again("a.hcl", std::string(each.formatted));
    EXPECT_EQ(Format(again), each.formatted) << each.name << ", twice";
  }
}

}  // namespace
}  // namespace godwit::hcl
