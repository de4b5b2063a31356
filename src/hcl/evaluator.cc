// SPDX-License-Identifier: Apache-2.0
#include "hcl/evaluator.h"

#include <algorithm>

#include "base/text.h"
#include "hcl/type.h"

namespace godwit::hcl {

namespace {

[[noreturn]] void Fail(Span span, std::string message, std::string help = {}) {
  throw EvaluationError{{std::move(message), span, std::move(help)}, false};
}

std::string DidYouMean(std::string_view name,
                       std::span<const std::string_view> known) {
  const std::string_view nearest = Nearest(name, known);
  return nearest.empty() ? std::string() : Cat("did you mean ", nearest, '?');
}

// What a loop names.
class LoopScope : public Scope {
 public:
  LoopScope(const Scope& parent, std::string_view key_name,
            std::string_view value_name)
      : Scope(&parent), key_name_(key_name), value_name_(value_name) {}

  void Set(Value key, Value value) {
    key_ = std::move(key);
    value_ = std::move(value);
  }

 protected:
  const Value* FindOwn(std::string_view name) const override {
    if (name == value_name_) return &value_;
    return !key_name_.empty() && name == key_name_ ? &key_ : nullptr;
  }
  void ListOwn(std::vector<std::string_view>& names) const override {
    if (!key_name_.empty()) names.push_back(key_name_);
    names.push_back(value_name_);
  }

 private:
  std::string_view key_name_;
  std::string_view value_name_;
  Value key_;
  Value value_;
};

class Evaluation {
 public:
  explicit Evaluation(Budget& budget) : budget_(budget) {}

  Value Get(const Expression& expression, const Scope& scope) {
    try {
      budget_.Spend(1);
      return std::visit(
          [&](const auto& node) { return Each(node, expression.span, scope); },
          expression.node);
    } catch (const ValueError& error) {
      Fail(expression.span, error.message);
    } catch (const NumberError& error) {
      Fail(expression.span, error.message);
    } catch (const BudgetError&) {
      throw EvaluationError{
          {"the document takes too much to evaluate", expression.span,
           "something in it is repeated too often"},
          true};
    }
  }

 private:
  Value Each(const Literal& node, Span, const Scope&) { return node.value; }

  Value Each(const Wrapped& node, Span, const Scope& scope) {
    return Get(*node.inner, scope);
  }

  Value Each(const Template& node, Span, const Scope& scope) {
    std::string text;
    for (const ExpressionPtr& part : node.parts) text += TextOf(*part, scope);
    return Value::Of(std::move(text));
  }

  std::string TextOf(const Expression& part, const Scope& scope) {
    const Value value = Get(part, scope);
    budget_.Spend(value.weight());
    if (value.is_null()) Fail(part.span, "null cannot stand in a text");
    try {
      return ToString(value);
    } catch (const ValueError& error) {
      Fail(part.span, Cat("this cannot stand in a text: ", error.message));
    }
  }

  Value Each(const TemplateIf& node, Span, const Scope& scope) {
    if (Condition(*node.condition, scope)) return Get(*node.yes, scope);
    return node.no ? Get(*node.no, scope) : Value::Of(std::string());
  }

  Value Each(const TemplateFor& node, Span, const Scope& scope) {
    const Value collection = Get(*node.collection, scope);
    LoopScope inner(scope, node.key_name, node.value_name);
    std::string text;
    Loop(*node.collection, collection, inner,
         [&] { text += TextOf(*node.body, inner); });
    return Value::Of(std::move(text));
  }

  Value Each(const Variable& node, Span span, const Scope& scope) {
    if (const Value* const value = scope.Find(node.name)) return *value;
    const std::vector<std::string_view> names = scope.Names();
    Fail(span, Cat("there is nothing called ", node.name),
         DidYouMean(node.name, names));
  }

  Value Each(const GetAttribute& node, Span, const Scope& scope) {
    const Value from = Get(*node.from, scope);
    return Member(from, node.name, node.name_span, node.from->span);
  }

  Value Member(const Value& from, std::string_view name, Span span,
               Span from_span) {
    if (from.is_null())
      Fail(from_span, Cat("this is null and has no attribute ", name));
    if (from.IsSequence())
      Fail(span, Cat("a ", Word(from.kind()), " has no attribute ", name),
           "[*] asks each of its elements");
    if (!from.IsMapping())
      Fail(span, Cat("a ", Word(from.kind()), " has no attribute ", name));
    if (const Value* const found = from.Find(name)) return *found;
    const std::vector<std::string_view> known(from.keys().begin(),
                                              from.keys().end());
    Fail(span, Cat("there is no ", name, " in it"), DidYouMean(name, known));
  }

