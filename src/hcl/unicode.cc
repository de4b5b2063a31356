// SPDX-License-Identifier: Apache-2.0
#include "hcl/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

namespace godwit::hcl {

namespace {

const utf8proc_uint8_t* Bytes(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

template <typename F>
std::string EachLetter(std::string_view text, F change) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint first = FirstCodePoint(text);
    if (first.bytes == 0) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    AppendUtf8(out, change(first.value));
    text.remove_prefix(first.bytes);
  }
  return out;
}

}  // namespace

CodePoint FirstCodePoint(std::string_view text) {
  CodePoint found;
  const utf8proc_ssize_t bytes = utf8proc_iterate(
      Bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &found.value);
  if (bytes > 0) found.bytes = static_cast<std::size_t>(bytes);
  return found;
}

void AppendUtf8(std::string& out, std::int32_t code_point) {
  utf8proc_uint8_t bytes[4];
  const utf8proc_ssize_t length = utf8proc_encode_char(code_point, bytes);
  out.append(reinterpret_cast<const char*>(bytes),
             static_cast<std::size_t>(length));
}

bool IsIdStart(std::int32_t code_point) {
  switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
      return true;
    default:
      // Other_ID_Start, less what is pattern syntax.
      return code_point == 0x1885 || code_point == 0x1886 ||
             code_point == 0x2118 || code_point == 0x212E ||
             code_point == 0x309B || code_point == 0x309C;
  }
}

bool IsIdContinue(std::int32_t code_point) {
  if (IsIdStart(code_point)) return true;
  switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC:
      return true;
    default:
      // Other_ID_Continue.
      return code_point == 0xB7 || code_point == 0x387 ||
             (code_point >= 0x1369 && code_point <= 0x1371) ||
             code_point == 0x19DA;
  }
}

bool IsPrintable(std::int32_t code_point) {
  if (code_point == ' ') return true;
  switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return false;
    default:
      return true;
  }
}

bool IsSpace(std::int32_t code_point) {
  if (code_point == ' ' || (code_point >= '\t' && code_point <= '\r') ||
      code_point == 0x85)
    return true;
  if (code_point < 0x80) return false;
  const utf8proc_category_t category = utf8proc_category(code_point);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

bool IsAscii(std::string_view text) {
  return std::ranges::none_of(
      text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::string Compose(std::string_view text) {
  if (IsAscii(text)) return std::string(text);
  utf8proc_uint8_t* composed = nullptr;
  const utf8proc_ssize_t length = utf8proc_map(
      Bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &composed,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (length < 0) return std::string(text);
  std::string out(reinterpret_cast<const char*>(composed),
                  static_cast<std::size_t>(length));
  std::free(composed);
  return out;
}

std::string Upper(std::string_view text) {
  // The sharp s has no single letter that everybody takes for its capital.
  return EachLetter(text, [](std::int32_t letter) {
    return letter == 0xDF ? letter : utf8proc_toupper(letter);
  });
}

std::string Lower(std::string_view text) {
  return EachLetter(text, utf8proc_tolower);
}

std::string Title(std::string_view text) {
  bool begins = true;
  return EachLetter(text, [&](std::int32_t letter) {
    const std::int32_t out = begins ? utf8proc_totitle(letter) : letter;
    begins = !IsIdContinue(letter) && letter != '\'';
    return out;
  });
}

std::vector<std::string_view> Graphemes(std::string_view text) {
  std::vector<std::string_view> found;
  std::size_t begin = 0;
  std::size_t at = 0;
  std::int32_t before = -1;
  utf8proc_int32_t state = 0;
  while (at < text.size()) {
    CodePoint next = FirstCodePoint(text.substr(at));
    if (next.bytes == 0) next = {0xFFFD, 1};
    if (before >= 0 &&
        utf8proc_grapheme_break_stateful(before, next.value, &state)) {
      found.push_back(text.substr(begin, at - begin));
      begin = at;
    }
    before = next.value;
    at += next.bytes;
  }
  if (begin < text.size()) found.push_back(text.substr(begin));
  return found;
}

}  // namespace godwit::hcl
