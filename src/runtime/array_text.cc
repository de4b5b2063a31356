// SPDX-License-Identifier: Apache-2.0
#include "runtime/array_text.h"

#include <algorithm>

#include "base/text.h"
#include "godwit/error.h"

namespace godwit::internal {

namespace {

bool NeedsQuotes(std::string_view text) {
  return text.empty() || EqualsIgnoringCase(text, "NULL") ||
         text.find_first_of("\"\\{}, \t\n\v\f\r") != text.npos;
}

std::string Element(const std::optional<std::string>& element) {
  if (!element) return "NULL";
  if (!NeedsQuotes(*element)) return *element;
  std::string text = "\"";
  for (const char c : *element) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

// The element that begins at `at`, up to its comma or brace.
std::optional<std::string> TakeElement(std::string_view text, std::size_t& at) {
  std::string element;
  const bool quoted = text[at] == '"';
  if (quoted) {
    for (++at; at < text.size() && text[at] != '"'; ++at) {
      if (text[at] == '\\' && at + 1 < text.size()) ++at;
      element += text[at];
    }
    ++at;
    return element;
  }
  int depth = 0;
  bool inside = false;  // of quotes, of an inner array
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (inside && c == '\\' && at + 1 < text.size()) {
      element += c;
      element += text[++at];
      continue;
    }
    if (c == '"') inside = !inside;
    if (!inside && depth == 0 && (c == ',' || c == '}')) break;
    if (!inside && c == '{') ++depth;
    if (!inside && c == '}') --depth;
    element += c;
  }
  if (element == "NULL") return std::nullopt;
  return element;
}

}  // namespace

std::string ArrayText(std::span<const std::optional<std::string>> elements) {
  std::string text = "{";
  for (const std::optional<std::string>& element : elements)
    text += Cat(text.size() > 1 ? "," : "", Element(element));
  return text + '}';
}

std::string JoinArrays(std::span<const std::optional<std::string>> arrays) {
  std::string text = "{";
  for (const std::optional<std::string>& array : arrays)
    text += Cat(text.size() > 1 ? "," : "", array.value_or("NULL"));
  return text + '}';
}

ArrayTexts ReadArray(std::string_view whole) {
  std::string_view text = whole;
  // [2:3]={…}: other bounds than usual.
  if (text.starts_with('['))
    text = text.substr(std::min(text.find('{'), text.size()));
  if (!text.starts_with('{'))
    throw Error(ErrorCode::kInternal, Cat("\"", whole, "\" is not an array"));
  ArrayTexts elements;
  for (std::size_t at = 1; at < text.size() && text[at] != '}';) {
    elements.push_back(TakeElement(text, at));
    if (at < text.size() && text[at] == ',') ++at;
  }
  return elements;
}

}  // namespace godwit::internal
