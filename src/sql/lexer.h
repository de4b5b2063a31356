// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sql/document.h"
#include "sql/lexicon.h"

namespace godwit::sql {

enum class TokenKind : std::uint8_t {
  kEnd,         // of the text; empty
  kWord,        // keyword or plain identifier
  kQuotedName,  // "a", `a`, [a]
  kString,  // 'a', $$a$$; a prefix as in X'' is a word before it, except E''
  kNumber,
  kParameter,    // $1; SQLite: $name
  kSymbol,       // one character
  kLineComment,  // without the line's end
  kBlockComment,
  kUnclosed,  // what is opened and never closed, to the end of the text
};

// Whether the text is the word, ignoring case; they are of one length.
bool Spells(std::string_view text, std::string_view word);

// What a quoted name or a string means: without its quotes, a doubled one once.
// Any other text is itself.
std::string Unquoted(std::string_view text);

// One token, a view of the text.
struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string_view text;
  std::size_t offset = 0;

  std::size_t end() const { return offset + text.size(); }
  bool IsSymbol(char c) const {
    return kind == TokenKind::kSymbol && text[0] == c;
  }
  // Ignoring case; `word` is in lower case.
  bool IsWord(std::string_view word) const {
    // Most comparisons end at the length or at the first letter.
    return text.size() == word.size() && kind == TokenKind::kWord &&
           (text[0] | 32) == word[0] && Spells(text, word);
  }
};

// Cuts a text into tokens, comments included, blanks not. It knows no grammar.
class Lexer {
 public:
  // What is opened and never closed: Error(kParseError) at its opening, or a
  // token of its own, for a text that is not complete yet.
  enum class OnUnclosed { kThrow, kToken };

  // The document and the lexicon must outlive the lexer.
  Lexer(const DocumentView& document, const Lexicon& lexicon,
        OnUnclosed on_unclosed = OnUnclosed::kThrow)
      : document_(document),
        text_(document.text),
        lexicon_(lexicon),
        on_unclosed_(on_unclosed) {}

  Token Next();
  std::size_t position() const { return position_; }
  void Seek(std::size_t offset);

 private:
  Token Word(std::size_t start);
  Token Number(std::size_t start);
  Token LineComment(std::size_t start);
  Token BlockComment(std::size_t start);
  Token Quoted(std::size_t start, TokenKind kind, std::string_view what);
  Token EscapeString(std::size_t start, std::size_t quote);
  Token Bracketed(std::size_t start);
  Token Dollar(std::size_t start);
  // Where a byte occurs next, remembered, so that a text with many comments and
  // few line ends is not searched again and again.
  struct Occurrence {
    std::size_t from = 0;
    std::size_t at = 0;
  };
  std::size_t Find(char c, std::size_t start, Occurrence& next) const;
  Token Make(TokenKind kind, std::size_t start, std::size_t end);
  bool ContinuesEscapeString(std::size_t quote) const;
  std::size_t SkipNested(std::size_t start) const;
  Token Unclosed(std::size_t start, std::string_view what,
                 std::string_view closing);

  const DocumentView& document_;
  std::string_view text_;
  const Lexicon& lexicon_;
  OnUnclosed on_unclosed_;
  std::size_t position_ = 0;
  Occurrence newline_;
  Occurrence return_;
  std::size_t escape_end_ =
      std::string_view::npos;  // where the token before ended, if it was E''
};

// The length of the white space (Unicode's) at the offset; 0 is none.
std::size_t BlankLength(std::string_view text, std::size_t offset);

}  // namespace godwit::sql
