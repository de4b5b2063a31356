// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "hcl/evaluator.h"
#include "hcl/type.h"

namespace godwit::hcl {

namespace {

using Kind = Type::Kind;

struct TypeWord {
  std::string_view word;
  Kind kind;
};

constexpr TypeWord kPlain[] = {{"string", Kind::kString},
                               {"number", Kind::kNumber},
                               {"int", Kind::kNumber},
                               {"bool", Kind::kBool},
                               {"any", Kind::kAny}};
constexpr TypeWord kWithElement[] = {
    {"list", Kind::kList}, {"set", Kind::kSet}, {"map", Kind::kMap}};

[[noreturn]] void Fail(Span span, std::string message, std::string help = {}) {
  throw EvaluationError{{std::move(message), span, std::move(help)}, false};
}

Type ReadObject(const Expression& argument) {
  const auto* const object = std::get_if<ObjectOf>(&argument.node);
  if (!object) Fail(argument.span, "object takes its attributes in braces");
  std::vector<std::pair<std::string, const Expression*>> items;
  for (const ObjectOf::Item& item : object->items) {
    const auto* const key = std::get_if<Literal>(&item.key->node);
    if (!key || key->value.kind() != ValueKind::kString)
      Fail(item.key->span, "an attribute's name is a plain word");
    items.emplace_back(key->value.text(), item.value.get());
  }
  std::ranges::sort(items);
  Type type = Type::Of(Kind::kObject);
  for (const auto& [name, value] : items) {
    const auto* const call = std::get_if<Call>(&value->node);
    const bool may_miss =
        call && call->name == "optional" && call->arguments.size() == 1;
    type.names.push_back(name);
    type.elements.push_back(
        ReadType(may_miss ? *call->arguments.front() : *value));
    type.optional.push_back(may_miss);
  }
  // One that needs all of them is the type of a value.
  if (std::ranges::find(type.optional, true) == type.optional.end())
    type.optional.clear();
  return type;
}

Type ReadTuple(const Expression& argument) {
  const auto* const tuple = std::get_if<TupleOf>(&argument.node);
  if (!tuple) Fail(argument.span, "tuple takes its types in brackets");
  Type type = Type::Of(Kind::kTuple);
  for (const ExpressionPtr& element : tuple->elements)
    type.elements.push_back(ReadType(*element));
  return type;
}

}  // namespace

Type ReadType(const Expression& expression) {
  constexpr std::string_view kHelp =
      "there are string, number, bool, int, list(T), set(T), map(T), "
      "tuple([T, …]) and object({name = T, …})";
  if (const auto* const word = std::get_if<Variable>(&expression.node)) {
    const auto* const row =
        std::ranges::find(kPlain, word->name, &TypeWord::word);
    if (row != std::end(kPlain)) return Type::Of(row->kind);
    const auto* const longer =
        std::ranges::find(kWithElement, word->name, &TypeWord::word);
    if (longer != std::end(kWithElement)) return Type::Of(longer->kind, Type());
    Fail(expression.span, Cat("there is no type ", word->name),
         std::string(kHelp));
  }
  const auto* const call = std::get_if<Call>(&expression.node);
  if (!call) Fail(expression.span, "a type is expected", std::string(kHelp));
  if (call->arguments.size() != 1)
    Fail(expression.span, Cat(call->name, " takes one argument"));
  const Expression& argument = *call->arguments.front();
  if (call->name == "object") return ReadObject(argument);
  if (call->name == "tuple") return ReadTuple(argument);
  const auto* const row =
      std::ranges::find(kWithElement, call->name, &TypeWord::word);
  if (row == std::end(kWithElement))
    Fail(call->name_span, Cat("there is no type ", call->name),
         std::string(kHelp));
  return Type::Of(row->kind, ReadType(argument));
}

}  // namespace godwit::hcl
