// SPDX-License-Identifier: Apache-2.0
#include "hcl/source.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace godwit::hcl {

Source::Source(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {
  lines_.push_back(0);
  const char* const begin = text_.data();
  const char* const end = begin + text_.size();
  for (const char* at = begin; at < end;) {
    const void* const found =
        std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    if (!found) break;
    at = static_cast<const char*>(found) + 1;
    lines_.push_back(static_cast<std::uint32_t>(at - begin));
  }
}

Position Source::At(std::uint32_t byte) const {
  const auto after = std::ranges::upper_bound(lines_, byte);
  const std::uint32_t begin = *(after - 1);
  const std::string_view before =
      text().substr(begin, std::min<std::size_t>(byte, text_.size()) - begin);
  return {static_cast<int>(after - lines_.begin()),
          static_cast<int>(CodePoints(before)) + 1, byte};
}

Place Source::PlaceOf(Span span) const {
  const Position position = At(span.begin);
  const std::uint32_t begin =
      lines_[static_cast<std::size_t>(position.line) - 1];
  std::string_view line = text().substr(begin);
  line = line.substr(0, line.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return {name_, position.line, position.column, std::string(line)};
}

}  // namespace godwit::hcl
