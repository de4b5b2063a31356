// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "state/hcl/references.h"

namespace godwit::state {

// Evaluates attributes as their rules ask for it.
class AttributeReader {
 public:
  AttributeReader(DocumentState& state, int file, const hcl::Scope& scope,
                  const BlockScope* around)
      : state_(state), file_(file), scope_(scope), around_(around) {}

  // What is wrong is told, and null is given.
  schema::Value Read(const hcl::Expression& expression,
                     const schema::AttributeRule& rule);
  // The value as it is, words of the rule in it; nothing where it has none.
  std::optional<hcl::Value> Evaluate(const hcl::Expression& expression,
                                     const schema::AttributeRule& rule);

 private:
  std::optional<hcl::Value> Shortcut(const hcl::Expression& expression,
                                     const schema::AttributeRule& rule);
  schema::Value ReadList(const hcl::Expression& expression,
                         const schema::AttributeRule& rule);
  schema::Value Convert(const hcl::Value& value,
                        const schema::AttributeRule& rule, hcl::Span span);
  schema::Value ConvertCapsule(const hcl::Value& value,
                               const schema::AttributeRule& rule,
                               hcl::Span span);
  schema::Value ConvertText(const hcl::Value& value,
                            const schema::AttributeRule& rule, hcl::Span span);
  schema::Value ConvertReference(const ReferenceTag& tag,
                                 const schema::AttributeRule& rule,
                                 hcl::Span span);
  schema::Value ConvertWord(const Word& word, const schema::AttributeRule& rule,
                            hcl::Span span);
  schema::Value Refuse(const schema::AttributeRule& rule, std::string_view what,
                       hcl::Span span, std::string help = {});

  DocumentState& state_;
  int file_;
  const hcl::Scope& scope_;
  const BlockScope* around_;
};

}  // namespace godwit::state
