// SPDX-License-Identifier: Apache-2.0
#include "hcl/token_reader.h"

#include "base/text.h"

namespace godwit::hcl {

namespace {

using Kind = TokenKind;

bool Opens(Kind kind) {
  return kind == Kind::kOpenBrace || kind == Kind::kOpenBracket ||
         kind == Kind::kOpenParen || kind == Kind::kOpenInterpolation ||
         kind == Kind::kOpenDirective;
}

// Whether the bracket closes what the other opens.
bool Closes(Kind closer, Kind opener) {
  switch (closer) {
    case Kind::kCloseBrace:
      return opener == Kind::kOpenBrace;
    case Kind::kCloseBracket:
      return opener == Kind::kOpenBracket;
    case Kind::kCloseParen:
      return opener == Kind::kOpenParen;
    case Kind::kCloseTemplate:
      return opener == Kind::kOpenInterpolation ||
             opener == Kind::kOpenDirective;
    default:
      return false;
  }
}

bool IsCloser(Kind kind) {
  return kind == Kind::kCloseBrace || kind == Kind::kCloseBracket ||
         kind == Kind::kCloseParen || kind == Kind::kCloseTemplate;
}

}  // namespace

std::string Describe(const Token& token, std::string_view text) {
  switch (token.kind) {
    case Kind::kEnd:
      return "the end of the file";
    case Kind::kNewline:
      return "the end of the line";
    case Kind::kOpenQuote:
    case Kind::kText:
    case Kind::kOpenHeredoc:
      return "a text";
    default:
      return Cat('`', text, '`');
  }
}

TokenReader::TokenReader(const Source& source,
                         std::vector<Diagnostic>& diagnostics)
    : source_(source), tokens_(Scan(source, diagnostics)) {
  std::size_t kept = 0;
  for (Token token : tokens_) {
    if (token.kind == Kind::kComment) {
      const std::string_view text = Text(token.span);
      if (text.starts_with("/*") || !text.ends_with('\n')) continue;
      token = {Kind::kNewline, {token.span.end - 1, token.span.end}};
    }
    tokens_[kept++] = token;
  }
  tokens_.resize(kept);
}

void TokenReader::Skip() {
  if (lines_given_) return;
  while (tokens_[at_].kind == Kind::kNewline) ++at_;
}

const Token& TokenReader::Peek() {
  Skip();
  return tokens_[at_];
}

const Token& TokenReader::PeekSecond() {
  Skip();
  std::size_t next = at_;
  if (tokens_[next].kind != Kind::kEnd) ++next;
  while (!lines_given_ && tokens_[next].kind == Kind::kNewline) ++next;
  return tokens_[next];
}

Token TokenReader::Take() {
  const Token token = Peek();
  if (token.kind == Kind::kInvalid) throw SyntaxError{{}, true};
  if (token.kind != Kind::kEnd) ++at_;
  return token;
}

bool TokenReader::TakeIf(Kind kind) {
  if (!Next(kind)) return false;
  Take();
  return true;
}

Token TokenReader::Expect(Kind kind, std::string_view what) {
  if (!Next(kind)) FailExpected(what);
  return Take();
}

void TokenReader::Fail(Span span, std::string message, std::string help) {
  throw SyntaxError{{std::move(message), span, std::move(help)}};
}

void TokenReader::FailExpected(std::string_view what, std::string help) {
  const Token token = Peek();
  if (token.kind == Kind::kInvalid) throw SyntaxError{{}, true};
  Fail(token.span,
       Cat(what, " is expected, not ", Describe(token, Text(token.span))),
       std::move(help));
}

void TokenReader::MatchBrackets() {
  matches_.assign(tokens_.size(), 0);
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    const Kind kind = tokens_[i].kind;
    if (Opens(kind)) open.push_back(i);
    if (!IsCloser(kind)) continue;
    // A brace closes what is open in it; others do not reach out of one.
    std::size_t depth = open.size();
    while (depth > 0 && !Closes(kind, tokens_[open[depth - 1]].kind)) {
      if (kind != Kind::kCloseBrace &&
          tokens_[open[depth - 1]].kind == Kind::kOpenBrace)
        depth = 1;
      --depth;
    }
    if (depth == 0) continue;
    matches_[open[depth - 1]] = i;
    open.resize(depth - 1);
  }
}

void TokenReader::Recover(std::size_t first) {
  if (matches_.empty()) MatchBrackets();
  const std::size_t wrong = at_;
  for (at_ = first; tokens_[at_].kind != Kind::kEnd; ++at_) {
    const Kind kind = tokens_[at_].kind;
    if (Opens(kind) && matches_[at_] != 0) {
      at_ = matches_[at_];
    } else if (at_ >= wrong && kind == Kind::kNewline) {
      return;
    } else if (at_ >= wrong && kind == Kind::kCloseBrace) {
      return;
    }
  }
}

void TokenReader::LeaveBrackets(std::size_t opener) {
  if (matches_.empty()) MatchBrackets();
  if (matches_[opener] != 0) at_ = matches_[opener] + 1;
}

}  // namespace godwit::hcl
