// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace godwit::hcl {

// One code point and how many bytes it takes; 0 bytes where it is no UTF-8.
struct CodePoint {
  std::int32_t value = -1;
  std::size_t bytes = 0;
};

CodePoint FirstCodePoint(std::string_view text);
void AppendUtf8(std::string& out, std::int32_t code_point);

bool IsIdStart(std::int32_t code_point);
bool IsIdContinue(std::int32_t code_point);
bool IsPrintable(std::int32_t code_point);
bool IsSpace(std::int32_t code_point);

bool IsAscii(std::string_view text);
// Canonically composed (NFC); text that is no UTF-8 stays as it is.
std::string Compose(std::string_view text);
// Letter by letter: what has no single letter of that case stays.
std::string Upper(std::string_view text);
std::string Lower(std::string_view text);
// The first letter of every word in upper case.
std::string Title(std::string_view text);
// What a reader takes for characters.
std::vector<std::string_view> Graphemes(std::string_view text);

}  // namespace godwit::hcl
