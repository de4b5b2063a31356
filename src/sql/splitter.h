// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/body.h"
#include "sql/document.h"
#include "sql/lexer.h"
#include "sql/lexicon.h"

namespace godwit::sql {

// One statement of a text, as a view of it: nothing is copied.
struct StatementView {
  std::string_view
      text;  // from its first token to its semicolon, that included
  std::size_t offset = 0;    // of text in the whole, in bytes
  int line = 0;              // of its first token, from 1
  int end_line = 0;          // of its last
  bool terminated = true;    // by a semicolon (or COPY data's end)
  std::uint32_t traits = 0;  // Trait
  std::string_view
      copy_data;  // COPY … FROM stdin: the lines after it, without `\.`

  std::size_t end() const { return offset + text.size(); }
};

// Cuts a text into statements, one event at a time. Linear, and no byte is
// copied. Throws Error(kParseError) with the place: NUL bytes, psql's commands,
// and what is opened and never closed.
class Splitter {
 public:
  enum class Event {
    kStatement,  // statement(); also one of a semicolon alone (kEmpty)
    kComment,    // comment(): a line comment, alone on its line, that holds the
                 // mark
    kEnd,
  };

  // The document and the lexicon must outlive the splitter. `mark` is what an
  // annotation holds ("+goose"); without one no comment is told of.
  Splitter(const DocumentView& document, const Lexicon& lexicon,
           std::string_view mark = {});

  Event Next();
  const StatementView& statement() const { return statement_; }
  const Token& comment() const { return comment_; }
  // Whether a statement has begun and its semicolon was not met yet.
  bool in_statement() const { return in_statement_; }
  // Where it began, or where the last one did.
  std::size_t statement_offset() const { return start_; }
  // Where block comments begin that end on the line where statement() begins;
  // its own offset if there are none.
  std::size_t lead_offset() const { return lead_; }
  // Ends the statement that has begun, here, without a semicolon.
  const StatementView& Cut();

 private:
  static constexpr std::size_t kHeadSize = 24;

  bool Take(const Token& token);
  void Begin(const Token& token);
  void Finish(std::size_t end, bool terminated);
  void ReadCopyData();
  std::size_t CopyDataEnd(std::size_t start);
  bool IsAnnotation(const Token& comment) const;
  bool SkipBlanksBefore(const Token& token);
  void Watch(const Token& token);
  void NoteBlockComment(const Token& token);
  int LineOf(std::size_t offset);
  [[noreturn]] void RefusePsqlCommand(std::size_t offset) const;

  const DocumentView& document_;
  const Lexicon& lexicon_;
  std::string_view mark_;
  Lexer lexer_;
  BodyTracker body_;
  std::uint64_t watched_lengths_ = 0;

  bool in_statement_ = false;
  std::size_t start_ = 0;
  std::size_t last_end_ = 0;  // of the last significant token
  std::size_t lead_ = 0;
  std::size_t comment_start_ = 0;  // of the block comments before a statement,
  std::size_t comment_end_ = 0;    // equal where there are none
  std::array<Token, kHeadSize> head_;
  std::size_t head_size_ = 0;
  std::uint32_t watched_ = 0;
  std::size_t counted_ = 0;  // line ends are counted up to here
  int line_ = 1;

  StatementView statement_;
  Token comment_;
};

// All statements of a text, those without any token left out.
std::vector<StatementView> Split(const DocumentView& document,
                                 const Lexicon& lexicon);
std::vector<StatementView> Split(std::string_view text, const Lexicon& lexicon,
                                 std::string_view file = {});

}  // namespace godwit::sql
