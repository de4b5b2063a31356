// SPDX-License-Identifier: Apache-2.0
#include "godwit/value.h"

#include <charconv>
#include <cmath>

#include "base/text.h"
#include "godwit/error.h"

namespace godwit::internal {

namespace {

std::string_view TypeName(const Value& value) {
  constexpr std::string_view kNames[] = {"NULL",     "a bool", "an integer",
                                         "a double", "text",   "a blob"};
  return kNames[value.variant().index()];
}

// Numbers and words are shown, they help; a long text is cut.
std::string Describe(const Value& value) {
  const std::string* text = std::get_if<std::string>(&value.variant());
  if (text == nullptr) return std::string(TypeName(value));
  if (text->size() > 40)
    return Cat("the text \"", text->substr(0, ByteOffset(*text, 40)), "…\"");
  return Cat("the text \"", *text, '"');
}

[[noreturn]] void DoesNotFit(const Value& value, std::string_view wanted) {
  throw Error(
      ErrorCode::kInternal, Cat(Describe(value), " is not ", wanted),
      value.is_null() ? "read a column that may be NULL as std::optional" : "");
}

template <typename Number>
std::optional<Number> ParseAll(std::string_view text) {
  Number number{};
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return number;
}

std::optional<std::int64_t> Exact(double number) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (!(number >= -kTwoTo63 && number < kTwoTo63) ||
      std::trunc(number) != number) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(number);
}

std::optional<std::int64_t> AsInt64(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value.variant()))
    return *number;
  if (const auto* number = std::get_if<double>(&value.variant()))
    return Exact(*number);
  if (const auto* text = std::get_if<std::string>(&value.variant()))
    return ParseInt64(*text);
  return std::nullopt;
}

// PostgreSQL writes bytea as \x and two digits a byte.
std::optional<Bytes> ParseBytea(std::string_view text) {
  if (!text.starts_with("\\x") || text.size() % 2 != 0) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() / 2 - 1);
  for (std::size_t i = 2; i < text.size(); i += 2) {
    const int high = HexDigit(text[i]);
    const int low = HexDigit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<std::byte>(high * 16 + low));
  }
  return bytes;
}

}  // namespace

bool ToBool(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value.variant())) return *truth;
  if (const auto* number = std::get_if<std::int64_t>(&value.variant())) {
    if (*number == 0 || *number == 1) return *number == 1;
  }
  if (const auto* text = std::get_if<std::string>(&value.variant())) {
    if (*text == "t" || *text == "true" || *text == "1") return true;
    if (*text == "f" || *text == "false" || *text == "0") return false;
  }
  DoesNotFit(value, "a bool");
}

std::int64_t ToInt64(const Value& value, std::int64_t min, std::int64_t max) {
  const std::optional<std::int64_t> number = AsInt64(value);
  if (!number) DoesNotFit(value, "an integer");
  if (*number < min || *number > max) {
    throw Error(
        ErrorCode::kInternal,
        Cat("the integer ", *number, " is not within ", min, " and ", max));
  }
  return *number;
}

double ToDouble(const Value& value) {
  if (const auto* number = std::get_if<double>(&value.variant()))
    return *number;
  if (const auto* text = std::get_if<std::string>(&value.variant())) {
    if (const auto number = ParseAll<double>(*text)) return *number;
  }
  if (const auto* number = std::get_if<std::int64_t>(&value.variant())) {
    const double rounded = static_cast<double>(*number);
    if (Exact(rounded) == *number) return rounded;
  }
  DoesNotFit(value, "a double");
}

std::string ToText(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value.variant()))
    return *text;
  if (const auto* number = std::get_if<std::int64_t>(&value.variant()))
    return Cat(*number);
  if (const auto* number = std::get_if<double>(&value.variant())) {
    char digits[32];
    return {digits, std::to_chars(digits, digits + sizeof digits, *number).ptr};
  }
  DoesNotFit(value, "text");
}

Bytes ToBytes(const Value& value) {
  if (const auto* bytes = std::get_if<Bytes>(&value.variant())) return *bytes;
  if (const auto* text = std::get_if<std::string>(&value.variant())) {
    if (std::optional<Bytes> bytes = ParseBytea(*text))
      return *std::move(bytes);
  }
  DoesNotFit(value, "bytes");
}

}  // namespace godwit::internal
