// SPDX-License-Identifier: Apache-2.0
#include "godwit/types.h"

#include <charconv>

#include "base/text.h"
#include "godwit/error.h"

namespace godwit {

namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// -12.5e3, NaN, Infinity: what PostgreSQL's numeric can be.
bool IsNumber(std::string_view text) {
  if (text == "NaN") return true;
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text == "Infinity") return true;
  std::size_t digits = 0;
  bool point = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (IsDigit(text[i])) {
      ++digits;
    } else if (text[i] == '.' && !point) {
      point = true;
    } else if ((text[i] == 'e' || text[i] == 'E') && digits > 0) {
      return ParseInt64(text.substr(i + 1)).has_value();
    } else {
      return false;
    }
  }
  return digits > 0;
}

// Without noughts that say nothing: "0012.50" is "12.5", "-0.0" is "0".
std::string Canonical(std::string_view text) {
  if (text.find_first_of("eEN") != text.npos) return std::string(text);
  const bool minus = text.starts_with('-');
  if (minus) text.remove_prefix(1);
  std::string_view whole = text.substr(0, text.find('.'));
  std::string_view part =
      whole.size() < text.size() ? text.substr(whole.size() + 1) : "";
  while (whole.size() > 1 && whole.front() == '0') whole.remove_prefix(1);
  while (!part.empty() && part.back() == '0') part.remove_suffix(1);
  if (whole.empty()) whole = "0";
  const bool nought = whole == "0" && part.empty();
  return Cat(minus && !nought ? "-" : "", whole, part.empty() ? "" : ".", part);
}

}  // namespace

Decimal::Decimal(std::string_view text) : text_(text) {
  if (!IsNumber(text))
    throw Error(ErrorCode::kUsage, Cat("'", text, "' is no decimal number"));
}

Decimal::Decimal(std::int64_t number) : text_(Cat(number)) {}

double Decimal::ToDouble() const {
  double number = 0;
  std::from_chars(text_.data(), text_.data() + text_.size(), number);
  return number;
}

bool Decimal::operator==(const Decimal& other) const {
  return Canonical(text_) == Canonical(other.text_);
}

Uuid Uuid::Parse(std::string_view text) {
  Uuid uuid;
  std::size_t digit = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const int value = dash ? -1 : HexDigit(text[i]);
    if (text.size() != 36 || (dash ? text[i] != '-' : value < 0)) {
      digit = 0;
      break;
    }
    if (dash) continue;
    std::byte& byte = uuid.bytes[digit / 2];
    byte = static_cast<std::byte>(static_cast<int>(byte) * 16 + value);
    ++digit;
  }
  if (digit != 32)
    throw Error(ErrorCode::kUsage, Cat("'", text, "' is no UUID"));
  return uuid;
}

std::string Uuid::ToString() const {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kDigits[static_cast<int>(bytes[i]) >> 4];
    text += kDigits[static_cast<int>(bytes[i]) & 15];
  }
  return text;
}

}  // namespace godwit
