// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migrate/migration.h"
#include "sql/splitter.h"

namespace godwit::migrate {

// Makes the texts that `parse` shows of a goose file, cut as goose cuts them
// where goose is right: with the comment behind the semicolon on its line, and
// then with all statements that end on that line as one text.
class GooseShown {
 public:
  GooseShown(std::string_view text, std::list<std::string>& owned)
      : text_(text),
        owned_(owned),
        has_carriage_returns_(text.find('\r') != std::string_view::npos) {}

  // A statement outside of blocks, already added to the section unless it holds
  // no token but the semicolon. `lead` is Splitter::lead_offset.
  void Add(Section& section, const sql::StatementView& statement,
           std::size_t lead);
  // Shows what waits for another statement on its line.
  void Flush(Section& section);
  // The text from one offset to another as a block of the section's statements
  // from `first` on; nothing where the text is only comments and blanks.
  void AddBlock(Section& section, std::size_t from, std::size_t to,
                std::size_t first, int line);
  // An annotation's line, which no shown text holds.
  void Remove(std::size_t from, std::size_t to) {
    removed_.emplace_back(from, to);
  }

 private:
  struct Part {
    std::size_t from;
    std::size_t to;
    int line;
    std::size_t first;
    std::size_t count;
  };
  std::size_t TrailingCommentEnd(std::size_t offset) const;
  void Show(Section& section, const Part& part, bool block);
  std::string_view Text(std::size_t from, std::size_t to);

  std::string_view text_;
  std::list<std::string>& owned_;
  bool has_carriage_returns_;
  std::vector<Part> line_;  // statements that end on one line
  std::vector<std::pair<std::size_t, std::size_t>> removed_;  // ascending
};

}  // namespace godwit::migrate
