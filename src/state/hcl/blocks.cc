// SPDX-License-Identifier: Apache-2.0
#include "state/hcl/blocks.h"

#include <algorithm>

#include "base/text.h"

namespace godwit::state {

namespace {

using schema::AttributeRule;
using schema::BlockRule;
using schema::Declaration;
using schema::Label;

std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

class BlockReader {
 public:
  BlockReader(DocumentState& state, const BlockScope& scope, int file)
      : state_(state),
        file_(file),
        scope_(scope),
        values_(state, file, scope, &scope) {}

  Declaration Read(const hcl::BlockSyntax& block, const BlockRule& rule,
                   bool is_entry) {
    Declaration out;
    out.kind = rule.kind;
    out.mark = MarkOf(file_, block.head);
    if (!block.labels.empty()) out.name = block.labels.back().text;
    if (block.labels.size() > 1) out.qualifier = block.labels[0].text;
    Need(rule.since, block.head, "block", rule.kind);
    for (const hcl::AttributeSyntax& attribute : block.body.attributes) {
      if (is_entry && attribute.name == "for_each") continue;
      ReadAttribute(attribute, rule, out);
    }
    for (const hcl::BlockSyntax& inner : block.body.blocks)
      ReadInner(inner, rule, out);
    RefuseTwins(block, rule);
    CheckWhole(block, rule, out);
    return out;
  }

 private:
  void Need(int since, hcl::Span span, std::string_view what,
            std::string_view name) {
    if (since > 0)
      state_.needs.push_back(
          {MarkOf(file_, span), Cat("the ", what, ' ', name), since});
  }

  void ReadAttribute(const hcl::AttributeSyntax& attribute,
                     const BlockRule& rule, Declaration& out) {
    const AttributeRule* known = FindRule(rule.attributes, attribute.name);
    const AttributeRule free{.name = attribute.name,
                             .takes = rule.free_attributes};
    if (!known && rule.free_attributes != 0) known = &free;
    if (!known) {
      TellUnknown(attribute, rule);
      return;
    }
    schema::Value value = values_.Read(*attribute.expression, *known);
    if (value.kind != schema::Value::Kind::kNull)
      Need(known->since, attribute.name_span, "attribute", attribute.name);
    out.attributes.push_back({std::string(attribute.name), std::move(value),
                              MarkOf(file_, attribute.name_span)});
  }

  std::vector<std::string_view> NamesIn(const BlockRule& rule) const {
    std::vector<std::string_view> names;
    for (const AttributeRule& each : rule.attributes)
      names.push_back(each.name);
    for (const BlockRule& each : rule.blocks) names.push_back(each.kind);
    return names;
  }

  void TellUnknown(const hcl::AttributeSyntax& attribute,
                   const BlockRule& rule) {
    std::string help = DidYouMean(attribute.name, NamesIn(rule));
    if (FindRule(rule.blocks, attribute.name))
      help = Cat(attribute.name, " is a block: ", attribute.name, " { … }");
    if (attribute.name == "for_each")
      help = "only blocks of the document itself are repeated";
    state_.Tell(file_, attribute.name_span,
                Cat(rule.kind, " has no attribute ", attribute.name),
                std::move(help));
  }

  void TellUnknown(const hcl::BlockSyntax& block, const BlockRule& rule) {
    std::string help = DidYouMean(block.type, NamesIn(rule));
    if (FindRule(rule.attributes, block.type))
      help = Cat(block.type, " is an attribute: ", block.type, " = …");
    state_.Tell(file_, block.type_span,
                Cat(rule.kind, " has no block ", block.type), std::move(help));
    TellDangling(block.body);
  }

  // References to nothing are told even in what is not known.
  void TellDangling(const hcl::Body& body) {
    for (const hcl::AttributeSyntax& attribute : body.attributes) {
      for (const hcl::Traversal& traversal :
           hcl::Traversals(*attribute.expression)) {
        const Resolution found = Resolve(state_, &scope_, traversal);
        if (!found.problem.empty())
          state_.Tell(file_, found.span, found.problem, found.help);
      }
    }
    for (const hcl::BlockSyntax& block : body.blocks) TellDangling(block.body);
  }

  void ReadInner(const hcl::BlockSyntax& block, const BlockRule& rule,
                 Declaration& out) {
    const BlockRule* const known = FindRule(rule.blocks, block.type);
    if (!known) {
      TellUnknown(block, rule);
      return;
    }
    if (!CheckLabels(state_, block, *known, file_)) return;
    if (!known->repeatable &&
        std::ranges::count(out.blocks, known->kind, &Declaration::kind) > 0) {
      state_.Tell(file_, block.head,
                  Cat(rule.kind, " has one ", known->kind, " at most"));
      return;
    }
    out.blocks.push_back(Read(block, *known, false));
  }

  // Parts of one kind and one name.
  void RefuseTwins(const hcl::BlockSyntax& block, const BlockRule& rule) {
    std::map<std::pair<std::string_view, std::string_view>,
             const hcl::BlockSyntax*>
        known;
    for (const hcl::BlockSyntax& inner : block.body.blocks) {
      const BlockRule* const inner_rule = FindRule(rule.blocks, inner.type);
      if (!inner_rule || inner_rule->shares_label || inner.labels.empty())
        continue;
      const auto [first, is_new] =
          known.try_emplace({inner.type, inner.labels.back().text}, &inner);
      if (is_new) continue;
      const hcl::Source& source =
          *state_.files[static_cast<std::size_t>(file_)].source;
      state_.Tell(file_, inner.head,
                  Cat("the ", inner.type, ' ', inner.labels.back().text,
                      " is declared twice"),
                  Cat("the first stands in line ",
                      source.At(first->second->head.begin).line));
    }
  }

