// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hcl/value.h"

namespace godwit::hcl {

// What values can be.
struct Type {
  enum class Kind {
    kAny,  // of null, and of the elements of what is empty
    kBool,
    kNumber,
    kString,
    kList,
    kSet,
    kMap,
    kTuple,
    kObject,
    kCapsule,
  };
  Kind kind = Kind::kAny;
  std::vector<Type> elements;      // of lists, sets and maps one
  std::vector<std::string> names;  // of an object's attributes, sorted
  std::string capsule;             // its kind
  // Of an object's attributes, as many: whether it may be missing.
  std::vector<bool> optional;

  bool operator==(const Type&) const = default;
  static Type Of(Kind kind) { return {kind, {}, {}, {}, {}}; }
  static Type Of(Kind kind, Type element) {
    return {kind, {std::move(element)}, {}, {}, {}};
  }
};

Type TypeOf(const Value& value);
// "list(string)", "object({a = number})".
std::string ToText(const Type& type);
// The type that values of all of them can be converted to, of none: any.
std::optional<Type> Unify(std::span<const Type> types);
// The value as one of the type. Throws ValueError: "a number is required".
Value Convert(const Value& value, const Type& type);

// Short for the primitive ones; null where the value is null.
std::string ToString(const Value& value);  // throws where it is null, too
bool ToBool(const Value& value);
Number ToNumber(const Value& value);

}  // namespace godwit::hcl
