// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// What databases have and C++ has not.
namespace godwit {

// A decimal number as the database wrote it, exact: "12.50", "-3", "NaN".
class Decimal {
 public:
  Decimal() = default;
  // Throws Error(kUsage) where the text is no number.
  explicit Decimal(std::string_view text);
  Decimal(std::int64_t number);

  const std::string& ToString() const { return text_; }
  // The nearest double.
  double ToDouble() const;
  // By value: 1.50 equals 1.5.
  bool operator==(const Decimal& other) const;

 private:
  std::string text_ = "0";
};

// RFC 9562.
struct Uuid {
  std::array<std::byte, 16> bytes{};

  // 8-4-4-4-12 hexadecimal digits, in any letter case. Throws Error(kUsage).
  static Uuid Parse(std::string_view text);
  std::string ToString() const;
  auto operator<=>(const Uuid&) const = default;
};

// A JSON document as text. The database has seen to it that it is one.
struct Json {
  std::string text;
  bool operator==(const Json&) const = default;
};

}  // namespace godwit
