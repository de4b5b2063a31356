// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_copy_text.h"

#include "base/text.h"
#include "runtime/postgres_words.h"

namespace godwit::internal {

namespace {

bool Is(std::string_view word, std::string_view a, std::string_view b) {
  return EqualsIgnoringCase(word, a) || EqualsIgnoringCase(word, b);
}

}  // namespace

bool CopiesWithClient(std::string_view sql) {
  Words words(sql);
  if (!EqualsIgnoringCase(words.Next(), "COPY")) return false;
  int depth = 0;
  bool after = false;  // FROM or TO
  for (std::string_view word = words.Next(); !word.empty();
       word = words.Next()) {
    if (after) return Is(word, "stdin", "stdout");
    depth += word == "(" ? 1 : word == ")" ? -1 : 0;
    after = depth == 0 && Is(word, "from", "to");
  }
  return false;
}

}  // namespace godwit::internal
