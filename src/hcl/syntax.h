// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hcl/source.h"
#include "hcl/value.h"

namespace godwit::hcl {

// The tree of a document. Texts in it are those of the source, or of the
// document's `texts` where they had to be composed.

struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;

struct Literal {
  Value value;
};

// Quoted text and heredocs: the parts' texts, one after the other.
struct Template {
  std::vector<ExpressionPtr> parts;
};

// "${e}" alone: the value itself.
struct Wrapped {
  ExpressionPtr inner;
};

struct Variable {
  std::string_view name;
};

struct GetAttribute {
  ExpressionPtr from;
  std::string_view name;
  Span name_span;
};

struct Index {
  ExpressionPtr from;
  ExpressionPtr key;
};

// `from[*].a`, `from.*.a`: `each` for every element, which is SplatItem in it.
struct Splat {
  ExpressionPtr from;
  ExpressionPtr each;
};

struct SplatItem {};

struct Call {
  std::string_view name;
  Span name_span;
  std::vector<ExpressionPtr> arguments;
  bool expands_last = false;
};

enum class Operator {
  kNot,
  kNegate,
  kMultiply,
  kDivide,
  kModulo,
  kAdd,
  kSubtract,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kEqual,
  kNotEqual,
  kAnd,
  kOr,
};

struct Unary {
  Operator op;
  ExpressionPtr operand;
};

struct Binary {
  Operator op;
  ExpressionPtr left;
  ExpressionPtr right;
};

struct Conditional {
  ExpressionPtr condition;
  ExpressionPtr yes;
  ExpressionPtr no;
};

struct TupleOf {
  std::vector<ExpressionPtr> elements;
};

struct ObjectOf {
  struct Item {
    ExpressionPtr key;
    ExpressionPtr value;
  };
  std::vector<Item> items;
};

struct For {
  std::string_view key_name;  // empty: only the value has a name
  std::string_view value_name;
  ExpressionPtr collection;
  ExpressionPtr key;  // of an object, else null
  ExpressionPtr value;
  ExpressionPtr condition;  // may be null
  bool grouped = false;
};

// %{ if } and %{ for }: always text.
struct TemplateIf {
  ExpressionPtr condition;
  ExpressionPtr yes;
  ExpressionPtr no;  // may be null
};

struct TemplateFor {
  std::string_view key_name;
  std::string_view value_name;
  ExpressionPtr collection;
  ExpressionPtr body;
};

struct Expression {
  Span span;
  int depth = 1;  // of the tree below
  std::variant<Literal, Template, Wrapped, Variable, GetAttribute, Index, Splat,
               SplatItem, Call, Unary, Binary, Conditional, TupleOf, ObjectOf,
               For, TemplateIf, TemplateFor>
      node;
};

struct AttributeSyntax {
  std::string_view name;
  Span name_span;
  Span span;
  ExpressionPtr expression;
};

struct Label {
  std::string text;
  Span span;
};

struct BlockSyntax;

struct Body {
  std::vector<AttributeSyntax> attributes;
  std::vector<BlockSyntax> blocks;

  // nullptr: there is none.
  const AttributeSyntax* Find(std::string_view attribute) const;
};

struct BlockSyntax {
  std::string_view type;
  Span type_span;
  std::vector<Label> labels;
  Span head;  // type and labels
  Span span;  // from the type to the closing brace
  Body body;
};

// A file that was read, as far as it could be.
struct Document {
  Document() = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  Document(Document&&) = default;
  Document& operator=(Document&&) = default;

  std::shared_ptr<const Source> source;
  Body body;
  std::vector<Diagnostic> diagnostics;  // in the file's order
  std::deque<std::string> texts;
};

// A name that an expression looks up, and the steps behind it that are known
// without evaluating: `local`, {`a`}.
struct Traversal {
  std::string_view root;
  std::vector<std::string> steps;
  Span span;
};

// Every name that the expression looks up around itself.
std::vector<Traversal> Traversals(const Expression& expression);

// The only name or reference that the expression is made of: `a.b["c"]`;
// without steps where it is a bare word; nothing where it is anything else.
bool IsTraversal(const Expression& expression, Traversal& traversal);

}  // namespace godwit::hcl
