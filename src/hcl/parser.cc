// SPDX-License-Identifier: Apache-2.0
#include "hcl/parser.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "hcl/expression_parser.h"

namespace godwit::hcl {

namespace {

using Kind = TokenKind;

constexpr int kMaxBlockDepth = 64;
// Who reads more begins anew.
constexpr std::size_t kMaxDiagnostics = 1000;
// Up to here a body's attributes are looked through one by one.
constexpr std::size_t kFewAttributes = 32;

class DocumentParser {
 public:
  explicit DocumentParser(Document& document)
      : document_(document),
        tokens_(*document.source, document.diagnostics),
        expressions_(tokens_, document.texts) {}

  void Parse() {
    ParseBody(document_.body, 0);
    while (!tokens_.Next(Kind::kEnd)) {
      Tell({"there is no block that this brace closes",
            tokens_.Peek().span,
            {}});
      tokens_.Take();
      ParseBody(document_.body, 0);
    }
    std::ranges::stable_sort(
        document_.diagnostics, {},
        [](const Diagnostic& each) { return each.span.begin; });
  }

 private:
  void Tell(Diagnostic diagnostic) {
    if (document_.diagnostics.size() < kMaxDiagnostics)
      document_.diagnostics.push_back(std::move(diagnostic));
  }

  // Up to the closing brace or the end.
  void ParseBody(Body& body, int depth) {
    while (!tokens_.Next(Kind::kEnd) && !tokens_.Next(Kind::kCloseBrace)) {
      if (tokens_.TakeIf(Kind::kNewline)) continue;
      const std::size_t first = tokens_.place();
      try {
        ParseStatement(body, depth);
      } catch (const SyntaxError& error) {
        if (!error.told) Tell(error.diagnostic);
        expressions_.Reset();
        tokens_.Recover(first);
        // What is neither is at least one token long.
        if (tokens_.place() == first && !tokens_.Next(Kind::kCloseBrace) &&
            !tokens_.Next(Kind::kEnd))
          SkipOne();
      }
    }
    known_.erase(&body);
  }

  void SkipOne() {
    try {
      tokens_.Take();
    } catch (const SyntaxError&) {
      tokens_.Recover(tokens_.place() + 1);
    }
  }

  void ParseStatement(Body& body, int depth) {
    if (!tokens_.Next(Kind::kIdentifier)) {
      const bool quoted = tokens_.Next(Kind::kOpenQuote);
      tokens_.FailExpected("an attribute or a block",
                           quoted ? "names stand without quotes" : "");
    }
    const Token name = tokens_.Take();
    switch (tokens_.Peek().kind) {
      case Kind::kAssign:
        ParseAttribute(body, name);
        ExpectLineEnd();
        return;
      case Kind::kOpenBrace:
      case Kind::kOpenQuote:
      case Kind::kIdentifier:
        ParseBlock(body, name, depth);
        return;
      default:
        tokens_.FailExpected(
            Cat("`=`, a label or `{` behind ", tokens_.Text(name.span)));
    }
  }

  void ParseAttribute(Body& body, Token name) {
    tokens_.Take();
    AttributeSyntax attribute{expressions_.Name(name.span), name.span, {}, {}};
    attribute.expression = expressions_.Parse();
    attribute.span = Join(name.span, attribute.expression->span);
    if (const AttributeSyntax* const first = FindFirst(body, attribute.name)) {
      const Position at = document_.source->At(first->name_span.begin);
      Tell({Cat("the attribute ", attribute.name, " is set twice"), name.span,
            Cat("the first stands in line ", at.line)});
      return;
    }
    body.attributes.push_back(std::move(attribute));
  }

  const AttributeSyntax* FindFirst(const Body& body, std::string_view name) {
    if (body.attributes.size() < kFewAttributes) return body.Find(name);
    std::unordered_map<std::string_view, std::size_t>& known = known_[&body];
    for (std::size_t i = known.size(); i < body.attributes.size(); ++i)
      known.emplace(body.attributes[i].name, i);
    const auto found = known.find(name);
    return found == known.end() ? nullptr : &body.attributes[found->second];
  }

  void ExpectLineEnd() {
    if (tokens_.Next(Kind::kEnd) || tokens_.Next(Kind::kCloseBrace)) {
      if (tokens_.Next(Kind::kEnd)) return;
    } else if (tokens_.TakeIf(Kind::kNewline)) {
      return;
    }
    const bool comma = tokens_.Next(Kind::kComma);
    tokens_.FailExpected(
        "the end of the line",
        comma ? "each attribute stands on a line of its own" : "");
  }