  // Whether it is there, and not null. What could not be read is there.
  bool Has(const hcl::BlockSyntax& block, const Declaration& out,
           std::string_view name) const {
    for (const hcl::BlockSyntax& inner : block.body.blocks) {
      if (inner.type == name) return true;
    }
    if (out.Find(name)) return true;
    const hcl::AttributeSyntax* const attribute = block.body.Find(name);
    if (!attribute) return false;
    const auto* const literal =
        std::get_if<hcl::Literal>(&attribute->expression->node);
    if (literal) return !literal->value.is_null();
    return std::ranges::any_of(
        state_.problems, [&](const DocumentProblem& each) {
          return each.mark.file == file_ &&
                 each.mark.begin >= attribute->span.begin &&
                 each.mark.begin < attribute->span.end;
        });
  }

  void CheckWhole(const hcl::BlockSyntax& block, const BlockRule& rule,
                  const Declaration& out) {
    for (const AttributeRule& each : rule.attributes) {
      if (FindRule(rule.blocks, each.name) && block.body.Find(each.name) &&
          CountBlocks(block, each.name) > 0)
        state_.Tell(file_, block.head,
                    Cat(each.name,
                        " is there twice: as an attribute and as a "
                        "block"));
      if (each.required && !Has(block, out, each.name))
        TellMissing(block, rule, Cat("attribute ", each.name));
    }
    for (const BlockRule& each : rule.blocks) {
      if (each.required && CountBlocks(block, each.kind) == 0)
        TellMissing(block, rule, Cat("block ", each.kind));
    }
    for (const schema::ExclusiveRule& each : rule.exclusives)
      CheckExclusive(block, rule, out, each);
  }

  static std::ptrdiff_t CountBlocks(const hcl::BlockSyntax& block,
                                    std::string_view kind) {
    return std::ranges::count(block.body.blocks, kind, &hcl::BlockSyntax::type);
  }

  void TellMissing(const hcl::BlockSyntax& block, const BlockRule& rule,
                   std::string_view what) {
    std::string name(rule.kind);
    if (!block.labels.empty()) name += Cat(' ', block.labels.back().text);
    state_.Tell(file_, block.head, Cat(name, " has no ", what));
  }

  void CheckExclusive(const hcl::BlockSyntax& block, const BlockRule& rule,
                      const Declaration& out,
                      const schema::ExclusiveRule& exclusive) {
    const std::vector<std::string> names = Words(exclusive.names);
    std::vector<std::string> found;
    std::ranges::copy_if(
        names, std::back_inserter(found),
        [&](const std::string& name) { return Has(block, out, name); });
    if (found.size() > 1) {
      state_.Tell(file_, block.head,
                  Cat(rule.kind, " has ", Join(found, " and "),
                      ", which exclude each other"));
    } else if (found.empty() && exclusive.required) {
      TellMissing(block, rule, Join(names, " or "));
    }
  }

  DocumentState& state_;
  int file_;
  const BlockScope& scope_;
  AttributeReader values_;
};

// The objects whose parts this one has, too.
void AddOwners(DocumentState& state, const Entry& entry, BlockScope& scope) {
  for (const std::string& name : Words(entry.rule->members_from)) {
    const hcl::AttributeSyntax* const attribute = entry.syntax->body.Find(name);
    const AttributeRule* const rule = FindRule(entry.rule->attributes, name);
    if (!attribute || !rule) continue;
    AttributeReader reader(state, entry.file, scope, &scope);
    const std::optional<hcl::Value> value =
        reader.Evaluate(*attribute->expression, *rule);
    if (!value || !value->capsule()) continue;
    const auto* const tag = dynamic_cast<const ReferenceTag*>(value->capsule());
    if (tag && tag->entry && tag->entry != &entry)
      scope.AddPartsOf(*tag->entry);
  }
}

}  // namespace

bool CheckLabels(DocumentState& state, const hcl::BlockSyntax& block,
                 const BlockRule& rule, int file) {
  const std::size_t most = rule.label == Label::kNone ? 0
                           : rule.qualifier           ? 2
                                                      : 1;
  const std::size_t least = rule.label == Label::kRequired ? 1 : 0;
  const std::size_t count = block.labels.size();
  if (count > most) {
    state.Tell(file, block.labels[most].span,
               Cat(rule.kind, " has ", most, most == 1 ? " label" : " labels",
                   " at most, not ", count));
    return false;
  }
  const bool is_named = FindRule(rule.attributes, "name") != nullptr &&
                        block.body.Find("name") != nullptr;
  if (count < least && !is_named) {
    state.Tell(file, block.head, Cat(rule.kind, " has no label"),
               Cat(rule.kind, " \"name\" { … }"));
    return false;
  }
  return true;
}

schema::Declaration ReadEntry(DocumentState& state, const hcl::Scope& parent,
                              const Entry& entry, const Instance& instance) {
  BlockScope scope(state, parent, entry, instance);
  if (!entry.rule->members_from.empty()) AddOwners(state, entry, scope);
  Declaration declaration = BlockReader(state, scope, entry.file)
                                .Read(*entry.syntax, *entry.rule, true);
  declaration.name = instance.name;
  std::erase_if(declaration.attributes, [](const schema::Attribute& each) {
    return each.name == "name";
  });
  return declaration;
}

}  // namespace godwit::state
