// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hcl/lexer.h"

namespace godwit::hcl {

// What ends the reading of an attribute or a block; of an invalid token the
// diagnostic stands already.
struct SyntaxError {
  Diagnostic diagnostic;
  bool told = false;
};

// A file's tokens one by one, without comments; line ends are given only where
// they mean something.
class TokenReader {
 public:
  TokenReader(const Source& source, std::vector<Diagnostic>& diagnostics);

  const Token& Peek();
  // The one behind the next, as if the next were taken.
  const Token& PeekSecond();
  Token Take();
  bool Next(TokenKind kind) { return Peek().kind == kind; }
  bool TakeIf(TokenKind kind);
  // Throws SyntaxError: "`]` is expected, not …".
  Token Expect(TokenKind kind, std::string_view what);

  std::string_view Text(Span span) const { return source_.Text(span); }
  [[noreturn]] void Fail(Span span, std::string message, std::string help = {});
  // "a value is expected, not `}`", at the next token.
  [[noreturn]] void FailExpected(std::string_view what, std::string help = {});

  // Goes behind a statement that begins with the token `first` and is wrong
  // where we are: to the end of its line, or of what is open in it.
  void Recover(std::size_t first);
  // Goes behind the bracket that closes what the token opens, if any does.
  void LeaveBrackets(std::size_t opener);
  std::size_t place() const { return at_; }

  // While it lives line ends are given, or left out.
  class Lines {
   public:
    Lines(TokenReader& reader, bool given)
        : reader_(reader), before_(reader.lines_given_) {
      reader_.lines_given_ = given;
    }
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;
    ~Lines() { reader_.lines_given_ = before_; }

   private:
    TokenReader& reader_;
    bool before_;
  };

 private:
  void Skip();
  void MatchBrackets();

  const Source& source_;
  std::vector<Token> tokens_;
  std::vector<std::size_t> matches_;  // of openers; 0: none
  std::size_t at_ = 0;
  bool lines_given_ = true;
};

// "the end of the line", "`}`", "`users`".
std::string Describe(const Token& token, std::string_view text);

}  // namespace godwit::hcl
