// SPDX-License-Identifier: Apache-2.0
#include "sql/document.h"

#include <algorithm>

#include "base/text.h"

namespace godwit::sql {

namespace {
constexpr std::size_t kNowhere = std::string_view::npos;

std::string_view LineAround(std::string_view text, std::size_t offset) {
  const std::size_t before =
      offset == 0 ? kNowhere : text.rfind('\n', offset - 1);
  const std::size_t start = before == kNowhere ? 0 : before + 1;
  std::string_view line = text.substr(start, text.find('\n', offset) - start);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// The line with this number, from 1.
std::string_view NumberedLine(std::string_view text, int number) {
  std::size_t start = 0;
  for (int line = 1; line < number; ++line) {
    const std::size_t end = text.find('\n', start);
    if (end == kNowhere) break;
    start = end + 1;
  }
  return LineAround(text, start);
}

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
}  // namespace

std::string_view LineBefore(std::string_view text, std::size_t offset) {
  const std::size_t before =
      offset == 0 ? kNowhere : text.rfind('\n', offset - 1);
  std::size_t start = before == kNowhere ? 0 : before + 1;
  if (start == 0 && text.starts_with(kByteOrderMark))
    start = std::min(offset, kByteOrderMark.size());
  return text.substr(start, offset - start);
}

int DocumentView::FileLine(std::size_t offset, int text_line) const {
  if (shifts == nullptr) return text_line;
  const auto after = std::upper_bound(
      shifts->begin(), shifts->end(), offset,
      [](std::size_t at, const Shift& shift) { return at < shift.offset; });
  return after == shifts->begin() ? text_line
                                  : text_line + std::prev(after)->lines;
}

Place DocumentView::PlaceOf(std::size_t offset) const {
  offset = std::min(offset, text.size());
  const auto breaks = std::count(
      text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
  Place place;
  place.file = file;
  place.line = FileLine(offset, static_cast<int>(breaks) + 1);
  const std::string_view line = LineAround(text, offset);
  place.column = static_cast<int>(CodePoints(LineBefore(text, offset))) + 1;
  std::string_view shown =
      shifts == nullptr ? line : NumberedLine(original, place.line);
  if (shown.starts_with(kByteOrderMark))
    shown.remove_prefix(kByteOrderMark.size());
  place.excerpt = shown;
  return place;
}

void ThrowParseError(const DocumentView& document, std::size_t offset,
                     std::string message, std::string help) {
  ErrorInfo info;
  info.code = ErrorCode::kParseError;
  info.message = std::move(message);
  info.where = document.PlaceOf(offset);
  info.help = std::move(help);
  throw Error(std::move(info));
}

}  // namespace godwit::sql
