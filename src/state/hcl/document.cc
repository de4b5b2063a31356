// SPDX-License-Identifier: Apache-2.0
#include "state/hcl/document.h"

#include <algorithm>

#include "base/text.h"
#include "hcl/type.h"

namespace godwit::state {

void DocumentState::Tell(int file, hcl::Span span, std::string message,
                         std::string help) {
  if (!told_.insert({{file, span.begin}, message}).second) return;
  problems.push_back({MarkOf(file, span), std::move(message), std::move(help)});
}

void DocumentState::Tell(int file, const hcl::EvaluationError& error) {
  if (error.fatal && exhausted) return;
  exhausted = exhausted || error.fatal;
  Tell(file, error.diagnostic.span, error.diagnostic.message,
       error.diagnostic.help);
}

const schema::BlockRule* FindRule(std::span<const schema::BlockRule> rules,
                                  std::string_view kind) {
  const auto found = std::ranges::find(rules, kind, &schema::BlockRule::kind);
  return found == rules.end() ? nullptr : &*found;
}

const schema::AttributeRule* FindRule(
    std::span<const schema::AttributeRule> rules, std::string_view name) {
  const auto found =
      std::ranges::find(rules, name, &schema::AttributeRule::name);
  return found == rules.end() ? nullptr : &*found;
}

std::string DidYouMean(std::string_view name,
                       std::span<const std::string_view> known) {
  const std::string_view nearest = Nearest(name, known);
  return nearest.empty() ? std::string() : Cat("did you mean ", nearest, '?');
}

namespace {

using hcl::Value;

// Local values that look up each other, one through the other.
constexpr int kMaxChain = 500;

// A value where a list is asked for is a list of one.
Value ConvertTo(const Value& value, const hcl::Type& type) {
  const bool wants_list =
      type.kind == hcl::Type::Kind::kList || type.kind == hcl::Type::Kind::kSet;
  const bool is_one = !value.is_null() && !value.IsSequence() &&
                      !value.IsMapping() &&
                      value.kind() != hcl::ValueKind::kCapsule;
  return Convert(wants_list && is_one ? Value::Tuple({value}) : value, type);
}

Value FromOutside(const VariableValue& given) {
  if (given.values.size() == 1) return Value::Of(given.values.front());
  std::vector<Value> values;
  for (const std::string& each : given.values)
    values.push_back(Value::Of(each));
  return Value::Tuple(std::move(values));
}

class VariableReader {
 public:
  VariableReader(DocumentState& state, std::span<const VariableValue> given)
      : state_(state), given_(given) {}

  void Read(const hcl::BlockSyntax& block, int file) {
    if (block.labels.size() != 1) {
      state_.Tell(file, block.head, "a variable has one label, its name");
      return;
    }
    const std::string& name = block.labels.front().text;
    const auto [first, is_new] = names_.emplace(name, &block);
    if (!is_new) {
      state_.Tell(file, block.head,
                  Cat("the variable ", name, " is declared twice"));
      return;
    }
    CheckParts(block, file);
    const hcl::AttributeSyntax* const type = block.body.Find("type");
    if (!type) {
      state_.Tell(file, block.head, Cat("the variable ", name, " has no type"),
                  "type = string, number, bool, list(string), …");
      return;
    }
    try {
      Choose(block, file, name, hcl::ReadType(*type->expression));
    } catch (const hcl::EvaluationError& error) {
      state_.Tell(file, error);
    }
  }

