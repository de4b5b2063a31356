// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hcl/source.h"

namespace godwit::hcl {

enum class TokenKind : std::uint8_t {
  kEnd,
  kInvalid,  // a diagnostic stands for it
  kNewline,
  kComment,  // `#` and `//` with their line end
  kIdentifier,
  kNumber,
  kOpenBrace,
  kCloseBrace,
  kOpenBracket,
  kCloseBracket,
  kOpenParen,
  kCloseParen,
  kOpenQuote,
  kCloseQuote,
  kOpenHeredoc,        // with its line end
  kCloseHeredoc,       // the last line, without its line end
  kText,               // what stands between quotes, or a line of a heredoc
  kOpenInterpolation,  // ${ or ${~
  kOpenDirective,      // %{ or %{~
  kCloseTemplate,      // } or ~}
  kStar,
  kSlash,
  kPlus,
  kMinus,
  kPercent,
  kAssign,
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kAnd,
  kOr,
  kBang,
  kDot,
  kComma,
  kEllipsis,
  kArrow,
  kQuestion,
  kColon,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  Span span;
};

// All tokens of the file, the last of them kEnd; only blanks are left out.
// What is none becomes kInvalid and a diagnostic.
std::vector<Token> Scan(const Source& source,
                        std::vector<Diagnostic>& diagnostics);

}  // namespace godwit::hcl
