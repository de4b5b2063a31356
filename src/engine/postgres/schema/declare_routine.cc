// SPDX-License-Identifier: Apache-2.0
// Functions, procedures, aggregates.
#include "base/text.h"
#include "engine/lexicons.h"
#include "engine/postgres/schema/declaring.h"
#include "engine/postgres/schema/names.h"
#include "sql/lexer.h"

namespace godwit::engine::pg {

namespace {

using schema::Declaration;
using schema::Value;

std::string Mode(const Declaration& argument) {
  const std::string mode = WordsOf(argument, "mode");
  return mode.empty() || mode == "IN" ? std::string() : mode + " ";
}

void AddArgument(const Declaration& argument, Draft& draft) {
  const Value& type = *argument.Find("type");
  draft.Add(Mode(argument), argument.mark);
  if (!argument.name.empty()) draft.Add(Quoted(argument.name) + " ");
  draft.Add(TypeSql(type), type.mark);
  if (const Value* value = argument.Find("default"))
    draft.Add(" DEFAULT ").Add(ExpressionSql(*value, &type), value->mark);
}

void AddArguments(const Declaration& routine, std::string_view kind,
                  Draft& draft) {
  bool first = true;
  for (const Declaration& block : routine.blocks) {
    if (block.kind != kind) continue;
    if (!first) draft.Add(", ");
    first = false;
    AddArgument(block, draft);
  }
}

// "VARIADIC integer[], text": how a routine is named.
std::string Types(const Declaration& routine, std::string_view kind) {
  std::vector<std::string> types;
  for (const Declaration& block : routine.blocks)
    if (block.kind == kind)
      types.push_back(Cat(Mode(block), TypeSql(*block.Find("type"))));
  return Join(types, ", ");
}

// A body of the standard's kind stands without quotes.
bool IsStandardBody(const std::string& language, std::string_view body) {
  if (AsciiLower(language) != "sql") return false;
  const sql::DocumentView document{body, {}};
  sql::Lexer lexer(document, PostgresLexicon(), sql::Lexer::OnUnclosed::kToken);
  const auto next = [&lexer] {
    sql::Token token = lexer.Next();
    while (token.kind == sql::TokenKind::kLineComment ||
           token.kind == sql::TokenKind::kBlockComment)
      token = lexer.Next();
    return token;
  };
  const sql::Token token = next();
  return token.IsWord("return") ||
         (token.IsWord("begin") && next().IsWord("atomic"));
}

std::string DollarTag(std::string_view body) {
  std::string tag = "$$";
  for (int i = 0;
       body.find(tag) != body.npos || (tag == "$$" && body.ends_with('$')); ++i)
    tag = i == 0 ? "$body$" : Cat("$body", i, "$");
  return tag;
}

void AddBody(const Declaration& routine, Draft& draft) {
  const Value& body = *routine.Find("as");
  if (const Value* library = routine.Find("library")) {
    draft.Add(Cat("\nAS ", Literal(library->text), ", ", Literal(body.text)),
              body.mark);
  } else if (IsStandardBody(TextOf(routine, "lang"), body.text)) {
    draft.Add("\n").Add(body.text, body.mark);
  } else {
    const std::string tag = DollarTag(body.text);
    draft.Add("\nAS " + tag).Add(body.text, body.mark).Add(tag);
  }
}

// Settings whose value is a list of names.
bool IsNameList(std::string_view setting) {
  constexpr std::string_view kLists =
      " search_path temp_tablespaces session_preload_libraries "
      "local_preload_libraries shared_preload_libraries ";
  return HoldsWord(kLists, setting);
}

std::string NameList(std::string_view value) {
  std::vector<std::string> names;
  const sql::DocumentView document{value, {}};
  sql::Lexer lexer(document, PostgresLexicon(), sql::Lexer::OnUnclosed::kToken);
  for (sql::Token token = lexer.Next(); token.kind != sql::TokenKind::kEnd;
       token = lexer.Next()) {
    if (token.IsSymbol(',')) continue;
    if (token.IsSymbol('$') || (!names.empty() && names.back() == "$")) {
      names.back() += token.text;  // $user
      continue;
    }
    names.push_back(sql::Unquoted(token.text));
  }
  for (std::string& name : names) name = Literal(name);
  return names.empty() ? "''" : Join(names, ", ");
}

void AddSetting(std::string_view name, const Value& value, Draft& draft) {
  std::string text =
      value.kind == Value::Kind::kBool ? ExpressionSql(value) : value.text;
  text = IsNameList(name) ? NameList(text) : Literal(text);
  draft.Add(Cat("\nSET ", name, " TO ", text), value.mark);
}

void AddSettings(const Declaration& routine, Draft& draft) {
  for (const Declaration& block : routine.blocks) {
    if (block.kind == "config_params")
      for (const schema::Attribute& setting : block.attributes)
        if (setting.value.kind != Value::Kind::kNull)
          AddSetting(setting.name, setting.value, draft);
    if (block.kind == "config_param")
      AddSetting(block.name, *block.Find("value"), draft);
  }
}

void AddReturns(const Declaration& function, Draft& draft) {
  if (const Value* type = function.Find("return"))
    draft.Add("\nRETURNS ").Add(TypeSql(*type), type->mark);
  if (const Value* type = function.Find("return_set"))
    draft.Add("\nRETURNS SETOF ").Add(TypeSql(*type), type->mark);
  const Declaration* table = BlockOf(function, "return_table");
  if (table == nullptr) return;
  draft.Add("\nRETURNS TABLE (");
  bool first = true;
  for (const Declaration& column : table->blocks) {
    const Value& type = *column.Find("type");
    if (!first) draft.Add(", ");
    first = false;
    draft.Add(Quoted(column.name) + " ", column.mark)
        .Add(TypeSql(type), type.mark);
  }
  draft.Add(")");
}

void AddOptions(const Declaration& routine, Draft& draft) {
  if (const Value* types = routine.Find("transform")) {
    std::vector<std::string> list;
    for (const Value& type : types->items)
      list.push_back("FOR TYPE " + TypeSql(type));
    draft.Add(Cat("\nTRANSFORM ", Join(list, ", ")), types->mark);
  }
  const auto flag = [&](std::string_view attribute, std::string_view words) {
    if (FlagOf(routine, attribute))
      draft.Add(words, MarkOf(routine, attribute));
  };
  const auto words = [&](std::string_view attribute, std::string_view before) {
    const std::string text = WordsOf(routine, attribute);
    if (!text.empty()) draft.Add(Cat(before, text), MarkOf(routine, attribute));
  };
  flag("window", "\nWINDOW");
  words("volatility", "\n");
  flag("strict", "\nSTRICT");
  flag("leakproof", "\nLEAKPROOF");
  words("security", "\nSECURITY ");
  words("parallel", "\nPARALLEL ");
  words("cost", "\nCOST ");
  words("rows", "\nROWS ");
  if (const Value* support = routine.Find("support"))
    draft.Add("\nSUPPORT ").Add(CalleeSql(*support), support->mark);
}

}  // namespace

void DeclareRoutine(const Declaration& declaration, Declaring& out) {
  const std::string name = Quoted(NameOf(declaration));
  const std::string_view noun =
      declaration.kind == "procedure" ? "PROCEDURE " : "FUNCTION ";
  const Value& language = *declaration.Find("lang");
  Draft draft(declaration.mark);
  draft.Add(Cat("CREATE ", noun, name, "("));
  AddArguments(declaration, "arg", draft);
  draft.Add(")", declaration.mark);
  AddReturns(declaration, draft);
  draft.Add("\nLANGUAGE ")
      .Add(Quoted(AsciiLower(language.text)), language.mark);
  AddOptions(declaration, draft);
  AddSettings(declaration, draft);
  AddBody(declaration, draft);
  out.Add(Phase::kRoutine, draft.Take());
  out.AddComment(declaration,
                 Cat(noun, name, "(", Types(declaration, "arg"), ")"));
}

namespace {

struct AggregateOption {
  std::string_view attribute;
  std::string_view word;
};

constexpr AggregateOption kAggregateOptions[] = {
    {"state_func", "SFUNC"},
    {"state_type", "STYPE"},
    {"state_size", "SSPACE"},
    {"final_func", "FINALFUNC"},
    {"final_func_extra", "FINALFUNC_EXTRA"},
    {"final_func_modify", "FINALFUNC_MODIFY"},
    {"combine_func", "COMBINEFUNC"},
    {"serial_func", "SERIALFUNC"},
    {"deserial_func", "DESERIALFUNC"},
    {"initial_value", "INITCOND"},
    {"moving_state_func", "MSFUNC"},
    {"moving_inverse_func", "MINVFUNC"},
    {"moving_state_type", "MSTYPE"},
    {"moving_state_size", "MSSPACE"},
    {"moving_final_func", "MFINALFUNC"},
    {"moving_final_func_extra", "MFINALFUNC_EXTRA"},
    {"moving_final_func_modify", "MFINALFUNC_MODIFY"},
    {"moving_initial_value", "MINITCOND"},
    {"sort_op", "SORTOP"},
    {"parallel", "PARALLEL"},
    {"hypothetical", "HYPOTHETICAL"},
};

// The value of one option; empty: it is a word alone.
std::string OptionSql(const AggregateOption& option, const Value& value) {
  if (value.kind == Value::Kind::kBool &&
      !option.attribute.ends_with("initial_value"))
    return {};
  if (option.attribute.ends_with("_type")) return TypeSql(value);
  if (option.attribute.ends_with("initial_value"))
    return value.kind == Value::Kind::kString ? Literal(value.text)
                                              : Literal(ExpressionSql(value));
  return CalleeSql(value);
}

// "integer ORDER BY text", or a star.
std::string AggregateTypes(const Declaration& aggregate) {
  std::string types = Types(aggregate, "arg");
  const std::string ordered = Types(aggregate, "order_arg");
  if (!ordered.empty())
    types += (types.empty() ? "" : " ") + ("ORDER BY " + ordered);
  return types.empty() ? "*" : types;
}

}  // namespace

void DeclareAggregate(const Declaration& declaration, Declaring& out) {
  const std::string name = Quoted(NameOf(declaration));
  Draft draft(declaration.mark);
  draft.Add(Cat("CREATE AGGREGATE ", name, "("));
  AddArguments(declaration, "arg", draft);
  const bool ordered = BlockOf(declaration, "order_arg") != nullptr;
  if (ordered) {
    draft.Add(" ORDER BY ");
    AddArguments(declaration, "order_arg", draft);
  } else if (BlockOf(declaration, "arg") == nullptr) {
    draft.Add("*");
  }
  draft.Add(") (", declaration.mark);
  bool first = true;
  for (const AggregateOption& option : kAggregateOptions) {
    const Value* value = declaration.Find(option.attribute);
    if (value == nullptr) continue;
    const std::string sql = OptionSql(option, *value);
    if (sql.empty() && !value->truth) continue;
    draft.Add(first ? "\n    " : ",\n    ").Add(option.word, value->mark);
    if (!sql.empty()) draft.Add(" = " + sql);
    first = false;
  }
  draft.Add("\n)");
  out.Add(Phase::kRoutine, draft.Take());
  out.AddComment(declaration, Cat("AGGREGATE ", name, "(",
                                  AggregateTypes(declaration), ")"));
}

}  // namespace godwit::engine::pg
