// SPDX-License-Identifier: Apache-2.0
#include "godwit/field.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>

#include "base/text.h"
#include "godwit/error.h"
#include "runtime/array_text.h"
#include "runtime/binary.h"
#include "runtime/time_text.h"

namespace godwit::internal {

namespace {

constexpr int kMostDimensions = 6;  // of PostgreSQL

// What the server writes, or what SQLite's value is as text.
std::string Text(const Field& field) {
  return DecodeValue(field).Get<std::string>();
}

std::string NumberText(const Field& field) {
  if (field.kind == Field::Kind::kReal) return FloatText(field.real);
  return Text(field);
}

template <typename T>
void ReadTime(const Field& field, T& out) {
  if (field.kind == Field::Kind::kText) return ReadText(field.text(), out);
  ReadText(Text(field), out);
}

}  // namespace

Value DecodeValue(const Field& field) {
  switch (field.kind) {
    case Field::Kind::kNull:
      return {};
    case Field::Kind::kInteger:
      return field.integer;
    case Field::Kind::kReal:
      return field.real;
    case Field::Kind::kText:
      return field.text();
    case Field::Kind::kBytes: {
      const auto* bytes = reinterpret_cast<const std::byte*>(field.data);
      return Bytes(bytes, bytes + field.size);
    }
    case Field::Kind::kBinary:
    case Field::Kind::kPart:
      break;
  }
  return BinaryText(field);
}

std::int64_t DecodeInteger(const Field& field, std::int64_t min,
                           std::int64_t max) {
  return ToInt64(DecodeValue(field), min, max);
}

double DecodeReal(const Field& field) {
  if (field.is(WireType::kFloat8))
    return std::bit_cast<double>(BigEndian<std::uint64_t>(field.data));
  return ToDouble(DecodeValue(field));
}

void DecodeText(const Field& field, std::string& out) {
  out = Text(field);
}

void RefuseLabel(std::string_view text) {
  throw Error(ErrorCode::kInternal,
              Cat("\"", text, "\" is not an enum's label"),
              "generate the code again: the type has changed");
}

void Decode(const Field& field, bool& out) {
  out = field.is(WireType::kBool) ? field.data[0] != 0
                                  : ToBool(DecodeValue(field));
}

void Decode(const Field& field, float& out) {
  if (field.is(WireType::kFloat4))
    out = std::bit_cast<float>(BigEndian<std::uint32_t>(field.data));
  else
    out = static_cast<float>(DecodeReal(field));
}

void Decode(const Field& field, Bytes& out) {
  if (!field.is(WireType::kBytea) && field.kind != Field::Kind::kBytes)
    return void(out = ToBytes(DecodeValue(field)));
  const auto* bytes = reinterpret_cast<const std::byte*>(field.data);
  out.assign(bytes, bytes + field.size);
}

void Decode(const Field& field, Value& out) {
  out = DecodeValue(field);
}

void Decode(const Field& field, Decimal& out) {
  out = Decimal(NumberText(field));
}

void Decode(const Field& field, Uuid& out) {
  if (field.is(WireType::kUuid) && field.size == out.bytes.size())
    std::memcpy(out.bytes.data(), field.data, field.size);
  else
    out = Uuid::Parse(Text(field));
}

void Decode(const Field& field, Json& out) {
  if (field.is(WireType::kJsonb))
    out.text.assign(field.data + 1, field.size - 1);
  else
    out.text = Text(field);
}

void Decode(const Field& field, Date& out) {
  if (!field.is(WireType::kDate)) return ReadTime(field, out);
  const auto days = BigEndian<std::int32_t>(field.data);
  if (days == std::numeric_limits<std::int32_t>::max())
    out = kLastDate;
  else if (days == std::numeric_limits<std::int32_t>::min())
    out = kFirstDate;
  else
    out = DateOf(std::int64_t{days} + kDaysTo2000);
}

void Decode(const Field& field, TimeOfDay& out) {
  if (!field.is(WireType::kTime)) return ReadTime(field, out);
  out = TimeOfDay(BigEndian<std::int64_t>(field.data));
}

void Decode(const Field& field, Timestamp& out) {
  if (!field.is(WireType::kTimestamptz)) return ReadTime(field, out);
  const auto micros = BigEndian<std::int64_t>(field.data);
  out = Timestamp(TimeOfDay(FromMicros2000(micros)));
}

void Decode(const Field& field, LocalTimestamp& out) {
  if (!field.is(WireType::kTimestamp)) return ReadTime(field, out);
  const auto micros = BigEndian<std::int64_t>(field.data);
  out = LocalTimestamp(TimeOfDay(FromMicros2000(micros)));
}

void Decode(const Field& field, Interval& out) {
  if (!field.is(WireType::kInterval)) return ReadTime(field, out);
  out.microseconds = BigEndian<std::int64_t>(field.data);
  out.days = BigEndian<std::int32_t>(field.data + 8);
  out.months = BigEndian<std::int32_t>(field.data + 12);
}

Elements::Elements(const Field& array) {
  if (array.is(WireType::kArray) || array.kind == Field::Kind::kPart)
    ReadBinary(array);
  else
    ReadText(Text(array));
}

void Elements::ReadText(std::string_view text) {
  texts_ = ReadArray(text);
  left_ = texts_.size();
  std::ranges::reverse(texts_);
}

// Dimensions, whether there are NULLs, the elements' type; for each dimension
// its size and where it begins; then the elements, each behind its length.
void Elements::ReadBinary(const Field& array) {
  constexpr std::size_t kHead = 12;
  constexpr std::size_t kDimension = 8;
  element_ = array.element;
  end_ = array.data + array.size;
  int dimensions = array.dimensions;
  sizes_ = array.sizes;
  at_ = array.data;
  if (array.kind == Field::Kind::kBinary) {
    dimensions = BigEndian<std::int32_t>(array.data);
    if (dimensions < 1 || dimensions > kMostDimensions) return;
    sizes_ = array.data + kHead;
    at_ = sizes_ + kDimension * static_cast<std::size_t>(dimensions);
  }
  left_ = static_cast<std::size_t>(BigEndian<std::int32_t>(sizes_));
  inner_ = dimensions - 1;
  sizes_ += kDimension;
}

bool Elements::Next(Field& element) {
  element = {};
  if (left_ == 0) return false;
  --left_;
  if (!texts_.empty()) {
    // The text stands until the next one is asked for.
    if (texts_.size() > left_ + 1) texts_.pop_back();
    if (texts_.back()) element = Field::Text(*texts_.back());
    return true;
  }
  element.type = element_;
  if (inner_ == 0) {
    const auto size = BigEndian<std::int32_t>(at_);
    at_ += 4;
    if (size < 0) return true;
    element.kind = Field::Kind::kBinary;
    element.data = at_;
    element.size = static_cast<std::size_t>(size);
    at_ += size;
    return true;
  }
  element.kind = Field::Kind::kPart;
  element.element = element_;
  element.dimensions = inner_;
  element.sizes = sizes_;
  element.data = at_;
  element.size = static_cast<std::size_t>(end_ - at_);
  std::int64_t inside = 1;
  for (int i = 0; i < inner_; ++i)
    inside *= BigEndian<std::int32_t>(sizes_ + 8 * i);
  for (; inside > 0; --inside) {
    const auto size = BigEndian<std::int32_t>(at_);
    at_ += 4 + std::max(size, 0);
  }
  return true;
}

}  // namespace godwit::internal