  // Of the blocks `validation`, when all have values.
  void Validate(const hcl::BlockSyntax& block, int file) {
    hcl::Names scope;
    scope.Set("var", state_.variables);
    for (const hcl::BlockSyntax& inner : block.body.blocks) {
      const hcl::AttributeSyntax* const condition =
          inner.body.Find("condition");
      const hcl::AttributeSyntax* const message =
          inner.body.Find("error_message");
      if (inner.type != "validation" || !condition) continue;
      try {
        if (hcl::ToBool(
                hcl::Evaluate(*condition->expression, scope, state_.budget)))
          continue;
        const std::string text =
            message ? hcl::ToString(hcl::Evaluate(*message->expression, scope,
                                                  state_.budget))
                    : "its condition is false";
        state_.Tell(file, condition->span,
                    Cat("the value of the variable ", block.labels.front().text,
                        " is refused: ", text));
      } catch (const hcl::EvaluationError& error) {
        state_.Tell(file, error);
      } catch (const hcl::ValueError& error) {
        state_.Tell(file, condition->span, error.message);
      }
    }
  }

  std::vector<std::pair<std::string, Value>> TakeValues() {
    return std::move(values_);
  }

 private:
  void CheckParts(const hcl::BlockSyntax& block, int file) {
    constexpr std::string_view kAttributes[] = {"type", "default",
                                                "description"};
    for (const hcl::AttributeSyntax& attribute : block.body.attributes) {
      if (std::ranges::find(kAttributes, attribute.name) ==
          std::end(kAttributes))
        state_.Tell(file, attribute.name_span,
                    Cat("a variable has no attribute ", attribute.name),
                    DidYouMean(attribute.name, kAttributes));
    }
    for (const hcl::BlockSyntax& inner : block.body.blocks) {
      if (inner.type != "validation")
        state_.Tell(file, inner.head,
                    Cat("a variable has no block ", inner.type));
    }
  }

  void Choose(const hcl::BlockSyntax& block, int file, const std::string& name,
              const hcl::Type& type) {
    const auto given = std::ranges::find(given_, name, &VariableValue::name);
    const hcl::AttributeSyntax* const fallback = block.body.Find("default");
    Value value;
    hcl::Span span = block.head;
    if (given != given_.end()) {
      value = FromOutside(*given);
    } else if (fallback) {
      span = fallback->expression->span;
      value = hcl::Evaluate(*fallback->expression, hcl::Names(), state_.budget);
    } else {
      state_.Tell(file, block.head, Cat("the variable ", name, " has no value"),
                  Cat("give --var ", name, "=VALUE, or a default"));
      return;
    }
    try {
      values_.emplace_back(name, ConvertTo(value, type));
    } catch (const hcl::ValueError& error) {
      state_.Tell(file, span, Cat("the variable ", name, ": ", error.message));
    } catch (const hcl::NumberError& error) {
      state_.Tell(file, span, Cat("the variable ", name, ": ", error.message));
    }
  }

