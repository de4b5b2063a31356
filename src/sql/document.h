// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/error.h"

namespace godwit::sql {

// A text with the file it came from. Where lines were taken out or put in (by
// substitution), `shifts` leads back to the file's own lines.
struct DocumentView {
  // From this offset on, the file's line is the text's line plus `lines`.
  struct Shift {
    std::size_t offset = 0;
    int lines = 0;
  };

  std::string_view text;
  std::string_view file;                       // its path, for messages
  std::string_view original = text;            // the file's bytes
  const std::vector<Shift>* shifts = nullptr;  // ascending

  // The file's line for an offset whose line in `text` is already known.
  int FileLine(std::size_t offset, int text_line) const;
  // Line, column and excerpt of an offset.
  Place PlaceOf(std::size_t offset) const;
};

// What stands before the offset on its line; a byte order mark does not.
std::string_view LineBefore(std::string_view text, std::size_t offset);

// Throws Error(kParseError) at this offset.
[[noreturn]] void ThrowParseError(const DocumentView& document,
                                  std::size_t offset, std::string message,
                                  std::string help = {});

}  // namespace godwit::sql
