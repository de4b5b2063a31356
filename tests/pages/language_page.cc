// SPDX-License-Identifier: Apache-2.0
#include "pages/language_page.h"

#include <sstream>
#include <vector>

#include "base/text.h"

namespace godwit::test {

namespace {

using schema::AttributeRule;
using schema::BlockRule;
using schema::Label;

std::string Code(std::string_view text) {
  return Cat("`", text, "`");
}

// "`a`, `b` or `c`" of words with blanks between.
std::string OneOf(std::string_view words) {
  std::vector<std::string> shown;
  std::istringstream in{std::string(words)};
  for (std::string word; in >> word;) shown.push_back(Code(word));
  if (shown.empty()) return {};
  constexpr std::size_t kMost = 20;
  if (shown.size() > kMost)
    return Cat("one of ", shown.size(), " words, ", shown.front(), " to ",
               shown.back());
  const std::string last = shown.back();
  shown.pop_back();
  return shown.empty() ? last : Cat(Join(shown, ", "), " or ", last);
}

std::string WhatItTakes(const AttributeRule& rule) {
  std::vector<std::string> forms;
  const auto add = [&](unsigned bit, const std::string& form) {
    if ((rule.takes & bit) != 0) forms.push_back(form);
  };
  add(schema::kTakesType, "a type");
  add(schema::kTakesBool, "`true` or `false`");
  add(schema::kTakesNumber, "a number");
  if ((rule.takes & schema::kTakesNumber) == 0)
    add(schema::kTakesInteger, "a whole number");
  if (!rule.words.empty()) forms.push_back(OneOf(rule.words));
  add(schema::kTakesAnyWord, "a word");
  add(schema::kTakesString, rule.body ? "SQL text" : "a text");
  add(schema::kTakesSql, "`sql(\"…\")`");
  if (!rule.references.empty())
    forms.push_back("a reference to " + OneOf(rule.references));
  const std::string text = Join(forms, ", or ");
  return rule.list ? "a list; each " + text : text;
}

std::string AttributeLine(const AttributeRule& rule, std::string_view indent) {
  std::string line =
      Cat(indent, "- ", Code(rule.name), ": ", WhatItTakes(rule));
  if (rule.required) line += "; required";
  if (rule.since > 0) line += Cat("; from version ", rule.since, " on");
  return line + "\n";
}

std::string Head(const BlockRule& block) {
  std::string head(block.kind);
  if (block.qualifier) head += " [\"schema\"]";
  if (block.label == Label::kRequired) head += " \"name\"";
  if (block.label == Label::kOptional) head += " [\"name\"]";
  return head + " { … }";
}

void WriteBody(const BlockRule& block, const std::string& indent,
               std::string& out) {
  for (const AttributeRule& attribute : block.attributes)
    out += AttributeLine(attribute, indent);
  if (block.free_attributes != 0)
    out += Cat(indent, "- any other name: ",
               WhatItTakes({.name = "", .takes = block.free_attributes}), "\n");
  for (const BlockRule& inner : block.blocks) {
    out += Cat(indent, "- ", Code(Head(inner)),
               inner.repeatable ? "" : ", at most one",
               inner.required ? ", required" : "");
    if (inner.since > 0) out += Cat(", from version ", inner.since, " on");
    out += ":\n";
    WriteBody(inner, indent + "  ", out);
  }
  for (const schema::ExclusiveRule& rule : block.exclusives)
    out += Cat(indent, "- ", rule.required ? "exactly" : "at most", " one of ",
               OneOf(rule.names), "\n");
}

std::string TypeLine(const schema::TypeRule& type) {
  std::string text(type.word);
  if (type.arguments < 0) text += "(…)";
  for (int i = 0; i < type.arguments; ++i) text += i == 0 ? "(n" : ",n";
  if (type.arguments > 0) text += ")";
  return Code(text);
}

}  // namespace

std::string LanguageReference(const schema::Language& language) {
  std::string out;
  for (const BlockRule& block : language.blocks) {
    out += Cat("#### ", Code(Head(block)), "\n\n");
    if (block.since > 0) out += Cat("From version ", block.since, " on.\n\n");
    WriteBody(block, "", out);
    out += "\n";
  }
  std::vector<std::string> types;
  for (const schema::TypeRule& type : language.types)
    types.push_back(TypeLine(type));
  out += Cat("Types: ", Join(types, ", "), "; `sql(\"…\")` for any other");
  if (!language.type_references.empty())
    out += Cat("; a reference to ", OneOf(language.type_references));
  return out + ".\n";
}

}  // namespace godwit::test
