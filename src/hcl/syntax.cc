// SPDX-License-Identifier: Apache-2.0
#include "hcl/syntax.h"

#include <algorithm>

namespace godwit::hcl {

namespace {

// The key of an index that is known without evaluating.
bool IsConstantKey(const Expression& key, std::string& text) {
  const auto* const literal = std::get_if<Literal>(&key.node);
  if (!literal) return false;
  if (literal->value.kind() == ValueKind::kString) {
    text = literal->value.text();
    return true;
  }
  if (literal->value.kind() != ValueKind::kNumber) return false;
  text = literal->value.number().ToText();
  return true;
}

class Collector {
 public:
  std::vector<Traversal> Collect(const Expression& expression) {
    Visit(expression);
    return std::move(found_);
  }

 private:
  void Visit(const ExpressionPtr& expression) {
    if (expression) Visit(*expression);
  }

  void Visit(const Expression& expression) {
    Traversal traversal;
    if (IsTraversal(expression, traversal)) {
      if (std::ranges::find(bound_, traversal.root) == bound_.end())
        found_.push_back(std::move(traversal));
      return;
    }
    std::visit([this](const auto& node) { Each(node); }, expression.node);
  }

  void Each(const Literal&) {}
  void Each(const Variable&) {}
  void Each(const SplatItem&) {}
  void Each(const Template& node) {
    for (const ExpressionPtr& part : node.parts) Visit(part);
  }
  void Each(const Wrapped& node) { Visit(node.inner); }
  void Each(const GetAttribute& node) { Visit(node.from); }
  void Each(const Index& node) {
    Visit(node.from);
    Visit(node.key);
  }
  void Each(const Splat& node) {
    Visit(node.from);
    Visit(node.each);
  }
  void Each(const Call& node) {
    for (const ExpressionPtr& argument : node.arguments) Visit(argument);
  }
  void Each(const Unary& node) { Visit(node.operand); }
  void Each(const Binary& node) {
    Visit(node.left);
    Visit(node.right);
  }
  void Each(const Conditional& node) {
    Visit(node.condition);
    Visit(node.yes);
    Visit(node.no);
  }
  void Each(const TupleOf& node) {
    for (const ExpressionPtr& element : node.elements) Visit(element);
  }
  void Each(const ObjectOf& node) {
    for (const ObjectOf::Item& item : node.items) {
      Visit(item.key);
      Visit(item.value);
    }
  }
  void Each(const For& node) {
    Visit(node.collection);
    const std::size_t before = bound_.size();
    Bind(node.key_name, node.value_name);
    Visit(node.key);
    Visit(node.value);
    Visit(node.condition);
    bound_.resize(before);
  }
  void Each(const TemplateIf& node) {
    Visit(node.condition);
    Visit(node.yes);
    Visit(node.no);
  }
  void Each(const TemplateFor& node) {
    Visit(node.collection);
    const std::size_t before = bound_.size();
    Bind(node.key_name, node.value_name);
    Visit(node.body);
    bound_.resize(before);
  }

  void Bind(std::string_view key, std::string_view value) {
    if (!key.empty()) bound_.push_back(key);
    bound_.push_back(value);
  }

  std::vector<std::string_view> bound_;
  std::vector<Traversal> found_;
};

}  // namespace

bool IsTraversal(const Expression& expression, Traversal& traversal) {
  if (const auto* const variable = std::get_if<Variable>(&expression.node)) {
    traversal.root = variable->name;
    traversal.span = expression.span;
    return true;
  }
  if (const auto* const get = std::get_if<GetAttribute>(&expression.node)) {
    if (!IsTraversal(*get->from, traversal)) return false;
    traversal.steps.emplace_back(get->name);
    traversal.span.end = expression.span.end;
    return true;
  }
  if (const auto* const index = std::get_if<Index>(&expression.node)) {
    std::string key;
    if (!IsConstantKey(*index->key, key) ||
        !IsTraversal(*index->from, traversal))
      return false;
    traversal.steps.push_back(std::move(key));
    traversal.span.end = expression.span.end;
    return true;
  }
  return false;
}

std::vector<Traversal> Traversals(const Expression& expression) {
  return Collector().Collect(expression);
}

}  // namespace godwit::hcl
