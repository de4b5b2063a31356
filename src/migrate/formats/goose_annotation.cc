// SPDX-License-Identifier: Apache-2.0
#include "migrate/formats/goose_annotation.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.h"

namespace godwit::migrate {

namespace {
constexpr std::string_view kMark = "+goose";

struct Row {
  std::string_view words;
  GooseAnnotation annotation;
};
constexpr Row kRows[] = {
    {"Up", GooseAnnotation::kUp},
    {"Down", GooseAnnotation::kDown},
    {"StatementBegin", GooseAnnotation::kStatementBegin},
    {"StatementEnd", GooseAnnotation::kStatementEnd},
    {"NO TRANSACTION", GooseAnnotation::kNoTransaction},
    {"ENVSUB ON", GooseAnnotation::kEnvSubOn},
    {"ENVSUB OFF", GooseAnnotation::kEnvSubOff},
};

const Row* FindRow(std::string_view words) {
  const auto* row = std::find_if(
      std::begin(kRows), std::end(kRows), [&](const Row& candidate) {
        return EqualsIgnoringCase(candidate.words, words);
      });
  return row == std::end(kRows) ? nullptr : row;
}

// goose takes every "--" and the first "+goose" out of the line; what is left
// are the annotation's words.
std::string WordsOf(std::string_view comment) {
  std::string words;
  for (std::size_t at = 0; at < comment.size();) {
    const std::size_t dashes = std::min(comment.find("--", at), comment.size());
    words += comment.substr(at, dashes - at);
    at = dashes + 2;
  }
  const std::size_t mark = words.find(kMark);
  if (mark != std::string::npos) words.erase(mark, kMark.size());
  return std::string(Trim(words));
}

// Whether "+goose" is the comment's first word: then it means to be an
// annotation.
bool BeginsWithMark(std::string_view comment) {
  const std::size_t first = comment.find_first_not_of("- \t");
  return first != std::string_view::npos &&
         comment.substr(first).starts_with(kMark);
}

// The known annotation that the words begin with: "Up" of "Up please".
const Row* FindPrefix(std::string_view words) {
  for (const Row& row : kRows) {
    const bool longer =
        words.size() > row.words.size() && words[row.words.size()] == ' ';
    if (longer &&
        EqualsIgnoringCase(words.substr(0, row.words.size()), row.words))
      return &row;
  }
  return nullptr;
}

GooseReading Unknown(std::string_view comment, std::string_view words) {
  constexpr std::string_view kAll =
      "the annotations are Up, Down, StatementBegin, StatementEnd, NO "
      "TRANSACTION, ENVSUB ON and "
      "ENVSUB OFF";
  GooseReading reading;
  reading.problem = Cat("'", comment, "' is no annotation of goose");
  reading.help = kAll;
  if (words.empty())
    reading.problem = Cat("'", comment, "' names no annotation");
  if (const Row* row = FindPrefix(words)) {
    reading.help =
        Cat("nothing may follow '-- +goose ", row->words, "' on its line");
    return reading;
  }
  std::array<std::string, std::size(kRows)> lower;
  std::array<std::string_view, std::size(kRows)> known;
  for (std::size_t i = 0; i < lower.size(); ++i)
    known[i] = lower[i] = AsciiLower(kRows[i].words);
  const std::string_view nearest = Nearest(AsciiLower(words), known);
  if (!nearest.empty())
    reading.help =
        Cat("did you mean '-- +goose ", FindRow(nearest)->words, "'?");
  return reading;
}
}  // namespace

GooseReading ReadGooseAnnotation(std::string_view line) {
  const std::string_view comment = Trim(line);
  if (!comment.starts_with("--") ||
      comment.find(kMark) == std::string_view::npos)
    return {};
  const std::string words = WordsOf(comment);
  const Row* row = FindRow(words);
  if (row == nullptr && !BeginsWithMark(comment)) return {};
  if (line.front() == ' ' || line.front() == '\t') {
    return {{},
            Cat("'", comment, "' is indented"),
            "an annotation begins in the first column"};
  }
  if (words.find(kMark) != std::string::npos) {
    return {{},
            Cat("two annotations on one line: '", comment, "'"),
            "give each its own line"};
  }
  if (row == nullptr) return Unknown(comment, words);
  return {row->annotation, {}, {}};
}

}  // namespace godwit::migrate
