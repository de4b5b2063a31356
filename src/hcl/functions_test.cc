// SPDX-License-Identifier: Apache-2.0
#include "hcl/functions.h"

#include <gtest/gtest.h>

#include "hcl/parser.h"

namespace godwit::hcl {
namespace {

struct Case {
  std::string_view expression;
  std::string_view expected;  // as JSON, sets and tuples as lists
};

std::string Result(std::string_view expression) {
  const Document document =
      Parse("a.hcl", "x = " + std::string(expression) + "\n");
  if (!document.diagnostics.empty())
    return "syntax: " + document.diagnostics.front().message;
  Budget budget;
  try {
    return ToJson(Evaluate(*document.body.attributes.front().expression,
                           Names(), budget));
  } catch (const EvaluationError& error) {
    return "error: " + error.diagnostic.message;
  }
}

void Check(std::span<const Case> cases) {
  for (const Case& each : cases)
    EXPECT_EQ(Result(each.expression), each.expected) << each.expression;
}

TEST(Functions, OfNumbers) {
  constexpr Case kCases[] = {
      {"abs(-3.5)", "3.5"},
      {"ceil(1.2)", "2"},
      {"floor(-1.2)", "-2"},
      {"signum(-7)", "-1"},
      {"pow(2, 10)", "1024"},
      {"log(8, 2)", "3"},
      {"max(1, 3, 2)", "3"},
      {"min(\"4\", 2)", "2"},
      {"parseint(\"ff\", 16)", "255"},
      {"parseint(\"z\", 10)",
       "error: parseint: the text is no whole number of base 10"},
      {"abs()", "error: abs takes 1 argument, not 0"},
      {"upper(1, 2)", "error: upper takes 1 argument, not 2"},
      {"abs(null)", "error: an argument of abs is null"},
      {"uper(\"a\")", "error: there is no function uper"},
  };
  Check(kCases);
}

TEST(Functions, OfTexts) {
  constexpr Case kCases[] = {
      {"upper(\"stra\xC3\x9F"
       "e\")",
       "\"STRA\xC3\x9F"
       "E\""},
      {"lower(\"\xC3\x84\")", "\"\xC3\xA4\""},
      {"title(\"a tale of two\")", "\"A Tale Of Two\""},
      {"strrev(\"abc\")", "\"cba\""},
      {"chomp(\"a\\n\\n\")", "\"a\""},
      {"trimspace(\" a \\n\")", "\"a\""},
      {"trim(\"?!a!?\", \"!?\")", "\"a\""},
      {"trimprefix(\"abc\", \"ab\")", "\"c\""},
      {"trimsuffix(\"abc\", \"bc\")", "\"a\""},
      {"startswith(\"abc\", \"ab\")", "true"},
      {"endswith(\"abc\", \"ab\")", "false"},
      {"substr(\"hello\", 1, 3)", "\"ell\""},
      {"substr(\"hello\", -2, -1)", "\"lo\""},
      {"indent(2, \"a\\nb\")", "\"a\\n  b\""},
      {"join(\",\", [\"a\", \"b\"], [\"c\"])", "\"a,b,c\""},
      {"split(\",\", \"a,b,\")", "[\"a\",\"b\",\"\"]"},
      {"replace(\"a.b.c\", \".\", \"-\")", "\"a-b-c\""},
      {"format(\"%s=%d %05.2f %q %v %%\", \"a\", 5, 1.5, \"b\", [1])",
       "\"a=5 01.50 \\\"b\\\" [1] %\""},
      {"format(\"%-4s|%4s|%x|%b\", \"a\", \"b\", 255, 5)",
       "\"a   |   b|ff|101\""},
      {"format(\"%s\")", "error: format: there is no argument 1"},
      {"formatlist(\"%s-%d\", [\"a\", \"b\"], 1)", "[\"a-1\",\"b-1\"]"},
  };
  Check(kCases);
}

TEST(Functions, OfRegularExpressions) {
  constexpr Case kCases[] = {
      {"regex(\"[a-z]+\", \"12ab3\")", "\"ab\""},
      {"regex(\"(\\\\d+)-(\\\\d+)\", \"10-20\")", "[\"10\",\"20\"]"},
      {"regex(\"(?P<y>\\\\d+)-(?P<m>\\\\d+)\", \"10-20\")",
       "{\"m\":\"20\",\"y\":\"10\"}"},
      {"regex(\"x\", \"a\")", "error: regex: the pattern does not match"},
      {"regexall(\"\\\\d\", \"a1b2\")", "[\"1\",\"2\"]"},
      {"regexreplace(\"a1b22\", \"(\\\\d+)\", \"[$1]\")", "\"a[1]b[22]\""},
      {"regexreplace(\"ab\", \"(?P<x>b)\", \"$${x}$${x}\")", "\"abb\""},
      {"regexpescape(\"a.b*\")", "\"a\\\\.b\\\\*\""},
  };
  Check(kCases);
}

TEST(Functions, OfCollections) {
  constexpr Case kCases[] = {
      {"length([1, 2])", "2"},
      {"length(\"ab\")", "error: length: a string has no number of elements"},
      {"element([1, 2], 3)", "2"},
      {"index({a = 1}, \"a\")", "1"},
      {"contains([\"a\"], \"a\")", "true"},
      {"concat([1], [\"a\"])", "[1,\"a\"]"},
      {"flatten([[1, [2]], 3])", "[1,2,3]"},
      {"distinct([\"a\", \"b\", \"a\"])", "[\"a\",\"b\"]"},
      {"compact([\"a\", \"\", null])", "[\"a\"]"},
      {"reverse([1, 2])", "[2,1]"},
      {"sort([\"b\", \"a\"])", "[\"a\",\"b\"]"},
      {"slice([1, 2, 3], 1, 3)", "[2,3]"},
      {"chunklist([1, 2, 3], 2)", "[[1,2],[3]]"},
      {"coalescelist([], [1])", "[1]"},
      {"range(3)", "[0,1,2]"},
      {"range(3, 0)", "[3,2,1]"},
      {"range(0, 1, 0.5)", "[0,0.5]"},
      {"keys({b = 1, a = 2})", "[\"a\",\"b\"]"},
      {"values({b = 1, a = 2})", "[2,1]"},
      {"merge({a = 1}, null, {a = 2, b = 3})", "{\"a\":2,\"b\":3}"},
      {"zipmap([\"a\", \"b\"], [1, 2])", "{\"a\":1,\"b\":2}"},
      {"setunion([1, 2], [2, 3])", "[1,2,3]"},
      {"setintersection([1, 2], [2, 3])", "[2]"},
      {"setsubtract([1, 2], [2])", "[1]"},
      {"setproduct([\"a\"], [\"x\", \"y\"])", "[[\"a\",\"x\"],[\"a\",\"y\"]]"},
      {"empty([])", "true"},
      {"alltrue([true, \"true\"])", "true"},
      {"tolist([1, \"a\"])", "[\"1\",\"a\"]"},
      {"toset([\"b\", \"a\", \"b\"])", "[\"a\",\"b\"]"},
      {"tonumber(\"x\")",
       "error: tonumber: a number is required, and the text is none"},
      {"tobool(null)", "null"},
  };
  Check(kCases);
}

TEST(Functions, OfOtherNotations) {
  constexpr Case kCases[] = {
      {"jsonencode({b = [1, null], a = \"<\"})",
       "\"{\\\"a\\\":\\\"\\\\u003c\\\",\\\"b\\\":[1,null]}\""},
      {"jsondecode(\"{\\\"a\\\":[1.10,true]}\")", "{\"a\":[1.1,true]}"},
      {"jsondecode(\"{\")",
       "error: jsondecode: the text is no JSON at its byte 2"},
      {"csvdecode(\"a,b\\n1,\\\"x,y\\\"\\n\")",
       "[{\"a\":\"1\",\"b\":\"x,y\"}]"},
      {"yamldecode(\"a: [1, x]\\nb: true\")", "{\"a\":[1,\"x\"],\"b\":true}"},
      {"yamldecode(yamlencode({a = [1, {b = \"c\"}], d = {}}))",
       "{\"a\":[1,{\"b\":\"c\"}],\"d\":{}}"},
      {"yamlmerge(\"a: [1]\", \"a: [2]\")", "\"\\\"a\\\":\\n- 1\\n- 2\\n\""},
      {"urlescape(\"a b/c\")", "\"a+b%2Fc\""},
      {"urlqueryset(\"http://h/p?b=1\", \"a\", \"x y\")",
       "\"http://h/p?a=x+y\\u0026b=1\""},
      {"urlsetpath(\"http://h/p?q=1\", \"/new\")", "\"http://h/new?q=1\""},
      {"urluserinfo(\"http://h/p\", \"me\", \"pw\")", "\"http://me:pw@h/p\""},
      {"formatdate(\"YYYY-MM-DD'T'hh:mm:ssZZZZZ\", "
       "\"2020-02-29T23:05:06+02:00\")",
       "\"2020-02-29T23:05:06+02:00\""},
      {"formatdate(\"EEE, D MMM YY h AA\", \"2021-03-04T15:00:00Z\")",
       "\"Thu, 4 Mar 21 15 PM\""},
      {"timeadd(\"2020-12-31T23:30:00Z\", \"1h30m\")",
       "\"2021-01-01T01:00:00Z\""},
      {"try(nothing, 2)", "2"},
      {"can(nothing)", "false"},
      {"can(1)", "true"},
  };
  Check(kCases);
}

}  // namespace
}  // namespace godwit::hcl
