// SPDX-License-Identifier: Apache-2.0
#include "migrate/environment.h"

#include <gmock/gmock.h>

#include <cstdlib>

namespace godwit::migrate {
namespace {

Environment Fixed() {
  return [](const std::string& name) -> std::optional<std::string> {
    if (name == "A") return "alpha";
    if (name == "EMPTY") return "";
    if (name == "LINES") return "x\ny";
    return std::nullopt;
  };
}

TEST(Environment, ReplacesVariables) {
  const std::pair<const char*, const char*> cases[] = {
      {"no variable", "no variable"},
      {"$A ${A}", "alpha alpha"},
      {"$A_B|$A.B", "|alpha.B"},
      {"[${NONE}] [$NONE]", "[] []"},
      {"${NONE:-x} ${EMPTY:-x} ${A:-x}", "x x alpha"},
      {"${NONE-x} ${EMPTY-x} ${A-x}", "x  alpha"},
      {"${NONE:-${A}} ${NONE:-a$A}", "alpha aalpha"},
      {"${NONE:-}", ""},
      {"${A?needed}", "alpha"},
      {"${A:1} ${A:1:2} ${A:0:99} ${A:9} ${A: -2} ${A:0:-1}",
       "lpha lp alpha  ha alph"},
      {"$$A \\$A \\${A} $$", "$A $A ${A} $"},
      {"\\\\ $(x) 5$", "\\\\ $(x) 5$"},
      {"$LINES", "x\ny"},
  };
  for (const auto& [line, text] : cases) {
    const Substitution result = Substitute(line, Fixed());
    EXPECT_EQ(result.problem, "") << line;
    EXPECT_EQ(result.text, text) << line;
  }
}

TEST(Environment, SaysWhatIsWrongAndWhere) {
  struct Case {
    std::string line;
    std::string problem;
    std::size_t at;
  };
  const std::string name =
      "a '$' must be followed by a variable's name; write '$$' for the "
      "character itself";
  const Case cases[] = {
      {"x $1", name, 3},
      {"x $ y", name, 3},
      {"${}", name, 2},
      {"'${A'", "'${A' goes on with none of '}', ':-', '-', '?', ':OFFSET'", 4},
      {"${A", "'${A' is not closed: no '}' after it", 3},
      {"${A:-b", "'${A' goes on with none of '}', ':-', '-', '?', ':OFFSET'",
       6},
      {"${NONE?needed}", "variable NONE is not set: needed", 13},
      {"${NONE?}", "variable NONE is not set", 7},
      {"${A:x}", "a number belongs after ':'", 4},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.line);
    const Substitution result = Substitute(one.line, Fixed());
    EXPECT_EQ(result.problem, one.problem);
    EXPECT_EQ(result.problem_at, one.at);
  }
}

TEST(Environment, SurvivesDeepNesting) {
  std::string line;
  for (int i = 0; i < 10'000; ++i) line += "${NONE:-";
  EXPECT_EQ(Substitute(line, Fixed()).problem, "variables are nested too deep");
}

TEST(Environment, OfTheProcessTellsUnsetFromEmpty) {
  setenv("GODWIT_TEST_EMPTY", "", 1);
  unsetenv("GODWIT_TEST_UNSET");
  EXPECT_EQ(ProcessEnvironment()("GODWIT_TEST_EMPTY"), "");
  EXPECT_EQ(ProcessEnvironment()("GODWIT_TEST_UNSET"), std::nullopt);
}

}  // namespace
}  // namespace godwit::migrate
