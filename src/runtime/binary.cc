// SPDX-License-Identifier: Apache-2.0
#include "runtime/binary.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "base/text.h"
#include "godwit/error.h"
#include "runtime/array_text.h"
#include "runtime/time_text.h"

namespace godwit::internal {

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

// src/backend/utils/adt/numeric.c: groups of four digits, a sign and a scale.
constexpr int kGroup = 4;
constexpr std::uint16_t kMinus = 0x4000;
constexpr std::uint16_t kNan = 0xC000;
constexpr std::uint16_t kInfinity = 0xD000;
constexpr std::uint16_t kMinusInfinity = 0xF000;
constexpr std::int64_t kMostScale = 0x3FFF;
constexpr std::int64_t kMostGroups = 0xFFFF;
constexpr std::int64_t kMostWeight = 0x7FFF;

void AppendSpecial(std::string& out, std::uint16_t sign) {
  AppendBig<std::int32_t>(out, 0);  // no digits, no weight
  AppendBig(out, sign);
  AppendBig<std::int16_t>(out, 0);
}

// A decimal number taken apart: its digits, and how many stand before the
// point, which may be fewer than none.
struct Digits {
  std::string digits;
  std::int64_t point = 0;
  std::int64_t scale = 0;  // digits behind the point, as they were written
  bool minus = false;
};

Digits Split(std::string_view text) {
  Digits number;
  if (text.starts_with('-')) {
    number.minus = true;
    text.remove_prefix(1);
  }
  std::int64_t exponent = 0;
  if (const std::size_t e = text.find_first_of("eE"); e != text.npos) {
    exponent = ParseInt64(text.substr(e + 1)).value_or(kMost);
    text = text.substr(0, e);
  }
  const std::size_t point = std::min(text.find('.'), text.size());
  number.digits = text.substr(0, point);
  if (point < text.size()) number.digits += text.substr(point + 1);
  constexpr std::int64_t kFar = 1'000'000;
  exponent = std::clamp(exponent, -kFar, kFar);
  number.point = static_cast<std::int64_t>(point) + exponent;
  number.scale = std::max<std::int64_t>(
      0, static_cast<std::int64_t>(number.digits.size()) - number.point);
  return number;
}

// Fills up to whole groups on both sides of the point; gives the weight of the
// first group.
std::int64_t Align(Digits& number) {
  const std::size_t zeros = number.digits.find_first_not_of('0');
  const std::size_t cut = std::min(zeros, number.digits.size());
  number.digits.erase(0, cut);
  number.point -= static_cast<std::int64_t>(cut);
  if (number.digits.empty()) return 0;
  // Rounds up, also below nought.
  const std::int64_t groups = number.point > 0
                                  ? (number.point + kGroup - 1) / kGroup
                                  : -(-number.point / kGroup);
  const std::int64_t before = groups * kGroup - number.point;
  number.digits.insert(0, static_cast<std::size_t>(before), '0');
  while (number.digits.size() % kGroup != 0) number.digits += '0';
  while (number.digits.ends_with("0000"))
    number.digits.erase(number.digits.size() - kGroup);
  return groups - 1;
}

template <typename T>
std::string Shortest(T number, int most_exponent) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
  char digits[64];
  const auto scientific = std::to_chars(digits, digits + sizeof digits, number,
                                        std::chars_format::scientific);
  const std::string_view text(
      digits, static_cast<std::size_t>(scientific.ptr - digits));
  const std::size_t e = text.find('e');
  const int exponent = static_cast<int>(
      ParseInt64(text.substr(e + (text[e + 1] == '+' ? 2 : 1))).value_or(0));
  if (exponent < -4 || exponent >= most_exponent) return std::string(text);
  const auto fixed = std::to_chars(digits, digits + sizeof digits, number,
                                   std::chars_format::fixed);
  return {digits, fixed.ptr};
}

template <typename T>
T Real(const Field& field) {
  using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  return std::bit_cast<T>(BigEndian<Bits>(field.data));
}

std::string ArrayOf(const Field& field) {
  Elements elements(field);
  std::vector<std::optional<std::string>> texts;
  bool arrays = false;
  for (Field element; elements.Next(element);) {
    arrays = element.kind == Field::Kind::kPart;
    if (element.is_null())
      texts.emplace_back();
    else
      texts.emplace_back(BinaryText(element));
  }
  return arrays ? JoinArrays(texts) : ArrayText(texts);
}

template <typename T>
std::string TimeOf(const Field& field) {
  T value{};
  Decode(field, value);
  return TextOf(value);
}

std::string UuidText(const Field& field) {
  Uuid uuid;
  std::memcpy(uuid.bytes.data(), field.data, uuid.bytes.size());
  return uuid.ToString();
}

}  // namespace

