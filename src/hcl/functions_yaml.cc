// SPDX-License-Identifier: Apache-2.0
#include <yaml-cpp/yaml.h>

#include "base/text.h"
#include "hcl/functions.h"

namespace godwit::hcl {

namespace {

void AppendYaml(std::string& out, const Value& value, int indent);

// What stands behind a key or a dash: on the same line, or below it.
void AppendNested(std::string& out, const Value& value, int indent) {
  const bool below =
      (value.IsSequence() || value.IsMapping()) && !value.elements().empty();
  if (below) {
    out += '\n';
    AppendYaml(out, value, indent);
    return;
  }
  out += ' ';
  AppendYaml(out, value, indent);
}

void AppendYaml(std::string& out, const Value& value, int indent) {
  const std::string blanks(static_cast<std::size_t>(indent), ' ');
  if (!value.IsSequence() && !value.IsMapping()) {
    out += ToJson(value) + '\n';
    return;
  }
  if (value.elements().empty()) {
    out += value.IsMapping() ? "{}\n" : "[]\n";
    return;
  }
  for (std::size_t i = 0; i < value.elements().size(); ++i) {
    const Value& element = value.elements()[i];
    if (value.IsMapping()) {
      out += Cat(blanks, ToJson(Value::Of(value.keys()[i])), ':');
      AppendNested(out, element, element.IsMapping() ? indent + 2 : indent);
      continue;
    }
    out += Cat(blanks, "- ");
    std::string inner;
    AppendYaml(inner, element, indent + 2);
    out += inner.substr(std::min(inner.find_first_not_of(' '), inner.size()));
  }
}

// A plain scalar as YAML's core schema has it.
Value Scalar(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  if (node.Tag() == "!" || node.Tag() == "tag:yaml.org,2002:str")
    return Value::Of(text);
  if (text.empty() || text == "~" || text == "null" || text == "Null" ||
      text == "NULL")
    return {};
  if (text == "true" || text == "True" || text == "TRUE")
    return Value::Bool(true);
  if (text == "false" || text == "False" || text == "FALSE")
    return Value::Bool(false);
  if (text.starts_with("0x") || text.starts_with("0o")) {
    std::optional<Number> number =
        Number::ParseInteger(text.substr(2), text[1] == 'x' ? 16 : 8);
    if (number) return Value::Of(*std::move(number));
  }
  if (std::optional<Number> number = Number::Parse(text))
    return Value::Of(*std::move(number));
  return Value::Of(text);
}

Value FromYaml(const YAML::Node& node, Budget& budget, int depth) {
  // An alias is one node in many places.
  budget.Spend(4 + (node.IsScalar() ? node.Scalar().size() / 16 : 0));
  if (depth > 150) throw ValueError{"the value is nested too deep"};
  if (node.IsScalar()) return Scalar(node);
  if (node.IsSequence()) {
    std::vector<Value> elements;
    for (const YAML::Node& each : node)
      elements.push_back(FromYaml(each, budget, depth + 1));
    return Value::Tuple(std::move(elements));
  }
  if (!node.IsMap()) return {};
  std::vector<std::pair<std::string, Value>> attributes;
  for (const auto& item : node) {
    if (!item.first.IsScalar()) throw ValueError{"a key is no text"};
    attributes.emplace_back(item.first.Scalar(),
                            FromYaml(item.second, budget, depth + 1));
  }
  return Value::Object(std::move(attributes));
}

Value Decode(const std::string& text, Budget& budget) {
  try {
    return FromYaml(YAML::Load(text), budget, 0);
  } catch (const YAML::Exception& error) {
    throw ValueError{Cat("the text is no YAML: ", error.msg, " in line ",
                         error.mark.line + 1)};
  }
}

std::string Encode(const Value& value) {
  std::string out;
  AppendYaml(out, value, 0);
  return out;
}

Value MergeTwo(const Value& below, const Value& above) {
  if (below.IsSequence() && above.IsSequence()) {
    std::vector<Value> all = below.elements();
    all.insert(all.end(), above.elements().begin(), above.elements().end());
    return Value::Tuple(std::move(all));
  }
  if (!below.IsMapping() || !above.IsMapping()) return above;
  std::vector<std::pair<std::string, Value>> all;
  for (std::size_t i = 0; i < below.keys().size(); ++i)
    all.emplace_back(below.keys()[i], below.elements()[i]);
  for (std::size_t i = 0; i < above.keys().size(); ++i) {
    const Value* const found = below.Find(above.keys()[i]);
    all.emplace_back(
        above.keys()[i],
        found ? MergeTwo(*found, above.elements()[i]) : above.elements()[i]);
  }
  return Value::Object(std::move(all));
}

Value YamlEncode(Arguments a, Budget&) {
  return Value::Of(Encode(a[0]));
}

Value YamlDecode(Arguments a, Budget& budget) {
  return Decode(ToString(a[0]), budget);
}

Value YamlMerge(Arguments a, Budget& budget) {
  Value merged = Decode(ToString(a[0]), budget);
  for (const Value& document : a.subspan(1))
    merged = MergeTwo(merged, Decode(ToString(document), budget));
  return Value::Of(Encode(merged));
}

}  // namespace

std::vector<Function> YamlFunctions() {
  return {{"yamlencode", 1, 1, true, YamlEncode},
          {"yamldecode", 1, 1, false, YamlDecode},
          {"yamlmerge", 1, -1, false, YamlMerge}};
}

}  // namespace godwit::hcl