  void ParseHead(BlockSyntax& block) {
    block.head = block.type_span;
    while (!tokens_.Next(Kind::kOpenBrace)) {
      if (tokens_.Next(Kind::kOpenQuote)) {
        block.labels.push_back(expressions_.ParseLabel(tokens_.Take().span));
      } else if (tokens_.Next(Kind::kIdentifier)) {
        const Span span = tokens_.Take().span;
        block.labels.push_back({std::string(expressions_.Name(span)), span});
      } else {
        const bool line = tokens_.Next(Kind::kNewline);
        tokens_.FailExpected(
            "a label or `{`",
            line ? "the brace stands on the line of the block's head" : "");
      }
      block.head.end = block.labels.back().span.end;
    }
  }

  void ParseBlock(Body& body, Token type, int depth) {
    BlockSyntax block;
    block.type = expressions_.Name(type.span);
    block.type_span = type.span;
    ParseHead(block);
    if (depth >= kMaxBlockDepth)
      tokens_.Fail(block.head, "blocks are nested too deep");
    const std::size_t opener = tokens_.place();
    const Token open = tokens_.Take();
    if (tokens_.TakeIf(Kind::kNewline)) {
      ParseBody(block.body, depth + 1);
      if (tokens_.Next(Kind::kEnd)) {
        Tell({Cat("the block ", block.type, " is never closed"), open.span,
              "it ends with `}`"});
        body.blocks.push_back(std::move(block));
        return;
      }
    } else if (!tokens_.Next(Kind::kCloseBrace)) {
      ParseOneLine(block, opener);
    }
    if (tokens_.Next(Kind::kCloseBrace)) {
      block.span = Join(type.span, tokens_.Take().span);
    } else {
      block.span = Join(type.span, open.span);
    }
    body.blocks.push_back(std::move(block));
    ExpectLineEnd();
  }

  // `{ name = value }`, up to the closing brace.
  void ParseOneLine(BlockSyntax& block, std::size_t opener) {
    try {
      const Token name =
          tokens_.Expect(Kind::kIdentifier, "an attribute, a new line or `}`");
      if (!tokens_.Next(Kind::kAssign)) RefuseNested(name);
      ParseAttribute(block.body, name);
      if (tokens_.Next(Kind::kCloseBrace)) return;
      const bool line = tokens_.Next(Kind::kNewline);
      tokens_.FailExpected(
          "`}`", line ? "what opens and has its first attribute on one line "
                        "ends on it, too"
                      : "a block on one line has one attribute");
    } catch (const SyntaxError& error) {
      if (!error.told) Tell(error.diagnostic);
      expressions_.Reset();
      tokens_.LeaveBrackets(opener);
      SkipToLineEnd();
    }
  }

  [[noreturn]] void RefuseNested(Token name) {
    const bool is_block = tokens_.Next(Kind::kOpenBrace) ||
                          tokens_.Next(Kind::kOpenQuote) ||
                          tokens_.Next(Kind::kIdentifier);
    if (!is_block) tokens_.FailExpected("`=` behind the attribute's name");
    BlockSyntax nested;
    nested.type_span = name.span;
    ParseHead(nested);
    tokens_.Fail(Join(name.span, tokens_.Peek().span),
                 "a block on one line holds no other block",
                 "begin a new line behind the first brace");
  }

  void SkipToLineEnd() {
    while (!tokens_.Next(Kind::kNewline) && !tokens_.Next(Kind::kEnd))
      SkipOne();
  }

  Document& document_;
  TokenReader tokens_;
  ExpressionParser expressions_;
  // The attributes of bodies that have many.
  std::unordered_map<const Body*,
                     std::unordered_map<std::string_view, std::size_t>>
      known_;
};

}  // namespace

const AttributeSyntax* Body::Find(std::string_view attribute) const {
  const auto found =
      std::ranges::find(attributes, attribute, &AttributeSyntax::name);
  return found == attributes.end() ? nullptr : &*found;
}

Document Parse(std::shared_ptr<const Source> source) {
  Document document;
  document.source = std::move(source);
  DocumentParser(document).Parse();
  return document;
}

Document Parse(std::string name, std::string text) {
  return Parse(
      std::make_shared<const Source>(std::move(name), std::move(text)));
}

}  // namespace godwit::hcl
