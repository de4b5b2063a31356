// SPDX-License-Identifier: Apache-2.0
#include "hcl/type.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace godwit::hcl {

namespace {

using Kind = Type::Kind;

bool IsPrimitive(Kind kind) {
  return kind == Kind::kBool || kind == Kind::kNumber || kind == Kind::kString;
}

bool HasOneElementType(Kind kind) {
  return kind == Kind::kList || kind == Kind::kSet || kind == Kind::kMap;
}

// The one type of what is in a list, set or map.
Type ElementType(const Value& value) {
  std::vector<Type> types;
  for (const Value& element : value.elements()) {
    Type type = TypeOf(element);
    if (type.kind == Kind::kAny) continue;
    // Mostly the first says it all.
    if (IsPrimitive(type.kind) || type.kind == Kind::kCapsule) return type;
    if (types.empty() || types.back() != type) types.push_back(std::move(type));
  }
  return Unify(types).value_or(Type());
}

std::vector<Type> TypesOf(const std::vector<Value>& values) {
  std::vector<Type> types;
  types.reserve(values.size());
  for (const Value& value : values) types.push_back(TypeOf(value));
  return types;
}

std::string_view NameOf(Kind kind) {
  constexpr std::array<std::string_view, 10> kNames = {
      "any", "bool", "number", "string", "list",
      "set", "map",  "tuple",  "object", "capsule"};
  return kNames[static_cast<std::size_t>(kind)];
}

// The types of these positions, across all.
std::optional<Type> UnifyAt(std::span<const Type> types, std::size_t index) {
  std::vector<Type> column;
  for (const Type& type : types) column.push_back(type.elements[index]);
  return Unify(column);
}

std::optional<Type> UnifyElements(std::span<const Type> types, Kind kind) {
  std::vector<Type> all;
  for (const Type& type : types)
    all.insert(all.end(), type.elements.begin(), type.elements.end());
  std::optional<Type> element = Unify(all);
  if (!element) return std::nullopt;
  return Type::Of(kind, *std::move(element));
}

std::optional<Type> UnifyEach(std::span<const Type> types) {
  Type result = types.front();
  for (std::size_t i = 0; i < result.elements.size(); ++i) {
    std::optional<Type> element = UnifyAt(types, i);
    if (!element) return std::nullopt;
    result.elements[i] = *std::move(element);
  }
  return result;
}

bool All(std::span<const Type> types, auto&& test) {
  return std::ranges::all_of(types, test);
}

std::optional<Type> UnifySequences(std::span<const Type> types) {
  const bool tuples =
      All(types, [](const Type& t) { return t.kind == Kind::kTuple; });
  const std::size_t size = types.front().elements.size();
  if (tuples &&
      All(types, [&](const Type& t) { return t.elements.size() == size; }))
    return UnifyEach(types);
  const bool sets =
      All(types, [](const Type& t) { return t.kind == Kind::kSet; });
  return UnifyElements(types, sets ? Kind::kSet : Kind::kList);
}

std::optional<Type> UnifyMappings(std::span<const Type> types) {
  const bool objects =
      All(types, [](const Type& t) { return t.kind == Kind::kObject; });
  const std::vector<std::string>& names = types.front().names;
  if (objects && All(types, [&](const Type& t) { return t.names == names; }))
    return UnifyEach(types);
  return UnifyElements(types, Kind::kMap);
}

[[noreturn]] void ThrowRequired(const Type& type, const Value& value) {
  throw ValueError{
      Cat(ToText(type), " is required, not ",
          value.is_null() ? std::string("null") : ToText(TypeOf(value)))};
}

Value ConvertPrimitive(const Value& value, const Type& type) {
  const ValueKind from = value.kind();
  if (type.kind == Kind::kString) {
    if (from == ValueKind::kString) return value;
    if (from == ValueKind::kNumber) return Value::Of(value.number().ToText());
    if (from == ValueKind::kBool)
      return Value::Of(std::string(value.truth() ? "true" : "false"));
  } else if (type.kind == Kind::kNumber) {
    if (from == ValueKind::kNumber) return value;
    if (from == ValueKind::kString && !value.text().starts_with('+')) {
      if (std::optional<Number> number = Number::Parse(value.text()))
        return Value::Of(*std::move(number));
      throw ValueError{"a number is required, and the text is none"};
    }
  } else {
    if (from == ValueKind::kBool) return value;
    if (from == ValueKind::kString) {
      const std::string& text = value.text();
      if (text == "true" || text == "1") return Value::Bool(true);
      if (text == "false" || text == "0") return Value::Bool(false);
    }
  }
  ThrowRequired(type, value);
}

// All as one type, where a list of anything is asked for.
Type WantedElement(const Value& value, const Type& type) {
  const Type& element = type.elements.front();
  if (element.kind != Kind::kAny) return element;
  const std::optional<Type> common = Unify(TypesOf(value.elements()));
  if (!common) throw ValueError{"all elements must be of one type"};
  return *common;
}

Value ConvertSequence(const Value& value, const Type& type) {
  if (!value.IsSequence()) ThrowRequired(type, value);
  const Type element = WantedElement(value, type);
  std::vector<Value> elements;
  elements.reserve(value.elements().size());
  for (const Value& each : value.elements())
    elements.push_back(Convert(each, element));
  return type.kind == Kind::kList ? Value::List(std::move(elements))
                                  : Value::Set(std::move(elements));
}

Value ConvertMap(const Value& value, const Type& type) {
  if (!value.IsMapping() || value.capsule()) ThrowRequired(type, value);
  const Type element = WantedElement(value, type);
  std::vector<std::pair<std::string, Value>> elements;
  for (std::size_t i = 0; i < value.keys().size(); ++i)
    elements.emplace_back(value.keys()[i],
                          Convert(value.elements()[i], element));
  return Value::Map(std::move(elements));
}

Value ConvertTuple(const Value& value, const Type& type) {
  if (!value.IsSequence() || value.kind() == ValueKind::kSet ||
      value.elements().size() != type.elements.size())
    ThrowRequired(type, value);
  std::vector<Value> elements;
  for (std::size_t i = 0; i < type.elements.size(); ++i)
    elements.push_back(Convert(value.elements()[i], type.elements[i]));
  return Value::Tuple(std::move(elements));
}

// What more it has is left out.
Value ConvertObject(const Value& value, const Type& type) {
  if (!value.IsMapping() || value.capsule()) ThrowRequired(type, value);
  std::vector<std::pair<std::string, Value>> attributes;
  for (std::size_t i = 0; i < type.names.size(); ++i) {
    const Value* const found = value.Find(type.names[i]);
    const bool may_miss = i < type.optional.size() && type.optional[i];
    if (!found && !may_miss)
      throw ValueError{Cat("the attribute ", type.names[i], " is missing")};
    attributes.emplace_back(
        type.names[i], found ? Convert(*found, type.elements[i]) : Value());
  }
  return Value::Object(std::move(attributes));
}

}  // namespace

