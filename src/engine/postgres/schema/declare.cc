// SPDX-License-Identifier: Apache-2.0
// A statement has its place by its phase, and within a phase by what its
// declaration refers to.
#include "engine/postgres/schema/declare.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"
#include "engine/postgres/schema/declaring.h"
#include "engine/postgres/schema/language.h"

namespace godwit::engine::pg {

namespace {

using schema::Declaration;
using schema::Value;

struct Row {
  std::string_view kind;
  void (*declare)(const Declaration&, Declaring&);
};

constexpr Row kRows[] = {
    {"table", DeclareTable},
    {"partition", DeclareTable},
    {"view", DeclareView},
    {"materialized", DeclareView},
    {"enum", DeclareType},
    {"domain", DeclareType},
    {"composite", DeclareType},
    {"range", DeclareType},
    {"sequence", DeclareSequence},
    {"function", DeclareRoutine},
    {"procedure", DeclareRoutine},
    {"aggregate", DeclareAggregate},
    {"trigger", DeclareTrigger},
    {"event_trigger", DeclareEventTrigger},
    {"policy", DeclarePolicy},
    {"rule", DeclareRule},
    {"permission", DeclarePermission},
    {"default_permission", DeclareDefaultPermission},
};

using ObjectKey = std::pair<std::string_view, schema::Name>;

// Declarations so that what is referred to comes first, else as written.
class Order {
 public:
  explicit Order(const std::vector<Declaration>& declarations)
      : declarations_(declarations), seen_(declarations.size(), false) {
    for (std::size_t i = 0; i < declarations.size(); ++i)
      by_key_[{declarations[i].kind, NameOf(declarations[i])}].push_back(i);
  }

  std::vector<const Declaration*> Run() {
    for (std::size_t i = 0; i < declarations_.size(); ++i) Visit(i);
    return std::move(out_);
  }

 private:
  // Chains of references may be long: no recursion.
  void Visit(std::size_t start) {
    if (seen_[start]) return;
    seen_[start] = true;
    std::vector<std::pair<std::size_t, std::vector<std::size_t>>> open;
    open.emplace_back(start, NeedsOf(declarations_[start]));
    while (!open.empty()) {
      auto& [index, needs] = open.back();
      if (needs.empty()) {
        out_.push_back(&declarations_[index]);
        open.pop_back();
        continue;
      }
      const std::size_t next = needs.back();
      needs.pop_back();
      if (seen_[next]) continue;
      seen_[next] = true;
      open.emplace_back(next, NeedsOf(declarations_[next]));
    }
  }

  std::vector<std::size_t> NeedsOf(const Declaration& declaration) const {
    std::vector<std::size_t> needs;
    AddNeeds(declaration, needs);
    return {needs.rbegin(), needs.rend()};
  }

  void AddNeeds(const Declaration& declaration,
                std::vector<std::size_t>& needs) const {
    for (const schema::Attribute& attribute : declaration.attributes)
      AddNeeds(attribute.value, needs);
    for (const Declaration& block : declaration.blocks)
      if (block.kind != "foreign_key") AddNeeds(block, needs);
  }

  void AddNeeds(const Value& value, std::vector<std::size_t>& needs) const {
    for (const Value& item : value.items) AddNeeds(item, needs);
    if (value.kind != Value::Kind::kReference) return;
    const auto found =
        by_key_.find(ObjectKey{value.reference.kind, value.reference.name});
    if (found != by_key_.end())
      needs.insert(needs.end(), found->second.begin(), found->second.end());
  }

  const std::vector<Declaration>& declarations_;
  std::map<ObjectKey, std::vector<std::size_t>> by_key_;
  std::vector<bool> seen_;
  std::vector<const Declaration*> out_;
};

void CheckSchemas(const std::vector<Declaration>& declarations,
                  Declaring& out) {
  std::set<std::string_view> schemas;
  for (const Declaration& declaration : declarations) {
    if (declaration.kind != "schema") continue;
    if (!schemas.insert(declaration.name).second)
      out.Complain(declaration.mark,
                   Cat("schema ", declaration.name, " is declared twice"));
  }
  // Every database is made with it; it stays where something else is in it.
  if (schemas.empty() || schemas.contains("public")) return;
  out.Add(Phase::kLast,
          "DO $$ BEGIN DROP SCHEMA IF EXISTS public; "
          "EXCEPTION WHEN dependent_objects_still_exist THEN NULL; END $$",
          {});
}

bool HasName(std::string_view kind) {
  const auto blocks = SchemaLanguage().blocks;
  const auto rule = std::ranges::find(blocks, kind, &schema::BlockRule::kind);
  return rule != blocks.end() && rule->label != schema::Label::kNone;
}

}  // namespace

schema::Declared DeclareSchema(const std::vector<Declaration>& declarations) {
  Declaring out;
  CheckSchemas(declarations, out);
  for (const Declaration& declaration : declarations)
    if (declaration.kind == "function" || declaration.kind == "aggregate")
      out.KnowRoutine(declaration.name);
  for (const Declaration* declaration : Order(declarations).Run()) {
    if (declaration->name.empty() && HasName(declaration->kind)) {
      out.Complain(declaration->mark, declaration->kind + " has no name",
                   Cat(declaration->kind, " \"name\" { … }, or name = …"));
      continue;
    }
    const auto* row = std::ranges::find(kRows, declaration->kind, &Row::kind);
    (row == std::end(kRows) ? DeclareOther : row->declare)(*declaration, out);
  }
  return out.Take();
}

}  // namespace godwit::engine::pg