  Value Each(const Index& node, Span, const Scope& scope) {
    const Value from = Get(*node.from, scope);
    const Value key = Get(*node.key, scope);
    const Span span = node.key->span;
    if (key.is_null()) Fail(span, "an index is not null");
    if (from.IsMapping()) {
      return Member(from, Text(key, span), span, node.from->span);
    }
    if (from.is_null()) Fail(node.from->span, "this is null and has no parts");
    if (from.kind() != ValueKind::kTuple && from.kind() != ValueKind::kList)
      Fail(span, Cat("a ", Word(from.kind()), " has no index"));
    const std::optional<std::int64_t> index = NumberOf(key, span).ToInt64();
    const std::size_t size = from.elements().size();
    if (!index || *index < 0 || static_cast<std::size_t>(*index) >= size)
      Fail(span, Cat("the index is no whole number from 0 to below ", size));
    return from.elements()[static_cast<std::size_t>(*index)];
  }

  std::string Text(const Value& value, Span span) {
    try {
      return ToString(value);
    } catch (const ValueError& error) {
      Fail(span, error.message);
    }
  }

  Number NumberOf(const Value& value, Span span) {
    try {
      return ToNumber(value);
    } catch (const ValueError& error) {
      Fail(span, error.message);
    }
  }

  bool BoolOf(const Value& value, Span span) {
    try {
      return ToBool(value);
    } catch (const ValueError& error) {
      Fail(span, error.message);
    }
  }

  bool Condition(const Expression& condition, const Scope& scope) {
    return BoolOf(Get(condition, scope), condition.span);
  }

  Value Each(const Splat& node, Span, const Scope& scope) {
    const Value from = Get(*node.from, scope);
    if (from.is_null()) return Value::Tuple({});
    std::vector<Value> results;
    const auto take = [&](const Value& item) {
      items_.push_back(item);
      struct Pop {
        explicit Pop(std::vector<Value>& stack) : items(stack) {}
        ~Pop() { items.pop_back(); }
        std::vector<Value>& items;
      };
      const Pop pop(items_);
      results.push_back(Get(*node.each, scope));
    };
    if (from.IsSequence()) {
      for (const Value& item : from.elements()) take(item);
    } else {
      take(from);
    }
    return Value::Tuple(std::move(results));
  }

  Value Each(const SplatItem&, Span, const Scope&) { return items_.back(); }

  Value Each(const Unary& node, Span, const Scope& scope) {
    const Value operand = Get(*node.operand, scope);
    if (node.op == Operator::kNot)
      return Value::Bool(!BoolOf(operand, node.operand->span));
    return Value::Of(-NumberOf(operand, node.operand->span));
  }

  Value Each(const Binary& node, Span, const Scope& scope) {
    const Value left = Get(*node.left, scope);
    const Value right = Get(*node.right, scope);
    switch (node.op) {
      case Operator::kEqual:
      case Operator::kNotEqual:
        budget_.Spend(std::min(left.weight(), right.weight()));
        return Value::Bool((left == right) == (node.op == Operator::kEqual));
      case Operator::kAnd:
      case Operator::kOr: {
        const bool a = BoolOf(left, node.left->span);
        const bool b = BoolOf(right, node.right->span);
        return Value::Bool(node.op == Operator::kAnd ? a && b : a || b);
      }
      default:
        return Compute(node.op, NumberOf(left, node.left->span),
                       NumberOf(right, node.right->span));
    }
  }

  static Value Compute(Operator op, const Number& a, const Number& b) {
    switch (op) {
      case Operator::kMultiply:
        return Value::Of(a * b);
      case Operator::kDivide:
        return Value::Of(a / b);
      case Operator::kModulo:
        return Value::Of(a % b);
      case Operator::kAdd:
        return Value::Of(a + b);
      case Operator::kSubtract:
        return Value::Of(a - b);
      case Operator::kLess:
        return Value::Bool(a.Compare(b) < 0);
      case Operator::kLessOrEqual:
        return Value::Bool(a.Compare(b) <= 0);
      case Operator::kGreater:
        return Value::Bool(a.Compare(b) > 0);
      default:
        return Value::Bool(a.Compare(b) >= 0);
    }
  }

