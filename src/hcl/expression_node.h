// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "hcl/expression_parser.h"

namespace godwit::hcl {

namespace internal {

constexpr int kMaxTreeDepth = 500;

inline int Depth(const ExpressionPtr& expression) {
  return expression ? expression->depth : 0;
}

inline int Depth(const std::vector<ExpressionPtr>& expressions) {
  int depth = 0;
  for (const ExpressionPtr& each : expressions)
    depth = std::max(depth, Depth(each));
  return depth;
}

inline int Below(const Literal&) {
  return 0;
}
inline int Below(const Variable&) {
  return 0;
}
inline int Below(const SplatItem&) {
  return 0;
}
inline int Below(const Template& node) {
  return Depth(node.parts);
}
inline int Below(const Wrapped& node) {
  return Depth(node.inner);
}
inline int Below(const GetAttribute& node) {
  return Depth(node.from);
}
inline int Below(const Index& node) {
  return std::max(Depth(node.from), Depth(node.key));
}
inline int Below(const Splat& node) {
  return std::max(Depth(node.from), Depth(node.each));
}
inline int Below(const Call& node) {
  return Depth(node.arguments);
}
inline int Below(const Unary& node) {
  return Depth(node.operand);
}
inline int Below(const Binary& node) {
  return std::max(Depth(node.left), Depth(node.right));
}
inline int Below(const Conditional& node) {
  return std::max({Depth(node.condition), Depth(node.yes), Depth(node.no)});
}
inline int Below(const TupleOf& node) {
  return Depth(node.elements);
}
inline int Below(const ObjectOf& node) {
  int depth = 0;
  for (const ObjectOf::Item& item : node.items)
    depth = std::max({depth, Depth(item.key), Depth(item.value)});
  return depth;
}
inline int Below(const For& node) {
  return std::max({Depth(node.collection), Depth(node.key), Depth(node.value),
                   Depth(node.condition)});
}
inline int Below(const TemplateIf& node) {
  return std::max({Depth(node.condition), Depth(node.yes), Depth(node.no)});
}
inline int Below(const TemplateFor& node) {
  return std::max(Depth(node.collection), Depth(node.body));
}

}  // namespace internal

// The node with its span, and how deep the tree below it is.
template <typename Node>
ExpressionPtr ExpressionParser::Make(Span span, Node node) {
  const int depth = internal::Below(node) + 1;
  if (depth > internal::kMaxTreeDepth)
    tokens_.Fail(span, "the expression is too long");
  return std::make_unique<Expression>(Expression{span, depth, std::move(node)});
}

}  // namespace godwit::hcl
