// SPDX-License-Identifier: Apache-2.0
#include "hcl/expression_parser.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "hcl/expression_node.h"
#include "hcl/unicode.h"

namespace godwit::hcl {

namespace {

using Kind = TokenKind;

// Whoever walks over a tree does so by calling himself.
constexpr int kMaxDepth = 256;

struct BinaryRow {
  Kind token;
  Operator op;
  int level;  // the higher, the tighter
};

constexpr BinaryRow kBinaries[] = {
    {Kind::kOr, Operator::kOr, 1},
    {Kind::kAnd, Operator::kAnd, 2},
    {Kind::kEqual, Operator::kEqual, 3},
    {Kind::kNotEqual, Operator::kNotEqual, 3},
    {Kind::kLess, Operator::kLess, 4},
    {Kind::kLessOrEqual, Operator::kLessOrEqual, 4},
    {Kind::kGreater, Operator::kGreater, 4},
    {Kind::kGreaterOrEqual, Operator::kGreaterOrEqual, 4},
    {Kind::kPlus, Operator::kAdd, 5},
    {Kind::kMinus, Operator::kSubtract, 5},
    {Kind::kStar, Operator::kMultiply, 6},
    {Kind::kSlash, Operator::kDivide, 6},
    {Kind::kPercent, Operator::kModulo, 6},
};
constexpr int kLevels = 6;

}  // namespace

std::string_view ExpressionParser::Name(Span span) {
  const std::string_view text = tokens_.Text(span);
  if (IsAscii(text)) return text;
  return texts_.emplace_back(Compose(text));
}

ExpressionPtr ExpressionParser::Parse() {
  // What calls this again from inside counts; siblings do not.
  struct Level {
    explicit Level(int& count) : depth(count) { ++depth; }
    ~Level() { --depth; }
    int& depth;
  };
  const Level level(depth_);
  if (depth_ > kMaxDepth)
    tokens_.Fail(tokens_.Peek().span, "the expression is nested too deep");
  return ParseConditional();
}

ExpressionPtr ExpressionParser::ParseConditional() {
  ExpressionPtr condition = ParseBinary(1);
  if (!tokens_.TakeIf(Kind::kQuestion)) return condition;
  ExpressionPtr yes = Parse();
  tokens_.Expect(Kind::kColon, "`:` and the value for false");
  ExpressionPtr no = Parse();
  const Span span = Join(condition->span, no->span);
  return Make(span,
              Conditional{std::move(condition), std::move(yes), std::move(no)});
}

ExpressionPtr ExpressionParser::ParseBinary(int level) {
  if (level > kLevels) return ParseUnary();
  ExpressionPtr left = ParseBinary(level + 1);
  while (true) {
    const Kind next = tokens_.Peek().kind;
    const auto* row = std::ranges::find_if(kBinaries, [&](const BinaryRow& r) {
      return r.token == next && r.level == level;
    });
    if (row == std::end(kBinaries)) return left;
    tokens_.Take();
    ExpressionPtr right = ParseBinary(level + 1);
    const Span span = Join(left->span, right->span);
    left = Make(span, Binary{row->op, std::move(left), std::move(right)});
  }
}

ExpressionPtr ExpressionParser::ParseUnary() {
  const Kind next = tokens_.Peek().kind;
  if (next != Kind::kMinus && next != Kind::kBang)
    return ParseTraversals(ParseTerm());
  struct Level {
    explicit Level(int& count) : depth(count) { ++depth; }
    ~Level() { --depth; }
    int& depth;
  };
  const Level level(depth_);
  const Span sign = tokens_.Take().span;
  if (depth_ > kMaxDepth)
    tokens_.Fail(sign, "the expression is nested too deep");
  ExpressionPtr operand = ParseUnary();
  const Span span = Join(sign, operand->span);
  return Make(span,
              Unary{next == Kind::kMinus ? Operator::kNegate : Operator::kNot,
                    std::move(operand)});
}

ExpressionPtr ExpressionParser::ParseTraversals(ExpressionPtr from) {
  while (true) {
    if (tokens_.Next(Kind::kDot)) {
      from = ParseDot(std::move(from));
    } else if (tokens_.Next(Kind::kOpenBracket)) {
      from = ParseBracket(std::move(from));
    } else {
      return from;
    }
  }
}

// `.name` or `.0`, the dot not taken yet.
ExpressionPtr ExpressionParser::ParseMember(ExpressionPtr from) {
  tokens_.Take();
  if (tokens_.Next(Kind::kIdentifier)) {
    const Span name = tokens_.Take().span;
    const Span span = Join(from->span, name);
    return Make(span, GetAttribute{std::move(from), Name(name), name});
  }
  if (!tokens_.Next(Kind::kNumber))
    tokens_.FailExpected("a name behind the dot");
  const Span number = tokens_.Take().span;
  const std::optional<std::int64_t> index = ParseInt64(tokens_.Text(number));
  if (!index)
    tokens_.Fail(number, "an index behind a dot is a whole number",
                 "write [0][1] instead of .0.1");
  const Span span = Join(from->span, number);
  ExpressionPtr key = Make(number, Literal{Value::Of(Number(*index))});
  return Make(span, Index{std::move(from), std::move(key)});
}

ExpressionPtr ExpressionParser::ParseDot(ExpressionPtr from) {
  if (tokens_.PeekSecond().kind != Kind::kStar)
    return ParseMember(std::move(from));
  tokens_.Take();
  const Span star = tokens_.Take().span;
  ExpressionPtr each = Make(star, SplatItem{});
  while (tokens_.Next(Kind::kDot) && tokens_.PeekSecond().kind != Kind::kStar)
    each = ParseMember(std::move(each));
  const Span span = Join(from->span, each->span);
  return Make(span, Splat{std::move(from), std::move(each)});
}

ExpressionPtr ExpressionParser::ParseBracket(ExpressionPtr from) {
  ExpressionPtr key;
  Span end;
  {
    const TokenReader::Lines lines(tokens_, false);
    tokens_.Take();
    if (!tokens_.TakeIf(Kind::kStar)) key = Parse();
    end = tokens_.Expect(Kind::kCloseBracket, "`]` behind the index").span;
  }
  if (key) {
    const Span span = Join(from->span, end);
    return Make(span, Index{std::move(from), std::move(key)});
  }
  ExpressionPtr each = ParseTraversals(Make(end, SplatItem{}));
  const Span span = Join(from->span, each->span);
  return Make(span, Splat{std::move(from), std::move(each)});
}

ExpressionPtr ExpressionParser::ParseTerm() {
  const Token next = tokens_.Peek();
  switch (next.kind) {
    case Kind::kNumber:
      return ParseNumber();
    case Kind::kIdentifier:
      return ParseNamed();
    case Kind::kOpenParen:
      return ParseParenthesized();
    case Kind::kOpenBracket:
      return ParseTuple();
    case Kind::kOpenBrace:
      return ParseObject();
    case Kind::kOpenQuote:
      return ParseQuoted();
    case Kind::kOpenHeredoc:
      return ParseHeredoc();
    case Kind::kPlus:
      tokens_.FailExpected("a value", "a number has no plus sign");
    default:
      tokens_.FailExpected("a value");
  }
}

ExpressionPtr ExpressionParser::ParseNumber() {
  const Span span = tokens_.Take().span;
  try {
    std::optional<Number> number = Number::Parse(tokens_.Text(span));
    if (number) return Make(span, Literal{Value::Of(*std::move(number))});
  } catch (const NumberError& error) {
    tokens_.Fail(span, error.message);
  }
  tokens_.Fail(span, "this is no number");
}

ExpressionPtr ExpressionParser::ParseNamed() {
  const Token name = tokens_.Take();
  const std::string_view text = Name(name.span);
  if (tokens_.Next(Kind::kOpenParen)) return ParseCall(name);
  if (text == "true" || text == "false")
    return Make(name.span, Literal{Value::Bool(text == "true")});
  if (text == "null") return Make(name.span, Literal{});
  return Make(name.span, Variable{text});
}

ExpressionPtr ExpressionParser::ParseCall(Token name) {
  const TokenReader::Lines lines(tokens_, false);
  tokens_.Take();
  Call call{Name(name.span), name.span, {}, false};
  while (!tokens_.Next(Kind::kCloseParen)) {
    call.arguments.push_back(Parse());
    if (tokens_.TakeIf(Kind::kEllipsis)) {
      call.expands_last = true;
      break;
    }
    if (!tokens_.TakeIf(Kind::kComma)) break;
  }
  const Span end =
      tokens_.Expect(Kind::kCloseParen, "`,` or `)` behind an argument").span;
  return Make(Join(name.span, end), std::move(call));
}

ExpressionPtr ExpressionParser::ParseParenthesized() {
  const TokenReader::Lines lines(tokens_, false);
  const Span open = tokens_.Take().span;
  ExpressionPtr inner = Parse();
  const Span close = tokens_.Expect(Kind::kCloseParen, "`)`").span;
  inner->span = Join(open, close);
  return inner;
}

bool ExpressionParser::NextIsWord(std::string_view word) {
  return tokens_.Next(Kind::kIdentifier) &&
         tokens_.Text(tokens_.Peek().span) == word;
}

void ExpressionParser::ExpectWord(std::string_view word) {
  if (!NextIsWord(word)) tokens_.FailExpected(Cat('`', word, '`'));
  tokens_.Take();
}

ExpressionPtr ExpressionParser::ParseTuple() {
  const TokenReader::Lines lines(tokens_, false);
  const Token open = tokens_.Take();
  if (NextIsWord("for")) return ParseFor(open, Kind::kCloseBracket);
  TupleOf tuple;
  while (!tokens_.Next(Kind::kCloseBracket)) {
    tuple.elements.push_back(Parse());
    if (!tokens_.TakeIf(Kind::kComma)) break;
  }
  const Span end =
      tokens_.Expect(Kind::kCloseBracket, "`,` or `]` behind an element").span;
  return Make(Join(open.span, end), std::move(tuple));
}

ExpressionPtr ExpressionParser::ParseObject() {
  const TokenReader::Lines lines(tokens_, true);
  const Token open = tokens_.Take();
  const auto skip_lines = [&] {
    while (tokens_.TakeIf(Kind::kNewline)) {
    }
  };
  skip_lines();
  if (NextIsWord("for")) {
    const TokenReader::Lines none(tokens_, false);
    return ParseFor(open, Kind::kCloseBrace);
  }
  ObjectOf object;
  while (!tokens_.Next(Kind::kCloseBrace)) {
    object.items.push_back(ParseItem());
    if (!tokens_.TakeIf(Kind::kComma) && !tokens_.Next(Kind::kNewline)) break;
    skip_lines();
  }
  const Span end =
      tokens_.Expect(Kind::kCloseBrace, "`,`, a new line or `}` behind an item")
          .span;
  return Make(Join(open.span, end), std::move(object));
}

ObjectOf::Item ExpressionParser::ParseItem() {
  const bool in_parentheses = tokens_.Next(Kind::kOpenParen);
  if (!in_parentheses && tokens_.Next(Kind::kIdentifier)) {
    const Kind second = tokens_.PeekSecond().kind;
    if (second == Kind::kAssign || second == Kind::kColon) {
      const Span name = tokens_.Take().span;
      tokens_.Take();
      ExpressionPtr key =
          Make(name, Literal{Value::Of(std::string(Name(name)))});
      return {std::move(key), Parse()};
    }
  }
  ExpressionPtr key = Parse();
  Traversal traversal;
  if (!in_parentheses && IsTraversal(*key, traversal))
    tokens_.Fail(key->span, "a key that is to be evaluated is ambiguous",
                 "put it in parentheses, or in quotes where it is the text");
  if (!tokens_.TakeIf(Kind::kAssign) && !tokens_.TakeIf(Kind::kColon))
    tokens_.FailExpected("`=` or `:` behind the key");
  return {std::move(key), Parse()};
}

void ExpressionParser::ParseForNames(std::string_view& key,
                                     std::string_view& value) {
  value = Name(tokens_.Expect(Kind::kIdentifier, "a name for the value").span);
  if (tokens_.TakeIf(Kind::kComma)) {
    key = value;
    value =
        Name(tokens_.Expect(Kind::kIdentifier, "a name for the value").span);
  }
  ExpectWord("in");
}

ExpressionPtr ExpressionParser::ParseFor(Token open, Kind closer) {
  tokens_.Take();
  const bool is_object = closer == Kind::kCloseBrace;
  For loop;
  ParseForNames(loop.key_name, loop.value_name);
  loop.collection = Parse();
  tokens_.Expect(Kind::kColon, "`:` behind the collection");
  loop.value = Parse();
  if (is_object) {
    tokens_.Expect(Kind::kArrow, "`=>` behind the key");
    loop.key = std::move(loop.value);
    loop.value = Parse();
    loop.grouped = tokens_.TakeIf(Kind::kEllipsis);
  } else if (tokens_.Next(Kind::kArrow)) {
    tokens_.FailExpected("`]`", "{for … : key => value} makes an object");
  }
  if (NextIsWord("if")) {
    tokens_.Take();
    loop.condition = Parse();
  }
  const Span end =
      tokens_.Expect(closer, is_object ? "`if` or `}`" : "`if` or `]`").span;
  return Make(Join(open.span, end), std::move(loop));
}

}  // namespace godwit::hcl
