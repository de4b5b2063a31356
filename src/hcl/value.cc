// SPDX-License-Identifier: Apache-2.0
#include "hcl/value.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace godwit::hcl {

namespace {

// Values that are built of shared ones can be huge and small at once; whoever
// walks over one must come to an end.
constexpr std::uint32_t kMaxDepth = 200;
constexpr std::uint64_t kMaxWeight = std::uint64_t{1} << 28;

}  // namespace

struct Collection {
  std::vector<std::string> keys;
  std::vector<Value> elements;
  std::shared_ptr<const Capsule> tag;
  std::uint32_t depth = 1;
  std::uint64_t weight = 1;

  static std::uint32_t DepthOf(const Value& value) { return value.depth(); }
};

std::string_view Word(ValueKind kind) {
  constexpr std::array<std::string_view, 10> kWords = {
      "null", "bool", "number", "string", "tuple",
      "list", "set",  "map",    "object", "capsule"};
  return kWords[static_cast<std::size_t>(kind)];
}

Value Value::Make(ValueKind kind, std::vector<std::string> keys,
                  std::vector<Value> elements,
                  std::shared_ptr<const Capsule> tag) {
  const auto made = std::make_shared<Collection>();
  for (const Value& element : elements) {
    made->depth = std::max(made->depth, element.depth() + 1);
    made->weight += element.weight();
  }
  for (const std::string& key : keys) made->weight += 1 + key.size() / 16;
  if (made->depth > kMaxDepth) throw ValueError{"the value is nested too deep"};
  if (made->weight > kMaxWeight) throw ValueError{"the value is too large"};
  made->keys = std::move(keys);
  made->elements = std::move(elements);
  made->tag = std::move(tag);
  return {kind, std::shared_ptr<const Collection>(made)};
}

Value Value::Mapping(ValueKind kind,
                     std::vector<std::pair<std::string, Value>> elements,
                     std::shared_ptr<const Capsule> tag) {
  std::ranges::stable_sort(elements, {}, &std::pair<std::string, Value>::first);
  std::vector<std::string> keys;
  std::vector<Value> values;
  keys.reserve(elements.size());
  values.reserve(elements.size());
  for (auto& [key, value] : elements) {
    if (!keys.empty() && keys.back() == key) {
      values.back() = std::move(value);
      continue;
    }
    keys.push_back(std::move(key));
    values.push_back(std::move(value));
  }
  return Make(kind, std::move(keys), std::move(values), std::move(tag));
}

Value Value::Bool(bool truth) {
  Value value;
  value.kind_ = ValueKind::kBool;
  value.data_ = truth;
  return value;
}

Value Value::Of(Number number) {
  Value value;
  value.kind_ = ValueKind::kNumber;
  value.data_ = std::move(number);
  return value;
}

Value Value::Of(std::string text) {
  if (text.size() > kMaxWeight) throw ValueError{"the text is too long"};
  Value value;
  value.kind_ = ValueKind::kString;
  value.data_ = std::move(text);
  return value;
}

Value Value::Of(std::shared_ptr<const Capsule> capsule) {
  Value value;
  value.kind_ = ValueKind::kCapsule;
  value.data_ = std::move(capsule);
  return value;
}

Value Value::Tuple(std::vector<Value> elements) {
  return Make(ValueKind::kTuple, {}, std::move(elements));
}

Value Value::List(std::vector<Value> elements) {
  return Make(ValueKind::kList, {}, std::move(elements));
}

Value Value::Set(std::vector<Value> elements) {
  std::ranges::sort(elements, [](const Value& a, const Value& b) {
    return Compare(a, b) < 0;
  });
  elements.erase(std::unique(elements.begin(), elements.end(),
                             [](const Value& a, const Value& b) {
                               return Compare(a, b) == 0;
                             }),
                 elements.end());
  return Make(ValueKind::kSet, {}, std::move(elements));
}

Value Value::Map(std::vector<std::pair<std::string, Value>> elements) {
  return Mapping(ValueKind::kMap, std::move(elements), nullptr);
}

Value Value::Object(std::vector<std::pair<std::string, Value>> attributes) {
  return Mapping(ValueKind::kObject, std::move(attributes), nullptr);
}

Value Value::Tagged(std::vector<std::pair<std::string, Value>> attributes,
                    std::shared_ptr<const Capsule> tag) {
  return Mapping(ValueKind::kObject, std::move(attributes), std::move(tag));
}

const std::vector<Value>& Value::elements() const {
  return collection().elements;
}

const std::vector<std::string>& Value::keys() const {
  return collection().keys;
}

const Value* Value::Find(std::string_view key) const {
  const std::vector<std::string>& all = keys();
  const auto found =
      std::lower_bound(all.begin(), all.end(), key, std::less<>());
  if (found == all.end() || *found != key) return nullptr;
  return &elements()[static_cast<std::size_t>(found - all.begin())];
}

const std::shared_ptr<const Capsule>& Value::shared_capsule() const {
  static const std::shared_ptr<const Capsule> none;
  if (kind_ == ValueKind::kCapsule)
    return std::get<std::shared_ptr<const Capsule>>(data_);
  return kind_ == ValueKind::kObject ? collection().tag : none;
}

const Capsule* Value::capsule() const {
  return shared_capsule().get();
}

bool Value::IsSequence() const {
  return kind_ == ValueKind::kTuple || kind_ == ValueKind::kList ||
         kind_ == ValueKind::kSet;
}

bool Value::IsMapping() const {
  return kind_ == ValueKind::kMap || kind_ == ValueKind::kObject;
}

std::uint64_t Value::weight() const {
  if (IsSequence() || IsMapping()) return collection().weight;
  return kind_ == ValueKind::kString ? 1 + text().size() / 16 : 1;
}

std::uint32_t Value::depth() const {
  return IsSequence() || IsMapping() ? collection().depth : 0;
}

int Value::Compare(const Value& a, const Value& b) {
  if (a.kind_ != b.kind_) return a.kind_ < b.kind_ ? -1 : 1;
  const Capsule* const x = a.capsule();
  const Capsule* const y = b.capsule();
  if (x || y) {
    if (x && y && x->kind() == y->kind() && x->Equals(*y)) return 0;
    return std::less<>()(x, y) ? -1 : 1;
  }
  switch (a.kind_) {
    case ValueKind::kBool:
      return static_cast<int>(a.truth()) - static_cast<int>(b.truth());
    case ValueKind::kNumber:
      return a.number().Compare(b.number());
    case ValueKind::kString:
      return a.text().compare(b.text());
    case ValueKind::kNull:
    case ValueKind::kCapsule:
      return 0;
    default:
      break;
  }
  const std::vector<Value>& left = a.elements();
  const std::vector<Value>& right = b.elements();
  if (&left == &right) return 0;
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    if (a.IsMapping()) {
      const int order = a.keys()[i].compare(b.keys()[i]);
      if (order != 0) return order;
    }
    const int order = Compare(left[i], right[i]);
    if (order != 0) return order;
  }
  if (left.size() == right.size()) return 0;
  return left.size() < right.size() ? -1 : 1;
}

bool Value::operator==(const Value& other) const {
  return Compare(*this, other) == 0;
}

}  // namespace godwit::hcl
