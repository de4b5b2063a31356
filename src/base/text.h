// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace godwit {

namespace internal {
inline void Append(std::string& out, std::string_view piece) {
  out += piece;
}
inline void Append(std::string& out, char piece) {
  out += piece;
}
template <std::integral T>
requires(!std::same_as<T, char> &&
         !std::same_as<T, bool>) void Append(std::string& out, T number) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}
}  // namespace internal

// The pieces one after the other: texts, characters, integers.
template <typename... T>
std::string Cat(const T&... pieces) {
  std::string out;
  (internal::Append(out, pieces), ...);
  return out;
}

std::string Join(std::span<const std::string> pieces,
                 std::string_view separator);
// Without blanks, tabs and line ends at both ends.
std::string_view Trim(std::string_view text);
std::string AsciiLower(std::string_view text);
bool EqualsIgnoringCase(std::string_view a, std::string_view b);
// Decimal digits with an optional sign, all of it, within int64; else nothing.
std::optional<std::int64_t> ParseInt64(std::string_view text);
// The value of a hexadecimal digit in any letter case; -1 for what is none.
int HexDigit(char c);
// Whether the word is one of `words`, which stand between blanks: " a b ".
bool HoldsWord(std::string_view words, std::string_view word);
// How many of UTF-8's code points the text holds; a byte that is none counts
// one.
std::size_t CodePoints(std::string_view text);
// The byte offset of the code point with this index (from 0), or text.size().
std::size_t ByteOffset(std::string_view text, std::size_t code_point);
// What steers a terminal is shown and not sent: ESC is \x1b. Characters of
// `kept` stay as they are.
std::string Printable(std::string_view text, std::string_view kept = {});
// Of `known`, the one that most resembles the text (edit distance, at most two
// or a third of its length); empty where none does.
std::string_view Nearest(std::string_view text,
                         std::span<const std::string_view> known);

}  // namespace godwit
