// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hcl/syntax.h"
#include "hcl/value.h"

namespace godwit::hcl {

// What evaluating may cost, all in all: a document is somebody's text, and a
// few lines of it can ask for more than there is.
class Budget {
 public:
  explicit Budget(std::uint64_t steps = kDefault) : left_(steps) {}
  // Throws BudgetError.
  void Spend(std::uint64_t steps);

  static constexpr std::uint64_t kDefault = 50'000'000;

 private:
  std::uint64_t left_;
};

struct BudgetError {};

// A function of the language, or of a scope.
struct Function {
  using Body = std::function<Value(std::span<const Value>, Budget&)>;

  std::string_view name;
  int least = 0;  // arguments
  int most = 0;   // -1: any number
  bool takes_null = false;
  Body body;  // throws ValueError or NumberError
};

// The language's own; nullptr: there is none.
const Function* FindFunction(std::string_view name);
std::vector<std::string_view> FunctionNames();

// The names around an expression. What the inner one knows hides the outer's.
class Scope {
 public:
  explicit Scope(const Scope* parent = nullptr) : parent_(parent) {}
  virtual ~Scope() = default;

  const Value* Find(std::string_view name) const;
  const Function* FindFunction(std::string_view name) const;
  std::vector<std::string_view> Names() const;

 protected:
  // Of this one alone; nullptr: not here.
  virtual const Value* FindOwn(std::string_view name) const = 0;
  virtual const Function* FindOwnFunction(std::string_view name) const;
  virtual void ListOwn(std::vector<std::string_view>& names) const;

 private:
  const Scope* parent_;
};

// A scope of named values.
class Names : public Scope {
 public:
  using Scope::Scope;
  void Set(std::string name, Value value);

 protected:
  const Value* FindOwn(std::string_view name) const override;
  void ListOwn(std::vector<std::string_view>& names) const override;

 private:
  std::vector<std::pair<std::string, Value>> values_;
};

// Why an expression has no value.
struct EvaluationError {
  Diagnostic diagnostic;
  bool fatal = false;  // nothing more can be evaluated; try() does not help
};

// The value. Throws EvaluationError.
Value Evaluate(const Expression& expression, const Scope& scope,
               Budget& budget);

// The type that a type expression means: string, list(number),
// object({a = bool}). Throws EvaluationError.
struct Type;
Type ReadType(const Expression& expression);

}  // namespace godwit::hcl
