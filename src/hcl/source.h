// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/error.h"

namespace godwit::hcl {

// Bytes of a file, from `begin` up to and without `end`.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool operator==(const Span&) const = default;
};

// From the beginning of the one to the end of the other.
inline Span Join(Span first, Span last) {
  return {first.begin, last.end};
}

// Lines and columns count from 1, columns in code points.
struct Position {
  int line = 1;
  int column = 1;
  std::uint32_t byte = 0;

  bool operator==(const Position&) const = default;
};

// A file: its text, and where its lines begin.
class Source {
 public:
  Source(std::string name, std::string text);

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }
  std::string_view Text(Span span) const {
    return text().substr(span.begin, span.end - span.begin);
  }
  Position At(std::uint32_t byte) const;
  // For an error: the span's beginning and the line that it is on.
  Place PlaceOf(Span span) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<std::uint32_t> lines_;
};

// What is wrong with a document, and where.
struct Diagnostic {
  std::string message;  // lower case, no full stop, says what was expected
  Span span;
  std::string help;
};

}  // namespace godwit::hcl