  // Both values make the type; only the chosen one may fail.
  Value Each(const Conditional& node, Span span, const Scope& scope) {
    const bool truth = Condition(*node.condition, scope);
    const Expression& chosen = truth ? *node.yes : *node.no;
    const Expression& other = truth ? *node.no : *node.yes;
    const Value value = Get(chosen, scope);
    Type types[2] = {TypeOf(value), Type()};
    try {
      types[1] = TypeOf(Get(other, scope));
    } catch (const EvaluationError& error) {
      if (error.fatal) throw;
    }
    budget_.Spend(value.weight());
    const std::optional<Type> type = Unify(types);
    if (!type)
      Fail(span, Cat("the two values have no type in common: ",
                     ToText(types[0]), " and ", ToText(types[1])));
    return Convert(value, *type);
  }

  Value Each(const TupleOf& node, Span, const Scope& scope) {
    std::vector<Value> elements;
    elements.reserve(node.elements.size());
    for (const ExpressionPtr& element : node.elements)
      elements.push_back(Get(*element, scope));
    return Value::Tuple(std::move(elements));
  }

  Value Each(const ObjectOf& node, Span, const Scope& scope) {
    std::vector<std::pair<std::string, Value>> attributes;
    attributes.reserve(node.items.size());
    for (const ObjectOf::Item& item : node.items) {
      std::string key = KeyOf(*item.key, scope);
      attributes.emplace_back(std::move(key), Get(*item.value, scope));
    }
    return Value::Object(std::move(attributes));
  }

  std::string KeyOf(const Expression& key, const Scope& scope) {
    const Value value = Get(key, scope);
    if (value.is_null()) Fail(key.span, "a key is not null");
    return Text(value, key.span);
  }

  // Calls `each` with every element bound in the scope.
  template <typename F>
  void Loop(const Expression& where, const Value& collection, LoopScope& scope,
            F each) {
    if (collection.is_null()) Fail(where.span, "there is nothing to go over");
    if (!collection.IsSequence() && !collection.IsMapping())
      Fail(where.span,
           Cat("a ", Word(collection.kind()), " has no elements to go over"));
    const std::vector<Value>& elements = collection.elements();
    for (std::size_t i = 0; i < elements.size(); ++i) {
      budget_.Spend(1);
      Value key;
      if (collection.IsMapping()) {
        key = Value::Of(collection.keys()[i]);
      } else if (collection.kind() == ValueKind::kSet) {
        key = elements[i];
      } else {
        key = Value::Of(Number(static_cast<std::int64_t>(i)));
      }
      scope.Set(std::move(key), elements[i]);
      each();
    }
  }

  Value Each(const For& node, Span, const Scope& scope) {
    const Value collection = Get(*node.collection, scope);
    LoopScope inner(scope, node.key_name, node.value_name);
    std::vector<Value> elements;
    std::vector<std::pair<std::string, Value>> attributes;
    Loop(*node.collection, collection, inner, [&] {
      if (node.condition && !Condition(*node.condition, inner)) return;
      if (!node.key) {
        elements.push_back(Get(*node.value, inner));
        return;
      }
      std::string key = KeyOf(*node.key, inner);
      attributes.emplace_back(std::move(key), Get(*node.value, inner));
    });
    if (!node.key) return Value::Tuple(std::move(elements));
    std::ranges::stable_sort(attributes, {},
                             &std::pair<std::string, Value>::first);
    return node.grouped ? Grouped(std::move(attributes))
                        : Single(std::move(attributes), *node.key);
  }

  static Value Single(std::vector<std::pair<std::string, Value>> attributes,
                      const Expression& key) {
    const auto twice = std::ranges::adjacent_find(
        attributes, {}, &std::pair<std::string, Value>::first);
    if (twice != attributes.end())
      Fail(key.span, Cat("two elements have the key ", twice->first),
           "`...` behind the value collects them");
    return Value::Object(std::move(attributes));
  }

  static Value Grouped(std::vector<std::pair<std::string, Value>> attributes) {
    std::vector<std::pair<std::string, Value>> groups;
    for (std::size_t i = 0; i < attributes.size();) {
      std::vector<Value> group;
      const std::string key = attributes[i].first;
      for (; i < attributes.size() && attributes[i].first == key; ++i)
        group.push_back(std::move(attributes[i].second));
      groups.emplace_back(key, Value::Tuple(std::move(group)));
    }
    return Value::Object(std::move(groups));
  }

