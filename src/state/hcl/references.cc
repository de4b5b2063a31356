// SPDX-License-Identifier: Apache-2.0
#include "state/hcl/references.h"

#include <algorithm>

#include "base/text.h"
#include "hcl/type.h"

namespace godwit::state {

namespace {

using hcl::Value;
using Attributes = std::vector<std::pair<std::string, Value>>;

template <typename T>
const T* As(const hcl::Capsule& capsule) {
  return dynamic_cast<const T*>(&capsule);
}

// What of an attribute is known without the objects around it.
std::optional<Value> PlainValue(DocumentState& state,
                                const hcl::Expression& expression) {
  if (const auto* const literal = std::get_if<hcl::Literal>(&expression.node))
    return literal->value;
  for (const hcl::Traversal& traversal : hcl::Traversals(expression)) {
    if (traversal.root != "var" && traversal.root != "local")
      return std::nullopt;
  }
  hcl::Names scope;
  scope.Set("var", state.variables);
  scope.Set("local", state.locals);
  try {
    return hcl::Evaluate(expression, scope, state.budget);
  } catch (const hcl::EvaluationError&) {
    return std::nullopt;  // it is told where the attribute is read
  }
}

Attributes PlainAttributes(DocumentState& state, const hcl::BlockSyntax& block,
                           const std::string& name) {
  Attributes attributes;
  attributes.emplace_back("name", Value::Of(name));
  for (const hcl::AttributeSyntax& attribute : block.body.attributes) {
    if (std::optional<Value> value = PlainValue(state, *attribute.expression))
      attributes.emplace_back(std::string(attribute.name), *std::move(value));
  }
  return attributes;
}

// Its label, or its number among those of its kind that have none.
std::string PartName(const hcl::BlockSyntax& block, std::size_t ordinal) {
  return block.labels.empty() ? std::to_string(ordinal)
                              : block.labels.back().text;
}

// Calls `each` with every part of the kind and its name.
template <typename F>
void EachPart(const hcl::Body& body, std::string_view kind, F each) {
  std::size_t ordinal = 0;
  for (const hcl::BlockSyntax& block : body.blocks) {
    if (block.type != kind) continue;
    each(block, PartName(block, ordinal));
    if (block.labels.empty()) ++ordinal;
  }
}

Value EntryValue(DocumentState& state, const Entry& entry, std::size_t others) {
  const auto tag = std::make_shared<ReferenceTag>();
  tag->entry = &entry;
  tag->others = others;
  Attributes attributes = PlainAttributes(state, *entry.syntax, entry.label);
  for (const schema::BlockRule& part : entry.rule->blocks) {
    std::optional<Value> parts = DocumentScope::PartsOf(
        state, *entry.syntax, *entry.rule, part.kind, &entry, others);
    if (parts) attributes.emplace_back(std::string(part.kind), *parts);
  }
  return Value::Tagged(std::move(attributes), tag);
}

Value KindValue(DocumentState& state, const KindIndex& index) {
  Attributes objects;
  for (const auto& [qualifier, names] : index.qualified) {
    Attributes inner;
    for (const auto& [name, entries] : names)
      inner.emplace_back(
          name, EntryValue(state, *entries.front(), entries.size() - 1));
    objects.emplace_back(qualifier, Value::Object(std::move(inner)));
  }
  // Of equal names the object itself counts, and what it does not have is
  // looked for among those that it qualifies.
  for (const auto& [name, entries] : index.plain)
    objects.emplace_back(
        name, EntryValue(state, *entries.front(), entries.size() - 1));
  return Value::Object(std::move(objects));
}

}  // namespace

bool ReferenceTag::Equals(const hcl::Capsule& other) const {
  const auto* const tag = As<ReferenceTag>(other);
  return tag && tag->entry == entry && tag->member_kind == member_kind &&
         tag->member == member;
}

bool SqlText::Equals(const hcl::Capsule& other) const {
  const auto* const sql = As<SqlText>(other);
  return sql && sql->text == text;
}

bool Word::Equals(const hcl::Capsule& other) const {
  const auto* const word = As<Word>(other);
  return word && word->text == text && word->arguments == arguments;
}

DocumentScope::DocumentScope(DocumentState& state) : state_(state) {
  sql_ = {"sql", 1, 1, false,
          [](std::span<const Value> arguments, hcl::Budget&) {
            std::string text = hcl::ToString(arguments.front());
            if (Trim(text).empty())
              throw hcl::ValueError{"an empty text is no SQL"};
            return Value::Of(std::make_shared<const SqlText>(std::move(text)));
          }};
}

std::optional<Value> DocumentScope::PartsOf(DocumentState& state,
                                            const hcl::BlockSyntax& block,
                                            const schema::BlockRule& rule,
                                            std::string_view kind,
                                            const Entry* entry,
                                            std::size_t others) {
  if (!FindRule(rule.blocks, kind)) return std::nullopt;
  Attributes parts;
  EachPart(block.body, kind,
           [&](const hcl::BlockSyntax& part, const std::string& name) {
             const auto tag = std::make_shared<ReferenceTag>();
             tag->entry = entry;
             tag->others = others;
             tag->member_kind = kind;
             tag->member = name;
             parts.emplace_back(
                 name, Value::Tagged(PlainAttributes(state, part, name), tag));
           });
  if (parts.empty()) return std::nullopt;
  return Value::Object(std::move(parts));
}

const Value* DocumentScope::FindOwn(std::string_view name) const {
  if (name == "var") return &state_.variables;
  if (name == "local") return &state_.locals;
  const auto index = state_.kinds.find(name);
  if (index == state_.kinds.end()) return nullptr;
  const auto [value, is_new] = kinds_.try_emplace(std::string(name));
  if (is_new) value->second = KindValue(state_, index->second);
  return &value->second;
}

const hcl::Function* DocumentScope::FindOwnFunction(
    std::string_view name) const {
  return name == "sql" ? &sql_ : nullptr;
}

void DocumentScope::ListOwn(std::vector<std::string_view>& names) const {
  names.insert(names.end(), {"var", "local"});
  for (const auto& [kind, index] : state_.kinds) names.push_back(kind);
}

BlockScope::BlockScope(DocumentState& state, const hcl::Scope& parent,
                       const Entry& entry, const Instance& instance)
    : Scope(&parent), state_(state), instance_(instance), owners_{&entry} {}

const Value* BlockScope::FindOwn(std::string_view name) const {
  if (name == "each") return instance_.each ? &*instance_.each : nullptr;
  const auto known = parts_.find(std::string(name));
  if (known != parts_.end()) return &known->second;
  Attributes parts;
  for (const Entry* const owner : owners_) {
    const std::optional<Value> own = DocumentScope::PartsOf(
        state_, *owner->syntax, *owner->rule, name, nullptr, 0);
    if (!own) continue;
    for (std::size_t i = 0; i < own->keys().size(); ++i)
      parts.emplace_back(own->keys()[i], own->elements()[i]);
  }
  if (parts.empty()) return nullptr;
  return &parts_.emplace(std::string(name), Value::Object(std::move(parts)))
              .first->second;
}

void BlockScope::ListOwn(std::vector<std::string_view>& names) const {
  if (instance_.each) names.push_back("each");
  for (const Entry* const owner : owners_) {
    for (const schema::BlockRule& part : owner->rule->blocks)
      names.push_back(part.kind);
  }
}

namespace {

bool HasPart(const hcl::Body& body, std::string_view kind,
             std::string_view name) {
  std::size_t ordinal = 0;
  for (const hcl::BlockSyntax& block : body.blocks) {
    if (block.type != kind) continue;
    if (!block.labels.empty() ? block.labels.back().text == name
                              : std::to_string(ordinal++) == name)
      return true;
  }
  return false;
}

Resolution Missing(const hcl::Traversal& traversal, std::string_view what,
                   std::string_view name,
                   const std::vector<std::string>& known) {
  const std::vector<std::string_view> names(known.begin(), known.end());
  return {nullptr, Cat("there is no ", what, ' ', name), traversal.span,
          DidYouMean(name, names)};
}

std::vector<std::string> PartNames(const hcl::Body& body,
                                   std::string_view kind) {
  std::vector<std::string> names;
  EachPart(body, kind, [&](const hcl::BlockSyntax&, const std::string& name) {
    names.push_back(name);
  });
  return names;
}

// `column.id`: of the table around.
Resolution ResolvePart(const BlockScope& around,
                       const hcl::Traversal& traversal) {
  std::vector<std::string> known;
  for (const Entry* const owner : around.owners()) {
    const hcl::Body& body = owner->syntax->body;
    if (HasPart(body, traversal.root, traversal.steps.front())) {
      if (traversal.steps.size() > 1) return {};
      const auto tag = std::make_shared<ReferenceTag>();
      tag->member_kind = traversal.root;
      tag->member = traversal.steps.front();
      return {tag, {}, {}, {}};
    }
    for (std::string& name : PartNames(body, traversal.root))
      known.push_back(std::move(name));
  }
  return Missing(traversal, traversal.root, traversal.steps.front(), known);
}

// The entries that the first steps name, and how many steps that takes.
const std::vector<Entry*>* FindEntries(const KindIndex& index,
                                       const std::vector<std::string>& steps,
                                       std::size_t& taken) {
  // Where a name is a qualifier, too, what follows decides.
  if (steps.size() > 1) {
    const auto names = index.qualified.find(steps[0]);
    if (names != index.qualified.end()) {
      const auto found = names->second.find(steps[1]);
      taken = 2;
      if (found != names->second.end()) return &found->second;
    }
  }
  taken = 1;
  const auto found = index.plain.find(steps[0]);
  return found == index.plain.end() ? nullptr : &found->second;
}

Resolution MissingObject(const KindIndex& index,
                         const hcl::Traversal& traversal) {
  std::vector<std::string> known;
  const auto names = index.qualified.find(traversal.steps[0]);
  if (names != index.qualified.end() && traversal.steps.size() > 1) {
    for (const auto& [name, entries] : names->second) known.push_back(name);
    return Missing(traversal, traversal.root,
                   Cat(traversal.steps[0], '.', traversal.steps[1]), known);
  }
  for (const auto& [name, entries] : index.plain) known.push_back(name);
  return Missing(traversal, traversal.root, traversal.steps[0], known);
}

Resolution ResolveObject(const KindIndex& index,
                         const hcl::Traversal& traversal) {
  const std::vector<std::string>& steps = traversal.steps;
  std::size_t taken = 0;
  const std::vector<Entry*>* const entries = FindEntries(index, steps, taken);
  if (!entries) return MissingObject(index, traversal);
  const auto tag = std::make_shared<ReferenceTag>();
  tag->entry = entries->front();
  tag->others = entries->size() - 1;
  if (steps.size() == taken) return {tag, {}, {}, {}};
  const Entry& entry = *tag->entry;
  const std::string& kind = steps[taken];
  if (!FindRule(entry.rule->blocks, kind) || steps.size() != taken + 2)
    return {};  // an attribute of it
  const std::string& part = steps[taken + 1];
  const hcl::Body& body = entry.syntax->body;
  if (!HasPart(body, kind, part))
    return Missing(traversal,
                   Cat(kind, " of ", traversal.root, ' ', entry.label), part,
                   PartNames(body, kind));
  tag->member_kind = kind;
  tag->member = part;
  return {tag, {}, {}, {}};
}

}  // namespace

Resolution Resolve(const DocumentState& state, const BlockScope* around,
                   const hcl::Traversal& traversal) {
  if (traversal.steps.empty()) return {};
  const bool is_kind = FindRule(state.language.blocks, traversal.root);
  if (around) {
    for (const Entry* const owner : around->owners()) {
      if (!FindRule(owner->rule->blocks, traversal.root)) continue;
      Resolution part = ResolvePart(*around, traversal);
      // A table has a part `partition`, and partitions are objects, too.
      if (part.problem.empty() || !is_kind) return part;
    }
  }
  if (!is_kind) return {};
  const auto index = state.kinds.find(traversal.root);
  if (index == state.kinds.end())
    return {nullptr,
            Cat("there is no ", traversal.root, ' ', traversal.steps.front()),
            traversal.span, Cat("the document declares no ", traversal.root)};
  return ResolveObject(index->second, traversal);
}

}  // namespace godwit::state