std::int64_t FromMicros2000(std::int64_t micros) {
  if (micros == kMost || micros == kLeast) return micros;
  std::int64_t sum = 0;
  if (__builtin_add_overflow(micros, kMicrosTo2000, &sum))
    throw Error(ErrorCode::kInternal,
                "the time is not within the years that microseconds reach");
  return sum;
}

bool ToMicros2000(std::int64_t micros, std::int64_t& out) {
  if (micros == kMost || micros == kLeast) {
    out = micros;
    return true;
  }
  return !__builtin_sub_overflow(micros, kMicrosTo2000, &out);
}

bool AppendNumeric(std::string& out, std::string_view text) {
  if (text == "NaN") return AppendSpecial(out, kNan), true;
  if (text == "Infinity") return AppendSpecial(out, kInfinity), true;
  if (text == "-Infinity") return AppendSpecial(out, kMinusInfinity), true;
  Digits number = Split(text);
  const std::int64_t weight = Align(number);
  const std::size_t groups = number.digits.size() / kGroup;
  if (number.scale > kMostScale || groups > kMostGroups ||
      weight > kMostWeight || weight < -kMostWeight)
    return false;
  AppendBig(out, static_cast<std::uint16_t>(groups));
  AppendBig(out, static_cast<std::int16_t>(weight));
  AppendBig<std::uint16_t>(out, number.minus && groups > 0 ? kMinus : 0);
  AppendBig(out, static_cast<std::int16_t>(number.scale));
  for (std::size_t i = 0; i < groups; ++i) {
    std::int16_t group = 0;
    for (std::size_t j = i * kGroup; j < (i + 1) * kGroup; ++j)
      group = static_cast<std::int16_t>(group * 10 + (number.digits[j] - '0'));
    AppendBig(out, group);
  }
  return true;
}

std::string NumericText(std::string_view data) {
  const auto groups = BigEndian<std::uint16_t>(data.data());
  const auto weight = BigEndian<std::int16_t>(data.data() + 2);
  const auto sign = BigEndian<std::uint16_t>(data.data() + 4);
  const auto scale = BigEndian<std::int16_t>(data.data() + 6);
  if (sign == kNan) return "NaN";
  if (sign == kInfinity) return "Infinity";
  if (sign == kMinusInfinity) return "-Infinity";
  const auto group = [&](int index) {  // four digits
    const int at = weight - index;
    const int value = at < 0 || at >= groups
                          ? 0
                          : BigEndian<std::int16_t>(data.data() + 8 + 2 * at);
    std::string digits = Cat(value);
    return digits.insert(0, kGroup - digits.size(), '0');
  };
  std::string whole;
  for (int i = weight; i >= 0; --i) whole += group(i);
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  std::string text = sign == kMinus ? "-" : "";
  text += whole.empty() ? "0" : whole;
  if (scale <= 0) return text;
  std::string part;
  for (int i = -1; static_cast<int>(part.size()) < scale; --i) part += group(i);
  part.resize(static_cast<std::size_t>(scale));
  return Cat(text, '.', part);
}

std::string FloatText(float number) {
  return Shortest(number, 6);
}

std::string FloatText(double number) {
  return Shortest(number, 15);
}

std::string ByteaText(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text = "\\x";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string BinaryText(const Field& field) {
  if (field.kind == Field::Kind::kPart) return ArrayOf(field);
  switch (field.type) {
    case WireType::kBool:
      return field.data[0] != 0 ? "t" : "f";
    case WireType::kInt2:
      return Cat(BigEndian<std::int16_t>(field.data));
    case WireType::kInt4:
      return Cat(BigEndian<std::int32_t>(field.data));
    case WireType::kInt8:
      return Cat(BigEndian<std::int64_t>(field.data));
    case WireType::kOid:
      return Cat(BigEndian<std::uint32_t>(field.data));
    case WireType::kFloat4:
      return FloatText(Real<float>(field));
    case WireType::kFloat8:
      return FloatText(Real<double>(field));
    case WireType::kBytea:
      return ByteaText(field.text());
    case WireType::kUuid:
      return UuidText(field);
    case WireType::kDate:
      return TimeOf<Date>(field);
    case WireType::kTime:
      return TimeOf<TimeOfDay>(field);
    case WireType::kTimestamp:
      return TimeOf<LocalTimestamp>(field);
    case WireType::kTimestamptz:
      return TimeOf<Timestamp>(field);
    case WireType::kInterval:
      return TimeOf<Interval>(field);
    case WireType::kNumeric:
      return NumericText(field.text());
    case WireType::kJsonb:  // a version before the text
      return std::string(field.text().substr(1));
    case WireType::kArray:
      return ArrayOf(field);
    case WireType::kText:
    case WireType::kJson:
    case WireType::kUnknown:
      break;
  }
  return std::string(field.text());
}

}  // namespace godwit::internal
