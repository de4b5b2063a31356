// SPDX-License-Identifier: Apache-2.0
// Views and materialized views.
#include "base/text.h"
#include "engine/postgres/schema/declaring.h"
#include "engine/postgres/schema/names.h"

namespace godwit::engine::pg {

namespace {

using schema::Declaration;
using schema::Value;

std::string Options(const Declaration& view) {
  std::vector<std::string> options;
  if (const Declaration* security = BlockOf(view, "security")) {
    for (const std::string_view word : {"invoker", "barrier"})
      if (const Value* value = security->Find(word))
        options.push_back(
            Cat("security_", word, " = ", value->truth ? "true" : "false"));
  }
  const std::string parameters = ParametersSql(BlockOf(view, "storage_params"));
  if (!parameters.empty()) options.push_back(parameters);
  const std::string toast =
      ParametersSql(BlockOf(view, "toast_params"), "toast.");
  if (!toast.empty()) options.push_back(toast);
  return options.empty() ? std::string()
                         : Cat(" WITH (", Join(options, ", "), ")");
}

// The columns are what the query gives; what is said of them must be there.
void DeclareColumns(const Declaration& view, const std::string& name,
                    std::string_view noun, Declaring& out) {
  Draft look(view.mark);
  look.Add("SELECT ");
  bool first = true;
  for (const Declaration& column : view.blocks) {
    if (column.kind != "column") continue;
    const std::string quoted = Quoted(column.name);
    look.Add(first ? "" : ", ").Add(quoted, column.mark);
    first = false;
    const std::string alter =
        Cat("ALTER ", noun, name, " ALTER COLUMN ", quoted, " SET ");
    if (const Value* value = column.Find("default"))
      out.Add(
          Phase::kProperty,
          Cat(alter, "DEFAULT ", ExpressionSql(*value, column.Find("type"))),
          value->mark);
    if (const Value* target = column.Find("statistics"))
      out.Add(Phase::kProperty, Cat(alter, "STATISTICS ", target->text),
              target->mark);
    out.AddComment(column, Cat("COLUMN ", name, ".", quoted));
  }
  if (first) return;
  look.Add(Cat(" FROM ", name, " LIMIT 0"), view.mark);
  if (FlagOf(view, "populated", true)) out.Add(Phase::kView, look.Take());
}

}  // namespace

void DeclareView(const Declaration& declaration, Declaring& out) {
  const std::string name = Quoted(NameOf(declaration));
  const bool materialized = declaration.kind == "materialized";
  const std::string_view noun = materialized ? "MATERIALIZED VIEW " : "VIEW ";
  const Value& query = *declaration.Find("as");
  Draft draft(declaration.mark);
  draft.Add(Cat("CREATE ", noun, name));
  if (const Value* method = declaration.Find("access_method"))
    draft.Add(" USING ").Add(Quoted(method->text), method->mark);
  draft.Add(Options(declaration), declaration.mark).Add(" AS\n");
  draft.Add(query.text, query.mark);
  if (const Value* check = declaration.Find("check_option"))
    draft.Add(
        Cat("\n WITH ", WordsOf(declaration, "check_option"), " CHECK OPTION"),
        check->mark);
  if (!FlagOf(declaration, "populated", true))
    draft.Add("\n WITH NO DATA", MarkOf(declaration, "populated"));
  out.Add(Phase::kView, draft.Take());
  DeclareColumns(declaration, name, noun, out);
  for (const Declaration& block : declaration.blocks)
    if (block.kind == "index")
      DeclareIndex(block, NameOf(declaration), Phase::kView, out);
  out.AddComment(declaration, Cat(noun, name));
}

}  // namespace godwit::engine::pg
