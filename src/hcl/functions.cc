// SPDX-License-Identifier: Apache-2.0
#include "hcl/functions.h"

#include <unordered_map>

#include "base/text.h"

namespace godwit::hcl {

namespace {

std::vector<Function> MakeTable() {
  std::vector<Function> all;
  for (const auto make :
       {NumberFunctions, TextFunctions, RegexFunctions, FormatFunctions,
        CollectionFunctions, SetFunctions, ConversionFunctions, JsonFunctions,
        YamlFunctions, UrlFunctions, TimeFunctions}) {
    for (Function& function : make()) all.push_back(std::move(function));
  }
  return all;
}

const std::vector<Function>& Table() {
  static const std::vector<Function> table = MakeTable();
  return table;
}

std::unordered_map<std::string_view, const Function*> MakeIndex() {
  std::unordered_map<std::string_view, const Function*> index;
  for (const Function& function : Table()) index[function.name] = &function;
  return index;
}

}  // namespace

const Function* FindFunction(std::string_view name) {
  static const auto index = MakeIndex();
  const auto found = index.find(name);
  return found == index.end() ? nullptr : found->second;
}

std::vector<std::string_view> FunctionNames() {
  std::vector<std::string_view> names = {"try", "can"};
  for (const Function& function : Table()) names.push_back(function.name);
  return names;
}

std::int64_t ToWhole(const Value& value) {
  const std::optional<std::int64_t> whole = ToNumber(value).ToInt64();
  if (!whole) throw ValueError{"a whole number is required"};
  return *whole;
}

const std::vector<Value>& ToElements(const Value& value) {
  if (!value.IsSequence())
    throw ValueError{
        Cat("a list, set or tuple is required, not ", Word(value.kind()))};
  return value.elements();
}

Value ToList(const Value& value) {
  return Convert(value, Type::Of(Type::Kind::kList, Type()));
}

}  // namespace godwit::hcl
