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
#include <vector>

#include "godwit/time.h"
#include "godwit/types.h"
#include "godwit/value.h"

// What a type of the user's own brings along, in its own namespace:
// Value Encode(const T&) and void Decode(const Value&, T&).
namespace godwit::foreign {

template <typename T>
concept Encodable = std::is_class_v<T> && requires(const T& value) {
  { Encode(value) } -> std::convertible_to<Value>;
};
template <typename T>
concept Decodable = std::is_class_v<T> && requires(const Value& value, T& out) {
  Decode(value, out);
};
template <Encodable T>
Value ToValue(const T& value) {
  return Encode(value);
}
template <Decodable T>
void FromValue(const Value& value, T& out) {
  Decode(value, out);
}

}  // namespace godwit::foreign

// Fields of rows as generated code reads them. Not for programs.
namespace godwit::internal {

// What the bytes of a field in PostgreSQL's binary form are. Types that are
// sent in one form are one: kText is text, varchar, an enum's label, …
enum class WireType : std::uint8_t {
  kUnknown,
  kBool,
  kInt2,
  kInt4,
  kInt8,
  kOid,
  kFloat4,
  kFloat8,
  kText,
  kBytea,
  kUuid,
  kDate,
  kTime,
  kTimestamp,
  kTimestamptz,
  kInterval,
  kNumeric,
  kJson,
  kJsonb,
  kArray,
};

// One field as its database gives it. Borrows from the row.
struct Field {
  enum class Kind : std::uint8_t {
    kNull,
    kInteger,  // SQLite
    kReal,
    kBytes,
    kText,    // PostgreSQL's text form, too
    kBinary,  // PostgreSQL: `type` says what
    kPart,    // an inner array of a binary one
  };
  Kind kind = Kind::kNull;
  WireType type = WireType::kUnknown;
  WireType element = WireType::kUnknown;  // of kArray and kPart
  int dimensions = 0;                     // of kPart
  const char* sizes = nullptr;            // of kPart: of its dimensions
  const char* data = nullptr;
  std::size_t size = 0;
  std::int64_t integer = 0;
  double real = 0;

  bool is_null() const { return kind == Kind::kNull; }
  std::string_view text() const { return {data, size}; }
  bool is(WireType wanted) const {
    return kind == Kind::kBinary && type == wanted;
  }
  static Field Text(std::string_view text) {
    Field field;
    field.kind = Kind::kText;
    field.data = text.data();
    field.size = text.size();
    return field;
  }
};

// A number as the network has it.
template <std::integral T>
T BigEndian(const char* data) {
  std::make_unsigned_t<T> number = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    number = static_cast<std::make_unsigned_t<T>>(
        (static_cast<std::uint64_t>(number) << 8) |
        static_cast<unsigned char>(data[i]));
  }
  return static_cast<T>(number);
}

template <std::integral T>
constexpr WireType WireTypeOf() {
  if constexpr (sizeof(T) == 2) return WireType::kInt2;
  if constexpr (std::same_as<T, std::uint32_t>) return WireType::kOid;
  if constexpr (sizeof(T) == 4) return WireType::kInt4;
  return WireType::kInt8;
}

// They throw Error(kInternal) where the field does not fit: nothing is cut,
// rounded or made up.
std::int64_t DecodeInteger(const Field& field, std::int64_t min,
                           std::int64_t max);
double DecodeReal(const Field& field);
void DecodeText(const Field& field, std::string& out);
Value DecodeValue(const Field& field);
[[noreturn]] void RefuseLabel(std::string_view text);

void Decode(const Field& field, bool& out);
template <std::integral T>
requires(!std::same_as<T, bool>) void Decode(const Field& field, T& out) {
  if (field.is(WireTypeOf<T>())) {
    out = BigEndian<T>(field.data);
  } else if (field.kind == Field::Kind::kInteger && sizeof(T) == 8) {
    out = static_cast<T>(field.integer);
  } else {
    out = static_cast<T>(DecodeInteger(field, std::numeric_limits<T>::min(),
                                       std::numeric_limits<T>::max()));
  }
}
void Decode(const Field& field, float& out);
inline void Decode(const Field& field, double& out) {
  out = field.kind == Field::Kind::kReal ? field.real : DecodeReal(field);
}
inline void Decode(const Field& field, std::string& out) {
  if (field.kind == Field::Kind::kText || field.is(WireType::kText))
    out.assign(field.data, field.size);
  else
    DecodeText(field, out);
}
void Decode(const Field& field, Bytes& out);
void Decode(const Field& field, Value& out);
void Decode(const Field& field, Decimal& out);
void Decode(const Field& field, Uuid& out);
void Decode(const Field& field, Json& out);
void Decode(const Field& field, Date& out);
void Decode(const Field& field, TimeOfDay& out);
void Decode(const Field& field, Timestamp& out);
void Decode(const Field& field, LocalTimestamp& out);
void Decode(const Field& field, Interval& out);
template <typename T>
requires std::is_enum_v<T>
void Decode(const Field& field, T& out) {
  std::string copy;
  std::string_view text = field.text();
  if (field.kind != Field::Kind::kText && !field.is(WireType::kText)) {
    DecodeText(field, copy);
    text = copy;
  }
  if (!FromString(text, out)) RefuseLabel(text);
}
template <foreign::Decodable T>
void Decode(const Field& field, T& out) {
  foreign::FromValue(DecodeValue(field), out);
}
template <typename T>
void Decode(const Field& field, std::vector<T>& out);
template <typename T>
void Decode(const Field& field, std::optional<T>& out) {
  if (field.is_null()) {
    out.reset();
  } else {
    Decode(field, out.emplace());
  }
}

// The elements of an array one after the other; those of inner arrays are
// arrays again.
class Elements {
 public:
  explicit Elements(const Field& array);
  std::size_t count() const { return left_; }
  bool Next(Field& element);

 private:
  void ReadBinary(const Field& array);
  void ReadText(std::string_view text);

  const char* at_ = nullptr;  // of the binary form
  const char* end_ = nullptr;
  const char* sizes_ = nullptr;
  int inner_ = 0;  // dimensions
  WireType element_ = WireType::kUnknown;
  std::size_t left_ = 0;
  std::vector<std::optional<std::string>> texts_;  // of the text form
};
template <typename T>
void Decode(const Field& field, std::vector<T>& out) {
  Elements elements(field);
  out.clear();
  out.reserve(elements.count());
  for (Field element; elements.Next(element);) {
    T value{};
    Decode(element, value);
    out.push_back(std::move(value));
  }
}

}  // namespace godwit::internal