  DocumentState& state_;
  std::span<const VariableValue> given_;
  std::map<std::string, const hcl::BlockSyntax*> names_;
  std::vector<std::pair<std::string, Value>> values_;
};

template <typename F>
void EachBlock(const DocumentState& state, std::string_view type, F each) {
  for (std::size_t i = 0; i < state.files.size(); ++i) {
    for (const hcl::BlockSyntax& block : state.files[i].body.blocks) {
      if (block.type == type) each(block, static_cast<int>(i));
    }
  }
}

}  // namespace

void ReadVariables(DocumentState& state, std::span<const VariableValue> values,
                   std::vector<std::string>& names) {
  VariableReader reader(state, values);
  EachBlock(state, "variable", [&](const hcl::BlockSyntax& block, int file) {
    reader.Read(block, file);
    if (block.labels.size() == 1) names.push_back(block.labels.front().text);
  });
  state.variables = Value::Object(reader.TakeValues());
  EachBlock(state, "variable", [&](const hcl::BlockSyntax& block, int file) {
    reader.Validate(block, file);
  });
}

Locals::Locals(DocumentState& state) : state_(state) {
  EachBlock(state, "locals", [&](const hcl::BlockSyntax& block, int file) {
    if (!block.labels.empty())
      state.Tell(file, block.head, "locals has no label");
    for (const hcl::BlockSyntax& inner : block.body.blocks)
      state.Tell(file, inner.head, "locals has attributes only");
    for (const hcl::AttributeSyntax& attribute : block.body.attributes) {
      Local local;
      local.syntax = &attribute;
      local.file = file;
      if (!locals_.emplace(std::string(attribute.name), local).second)
        state.Tell(file, attribute.name_span,
                   Cat("the local value ", attribute.name, " is set twice"));
    }
  });
  Publish();
}

void Locals::Publish() {
  state_.locals = Value::Object(values_);
}

// The others that it looks up; `local` alone means all.
std::vector<std::string> Locals::Dependencies(const Local& local) const {
  std::vector<std::string> found;
  for (const hcl::Traversal& traversal :
       hcl::Traversals(*local.syntax->expression)) {
    if (traversal.root != "local") continue;
    if (!traversal.steps.empty()) {
      found.push_back(traversal.steps.front());
      continue;
    }
    for (const auto& [name, other] : locals_) {
      if (&other != &local) found.push_back(name);
    }
  }
  return found;
}

// Also where one that it looks up does; a cycle is found when it is evaluated.
bool Locals::NeedsObjects(Local& local) {
  if (local.state == Local::State::kOpen) return false;
  if (local.state == Local::State::kDone) return local.needs_objects;
  local.state = Local::State::kOpen;
  for (const hcl::Traversal& traversal :
       hcl::Traversals(*local.syntax->expression)) {
    if (traversal.root != "local" && traversal.root != "var")
      local.needs_objects = true;
  }
  ++depth_;
  for (const std::string& name : Dependencies(local)) {
    const auto other = locals_.find(name);
    if (other != locals_.end() && depth_ <= kMaxChain &&
        NeedsObjects(other->second))
      local.needs_objects = true;
  }
  --depth_;
  local.state = Local::State::kDone;
  return local.needs_objects;
}

void Locals::Evaluate(const std::string& name, Local& local,
                      const hcl::Scope& scope) {
  if (local.state == Local::State::kDone) return;
  if (local.state == Local::State::kOpen) {
    state_.Tell(local.file, local.syntax->name_span,
                Cat("the local value ", name, " needs itself"),
                "what is in locals may look up what does not look it up");
    return;
  }
  local.state = Local::State::kOpen;
  const std::vector<std::string> needed = Dependencies(local);
  if (depth_ > kMaxChain)
    state_.Tell(local.file, local.syntax->name_span,
                "the local values look up each other too many times");
  ++depth_;
  for (const std::string& each : needed) {
    const auto other = locals_.find(each);
    if (other != locals_.end() && depth_ <= kMaxChain)
      Evaluate(each, other->second, scope);
  }
  --depth_;
  local.state = Local::State::kDone;
  if (state_.exhausted) return;
  try {
    if (!needed.empty()) Publish();
    values_.emplace_back(
        name, hcl::Evaluate(*local.syntax->expression, scope, state_.budget));
  } catch (const hcl::EvaluationError& error) {
    state_.Tell(local.file, error);
  }
}

namespace {

// The variables and the local values so far.
class ValuesScope : public hcl::Scope {
 public:
  explicit ValuesScope(const DocumentState& state) : state_(state) {}

 protected:
  const Value* FindOwn(std::string_view name) const override {
    if (name == "var") return &state_.variables;
    return name == "local" ? &state_.locals : nullptr;
  }
  void ListOwn(std::vector<std::string_view>& names) const override {
    names.insert(names.end(), {"var", "local"});
  }

 private:
  const DocumentState& state_;
};

}  // namespace

void Locals::EvaluateWithoutObjects() {
  for (auto& [name, local] : locals_) NeedsObjects(local);
  for (auto& [name, local] : locals_) local.state = Local::State::kNew;
  const ValuesScope scope(state_);
  for (auto& [name, local] : locals_) {
    if (!local.needs_objects) Evaluate(name, local, scope);
  }
  Publish();
}

void Locals::EvaluateRest(const hcl::Scope& scope) {
  for (auto& [name, local] : locals_) Evaluate(name, local, scope);
  Publish();
}

}  // namespace godwit::state
