// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "sql/lexer.h"
#include "sql/lexicon.h"

namespace godwit::sql {

// What the splitter knows of a statement when it asks for its traits.
struct HeadView {
  std::span<const Token> tokens;  // the first 24 significant ones (no comments)
  std::string_view statement;     // all of its text
  std::uint32_t watched =
      0;  // bit i: Lexicon::watched_words[i] occurs as a name

  // Whether the token with this index is this word (lower case), ignoring case.
  bool Is(std::size_t index, std::string_view word) const;
  bool IsSymbol(std::size_t index, char c) const;
  // Whether the tokens from the index on are these words.
  bool Starts(std::initializer_list<std::string_view> words,
              std::size_t index = 0) const;
  // The index of the first such word from the index on, or tokens.size().
  std::size_t Find(std::string_view word, std::size_t index = 0) const;
  bool Has(std::string_view word, std::size_t index = 0) const {
    return Find(word, index) < tokens.size();
  }
};

// Traits that both dialects read in the same way: transaction control,
// savepoints and DROP TABLE.
std::uint32_t CommonTraits(const HeadView& head);
// Whether the head is one of the closed list that leaves no trace in a session:
// CREATE, ALTER, DROP of tables, indexes and types, COMMENT, GRANT, REVOKE,
// INSERT, UPDATE, DELETE. Temporary tables are a trace.
bool IsHarmlessHead(const HeadView& head);

}  // namespace godwit::sql
