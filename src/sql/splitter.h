// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/lexicon.h"

namespace godwit::sql {

// One statement of a text, as a view of it: nothing is copied.
struct StatementView {
  std::string_view text;       // from its first token to its semicolon, that included
  std::size_t offset = 0;      // of text in the whole, in bytes
  int line = 0;                // of its first token, from 1
  int end_line = 0;            // of its last
  bool terminated = true;      // by a semicolon (or COPY data's end)
  std::uint32_t traits = 0;    // Trait
  std::string_view copy_data;  // COPY … FROM stdin: the lines after it, without `\.`
};

}  // namespace godwit::sql
