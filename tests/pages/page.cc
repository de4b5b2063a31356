// SPDX-License-Identifier: Apache-2.0
#include "pages/page.h"

namespace godwit::test {

namespace {

using Kind = PagePart::Kind;

constexpr std::string_view kFile = "<!-- file ";
constexpr std::string_view kSql = "```sql ";
constexpr std::string_view kYaml = "```yaml ";

// A part that begins with this line; prose where none does.
PagePart Opened(std::string_view line) {
  if (line == "```console") return {Kind::kShown, "", ""};
  if (line == "<!-- run") return {Kind::kHidden, "", ""};
  if (line == "<!-- fresh -->") return {Kind::kFresh, "", ""};
  for (const std::string_view mark : {kFile, kSql, kYaml}) {
    if (line.starts_with(mark))
      return {Kind::kFile, std::string(line.substr(mark.size())), ""};
  }
  return {};
}

bool Closes(std::string_view line) {
  return line == "```" || line == "-->";
}

}  // namespace

// What stands between the parts, their marks included, is prose.
std::vector<PagePart> ParsePage(std::string_view text) {
  std::vector<PagePart> parts(1);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    const std::string_view whole =
        text.substr(0, end == text.npos ? end : end + 1);
    if (parts.back().kind == Kind::kProse) {
      parts.back().text += whole;
      PagePart opened = Opened(line);
      if (opened.kind != Kind::kProse) parts.push_back(std::move(opened));
      if (parts.back().kind == Kind::kFresh) parts.emplace_back();
    } else if (Closes(line)) {
      parts.push_back({Kind::kProse, "", std::string(whole)});
    } else {
      parts.back().text += whole;
    }
    text.remove_prefix(whole.size());
  }
  return parts;
}

std::string ShowPage(const std::vector<PagePart>& parts) {
  std::string text;
  for (const PagePart& part : parts) text += part.text;
  return text;
}

}  // namespace godwit::test
