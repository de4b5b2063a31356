// SPDX-License-Identifier: Apache-2.0
#include "migrate/formats/detect.h"

#include "migrate/formats/flyway.h"
#include "migrate/formats/kinds.h"
#include "sql/document.h"

namespace godwit::migrate {

namespace {
// Whether the mark stands in a line with nothing but dashes and blanks before
// it.
bool HasAnnotation(std::string_view bytes, std::string_view mark) {
  std::size_t at = bytes.find(mark);
  while (at != std::string_view::npos) {
    const std::string_view before = sql::LineBefore(bytes, at);
    const bool comment = before.find("--") != std::string_view::npos;
    if (comment && before.find_first_not_of("- \t") == std::string_view::npos)
      return true;
    // Only the first mark of a line can be one.
    at = bytes.find('\n', at);
    if (at != std::string_view::npos) at = bytes.find(mark, at);
  }
  return false;
}
}  // namespace

std::optional<FormatKind> DetectFormat(std::string_view file_name,
                                       std::string_view bytes) {
  if (HasAnnotation(bytes, "+goose")) return FormatKind::kGoose;
  if (HasAnnotation(bytes, "migrate:up") ||
      HasAnnotation(bytes, "migrate:down"))
    return FormatKind::kDbmate;
  if (LooksLikeFlyway(file_name)) return FormatKind::kFlyway;
  if (std::holds_alternative<FileName>(ReadPairsName(file_name)))
    return FormatKind::kPairs;
  return std::nullopt;
}

}  // namespace godwit::migrate
