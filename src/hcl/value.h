// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hcl/number.h"

namespace godwit::hcl {

enum class ValueKind {
  kNull,
  kBool,
  kNumber,
  kString,
  kTuple,
  kList,
  kSet,
  kMap,
  kObject,
  kCapsule,
};

// A thing of the program's own that documents pass on and compare, and cannot
// look into.
class Capsule {
 public:
  virtual ~Capsule() = default;
  // What it is, for messages and types: "sql", "type".
  virtual std::string_view kind() const = 0;
  virtual bool Equals(const Capsule& other) const = 0;
};

struct Collection;

// What cannot be converted, or is too large; for the message of a diagnostic.
struct ValueError {
  std::string message;
};

// A value of the language. Copies are cheap: collections are shared.
class Value {
 public:
  Value() = default;  // null
  static Value Bool(bool truth);
  static Value Of(Number number);
  static Value Of(std::string text);
  static Value Tuple(std::vector<Value> elements);
  // The elements are of one type.
  static Value List(std::vector<Value> elements);
  // They are sorted, and of equal ones one stays.
  static Value Set(std::vector<Value> elements);
  // Keys in any order; of equal keys the last counts.
  static Value Map(std::vector<std::pair<std::string, Value>> elements);
  static Value Object(std::vector<std::pair<std::string, Value>> attributes);
  // An object that stands for something of the program's own: it is what the
  // tag is, beside what attributes it has.
  static Value Tagged(std::vector<std::pair<std::string, Value>> attributes,
                      std::shared_ptr<const Capsule> tag);
  static Value Of(std::shared_ptr<const Capsule> capsule);

  ValueKind kind() const { return kind_; }
  bool is_null() const { return kind_ == ValueKind::kNull; }
  bool truth() const { return std::get<bool>(data_); }
  const Number& number() const { return std::get<Number>(data_); }
  const std::string& text() const { return std::get<std::string>(data_); }
  // Of tuples, lists, sets, maps and objects, the latter two by key.
  const std::vector<Value>& elements() const;
  // Of maps and objects, sorted, as many as elements.
  const std::vector<std::string>& keys() const;
  // Of a map or object; nullptr: it has none of that name.
  const Value* Find(std::string_view key) const;
  // Of a capsule or of a tagged object, else null.
  const Capsule* capsule() const;
  const std::shared_ptr<const Capsule>& shared_capsule() const;

  bool IsSequence() const;  // tuple, list or set
  bool IsMapping() const;   // map or object
  // What it takes to look at all of it, at least 1.
  std::uint64_t weight() const;

  // Of one type and the same all through.
  bool operator==(const Value& other) const;
  // An order of all values, sets' own: numbers by size, texts by bytes.
  static int Compare(const Value& a, const Value& b);

 private:
  friend struct Collection;
  Value(ValueKind kind, std::shared_ptr<const Collection> collection)
      : kind_(kind), data_(std::move(collection)) {}
  const Collection& collection() const {
    return *std::get<std::shared_ptr<const Collection>>(data_);
  }
  std::uint32_t depth() const;
  static Value Make(ValueKind kind, std::vector<std::string> keys,
                    std::vector<Value> elements,
                    std::shared_ptr<const Capsule> tag = nullptr);
  static Value Mapping(ValueKind kind,
                       std::vector<std::pair<std::string, Value>> elements,
                       std::shared_ptr<const Capsule> tag);

  ValueKind kind_ = ValueKind::kNull;
  std::variant<std::monostate, bool, Number, std::string,
               std::shared_ptr<const Collection>,
               std::shared_ptr<const Capsule>>
      data_;
};

// "a string", "a list of numbers" are said by types; this says "string",
// "tuple".
std::string_view Word(ValueKind kind);

}  // namespace godwit::hcl