Type TypeOf(const Value& value) {
  if (const Capsule* const capsule = value.capsule())
    return {Kind::kCapsule, {}, {}, std::string(capsule->kind()), {}};
  switch (value.kind()) {
    case ValueKind::kNull:
      return {};
    case ValueKind::kBool:
      return Type::Of(Kind::kBool);
    case ValueKind::kNumber:
      return Type::Of(Kind::kNumber);
    case ValueKind::kString:
      return Type::Of(Kind::kString);
    case ValueKind::kTuple:
      return {Kind::kTuple, TypesOf(value.elements()), {}, {}, {}};
    case ValueKind::kList:
      return Type::Of(Kind::kList, ElementType(value));
    case ValueKind::kSet:
      return Type::Of(Kind::kSet, ElementType(value));
    case ValueKind::kMap:
      return Type::Of(Kind::kMap, ElementType(value));
    case ValueKind::kObject:
      return {Kind::kObject, TypesOf(value.elements()), value.keys(), {}, {}};
    case ValueKind::kCapsule:
      break;
  }
  return {};
}

std::string ToText(const Type& type) {
  if (type.kind == Kind::kCapsule) return type.capsule;
  std::string out(NameOf(type.kind));
  if (HasOneElementType(type.kind))
    return Cat(out, '(', ToText(type.elements.front()), ')');
  if (type.kind != Kind::kTuple && type.kind != Kind::kObject) return out;
  const bool is_object = type.kind == Kind::kObject;
  out += is_object ? "({" : "([";
  for (std::size_t i = 0; i < type.elements.size(); ++i) {
    if (i > 0) out += ", ";
    // Nobody reads more of a message.
    if (i == 8 || out.size() > 120) {
      out += "…";
      break;
    }
    if (is_object) out += Cat(type.names[i], " = ");
    out += ToText(type.elements[i]);
  }
  return out += is_object ? "})" : "])";
}

std::optional<Type> Unify(std::span<const Type> types) {
  std::vector<Type> known;
  for (const Type& type : types) {
    if (type.kind != Kind::kAny && (known.empty() || known.back() != type))
      known.push_back(type);
  }
  if (known.empty()) return Type();
  if (known.size() == 1) return known.front();
  if (All(known, [](const Type& t) { return IsPrimitive(t.kind); })) {
    const Kind first = known.front().kind;
    const bool same =
        All(known, [&](const Type& t) { return t.kind == first; });
    return Type::Of(same ? first : Kind::kString);
  }
  if (All(known, [](const Type& t) {
        return t.kind == Kind::kTuple || t.kind == Kind::kList ||
               t.kind == Kind::kSet;
      }))
    return UnifySequences(known);
  if (All(known, [](const Type& t) {
        return t.kind == Kind::kMap || t.kind == Kind::kObject;
      }))
    return UnifyMappings(known);
  if (All(known, [&](const Type& t) { return t == known.front(); }))
    return known.front();
  return std::nullopt;
}

Value Convert(const Value& value, const Type& type) {
  if (value.is_null()) return value;
  switch (type.kind) {
    case Kind::kAny:
      return value;
    case Kind::kBool:
    case Kind::kNumber:
    case Kind::kString:
      return ConvertPrimitive(value, type);
    case Kind::kList:
    case Kind::kSet:
      return ConvertSequence(value, type);
    case Kind::kMap:
      return ConvertMap(value, type);
    case Kind::kTuple:
      return ConvertTuple(value, type);
    case Kind::kObject:
      return ConvertObject(value, type);
    case Kind::kCapsule:
      if (TypeOf(value) == type) return value;
      ThrowRequired(type, value);
  }
  return value;
}

std::string ToString(const Value& value) {
  if (value.kind() == ValueKind::kString) return value.text();
  const Type type = Type::Of(Kind::kString);
  if (value.is_null()) ThrowRequired(type, value);
  return Convert(value, type).text();
}

bool ToBool(const Value& value) {
  if (value.kind() == ValueKind::kBool) return value.truth();
  const Type type = Type::Of(Kind::kBool);
  if (value.is_null()) ThrowRequired(type, value);
  return Convert(value, type).truth();
}

Number ToNumber(const Value& value) {
  if (value.kind() == ValueKind::kNumber) return value.number();
  const Type type = Type::Of(Kind::kNumber);
  if (value.is_null()) ThrowRequired(type, value);
  return Convert(value, type).number();
}

}  // namespace godwit::hcl
