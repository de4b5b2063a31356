// SPDX-License-Identifier: Apache-2.0
// Functions, procedures, aggregates.
#include "base/text.h"
#include "engine/postgres/schema/describing.h"

namespace godwit::engine::pg {

namespace {

using schema::Declaration;
using schema::Routine;
using schema::Value;

// Whether a type begins here: the server puts a name that could be read so in
// quotes.
bool BeginsType(const Definition& reader) {
  const sql::Token& first = reader.Peek();
  const sql::Token& second = reader.Peek(1);
  if (second.kind != sql::TokenKind::kWord &&
      second.kind != sql::TokenKind::kQuotedName)
    return true;
  if (first.kind != sql::TokenKind::kWord) return false;
  return (first.IsWord("double") && second.IsWord("precision")) ||
         second.IsWord("varying") || second.IsWord("with") ||
         second.IsWord("without") || second.IsWord("default") ||
         second.IsWord("order");
}

// One argument as it is printed: "INOUT a integer DEFAULT 1".
Declaration DescribeArgument(const std::string& text, std::string_view kind,
                             const Describing& describing) {
  Definition reader(text);
  Declaration out;
  out.kind = kind;
  std::string_view mode;
  for (const std::string_view word : {"IN", "OUT", "INOUT", "VARIADIC"})
    if (mode.empty() && reader.Take(AsciiLower(word))) mode = word;
  if (!BeginsType(reader)) out.name = reader.TakeName();
  const std::string type = reader.TakeUntil({"default"});
  Put(out, "type", describing.Type(type));
  if (reader.Take("default"))
    Put(out, "default", describing.Default(std::string(reader.Rest()), type));
  if (mode != "IN") PutWord(out, "mode", mode);
  return out;
}

void PutReturns(Definition& reader, const Describing& describing,
                Declaration& out) {
  if (!reader.Take("returns")) return;
  if (reader.Take("table")) {
    Declaration table;
    table.kind = "return_table";
    for (const std::string& column : reader.TakeList())
      table.blocks.push_back(DescribeArgument(column, "column", describing));
    out.blocks.push_back(std::move(table));
    return;
  }
  const bool set = reader.Take("setof");
  Put(out, set ? "return_set" : "return",
      describing.Type(reader.TakeUntil({"language"})));
}

void PutLanguage(Definition& reader, Declaration& out) {
  if (!reader.Take("language")) return;
  const std::string language = reader.TakeName();
  if (language == "sql" || language == "plpgsql")
    Put(out, "lang", WordValue(language == "sql" ? "SQL" : "PLpgSQL"));
  else
    PutText(out, "lang", language);
}

// A number, or what else stands there.
std::string TakeNumber(Definition& reader) {
  std::string number(reader.Peek().text);
  reader.Skip();
  return number;
}

bool PutOption(Definition& reader, const Describing& describing,
               Declaration& out) {
  struct Row {
    std::string_view words;
    std::string_view attribute;
    std::string_view value;  // a word; empty: true
  };
  constexpr Row kRows[] = {
      {"window", "window", {}},
      {"immutable", "volatility", "IMMUTABLE"},
      {"stable", "volatility", "STABLE"},
      {"strict", "strict", {}},
      {"leakproof", "leakproof", {}},
      {"security definer", "security", "DEFINER"},
      {"parallel safe", "parallel", "SAFE"},
      {"parallel restricted", "parallel", "RESTRICTED"},
  };
  for (const Row& row : kRows) {
    if (!reader.Take(row.words)) continue;
    Put(out, row.attribute,
        row.value.empty() ? FlagValue(true) : WordValue(row.value));
    return true;
  }
  for (const std::string_view word : {"cost", "rows"})
    if (reader.Take(word)) {
      PutNumber(out, word, TakeNumber(reader));
      return true;
    }
  if (!reader.Take("support")) return false;
  Put(out, "support", describing.Callee(reader.TakeQualifiedText()));
  return true;
}

void PutOptions(Definition& reader, const Describing& describing,
                Declaration& out) {
  if (reader.Take("transform")) {
    std::vector<Value> types;
    while (reader.Take("for type")) {
      types.push_back(describing.Type(reader.TakeQualifiedText()));
      reader.TakeSymbol(',');
    }
    Put(out, "transform", ListValue(std::move(types)));
  }
  // In any order.
  while (PutOption(reader, describing, out)) {
  }
}

std::string SettingText(Definition& reader, bool list) {
  std::string text;
  do {
    if (!text.empty()) text += ", ";
    const sql::Token token = reader.Peek();
    const std::string meant = StringMeant(token.text);
    const bool plain =
        meant.find_first_of(" ,\"'") == std::string::npos && !meant.empty();
    text += plain || !list ? meant : Cat("\"", meant, "\"");
    reader.Skip();
  } while (reader.TakeSymbol(','));
  return text;
}

void PutSettings(Definition& reader, Declaration& out) {
  Declaration plain;
  plain.kind = "config_params";
  std::vector<Declaration> others;
  while (reader.Take("set")) {
    std::string name = reader.TakeName();
    while (reader.TakeSymbol('.')) name += "." + reader.TakeName();
    reader.Take("to");
    reader.TakeSymbol('=');
    const bool list = name.ends_with("_path") || name.ends_with("_tablespaces");
    const Value value = TextValue(SettingText(reader, list));
    if (name.find('.') == std::string::npos) {
      Put(plain, name, value);
      continue;
    }
    Declaration& other = others.emplace_back();
    other.kind = "config_param";
    other.name = name;
    Put(other, "value", value);
  }
  if (!plain.attributes.empty()) out.blocks.push_back(std::move(plain));
  for (Declaration& other : others) out.blocks.push_back(std::move(other));
}

std::string DollarMeant(std::string_view text) {
  if (!text.starts_with('$')) return StringMeant(text);
  const std::size_t tag = text.find('$', 1) + 1;
  return std::string(text.substr(tag, text.size() - 2 * tag));
}

void PutBody(Definition& reader, Declaration& out) {
  if (!reader.Take("as")) {
    Put(out, "as", TextValue(reader.Rest()));
    return;
  }
  const std::string first = DollarMeant(reader.Peek().text);
  reader.Skip();
  if (reader.TakeSymbol(',')) {
    Put(out, "as", TextValue(DollarMeant(reader.Peek().text)));
    PutText(out, "library", first);
  } else {
    Put(out, "as", TextValue(first));
  }
}

void DescribeRoutine(const Routine& routine, Describing& describing) {
  const bool procedure = routine.kind == Routine::Kind::kProcedure;
  Declaration& out =
      describing.Add(procedure ? "procedure" : "function", routine.name);
  Definition reader(routine.definition);
  reader.Take("create or replace");
  reader.Skip();
  reader.TakeQualified();
  for (const std::string& argument : reader.TakeList())
    out.blocks.push_back(DescribeArgument(argument, "arg", describing));
  Declaration rest;
  PutReturns(reader, describing, rest);
  PutLanguage(reader, out);
  PutOptions(reader, describing, rest);
  PutSettings(reader, rest);
  for (Declaration& block : rest.blocks) out.blocks.push_back(std::move(block));
  if (!rest.attributes.empty() &&
      rest.attributes[0].name.starts_with("return")) {
    out.attributes.push_back(std::move(rest.attributes[0]));
    rest.attributes.erase(rest.attributes.begin());
  }
  PutBody(reader, out);
  for (schema::Attribute& attribute : rest.attributes)
    out.attributes.push_back(std::move(attribute));
  PutText(out, "comment", routine.comment);
}

struct AggregateOption {
  std::string_view word;
  std::string_view attribute;
};

constexpr AggregateOption kAggregateOptions[] = {
    {"SFUNC", "state_func"},
    {"STYPE", "state_type"},
    {"SSPACE", "state_size"},
    {"FINALFUNC", "final_func"},
    {"FINALFUNC_EXTRA", "final_func_extra"},
    {"FINALFUNC_MODIFY", "final_func_modify"},
    {"COMBINEFUNC", "combine_func"},
    {"SERIALFUNC", "serial_func"},
    {"DESERIALFUNC", "deserial_func"},
    {"INITCOND", "initial_value"},
    {"MSFUNC", "moving_state_func"},
    {"MINVFUNC", "moving_inverse_func"},
    {"MSTYPE", "moving_state_type"},
    {"MSSPACE", "moving_state_size"},
    {"MFINALFUNC", "moving_final_func"},
    {"MFINALFUNC_EXTRA", "moving_final_func_extra"},
    {"MFINALFUNC_MODIFY", "moving_final_func_modify"},
    {"MINITCOND", "moving_initial_value"},
    {"SORTOP", "sort_op"},
    {"PARALLEL", "parallel"},
    {"HYPOTHETICAL", "hypothetical"},
};

Value OptionValue(std::string_view attribute, const std::string& text,
                  const Describing& describing) {
  if (text.empty()) return FlagValue(true);
  if (attribute.ends_with("_type")) return describing.Type(text);
  if (attribute.ends_with("initial_value")) return TextValue(StringMeant(text));
  if (attribute.ends_with("_size")) return NumberValue(text);
  if (attribute.ends_with("_modify") || attribute == "parallel")
    return WordValue(text);
  return attribute == "sort_op" ? SqlValue(text) : describing.Callee(text);
}

// "integer ORDER BY VARIADIC text": those before and those behind.
void PutAggregateArguments(const std::string& text,
                           const Describing& describing, Declaration& out) {
  if (text == "*") return;
  Definition reader(text);
  const std::string direct = Cat("(", reader.TakeUntil({"order"}), ")");
  Definition arguments(direct);
  for (const std::string& argument : arguments.TakeList())
    out.blocks.push_back(DescribeArgument(argument, "arg", describing));
  if (!reader.Take("order by")) return;
  const std::string ordered = Cat("(", reader.Rest(), ")");
  Definition rest(ordered);
  for (const std::string& argument : rest.TakeList())
    out.blocks.push_back(DescribeArgument(argument, "order_arg", describing));
}

void DescribeAggregate(const Routine& routine, Describing& describing) {
  Declaration& out = describing.Add("aggregate", routine.name);
  PutAggregateArguments(routine.arguments, describing, out);
  Definition reader(routine.definition);
  reader.Take("create aggregate");
  reader.TakeQualified();
  reader.TakeParentheses();
  for (const std::string& option : reader.TakeList()) {
    const std::size_t equals = option.find(" = ");
    const std::string word = option.substr(0, equals);
    const std::string text =
        equals == option.npos ? std::string() : option.substr(equals + 3);
    for (const AggregateOption& known : kAggregateOptions)
      if (known.word == word)
        Put(out, known.attribute,
            OptionValue(known.attribute, text, describing));
  }
  PutText(out, "comment", routine.comment);
}

}  // namespace

void DescribeRoutines(Describing& out) {
  const auto& routines = out.catalog().routines;
  for (const Routine& routine : routines)
    if (routine.kind == Routine::Kind::kFunction) DescribeRoutine(routine, out);
  for (const Routine& routine : routines)
    if (routine.kind == Routine::Kind::kProcedure)
      DescribeRoutine(routine, out);
  for (const Routine& routine : routines)
    if (routine.kind == Routine::Kind::kAggregate)
      DescribeAggregate(routine, out);
}

}  // namespace godwit::engine::pg
