// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>

#include "base/text.h"
#include "hcl/functions.h"

namespace godwit::hcl {

namespace {

using Kind = Type::Kind;

// All as sets of one element type.
std::vector<Value> ToSets(Arguments a) {
  std::vector<Type> types;
  for (const Value& each : a) {
    for (const Value& element : ToElements(each))
      types.push_back(TypeOf(element));
  }
  const std::optional<Type> common = Unify(types);
  if (!common) throw ValueError{"all elements must be of one type"};
  std::vector<Value> sets;
  for (const Value& each : a)
    sets.push_back(Convert(each, Type::Of(Kind::kSet, *common)));
  return sets;
}

bool Holds(const Value& set, const Value& element) {
  const std::vector<Value>& elements = set.elements();
  const auto found = std::lower_bound(
      elements.begin(), elements.end(), element,
      [](const Value& x, const Value& y) { return Value::Compare(x, y) < 0; });
  return found != elements.end() && *found == element;
}

template <typename F>
Value Where(const Value& set, F keep) {
  std::vector<Value> out;
  std::ranges::copy_if(set.elements(), std::back_inserter(out), keep);
  return Value::Set(std::move(out));
}

Value SetUnion(Arguments a, Budget&) {
  std::vector<Value> all;
  for (const Value& set : ToSets(a))
    all.insert(all.end(), set.elements().begin(), set.elements().end());
  return Value::Set(std::move(all));
}

Value SetIntersection(Arguments a, Budget&) {
  const std::vector<Value> sets = ToSets(a);
  return Where(sets.front(), [&](const Value& element) {
    return std::ranges::all_of(
        sets, [&](const Value& set) { return Holds(set, element); });
  });
}

Value SetSubtract(Arguments a, Budget&) {
  const std::vector<Value> sets = ToSets(a);
  return Where(sets[0],
               [&](const Value& element) { return !Holds(sets[1], element); });
}

Value SetProduct(Arguments a, Budget& budget) {
  std::vector<std::vector<Value>> rows = {{}};
  bool sets = true;
  for (const Value& each : a) {
    std::vector<std::vector<Value>> longer;
    for (const std::vector<Value>& row : rows) {
      for (const Value& element : ToElements(each)) {
        budget.Spend(8 * (row.size() + 1));
        longer.push_back(row);
        longer.back().push_back(element);
      }
    }
    rows = std::move(longer);
    sets = sets && each.kind() == ValueKind::kSet;
  }
  std::vector<Value> tuples;
  for (std::vector<Value>& row : rows)
    tuples.push_back(Value::Tuple(std::move(row)));
  const Value all = Value::Tuple(std::move(tuples));
  return sets ? Convert(all, Type::Of(Kind::kSet, Type())) : ToList(all);
}

Value ToStringValue(Arguments a, Budget&) {
  return Convert(a[0], Type::Of(Kind::kString));
}

Value ToNumberValue(Arguments a, Budget&) {
  return Convert(a[0], Type::Of(Kind::kNumber));
}

Value ToBoolValue(Arguments a, Budget&) {
  return Convert(a[0], Type::Of(Kind::kBool));
}

Value ToListValue(Arguments a, Budget&) {
  return ToList(a[0]);
}

Value ToSetValue(Arguments a, Budget&) {
  return Convert(a[0], Type::Of(Kind::kSet, Type()));
}

// Standard output is the command's.
Value Print(Arguments a, Budget&) {
  const std::string text =
      a[0].kind() == ValueKind::kString ? a[0].text() : ToJson(a[0]);
  std::fprintf(stderr, "%s\n", Printable(text, "\n\t").c_str());
  return a[0];
}

}  // namespace

std::vector<Function> SetFunctions() {
  return {{"setunion", 1, -1, false, SetUnion},
          {"setintersection", 1, -1, false, SetIntersection},
          {"setsubtract", 2, 2, false, SetSubtract},
          {"setproduct", 1, -1, false, SetProduct}};
}

std::vector<Function> ConversionFunctions() {
  return {{"tostring", 1, 1, true, ToStringValue},
          {"tonumber", 1, 1, true, ToNumberValue},
          {"tobool", 1, 1, true, ToBoolValue},
          {"tolist", 1, 1, true, ToListValue},
          {"toset", 1, 1, true, ToSetValue},
          {"print", 1, 1, true, Print}};
}

}  // namespace godwit::hcl