  Value Each(const Call& node, Span span, const Scope& scope) {
    if (node.name == "try") return Try(node, span, scope);
    if (node.name == "can") return Can(node, span, scope);
    const Function* const function = scope.FindFunction(node.name);
    if (!function) {
      Fail(node.name_span, Cat("there is no function ", node.name),
           DidYouMean(node.name, FunctionNames()));
    }
    const std::vector<Value> arguments = Arguments(node, scope);
    const auto count = static_cast<int>(arguments.size());
    if (count < function->least ||
        (function->most >= 0 && count > function->most))
      FailCount(*function, count, span);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      budget_.Spend(arguments[i].weight());
      if (arguments[i].is_null() && !function->takes_null)
        Fail(i < node.arguments.size() ? node.arguments[i]->span : span,
             Cat("an argument of ", node.name, " is null"));
    }
    try {
      return function->body(arguments, budget_);
    } catch (const ValueError& error) {
      Fail(span, Cat(node.name, ": ", error.message));
    } catch (const NumberError& error) {
      Fail(span, Cat(node.name, ": ", error.message));
    }
  }

  [[noreturn]] static void FailCount(const Function& function, int count,
                                     Span span) {
    std::string wanted = std::to_string(function.least);
    if (function.most < 0) {
      wanted += " or more";
    } else if (function.most > function.least) {
      wanted += Cat(" to ", function.most);
    }
    Fail(span, Cat(function.name, " takes ", wanted, " argument",
                   wanted == "1" ? "" : "s", ", not ", count));
  }

  std::vector<Value> Arguments(const Call& node, const Scope& scope) {
    std::vector<Value> arguments;
    for (const ExpressionPtr& argument : node.arguments)
      arguments.push_back(Get(*argument, scope));
    if (!node.expands_last || arguments.empty()) return arguments;
    const Value last = std::move(arguments.back());
    arguments.pop_back();
    if (!last.IsSequence())
      Fail(node.arguments.back()->span,
           Cat("`...` expands a list, not ", Word(last.kind())));
    budget_.Spend(last.elements().size());
    arguments.insert(arguments.end(), last.elements().begin(),
                     last.elements().end());
    return arguments;
  }

  // The first that has a value.
  Value Try(const Call& node, Span span, const Scope& scope) {
    if (node.arguments.empty()) Fail(span, "try takes one argument at least");
    for (const ExpressionPtr& argument : node.arguments) {
      const std::size_t items = items_.size();
      try {
        return Get(*argument, scope);
      } catch (const EvaluationError& error) {
        if (error.fatal) throw;
        items_.resize(items);
        if (argument == node.arguments.back())
          Fail(span, Cat("none of them has a value; the last: ",
                         error.diagnostic.message));
      }
    }
    return {};
  }

  Value Can(const Call& node, Span span, const Scope& scope) {
    if (node.arguments.size() != 1) Fail(span, "can takes one argument");
    try {
      Get(*node.arguments.front(), scope);
      return Value::Bool(true);
    } catch (const EvaluationError& error) {
      if (error.fatal) throw;
      return Value::Bool(false);
    }
  }

  Budget& budget_;
  std::vector<Value> items_;  // of splats around
};

}  // namespace

void Budget::Spend(std::uint64_t steps) {
  if (steps > left_) {
    left_ = 0;
    throw BudgetError{};
  }
  left_ -= steps;
}

const Value* Scope::Find(std::string_view name) const {
  for (const Scope* scope = this; scope; scope = scope->parent_) {
    if (const Value* const found = scope->FindOwn(name)) return found;
  }
  return nullptr;
}

const Function* Scope::FindFunction(std::string_view name) const {
  for (const Scope* scope = this; scope; scope = scope->parent_) {
    if (const Function* const found = scope->FindOwnFunction(name))
      return found;
  }
  return hcl::FindFunction(name);
}

const Function* Scope::FindOwnFunction(std::string_view) const {
  return nullptr;
}

void Scope::ListOwn(std::vector<std::string_view>&) const {}

std::vector<std::string_view> Scope::Names() const {
  std::vector<std::string_view> names;
  for (const Scope* scope = this; scope; scope = scope->parent_)
    scope->ListOwn(names);
  return names;
}

void Names::Set(std::string name, Value value) {
  values_.emplace_back(std::move(name), std::move(value));
}

const Value* Names::FindOwn(std::string_view name) const {
  for (auto at = values_.rbegin(); at != values_.rend(); ++at) {
    if (at->first == name) return &at->second;
  }
  return nullptr;
}

void Names::ListOwn(std::vector<std::string_view>& names) const {
  for (const auto& [name, value] : values_) names.push_back(name);
}

Value Evaluate(const Expression& expression, const Scope& scope,
               Budget& budget) {
  return Evaluation(budget).Get(expression, scope);
}

}  // namespace godwit::hcl
