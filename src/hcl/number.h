// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace godwit::hcl {

// A number: whole ones as they are, others as binary floating point with 512
// bits. A literal keeps its own digits.
class Number {
 public:
  Number(std::int64_t whole = 0) : whole_(whole) {}  // NOLINT: as in C++
  // Digits with an optional fraction and exponent; nothing where it is no such
  // text. Throws NumberError for what is larger or smaller than any use.
  static std::optional<Number> Parse(std::string_view text);
  // Digits of another base, 2 to 62, with an optional sign.
  static std::optional<Number> ParseInteger(std::string_view text, int base);

  // All digits, no exponent: the shortest that mean the same number.
  std::string ToText() const;
  // Where it is whole and fits.
  std::optional<std::int64_t> ToInt64() const;
  double ToDouble() const;
  bool IsWhole() const;
  int Sign() const;

  Number operator-() const;
  Number operator+(const Number& other) const;
  Number operator-(const Number& other) const;
  Number operator*(const Number& other) const;
  // By zero it is infinite; throws NumberError for zero by zero.
  Number operator/(const Number& other) const;
  // With the sign of the dividend.
  Number operator%(const Number& other) const;
  Number Floor() const;
  Number Ceil() const;
  Number Power(const Number& exponent) const;
  Number Logarithm(const Number& base) const;

  // Below zero, zero, or above.
  int Compare(const Number& other) const;
  bool operator==(const Number& other) const { return Compare(other) == 0; }

 private:
  struct Big;
  friend struct NumberAccess;
  explicit Number(std::shared_ptr<const Big> big) : big_(std::move(big)) {}

  std::int64_t whole_ = 0;
  std::shared_ptr<const Big> big_;  // where it is not whole or does not fit
};

// What cannot be computed.
struct NumberError {
  std::string message;
};

}  // namespace godwit::hcl
