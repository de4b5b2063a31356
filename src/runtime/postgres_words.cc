// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_words.h"

#include <algorithm>

#include "base/text.h"

namespace godwit::internal {

namespace {

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
}

}  // namespace

std::string_view Words::Next() {
  while (SkipComment()) {
  }
  std::size_t size = rest_.empty() ? 0 : 1;
  if (size == 0) return {};
  if (IsWordByte(rest_[0])) {
    while (size < rest_.size() &&
           (IsWordByte(rest_[size]) || rest_[size] == '$'))
      ++size;
  } else if (rest_[0] == '\'' || rest_[0] == '"') {
    size = Quoted(rest_[0]);
  } else if (rest_[0] == '$') {
    size = DollarQuoted();
  }
  last_ = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return last_;
}

bool Words::SkipComment() {
  rest_ = Trim(rest_);
  if (rest_.starts_with("--")) {
    rest_.remove_prefix(std::min(rest_.find_first_of("\r\n"), rest_.size()));
    return true;
  }
  if (!rest_.starts_with("/*")) return false;
  int depth = 0;
  std::size_t i = 0;
  do {
    const std::string_view two = rest_.substr(i, 2);
    depth += two == "/*" ? 1 : two == "*/" ? -1 : 0;
    i += two == "/*" || two == "*/" ? 2 : 1;
  } while (depth > 0 && i < rest_.size());
  rest_.remove_prefix(std::min(i, rest_.size()));
  return true;
}

// A doubled quote inside reads as two strings side by side, which is all the
// same.
std::size_t Words::Quoted(char quote) const {
  const bool escapes = quote == '\'' && EqualsIgnoringCase(last_, "e");
  std::size_t i = 1;
  while (i < rest_.size() && rest_[i] != quote)
    i += escapes && rest_[i] == '\\' ? 2 : 1;
  return std::min(i + 1, rest_.size());
}

std::size_t Words::DollarQuoted() const {
  const std::size_t end = rest_.find('$', 1);
  if (end == std::string_view::npos) return 1;
  const std::string_view tag = rest_.substr(0, end + 1);
  if (!std::all_of(tag.begin() + 1, tag.end() - 1, IsWordByte)) return 1;
  const std::size_t close = rest_.find(tag, tag.size());
  return close == std::string_view::npos ? rest_.size() : close + tag.size();
}

}  // namespace godwit::internal
