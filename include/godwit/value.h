// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace godwit {

struct Null {
  bool operator==(const Null&) const = default;
};

using Bytes = std::vector<std::byte>;

// One value on its way to a database or from it. PostgreSQL's values arrive as
// text (std::string) and are converted by Get<T>; SQLite's arrive as stored.
class Value {
 public:
  using Variant =
      std::variant<Null, bool, std::int64_t, double, std::string, Bytes>;

  Value() = default;
  Value(Null) {}
  Value(bool value) : value_(value) {}
  template <std::integral T>
  requires(!std::same_as<T, bool>) Value(T value)
      : value_(static_cast<std::int64_t>(value)) {}
  Value(double value) : value_(value) {}
  Value(std::string value) : value_(std::move(value)) {}
  Value(std::string_view value) : value_(std::string(value)) {}
  Value(const char* value) : value_(std::string(value)) {}
  Value(Bytes value) : value_(std::move(value)) {}
  template <typename T>
  Value(const std::optional<T>& value) {
    if (value) *this = Value(*value);
  }

  bool is_null() const { return std::holds_alternative<Null>(value_); }
  const Variant& variant() const { return value_; }

  // The value as T: bool, an integer, double, std::string, Bytes, or
  // std::optional of one of these (Null is nullopt). Throws Error(kInternal)
  // naming both types where it does not fit; nothing is cut or rounded.
  template <typename T>
  T Get() const;

  bool operator==(const Value&) const = default;

 private:
  Variant value_;
};

namespace internal {
bool ToBool(const Value&);
std::int64_t ToInt64(const Value&, std::int64_t min, std::int64_t max);
double ToDouble(const Value&);
std::string ToText(const Value&);
Bytes ToBytes(const Value&);
template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};
}  // namespace internal

template <typename T>
T Value::Get() const {
  if constexpr (internal::IsOptional<T>::value) {
    if (is_null()) return std::nullopt;
    return Get<typename T::value_type>();
  } else if constexpr (std::same_as<T, bool>) {
    return internal::ToBool(*this);
  } else if constexpr (std::integral<T>) {
    static_assert(sizeof(T) < 8 || std::is_signed_v<T>,
                  "databases have no unsigned 64-bit integer");
    return static_cast<T>(internal::ToInt64(
        *this, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
  } else if constexpr (std::floating_point<T>) {
    return static_cast<T>(internal::ToDouble(*this));
  } else if constexpr (std::same_as<T, std::string>) {
    return internal::ToText(*this);
  } else {
    static_assert(std::same_as<T, Bytes>, "no such column type");
    return internal::ToBytes(*this);
  }
}

}  // namespace godwit
