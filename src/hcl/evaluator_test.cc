// SPDX-License-Identifier: Apache-2.0
#include "hcl/evaluator.h"

#include <gtest/gtest.h>

#include "hcl/functions.h"
#include "hcl/parser.h"

namespace godwit::hcl {
namespace {

struct Case {
  std::string_view expression;
  std::string_view expected;  // as JSON, sets and tuples as lists
};

// What the expression comes to as JSON, or "error: …".
std::string Result(std::string_view expression) {
  const Document document =
      Parse("a.hcl", "x = " + std::string(expression) + "\n");
  if (!document.diagnostics.empty())
    return "syntax: " + document.diagnostics.front().message;
  Names names;
  names.Set("n", Value::Of(Number(3)));
  names.Set("s", Value::Of(std::string("text")));
  names.Set("o", Value::Object({{"a", Value::Of(Number(1))},
                                {"b", Value::Of(std::string("two"))}}));
  names.Set("l", Value::List({Value::Of(std::string("x")),
                              Value::Of(std::string("y"))}));
  names.Set("z", Value());
  Budget budget(2'000'000);
  try {
    return ToJson(
        Evaluate(*document.body.attributes.front().expression, names, budget));
  } catch (const EvaluationError& error) {
    return "error: " + error.diagnostic.message;
  }
}

void Check(std::span<const Case> cases) {
  for (const Case& each : cases)
    EXPECT_EQ(Result(each.expression), each.expected) << each.expression;
}

TEST(Evaluator, ComputesWithNumbers) {
  constexpr Case kCases[] = {
      {"1 + 2 * 3", "7"},
      {"(1 + 2) * 3", "9"},
      {"0.1 + 0.2 == 0.3", "true"},
      {"1 / 3 * 3 == 1", "true"},
      {"1e700 == 1e700 + 1", "true"},
      {"-7 % 3", "-1"},
      {"5.5 % 2", "1.5"},
      {"5 % 0", "5"},
      {"1 + \"2\"", "3"},
      {"\"2\" < \"10\"", "true"},
      {"\"1e3\" == 1000", "false"},
      {"\"1e3\" + 0", "1000"},
      {"--1", "1"},
      {"007", "7"},
      {"1.50", "1.5"},
      {"1e-7", "0.0000001"},
      {"3.14159265358979323846264338327950288419716939937510582097494459",
       "3.14159265358979323846264338327950288419716939937510582097494459"},
      {"123456789012345678901234567890", "123456789012345678901234567890"},
      {"9223372036854775807 + 1", "9223372036854775808"},
      {"-9223372036854775808 - 1", "-9223372036854775809"},
      {"1e30", "1000000000000000000000000000000"},
      {"1 / 10", "0.1"},
      {"2 - 3.5", "-1.5"},
      {"0 / 0", "error: zero cannot be divided by zero"},
      {"\"a\" < \"b\"", "error: a number is required, and the text is none"},
      {"1e99999", "syntax: the number is out of range"},
      {"+1", "syntax: a value is expected, not `+`"},
  };
  Check(kCases);
}

TEST(Evaluator, ComparesWithoutConverting) {
  constexpr Case kCases[] = {
      {"\"1\" == 1", "false"},
      {"true == \"true\"", "false"},
      {"null == null", "true"},
      {"[1] == tolist([1])", "false"},
      {"[1, [2]] == [1, [2]]", "true"},
      {"{a = 1} == {a = 1}", "true"},
      {"1 == 1 == true", "true"},
      {"\"e\\u0301\" == \"\xC3\xA9\"", "true"},
  };
  Check(kCases);
}

TEST(Evaluator, TakesBothSidesOfLogicAndOneOfAConditional) {
  constexpr Case kCases[] = {
      {"!\"true\"", "false"},
      {"\"true\" ? 1 : 2", "1"},
      {"true ? 1 : \"a\"", "\"1\""},
      {"true ? [1] : [1, 2]", "[1]"},
      {"true ? {a = 1} : {b = 2}", "{\"a\":1}"},
      {"true ? 1 : nothing", "1"},
      {"false && [][0]",
       "error: the index is no whole number from 0 to below 0"},
      {"1 ? 2 : 3", "error: bool is required, not number"},
      {"null ? 1 : 2", "error: bool is required, not null"},
      {"true ? {a = 1, b = [1]} : {a = 1}",
       "error: the two values have no type in common: object({a = number, b "
       "= tuple([number])}) and object({a = number})"},
  };
  Check(kCases);
}

TEST(Evaluator, LooksIntoValues) {
  constexpr Case kCases[] = {
      {"o.a", "1"},
      {"o[\"b\"]", "\"two\""},
      {"l[1]", "\"y\""},
      {"l.0", "\"x\""},
      {"[\"x\"][\"0\"]", "\"x\""},
      {"l[2]", "error: the index is no whole number from 0 to below 2"},
      {"o.c", "error: there is no c in it"},
      {"nothing", "error: there is nothing called nothing"},
      {"z.a", "error: this is null and has no attribute a"},
      {"[{a = [1]}, {a = [2]}][*].a[0]", "[1,2]"},
      {"[{a = 1}, {a = 2}].*.a[0]", "1"},
      {"s[*]", "[\"text\"]"},
      {"z[*]", "[]"},
      {"[[{a = 1}], [{a = 2}]][*][*].a", "[[1],[2]]"},
      {"l.0.1", "syntax: an index behind a dot is a whole number"},
  };
  Check(kCases);
}

TEST(Evaluator, GoesOverCollections) {
  constexpr Case kCases[] = {
      {"[for x in [1, 2, 3] : x * 2 if x != 2]", "[2,6]"},
      {"[for k, v in {b = 1, a = 2} : \"${k}${v}\"]", "[\"a2\",\"b1\"]"},
      {"{for k, v in [5, 6] : k => v}", "{\"0\":5,\"1\":6}"},
      {"{for v in [\"a\", \"b\", \"a\"] : v => 1...}",
       "{\"a\":[1,1],\"b\":[1]}"},
      {"{for v in [\"a\", \"a\"] : v => 1}",
       "error: two elements have the key a"},
      {"[for v in toset([3, 1, 2]) : v]", "[1,2,3]"},
      {"{for v in [1] : v => 2 if false}", "{}"},
      {"[for v in null : v]", "error: there is nothing to go over"},
      {"{\"for\" = 1}", "{\"for\":1}"},
  };
  Check(kCases);
}

TEST(Evaluator, MakesTextsOfTemplates) {
  constexpr Case kCases[] = {
      {"\"a${n}b\"", "\"a3b\""},
      {"\"${n}\"", "3"},
      {"\"$${n} %%{n} $ % $$\"", "\"${n} %{n} $ % $$\""},
      {"\"\\n\\t\\\"\\\\\\u00e9\"", "\"\\n\\t\\\"\\\\\xC3\xA9\""},
      {"\"\\x41\"", "syntax: this is no escape"},
      {"\"a  ${~ n ~}  b\"", "\"a3b\""},
      {"\"%{ if n > 2 }big%{ else }small%{ endif }\"", "\"big\""},
      {"\"%{ for v in l }(${v})%{ endfor }\"", "\"(x)(y)\""},
      {"\"%{ for k, v in o }${k}=${v};%{ endfor }\"", "\"a=1;b=two;\""},
      {"\"x${z}\"", "error: null cannot stand in a text"},
      {"\"x${l}\"",
       "error: this cannot stand in a text: string is required, not "
       "list(string)"},
      {"\"${\n1 +\n2\n}\"", "3"},
      {"<<EOT\na\n  EOT", "\"a\\n\""},
      {"<<EOT\nEOT", "\"\""},
      {"<<-EOT\n    a\n\n      b ${n}\n    EOT", "\"a\\n\\n  b 3\\n\""},
      {"<<-EOT\n  a\n${n}\n  EOT", "\"  a\\n3\\n\""},
      {"<<EOT\n\\n $${x}\nEOT", "\"\\\\n ${x}\\n\""},
      {"<<EOT\n%{ for v in l ~}\n  - ${v}\n%{ endfor ~}\nEOT",
       "\"  - x\\n  - y\\n\""},
      {"<<-EOT\n  %{ for v in l ~}\n  - ${v}\n  %{ endfor ~}\n  z\n  EOT",
       "\"  - x\\n  - y\\n  z\\n\""},
  };
  Check(kCases);
}

TEST(Evaluator, BuildsTuplesAndObjects) {
  constexpr Case kCases[] = {
      {"[1, \"a\", true,]", "[1,\"a\",true]"},
      {"{\n  a = 1\n  b : 2, c = 3\n}", "{\"a\":1,\"b\":2,\"c\":3}"},
      {"{(s) = 1, \"${s}2\" = 2}", "{\"text\":1,\"text2\":2}"},
      {"{a = 1, a = 2}", "{\"a\":2}"},
      {"{true = 1, 5 = 2}", "{\"5\":2,\"true\":1}"},
      {"max([1, 5, 3]...)", "5"},
      {"[\n1,\n2\n]", "[1,2]"},
  };
  Check(kCases);
}

TEST(Evaluator, BoundsWhatADocumentMayAskFor) {
  EXPECT_EQ(Result("[for a in range(2000) : [for b in range(2000) : a]]"),
            "error: the document takes too much to evaluate");
  EXPECT_EQ(Result("try([for a in range(1e9) : a], 1)"),
            "error: the document takes too much to evaluate");
  EXPECT_EQ(Result(std::string(1000, '[') + std::string(1000, ']')),
            "syntax: the expression is nested too deep");
  EXPECT_EQ(Result(std::string(1000, '!') + "true"),
            "syntax: the expression is nested too deep");
  std::string sum = "1";
  for (int i = 0; i < 1000; ++i) sum += " + 1";
  EXPECT_EQ(Result(sum), "syntax: the expression is too long");
}

}  // namespace
}  // namespace godwit::hcl
