// SPDX-License-Identifier: Apache-2.0
#include "migrate/formats/goose_shown.h"

#include <algorithm>

namespace godwit::migrate {

namespace {
constexpr std::size_t kNowhere = std::string_view::npos;

// Without white space (Unicode's) at its end.
std::string_view TrimEnd(std::string_view text) {
  while (!text.empty()) {
    std::size_t length = 0;
    for (const std::size_t candidate : {1, 2, 3}) {
      if (candidate <= text.size() &&
          sql::BlankLength(text, text.size() - candidate) == candidate)
        length = candidate;
    }
    if (length == 0) break;
    text.remove_suffix(length);
  }
  return text;
}

// Each line's end is LF alone.
std::string WithoutReturns(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find("\r\n", at), text.size());
    out += text.substr(at, end - at);
    at = end + 1;
  }
  return out;
}

// Blanks and lines that are only a `--` comment before a block's text go.
std::size_t SkipLeading(std::string_view text, std::size_t from,
                        std::size_t to) {
  while (from < to) {
    const std::size_t blank = sql::BlankLength(text, from);
    if (blank == 0 && !text.substr(from, to - from).starts_with("--")) break;
    from = blank > 0 ? from + blank : text.find('\n', from);
  }
  return std::min(from, to);
}
}  // namespace

void GooseShown::Add(Section& section, const sql::StatementView& statement,
                     std::size_t lead) {
  const bool empty = (statement.traits & sql::kEmpty) != 0;
  const bool same_line =
      !line_.empty() &&
      text_.substr(line_.back().to, statement.end() - line_.back().to)
              .find('\n') == kNowhere;
  if (!line_.empty() && !same_line) Flush(section);
  const std::size_t count = empty ? 0 : 1;
  if (!empty || lead != statement.offset) {
    line_.push_back({lead, statement.end(), statement.line,
                     section.statements.size() - count, count});
  }
  if (line_.empty()) return;
  const std::size_t comment_end = TrailingCommentEnd(statement.end());
  if (comment_end == statement.end()) return;
  Part whole = line_.front();
  whole.to = comment_end;
  whole.count = section.statements.size() - whole.first;
  line_.clear();
  Show(section, whole, false);
}

void GooseShown::Flush(Section& section) {
  for (const Part& part : line_) Show(section, part, false);
  line_.clear();
}

void GooseShown::AddBlock(Section& section, std::size_t from, std::size_t to,
                          std::size_t first, int line) {
  from = SkipLeading(text_, from, to);
  if (from < to)
    Show(section, {from, to, line, first, section.statements.size() - first},
         true);
}

// The end of a `--` comment behind the offset on its line, else the offset.
std::size_t GooseShown::TrailingCommentEnd(std::size_t offset) const {
  std::size_t at = offset;
  while (at < text_.size() && text_[at] != '\n') {
    const std::size_t blank = sql::BlankLength(text_, at);
    if (blank == 0) break;
    at += blank;
  }
  if (at == offset || !text_.substr(at).starts_with("--")) return offset;
  return std::min(text_.find('\n', at), text_.size());
}

void GooseShown::Show(Section& section, const Part& part, bool block) {
  section.shown.push_back(
      {Text(part.from, part.to), part.line, part.first, part.count, block});
}

// A view of the file, unless lines or carriage returns must go.
std::string_view GooseShown::Text(std::size_t from, std::size_t to) {
  const std::string_view whole = TrimEnd(text_.substr(from, to - from));
  to = from + whole.size();
  auto removed = std::lower_bound(removed_.begin(), removed_.end(),
                                  std::pair(from, std::size_t{0}));
  const bool holds_removed = removed != removed_.end() && removed->first < to;
  const bool holds_returns =
      has_carriage_returns_ && whole.find("\r\n") != kNowhere;
  if (!holds_removed && !holds_returns) return whole;
  std::string& text = owned_.emplace_back();
  for (; removed != removed_.end() && removed->first < to; ++removed) {
    text += text_.substr(from, removed->first - from);
    from = std::min(removed->second, to);
  }
  text += text_.substr(from, to - from);
  text = WithoutReturns(text);
  text.resize(TrimEnd(text).size());
  return text;
}

}  // namespace godwit::migrate
