// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace godwit::sql {

// What a byte can begin. Bytes above 127 are parts of words in both dialects.
enum class CharClass : std::uint8_t {
  kBlank,
  kWord,
  kDigit,
  kDollar,
  kQuote,
  kDoubleQuote,
  kBacktick,
  kBracket,
  kDash,
  kSlash,
  kDot,
  kSymbol,
};

constexpr std::array<CharClass, 256> MakeCharClasses() {
  std::array<CharClass, 256> table{};
  for (auto& entry : table) entry = CharClass::kSymbol;
  for (const char c : {' ', '\t', '\n', '\r', '\f', '\v'})
    table[static_cast<unsigned char>(c)] = CharClass::kBlank;
  for (int c = 'a'; c <= 'z'; ++c)
    table[static_cast<std::size_t>(c)] = CharClass::kWord;
  for (int c = 'A'; c <= 'Z'; ++c)
    table[static_cast<std::size_t>(c)] = CharClass::kWord;
  for (std::size_t c = 128; c < 256; ++c) table[c] = CharClass::kWord;
  for (int c = '0'; c <= '9'; ++c)
    table[static_cast<std::size_t>(c)] = CharClass::kDigit;
  table['_'] = CharClass::kWord;
  table['$'] = CharClass::kDollar;
  table['\''] = CharClass::kQuote;
  table['"'] = CharClass::kDoubleQuote;
  table['`'] = CharClass::kBacktick;
  table['['] = CharClass::kBracket;
  table['-'] = CharClass::kDash;
  table['/'] = CharClass::kSlash;
  table['.'] = CharClass::kDot;
  return table;
}

inline constexpr std::array<CharClass, 256> kCharClasses = MakeCharClasses();

inline CharClass ClassOf(char c) {
  return kCharClasses[static_cast<unsigned char>(c)];
}

// Letters, digits, `_`, `$` and everything above 127 go on with a word.
inline bool ContinuesWord(char c) {
  const CharClass kind = ClassOf(c);
  return kind == CharClass::kWord || kind == CharClass::kDigit ||
         kind == CharClass::kDollar;
}

}  // namespace godwit::sql
