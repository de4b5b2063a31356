// SPDX-License-Identifier: Apache-2.0
// The language's own test suite, where it is there: documents, what is to be
// read from each, and the values or diagnostics expected.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "hcl/evaluator.h"
#include "hcl/functions.h"
#include "hcl/parser.h"
#include "hcl/type.h"

namespace godwit::hcl {
namespace {

namespace fs = std::filesystem;

const std::string kCorpus =
    GODWIT_SOURCE_DIR "/../shared/conformance/hclspec/tests";

Budget& NoBounds() {
  static Budget budget(1'000'000'000);
  return budget;
}

Value Constant(const Expression& expression) {
  return Evaluate(expression, Names(), NoBounds());
}

// Reads a body as a specification's blocks ask for it.
class Decoder {
 public:
  Decoder(const Scope& scope, std::vector<Diagnostic>& diagnostics)
      : scope_(scope), diagnostics_(diagnostics) {}

  // All of the body must be asked for.
  Value DecodeBody(const BlockSyntax& spec, const Body& body) {
    std::set<std::string> attributes;
    std::set<std::string> blocks;
    Collect(spec, attributes, blocks);
    for (const AttributeSyntax& each : body.attributes) {
      if (!attributes.contains(std::string(each.name)))
        diagnostics_.push_back({"not expected", each.name_span, {}});
    }
    for (const BlockSyntax& each : body.blocks) {
      if (!blocks.contains(std::string(each.type)))
        diagnostics_.push_back({"not expected", each.type_span, {}});
    }
    return Decode(spec, body);
  }

 private:
  static std::string Named(const BlockSyntax& spec,
                           std::string_view attribute) {
    const AttributeSyntax* const name = spec.body.Find(attribute);
    if (name) return ToString(Constant(*name->expression));
    return spec.labels.empty() ? "" : spec.labels.back().text;
  }

  static bool IsBlock(const BlockSyntax& spec) {
    return spec.type.starts_with("block");
  }

  void Collect(const BlockSyntax& spec, std::set<std::string>& attributes,
               std::set<std::string>& blocks) {
    if (spec.type == "attr") attributes.insert(Named(spec, "name"));
    if (IsBlock(spec)) {
      blocks.insert(Named(spec, "block_type"));
      return;
    }
    for (const BlockSyntax& inner : spec.body.blocks)
      Collect(inner, attributes, blocks);
  }

  Value Decode(const BlockSyntax& spec, const Body& body) {
    if (spec.type == "literal")
      return Constant(*spec.body.Find("value")->expression);
    if (spec.type == "attr") return DecodeAttribute(spec, body);
    if (spec.type == "default") {
      for (const BlockSyntax& inner : spec.body.blocks) {
        Value value = Decode(inner, body);
        if (!value.is_null()) return value;
      }
      return {};
    }
    if (spec.type == "array") {
      std::vector<Value> elements;
      for (const BlockSyntax& inner : spec.body.blocks)
        elements.push_back(Decode(inner, body));
      return Value::Tuple(std::move(elements));
    }
    if (IsBlock(spec)) return DecodeBlocks(spec, body);
    EXPECT_EQ(spec.type, "object");
    std::vector<std::pair<std::string, Value>> attributes;
    for (const BlockSyntax& inner : spec.body.blocks) {
      if (!inner.labels.empty())
        attributes.emplace_back(inner.labels.front().text, Decode(inner, body));
    }
    return Value::Object(std::move(attributes));
  }

  Value DecodeAttribute(const BlockSyntax& spec, const Body& body) {
    const AttributeSyntax* const found = body.Find(Named(spec, "name"));
    if (!found) return {};
    const Type type = ReadType(*spec.body.Find("type")->expression);
    try {
      return Convert(Evaluate(*found->expression, scope_, NoBounds()), type);
    } catch (const EvaluationError& error) {
      diagnostics_.push_back(error.diagnostic);
    } catch (const ValueError& error) {
      diagnostics_.push_back({error.message, found->expression->span, {}});
    }
    return {};
  }

  Value DecodeBlocks(const BlockSyntax& spec, const Body& body) {
    const std::string type = Named(spec, "block_type");
    const BlockSyntax& nested = spec.body.blocks.front();
    std::vector<Value> list;
    std::vector<std::pair<std::string, Value>> map;
    for (const BlockSyntax& block : body.blocks) {
      if (block.type != type) continue;
      Value value = DecodeBody(nested, block.body);
      if (spec.type == "block") return value;
      if (spec.type == "block_map") {
        map.emplace_back(block.labels.front().text, std::move(value));
      } else {
        list.push_back(std::move(value));
      }
    }
    if (spec.type == "block") return {};
    return spec.type == "block_map" ? Value::Map(std::move(map))
                                    : Value::Tuple(std::move(list));
  }

  const Scope& scope_;
  std::vector<Diagnostic>& diagnostics_;
};

std::int64_t NumberAt(const Body& body, std::string_view name) {
  return ToWhole(Constant(*body.Find(name)->expression));
}

std::string PositionText(std::int64_t line, std::int64_t column,
                         std::int64_t byte) {
  return Cat(line, ':', column, ' ', byte);
}

std::vector<std::string> Expected(const BlockSyntax& diagnostics) {
  std::vector<std::string> texts;
  for (const BlockSyntax& error : diagnostics.body.blocks) {
    std::string text;
    for (const BlockSyntax& end : error.body.blocks)
      text += Cat(
          text.empty() ? "" : "-",
          PositionText(NumberAt(end.body, "line"), NumberAt(end.body, "column"),
                       NumberAt(end.body, "byte")));
    texts.push_back(text);
  }
  return texts;
}

std::vector<std::string> Told(const Source& source,
                              const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> texts;
  for (const Diagnostic& each : diagnostics) {
    const Position begin = source.At(each.span.begin);
    const Position end = source.At(each.span.end);
    texts.push_back(Cat(PositionText(begin.line, begin.column, begin.byte), '-',
                        PositionText(end.line, end.column, end.byte)));
  }
  return texts;
}

const BlockSyntax* BlockOf(const Body& body, std::string_view type) {
  const auto found = std::ranges::find(body.blocks, type, &BlockSyntax::type);
  return found == body.blocks.end() ? nullptr : &*found;
}

void CheckResult(const Document& wanted, const Value& result) {
  const AttributeSyntax* const type = wanted.body.Find("result_type");
  if (type) {
    EXPECT_EQ(ToText(TypeOf(result)), ToText(ReadType(*type->expression)));
    EXPECT_EQ(TypeOf(result), ReadType(*type->expression));
  }
  const AttributeSyntax* const value = wanted.body.Find("result");
  if (!value) return;
  Value expected = Constant(*value->expression);
  if (type) expected = Convert(expected, ReadType(*type->expression));
  EXPECT_EQ(ToJson(result), ToJson(expected));
  EXPECT_EQ(result, expected);
}

void CheckCase(const std::string& base) {
  const Document document = Parse(base + ".hcl", ReadFile(base + ".hcl"));
  const Document spec = Parse(base + ".hcldec", ReadFile(base + ".hcldec"));
  const Document wanted = Parse(base + ".t", ReadFile(base + ".t"));
  ASSERT_TRUE(spec.diagnostics.empty() && wanted.diagnostics.empty());
  Names scope;
  for (const BlockSyntax& block : spec.body.blocks) {
    if (block.type != "variables") continue;
    for (const AttributeSyntax& each : block.body.attributes)
      scope.Set(std::string(each.name), Constant(*each.expression));
  }
  const auto root = std::ranges::find_if(
      spec.body.blocks,
      [](const BlockSyntax& block) { return block.type != "variables"; });
  std::vector<Diagnostic> diagnostics = document.diagnostics;
  Value result;
  if (diagnostics.empty())
    result = Decoder(scope, diagnostics).DecodeBody(*root, document.body);
  const BlockSyntax* const expected = BlockOf(wanted.body, "diagnostics");
  EXPECT_EQ(Told(*document.source, diagnostics),
            expected ? Expected(*expected) : std::vector<std::string>());
  if (diagnostics.empty()) CheckResult(wanted, result);
}

TEST(HclSpec, EveryCaseOfTheSuitePasses) {
  if (!fs::exists(kCorpus)) GTEST_SKIP() << "there is no " << kCorpus;
  std::vector<std::string> cases;
  for (const auto& entry : fs::recursive_directory_iterator(kCorpus)) {
    if (entry.path().extension() == ".t")
      cases.push_back(entry.path().parent_path() / entry.path().stem());
  }
  std::ranges::sort(cases);
  EXPECT_GE(cases.size(), 10U);
  for (const std::string& each : cases) {
    SCOPED_TRACE(each);
    CheckCase(each);
  }
}

}  // namespace
}  // namespace godwit::hcl
