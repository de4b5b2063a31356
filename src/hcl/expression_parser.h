// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string>

#include "hcl/syntax.h"
#include "hcl/token_reader.h"

namespace godwit::hcl {

// Reads expressions and templates.
class ExpressionParser {
 public:
  // `texts` keeps what the tree points to and the source does not hold.
  ExpressionParser(TokenReader& tokens, std::deque<std::string>& texts)
      : tokens_(tokens), texts_(texts) {}

  // Throws SyntaxError.
  ExpressionPtr Parse();
  // After a failure: nothing is open.
  void Reset() { depth_ = 0; }
  // The text of a quoted label, its opening quote already taken.
  Label ParseLabel(Span quote);
  // A name as the tree has it: composed.
  std::string_view Name(Span span);

 private:
  struct TemplatePart {
    ExpressionPtr expression;  // null: it is text
    std::string text;
    Span span;
    bool begins_line = false;
    // What a directive says.
    enum class Kind { kText, kValue, kIf, kElse, kEndIf, kFor, kEndFor };
    Kind kind = Kind::kText;
    std::string_view key_name;
    std::string_view value_name;
    bool strips_before = false;
    bool strips_after = false;
  };
  using Parts = std::vector<TemplatePart>;

  template <typename Node>
  ExpressionPtr Make(Span span, Node node);
  ExpressionPtr ParseConditional();
  ExpressionPtr ParseBinary(int level);
  ExpressionPtr ParseUnary();
  ExpressionPtr ParseTraversals(ExpressionPtr from);
  ExpressionPtr ParseDot(ExpressionPtr from);
  ExpressionPtr ParseBracket(ExpressionPtr from);
  ExpressionPtr ParseMember(ExpressionPtr from);
  ExpressionPtr ParseTerm();
  ExpressionPtr ParseNumber();
  ExpressionPtr ParseNamed();
  ExpressionPtr ParseCall(Token name);
  ExpressionPtr ParseParenthesized();
  ExpressionPtr ParseTuple();
  ExpressionPtr ParseObject();
  ObjectOf::Item ParseItem();
  ExpressionPtr ParseFor(Token open, TokenKind closer);
  void ParseForNames(std::string_view& key, std::string_view& value);
  bool NextIsWord(std::string_view word);
  void ExpectWord(std::string_view word);

  ExpressionPtr ParseQuoted();
  ExpressionPtr ParseHeredoc();
  Parts ParseParts(TokenKind closer, Span& end);
  TemplatePart ParseInterpolation();
  TemplatePart ParseDirective();
  ExpressionPtr BuildTemplate(Parts parts, Span span);
  std::vector<ExpressionPtr> BuildParts(Parts& parts, std::size_t& at,
                                        TemplatePart::Kind until);
  ExpressionPtr BuildIf(Parts& parts, std::size_t& at);
  ExpressionPtr BuildFor(Parts& parts, std::size_t& at);
  std::string Unescape(Span span, bool has_escapes);

  TokenReader& tokens_;
  std::deque<std::string>& texts_;
  int depth_ = 0;
};

}  // namespace godwit::hcl
