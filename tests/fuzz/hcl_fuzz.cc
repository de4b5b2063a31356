// SPDX-License-Identifier: Apache-2.0
// Any text is read as a document: evaluated, where it parses, and written in
// the canonical layout, which means the same and does not change again.
#include <cstdlib>
#include <string>

#include "entry.h"
#include "hcl/evaluator.h"
#include "hcl/format.h"
#include "hcl/parser.h"

namespace {

using namespace godwit::hcl;

void EvaluateAll(const Body& body, const Scope& scope, Budget& budget) {
  for (const AttributeSyntax& attribute : body.attributes) {
    try {
      Evaluate(*attribute.expression, scope, budget);
    } catch (const EvaluationError&) {
    }
  }
  for (const BlockSyntax& block : body.blocks)
    EvaluateAll(block.body, scope, budget);
}

void CheckFormat(const Document& document) {
  const std::string once = Format(*document.source);
  const Document again = Parse("b.hcl", once);
  if (!again.diagnostics.empty()) std::abort();
  if (again.body.attributes.size() != document.body.attributes.size() ||
      again.body.blocks.size() != document.body.blocks.size())
    std::abort();
  if (Format(*again.source) != once) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const Document document = Parse("a.hcl", text);
  for (const Diagnostic& each : document.diagnostics) {
    if (each.span.begin > each.span.end || each.span.end > size) std::abort();
    document.source->PlaceOf(each.span);
  }
  Names names;
  names.Set("a", Value::Of(Number(1)));
  Budget budget(200'000);
  EvaluateAll(document.body, names, budget);
  if (document.diagnostics.empty()) CheckFormat(document);
  return 0;
}
