// SPDX-License-Identifier: Apache-2.0
#include "state/hcl/values.h"

#include <algorithm>

#include "base/text.h"
#include "hcl/type.h"

namespace godwit::state {

namespace {

using hcl::ValueKind;
using schema::AttributeRule;
using schema::TypeRule;
using Kind = schema::Value::Kind;

constexpr unsigned kWords = schema::kTakesWord | schema::kTakesWordText;

const TypeRule* FindType(const schema::Language& language,
                         std::string_view word) {
  const auto found = std::ranges::find(language.types, word, &TypeRule::word);
  return found == language.types.end() ? nullptr : &*found;
}

std::vector<std::string_view> Split(std::string_view words) {
  std::vector<std::string_view> out;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (end > 0) out.push_back(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return out;
}

bool IsWordOf(const schema::Language& language, const AttributeRule& rule,
              std::string_view word) {
  if ((rule.takes & schema::kTakesType) && FindType(language, word))
    return true;
  return (rule.takes & (kWords | schema::kTakesAnyWord)) &&
         HoldsWord(Cat(' ', rule.words, ' '), word);
}

hcl::Value WordValue(std::string_view word,
                     std::vector<hcl::Value> arguments = {}) {
  const auto made = std::make_shared<Word>();
  made->text = word;
  made->arguments = std::move(arguments);
  return hcl::Value::Of(made);
}

// The words that an attribute takes, above all else that has a name.
class WordScope : public hcl::Scope {
 public:
  WordScope(const schema::Language& language, const AttributeRule& rule,
            const hcl::Scope& parent)
      : Scope(&parent), language_(language), rule_(rule) {}

 protected:
  const hcl::Value* FindOwn(std::string_view name) const override {
    if (!IsWordOf(language_, rule_, name)) return nullptr;
    const auto [value, is_new] = words_.try_emplace(std::string(name));
    if (is_new) value->second = WordValue(name);
    return &value->second;
  }

  const hcl::Function* FindOwnFunction(std::string_view name) const override {
    if (!(rule_.takes & schema::kTakesType)) return nullptr;
    const TypeRule* const type = FindType(language_, name);
    if (!type) return nullptr;
    const auto [function, is_new] = functions_.try_emplace(std::string(name));
    if (is_new) {
      function->second = {
          type->word, 0, -1, false,
          [word = type->word](std::span<const hcl::Value> arguments,
                              hcl::Budget&) {
            return WordValue(word, {arguments.begin(), arguments.end()});
          }};
    }
    return &function->second;
  }

  void ListOwn(std::vector<std::string_view>& names) const override {
    if (rule_.takes & schema::kTakesType) {
      for (const TypeRule& type : language_.types) names.push_back(type.word);
    }
    if (rule_.takes & kWords) {
      for (const std::string_view word : Split(rule_.words))
        names.push_back(word);
    }
  }

 private:
  const schema::Language& language_;
  const AttributeRule& rule_;
  mutable std::unordered_map<std::string, hcl::Value> words_;
  mutable std::unordered_map<std::string, hcl::Function> functions_;
};

// "a string or sql(…)": what the attribute takes.
std::string Expected(const AttributeRule& rule) {
  std::vector<std::string> forms;
  const auto add = [&](unsigned bit, std::string form) {
    if (rule.takes & bit) forms.push_back(std::move(form));
  };
  add(schema::kTakesType, "a type");
  add(schema::kTakesBool, "true or false");
  add(schema::kTakesNumber, "a number");
  if (!(rule.takes & schema::kTakesNumber))
    add(schema::kTakesInteger, "a whole number");
  add(schema::kTakesString, "a string");
  add(schema::kTakesSql, "sql(\"…\")");
  if (rule.takes & kWords) {
    const std::vector<std::string_view> words = Split(rule.words);
    if (words.size() <= 8) {
      const std::vector<std::string> all(words.begin(), words.end());
      forms.push_back(Cat(words.size() == 1 ? "" : "one of ", Join(all, ", ")));
    } else {
      forms.emplace_back("one of its words");
    }
  }
  add(schema::kTakesAnyWord, "a word");
  if (rule.takes & schema::kTakesReference) {
    const std::vector<std::string_view> kinds = Split(rule.references);
    const std::vector<std::string> all(kinds.begin(), kinds.end());
    forms.push_back(Cat("a reference to a ", Join(all, ", ")));
  }
  return Cat(rule.list ? "a list of " : "", Join(forms, " or "));
}

// "on delete" and "ON_DELETE" are one.
std::string Folded(std::string_view text) {
  std::string out = AsciiLower(Trim(text));
  std::ranges::replace(out, ' ', '_');
  return out;
}

const hcl::Expression& Unwrapped(const hcl::Expression& expression) {
  const auto* const wrapped = std::get_if<hcl::Wrapped>(&expression.node);
  return wrapped ? *wrapped->inner : expression;
}

schema::Value Plain(Kind kind, std::string text) {
  schema::Value value;
  value.kind = kind;
  value.text = std::move(text);
  return value;
}

}  // namespace

schema::Value AttributeReader::Refuse(const AttributeRule& rule,
                                      std::string_view what, hcl::Span span,
                                      std::string help) {
  AttributeRule one = rule;
  one.list = false;
  state_.Tell(file_, span,
              Cat(rule.name, " takes ", Expected(one), ", not ", what),
              std::move(help));
  return {};
}

// What is most often written needs no evaluation.
std::optional<hcl::Value> AttributeReader::Shortcut(
    const hcl::Expression& written, const AttributeRule& rule) {
  const hcl::Expression& expression = Unwrapped(written);
  if (const auto* const literal = std::get_if<hcl::Literal>(&expression.node))
    return literal->value;
  hcl::Traversal traversal;
  if (!hcl::IsTraversal(expression, traversal)) return std::nullopt;
  if (traversal.steps.empty()) {
    if (IsWordOf(state_.language, rule, traversal.root))
      return WordValue(traversal.root);
    if ((rule.takes & schema::kTakesAnyWord) && !scope_.Find(traversal.root))
      return WordValue(traversal.root);
    return std::nullopt;
  }
  const Resolution found = Resolve(state_, around_, traversal);
  if (!found.problem.empty())
    throw hcl::EvaluationError{{found.problem, found.span, found.help}, false};
  if (!found.tag) return std::nullopt;
  return hcl::Value::Tagged({}, found.tag);
}

std::optional<hcl::Value> AttributeReader::Evaluate(
    const hcl::Expression& expression, const AttributeRule& rule) {
  if (state_.exhausted) return std::nullopt;
  try {
    if (std::optional<hcl::Value> value = Shortcut(expression, rule))
      return value;
    const WordScope scope(state_.language, rule, scope_);
    return hcl::Evaluate(expression, scope, state_.budget);
  } catch (const hcl::EvaluationError& error) {
    state_.Tell(file_, error);
    return std::nullopt;
  }
}

schema::Value AttributeReader::Read(const hcl::Expression& expression,
                                    const AttributeRule& rule) {
  if (rule.list) return ReadList(expression, rule);
  const std::optional<hcl::Value> value = Evaluate(expression, rule);
  if (!value) return {};
  schema::Value read = Convert(*value, rule, expression.span);
  // The last line end of a heredoc is the notation's.
  const hcl::Source& source =
      *state_.files[static_cast<std::size_t>(file_)].source;
  if (rule.body && source.Text(expression.span).starts_with("<<") &&
      read.text.ends_with('\n'))
    read.text.pop_back();
  read.mark = MarkOf(file_, expression.span);
  return read;
}

schema::Value AttributeReader::ReadList(const hcl::Expression& expression,
                                        const AttributeRule& rule) {
  schema::Value list;
  list.kind = Kind::kList;
  list.mark = MarkOf(file_, expression.span);
  const auto add = [&](const hcl::Value& value, hcl::Span span) {
    schema::Value element = Convert(value, rule, span);
    if (element.kind == Kind::kNull) return;
    element.mark = MarkOf(file_, span);
    list.items.push_back(std::move(element));
  };
  if (const auto* const tuple = std::get_if<hcl::TupleOf>(&expression.node)) {
    for (const hcl::ExpressionPtr& each : tuple->elements) {
      if (const std::optional<hcl::Value> value = Evaluate(*each, rule))
        add(*value, each->span);
    }
    return list;
  }
  const std::optional<hcl::Value> value = Evaluate(expression, rule);
  if (!value || value->is_null()) return {};
  if (!value->IsSequence()) {
    state_.Tell(file_, expression.span,
                Cat(rule.name, " takes ", Expected(rule), ", not one alone"),
                "write [ and ] around it");
    return {};
  }
  for (const hcl::Value& each : value->elements()) add(each, expression.span);
  return list;
}

schema::Value AttributeReader::Convert(const hcl::Value& value,
                                       const AttributeRule& rule,
                                       hcl::Span span) {
  if (value.capsule()) return ConvertCapsule(value, rule, span);
  switch (value.kind()) {
    case ValueKind::kNull:
      return {};
    case ValueKind::kBool: {
      if (!(rule.takes & schema::kTakesBool))
        return Refuse(rule, "a bool", span);
      schema::Value read;
      read.kind = Kind::kBool;
      read.truth = value.truth();
      return read;
    }
    case ValueKind::kNumber: {
      const bool fits =
          (rule.takes & schema::kTakesNumber) ||
          ((rule.takes & schema::kTakesInteger) && value.number().IsWhole());
      if (!fits) return Refuse(rule, "a number", span);
      return Plain(Kind::kNumber, value.number().ToText());
    }
    case ValueKind::kString:
      return ConvertText(value, rule, span);
    default:
      return Refuse(rule, Cat("a ", hcl::Word(value.kind())), span);
  }
}

schema::Value AttributeReader::ConvertText(const hcl::Value& value,
                                           const AttributeRule& rule,
                                           hcl::Span span) {
  if (rule.takes & schema::kTakesWordText) {
    const std::string folded = Folded(value.text());
    for (const std::string_view word : Split(rule.words)) {
      if (Folded(word) == folded) return Plain(Kind::kWord, std::string(word));
    }
  }
  if (rule.takes & schema::kTakesString)
    return Plain(Kind::kString, value.text());
  std::string help;
  if (rule.takes & schema::kTakesType)
    help = "types stand without quotes; what no word says is sql(\"…\")";
  return Refuse(rule, "a string", span, std::move(help));
}

schema::Value AttributeReader::ConvertCapsule(const hcl::Value& value,
                                              const AttributeRule& rule,
                                              hcl::Span span) {
  const hcl::Capsule& capsule = *value.capsule();
  if (const auto* const sql = dynamic_cast<const SqlText*>(&capsule)) {
    if (!(rule.takes & (schema::kTakesSql | schema::kTakesType)))
      return Refuse(rule, "sql(\"…\")", span,
                    rule.takes & schema::kTakesString
                        ? "it is SQL already: write the text alone"
                        : "");
    return Plain(Kind::kSql, sql->text);
  }
  if (const auto* const word = dynamic_cast<const Word*>(&capsule))
    return ConvertWord(*word, rule, span);
  if (const auto* const tag = dynamic_cast<const ReferenceTag*>(&capsule))
    return ConvertReference(*tag, rule, span);
  return Refuse(rule, capsule.kind(), span);
}

schema::Value AttributeReader::ConvertWord(const Word& word,
                                           const AttributeRule& rule,
                                           hcl::Span span) {
  schema::Value value = Plain(Kind::kWord, word.text);
  const TypeRule* const type = rule.takes & schema::kTakesType
                                   ? FindType(state_.language, word.text)
                                   : nullptr;
  if (!type) return value;
  const auto count = static_cast<int>(word.arguments.size());
  if (count < type->required ||
      (type->arguments >= 0 && count > type->arguments)) {
    const std::string wanted =
        type->arguments == 0 ? "no argument"
        : type->required == type->arguments
            ? Cat(type->arguments, " argument(s)")
            : Cat(type->required, " to ", type->arguments, " arguments");
    state_.Tell(
        file_, span,
        Cat("the type ", word.text, " takes ", wanted, ", not ", count));
    return {};
  }
  for (const hcl::Value& argument : word.arguments) {
    if (argument.kind() == ValueKind::kNumber && argument.number().IsWhole()) {
      value.items.push_back(Plain(Kind::kNumber, argument.number().ToText()));
    } else if (argument.kind() == ValueKind::kString && type->arguments < 0) {
      value.items.push_back(Plain(Kind::kString, argument.text()));
    } else {
      state_.Tell(file_, span,
                  Cat("the type ", word.text, " takes whole numbers"));
      return {};
    }
  }
  return value;
}

schema::Value AttributeReader::ConvertReference(const ReferenceTag& tag,
                                                const AttributeRule& rule,
                                                hcl::Span span) {
  const std::string_view kind = !tag.member_kind.empty()
                                    ? std::string_view(tag.member_kind)
                                    : tag.entry->rule->kind;
  const bool as_reference = (rule.takes & schema::kTakesReference) &&
                            HoldsWord(Cat(' ', rule.references, ' '), kind);
  const bool as_type =
      (rule.takes & schema::kTakesType) &&
      HoldsWord(Cat(' ', state_.language.type_references, ' '), kind);
  if (!as_reference && !as_type)
    return Refuse(rule, Cat("a reference to a ", kind), span);
  schema::Value value;
  value.kind = Kind::kReference;
  value.reference.member_kind = tag.member_kind;
  value.reference.member = tag.member;
  if (!tag.entry) return value;
  const Entry& entry = *tag.entry;
  if (tag.others > 0 && !entry.rule->shares_label) {
    state_.Tell(file_, span,
                Cat("there are ", tag.others + 1, " blocks ", entry.rule->kind,
                    " \"", entry.label, "\"; which of them is meant?"),
                "write the schema's name before theirs: in the head of the "
                "block and in the reference");
    return {};
  }
  if (entry.instances.size() != 1) {
    state_.Tell(file_, span,
                Cat(entry.rule->kind, " ", entry.label, " stands for ",
                    entry.instances.size(), " objects, not for one"));
    return {};
  }
  value.reference.kind = entry.rule->kind;
  value.reference.name = {entry.instances.front().schema,
                          entry.instances.front().name};
  return value;
}

}  // namespace godwit::state
