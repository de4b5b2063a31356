// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "hcl/functions.h"

namespace godwit::hcl {

namespace {

using Kind = ValueKind;

// Of the elements a value of that kind, lists with one type.
Value Like(const Value& value, std::vector<Value> elements) {
  return value.kind() == Kind::kTuple ? Value::Tuple(std::move(elements))
                                      : Value::List(std::move(elements));
}

const Value& NeedMapping(const Value& value) {
  if (!value.IsMapping())
    throw ValueError{
        Cat("a map or object is required, not ", Word(value.kind()))};
  return value;
}

const Value& NeedList(const Value& value) {
  if (value.kind() != Kind::kTuple && value.kind() != Kind::kList)
    throw ValueError{
        Cat("a list or tuple is required, not ", Word(value.kind()))};
  return value;
}

Value Length(Arguments a, Budget&) {
  if (!a[0].IsSequence() && a[0].kind() != Kind::kMap)
    throw ValueError{
        Cat("a ", Word(a[0].kind()), " has no number of elements")};
  return Value::Of(Number(static_cast<std::int64_t>(a[0].elements().size())));
}

Value Element(Arguments a, Budget&) {
  const std::vector<Value>& elements = NeedList(a[0]).elements();
  const std::int64_t index = ToWhole(a[1]);
  if (index < 0) throw ValueError{"the index is below zero"};
  if (elements.empty()) throw ValueError{"the list is empty"};
  return elements[static_cast<std::size_t>(index) % elements.size()];
}

Value IndexOf(Arguments a, Budget&) {
  if (a[0].IsMapping()) {
    const Value* const found = a[0].Find(ToString(a[1]));
    if (!found) throw ValueError{"there is no such key in it"};
    return *found;
  }
  const std::vector<Value>& elements = NeedList(a[0]).elements();
  const std::int64_t index = ToWhole(a[1]);
  if (index < 0 || static_cast<std::size_t>(index) >= elements.size())
    throw ValueError{"there is no such index in it"};
  return elements[static_cast<std::size_t>(index)];
}

Value Contains(Arguments a, Budget& budget) {
  for (const Value& element : ToElements(a[0])) {
    budget.Spend(std::min(element.weight(), a[1].weight()));
    if (element == a[1]) return Value::Bool(true);
  }
  return Value::Bool(false);
}

Value Concat(Arguments a, Budget&) {
  std::vector<Value> all;
  bool lists = true;
  for (const Value& each : a) {
    const std::vector<Value>& elements = NeedList(each).elements();
    all.insert(all.end(), elements.begin(), elements.end());
    lists = lists && each.kind() == Kind::kList;
  }
  Value tuple = Value::Tuple(std::move(all));
  return lists ? ToList(tuple) : tuple;
}

void FlattenInto(const Value& value, std::vector<Value>& out) {
  for (const Value& element : value.elements()) {
    if (element.IsSequence()) {
      FlattenInto(element, out);
    } else {
      out.push_back(element);
    }
  }
}

Value Flatten(Arguments a, Budget&) {
  ToElements(a[0]);
  std::vector<Value> out;
  FlattenInto(a[0], out);
  return Value::Tuple(std::move(out));
}

Value Distinct(Arguments a, Budget& budget) {
  std::vector<Value> out;
  const auto less = [&](const Value& x, const Value& y) {
    budget.Spend(std::min(x.weight(), y.weight()));
    return Value::Compare(x, y) < 0;
  };
  std::vector<Value> seen;
  const Value list = ToList(a[0]);
  for (const Value& element : list.elements()) {
    const auto place =
        std::lower_bound(seen.begin(), seen.end(), element, less);
    if (place != seen.end() && *place == element) continue;
    budget.Spend(static_cast<std::uint64_t>(seen.end() - place) / 8);
    seen.insert(place, element);
    out.push_back(element);
  }
  return Value::List(std::move(out));
}

Value Compact(Arguments a, Budget&) {
  std::vector<Value> out;
  for (const Value& element : ToElements(a[0])) {
    if (element.is_null()) continue;
    std::string text = ToString(element);
    if (!text.empty()) out.push_back(Value::Of(std::move(text)));
  }
  return Value::List(std::move(out));
}

Value Reverse(Arguments a, Budget&) {
  std::vector<Value> elements = ToElements(a[0]);
  std::ranges::reverse(elements);
  return Like(a[0], std::move(elements));
}

Value Sort(Arguments a, Budget&) {
  std::vector<std::string> texts;
  for (const Value& element : ToElements(a[0]))
    texts.push_back(ToString(element));
  std::ranges::sort(texts);
  std::vector<Value> out;
  for (std::string& text : texts) out.push_back(Value::Of(std::move(text)));
  return Value::List(std::move(out));
}

Value Slice(Arguments a, Budget&) {
  const std::vector<Value>& elements = NeedList(a[0]).elements();
  const std::int64_t from = ToWhole(a[1]);
  const std::int64_t to = ToWhole(a[2]);
  if (from < 0 || to < from || static_cast<std::size_t>(to) > elements.size())
    throw ValueError{Cat("from ", from, " to ", to, " is no part of ",
                         elements.size(), " elements")};
  return Like(a[0], {elements.begin() + from, elements.begin() + to});
}

Value ChunkList(Arguments a, Budget&) {
  const Value list = ToList(a[0]);
  const std::int64_t size = ToWhole(a[1]);
  if (size < 0) throw ValueError{"the size is below zero"};
  const std::vector<Value>& elements = list.elements();
  const std::size_t step =
      size == 0 ? std::max<std::size_t>(elements.size(), 1)
                : std::min(static_cast<std::size_t>(size),
                           std::max<std::size_t>(elements.size(), 1));
  std::vector<Value> chunks;
  for (std::size_t at = 0; at < elements.size(); at += step) {
    const std::size_t end = std::min(at + step, elements.size());
    chunks.push_back(
        Value::List({elements.begin() + static_cast<std::ptrdiff_t>(at),
                     elements.begin() + static_cast<std::ptrdiff_t>(end)}));
  }
  return Value::List(std::move(chunks));
}

Value CoalesceList(Arguments a, Budget&) {
  for (const Value& list : a) {
    if (!ToElements(list).empty()) return list;
  }
  throw ValueError{"all of them are empty"};
}

Value Range(Arguments a, Budget& budget) {
  const Number start = a.size() > 1 ? ToNumber(a[0]) : Number(0);
  const Number end = ToNumber(a[a.size() > 1 ? 1 : 0]);
  const bool up = start.Compare(end) <= 0;
  const Number step = a.size() > 2 ? ToNumber(a[2]) : Number(up ? 1 : -1);
  if (step.Sign() == 0 || (step.Sign() > 0) != up)
    throw ValueError{"the step does not lead from the start to the end"};
  std::vector<Value> out;
  for (Number at = start; up ? at.Compare(end) < 0 : at.Compare(end) > 0;
       at = at + step) {
    budget.Spend(8);
    out.push_back(Value::Of(at));
  }
  return Value::List(std::move(out));
}

Value Keys(Arguments a, Budget&) {
  std::vector<Value> keys;
  for (const std::string& key : NeedMapping(a[0]).keys())
    keys.push_back(Value::Of(key));
  return a[0].kind() == Kind::kMap ? Value::List(std::move(keys))
                                   : Value::Tuple(std::move(keys));
}

Value Values(Arguments a, Budget&) {
  std::vector<Value> values = NeedMapping(a[0]).elements();
  return a[0].kind() == Kind::kMap ? Value::List(std::move(values))
                                   : Value::Tuple(std::move(values));
}

Value Merge(Arguments a, Budget&) {
  std::vector<std::pair<std::string, Value>> all;
  bool maps = true;
  for (const Value& each : a) {
    if (each.is_null()) continue;
    NeedMapping(each);
    for (std::size_t i = 0; i < each.keys().size(); ++i)
      all.emplace_back(each.keys()[i], each.elements()[i]);
    maps = maps && each.kind() == Kind::kMap;
  }
  Value object = Value::Object(std::move(all));
  if (!maps || a.empty()) return object;
  return Convert(object, Type::Of(Type::Kind::kMap, Type()));
}

Value ZipMap(Arguments a, Budget&) {
  const std::vector<Value>& keys = ToElements(a[0]);
  const std::vector<Value>& values = ToElements(a[1]);
  if (keys.size() != values.size())
    throw ValueError{
        Cat("there are ", keys.size(), " keys and ", values.size(), " values")};
  std::vector<std::pair<std::string, Value>> out;
  for (std::size_t i = 0; i < keys.size(); ++i)
    out.emplace_back(ToString(keys[i]), values[i]);
  return a[1].kind() == Kind::kTuple ? Value::Object(std::move(out))
                                     : Value::Map(std::move(out));
}

Value Empty(Arguments a, Budget&) {
  if (!a[0].IsSequence() && a[0].kind() != Kind::kMap)
    throw ValueError{
        Cat("a ", Word(a[0].kind()), " has no number of elements")};
  return Value::Bool(a[0].elements().empty());
}

Value AllTrue(Arguments a, Budget&) {
  const std::vector<Value>& elements =
      a[0].IsMapping() ? a[0].elements() : ToElements(a[0]);
  return Value::Bool(std::ranges::all_of(elements, [](const Value& element) {
    return !element.is_null() && ToBool(element);
  }));
}

}  // namespace

std::vector<Function> CollectionFunctions() {
  return {{"length", 1, 1, false, Length},
          {"element", 2, 2, false, Element},
          {"index", 2, 2, false, IndexOf},
          {"contains", 2, 2, false, Contains},
          {"concat", 1, -1, false, Concat},
          {"flatten", 1, 1, false, Flatten},
          {"distinct", 1, 1, false, Distinct},
          {"compact", 1, 1, false, Compact},
          {"reverse", 1, 1, false, Reverse},
          {"sort", 1, 1, false, Sort},
          {"slice", 3, 3, false, Slice},
          {"chunklist", 2, 2, false, ChunkList},
          {"coalescelist", 1, -1, false, CoalesceList},
          {"range", 1, 3, false, Range},
          {"keys", 1, 1, false, Keys},
          {"values", 1, 1, false, Values},
          {"merge", 0, -1, true, Merge},
          {"zipmap", 2, 2, false, ZipMap},
          {"empty", 1, 1, false, Empty},
          {"alltrue", 1, 1, false, AllTrue}};
}

}  // namespace godwit::hcl
