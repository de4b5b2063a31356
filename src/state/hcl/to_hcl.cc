// SPDX-License-Identifier: Apache-2.0
#include "state/hcl/to_hcl.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "hcl/writer.h"

namespace godwit::state {

namespace {

using schema::Attribute;
using schema::AttributeRule;
using schema::BlockRule;
using schema::Declaration;
using schema::Value;
using Kind = Value::Kind;

// The schema that an object is in; empty: none.
std::string SchemaOf(const Declaration& declaration) {
  const Value* const schema = declaration.Find("schema");
  return schema && schema->kind == Kind::kReference
             ? schema->reference.name.name
             : "";
}

// Which objects have their schema's name before theirs.
class Qualifiers {
 public:
  Qualifiers(const std::vector<Declaration>& declarations,
             const schema::Language& language) {
    std::map<std::string, std::map<std::string, std::set<std::string>>> schemas;
    for (const Declaration& each : declarations) {
      const auto rule =
          std::ranges::find(language.blocks, each.kind, &BlockRule::kind);
      if (rule == language.blocks.end() || !rule->qualifier) continue;
      schemas[each.kind][each.name].insert(SchemaOf(each));
    }
    for (const auto& [kind, names] : schemas) Collect(kind, names);
  }

  bool Has(std::string_view kind, const std::string& name) const {
    const auto names = qualified_.find(kind);
    return names != qualified_.end() && names->second.contains(name);
  }

 private:
  void Collect(const std::string& kind,
               const std::map<std::string, std::set<std::string>>& names) {
    std::set<std::string>& qualified = qualified_[kind];
    std::set<std::string> used;
    const auto add = [&](const std::string& name,
                         const std::set<std::string>& schemas) {
      used.insert(schemas.begin(), schemas.end());
      return qualified.insert(name).second;
    };
    for (const auto& [name, schemas] : names) {
      if (schemas.size() > 1) add(name, schemas);
    }
    // A plain name that is a qualifier too would hide what it qualifies.
    for (bool more = true; more;) {
      more = false;
      for (const auto& [name, schemas] : names) {
        if (used.contains(name) && !qualified.contains(name))
          more = add(name, schemas);
      }
    }
  }

  std::map<std::string, std::set<std::string>, std::less<>> qualified_;
};

class DocumentWriter {
 public:
  DocumentWriter(const std::vector<Declaration>& declarations,
                 const schema::Language& language)
      : declarations_(declarations),
        language_(language),
        qualifiers_(declarations, language) {}

  std::string Write() {
    for (const Declaration& each : declarations_) {
      const auto rule =
          std::ranges::find(language_.blocks, each.kind, &BlockRule::kind);
      if (rule == language_.blocks.end()) continue;
      std::vector<std::string> labels;
      if (rule->qualifier && qualifiers_.Has(each.kind, each.name))
        labels.push_back(SchemaOf(each));
      WriteBlock(each, *rule, std::move(labels));
    }
    return writer_.Take();
  }

 private:
  void WriteBlock(const Declaration& block, const BlockRule& rule,
                  std::vector<std::string> labels) {
    if (!block.name.empty()) labels.push_back(block.name);
    writer_.BeginBlock(block.kind, labels);
    for (const AttributeRule& each : rule.attributes) {
      if (!each.behind) WriteAttribute(block, each);
    }
    WriteFree(block, rule);
    for (const BlockRule& inner : rule.blocks) {
      for (const Declaration& each : block.blocks) {
        if (each.kind == inner.kind) WriteBlock(each, inner, {});
      }
    }
    for (const AttributeRule& each : rule.attributes) {
      if (each.behind) WriteAttribute(block, each);
    }
    writer_.EndBlock();
  }

  void WriteFree(const Declaration& block, const BlockRule& rule) {
    if (rule.free_attributes == 0) return;
    for (const Attribute& each : block.attributes) {
      const bool known =
          std::ranges::find(rule.attributes, each.name, &AttributeRule::name) !=
          rule.attributes.end();
      if (!known && each.value.kind != Kind::kNull)
        writer_.Attribute(each.name, Text(each.value));
    }
  }

  void WriteAttribute(const Declaration& block, const AttributeRule& rule) {
    const Value* const value = block.Find(rule.name);
    if (!value) return;
    const bool lines = value->kind == Kind::kString &&
                       value->text.find('\n') != std::string::npos;
    if (rule.body && lines && hcl::FitsHeredoc(value->text)) {
      writer_.Heredoc(rule.name, value->text);
    } else {
      writer_.Attribute(rule.name, Text(*value));
    }
  }

  std::string Text(const Value& value) const {
    switch (value.kind) {
      case Kind::kNull:
        return "null";
      case Kind::kBool:
        return value.truth ? "true" : "false";
      case Kind::kNumber:
        return value.text;
      case Kind::kString:
        return hcl::Quote(value.text);
      case Kind::kSql:
        return Cat("sql(", hcl::Quote(value.text), ')');
      case Kind::kWord:
        return value.items.empty()
                   ? value.text
                   : Cat(value.text, '(', Texts(value.items, ","), ')');
      case Kind::kReference:
        return ReferenceText(value.reference);
      case Kind::kList:
        return Cat('[', Texts(value.items, ", "), ']');
    }
    return {};
  }

  std::string Texts(const std::vector<Value>& values,
                    std::string_view separator) const {
    std::vector<std::string> texts;
    for (const Value& each : values) texts.push_back(Text(each));
    return Join(texts, separator);
  }

  std::string ReferenceText(const schema::Reference& reference) const {
    std::string text = reference.kind;
    if (!text.empty()) {
      if (qualifiers_.Has(reference.kind, reference.name.name))
        text += hcl::MemberStep(reference.name.schema);
      text += hcl::MemberStep(reference.name.name);
    }
    if (reference.member_kind.empty()) return text;
    if (!text.empty()) text += '.';
    return Cat(text, reference.member_kind, hcl::MemberStep(reference.member));
  }

  const std::vector<Declaration>& declarations_;
  const schema::Language& language_;
  Qualifiers qualifiers_;
  hcl::Writer writer_;
};

}  // namespace

std::string WriteDocument(const std::vector<Declaration>& declarations,
                          const schema::Language& language) {
  return DocumentWriter(declarations, language).Write();
}

}  // namespace godwit::state
