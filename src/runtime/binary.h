// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "godwit/field.h"

// PostgreSQL's binary forms of values, as its types' send and receive functions
// have them, and the text forms of the same values.
namespace godwit::internal {

// Days and microseconds from 1970 to 2000, where PostgreSQL begins to count.
inline constexpr std::int32_t kDaysTo2000 = 10'957;
inline constexpr std::int64_t kMicrosTo2000 = 946'684'800'000'000;

template <std::integral T>
void AppendBig(std::string& out, T number) {
  const auto bits = static_cast<std::make_unsigned_t<T>>(number);
  char bytes[sizeof(T)];
  for (std::size_t i = 0; i < sizeof(T); ++i)
    bytes[i] = static_cast<char>(bits >> (8 * (sizeof(T) - 1 - i)));
  out.append(bytes, sizeof bytes);
}

// A moment or its like, in PostgreSQL's microseconds and ours. The extremes
// stand for infinity on both sides.
std::int64_t FromMicros2000(std::int64_t micros);
// False where PostgreSQL has no such time.
bool ToMicros2000(std::int64_t micros, std::int64_t& out);

// numeric. False where the text is more than a numeric can hold.
bool AppendNumeric(std::string& out, std::string_view text);
std::string NumericText(std::string_view data);

// The shortest text that is this number again, as the server writes it.
std::string FloatText(float number);
std::string FloatText(double number);
// \x and two digits a byte.
std::string ByteaText(std::string_view bytes);

// A field of the kind kBinary or kPart as the server would write it, times with
// their zone in UTC.
std::string BinaryText(const Field& field);

}  // namespace godwit::internal
