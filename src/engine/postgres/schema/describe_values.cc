// SPDX-License-Identifier: Apache-2.0
// Types and defaults as a document has them.
#include <charconv>

#include "base/text.h"
#include "engine/postgres/schema/describing.h"
#include "engine/postgres/schema/language.h"

namespace godwit::engine::pg {

namespace {

using schema::Value;

// "numeric(10,2)" -> "numeric" and 10, 2; what stands behind the parentheses
// belongs to the name.
struct PrintedType {
  std::string name;
  std::vector<std::string> arguments;
};

PrintedType TakeApart(const std::string& type) {
  const std::size_t open = type.find('(');
  const std::size_t close = type.find(')');
  if (open == type.npos || close == type.npos || close < open)
    return {type, {}};
  PrintedType out{type.substr(0, open) + type.substr(close + 1), {}};
  std::string_view inside =
      std::string_view(type).substr(open + 1, close - open - 1);
  while (!inside.empty()) {
    const std::size_t comma = std::min(inside.find(','), inside.size());
    out.arguments.emplace_back(Trim(inside.substr(0, comma)));
    inside.remove_prefix(std::min(comma + 1, inside.size()));
  }
  return out;
}

std::string_view WordOfType(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> kOthers[] = {
      {"timestamp without time zone", "timestamp"},
      {"timestamp with time zone", "timestamptz"},
      {"time without time zone", "time"},
      {"time with time zone", "timetz"}};
  for (const auto& [printed, word] : kOthers)
    if (printed == name) return word;
  // Words that the server prints otherwise.
  if (name == "float" || name == "hstore" || name.ends_with("serial"))
    return {};
  for (const schema::TypeRule& rule : TypeWords())
    if (rule.sql == name) return rule.word;
  return {};
}

bool AreNumbers(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments)
    if (!ParseInt64(argument)) return false;
  return true;
}

}  // namespace

Value Describing::Type(const std::string& type) const {
  const PrintedType printed = TakeApart(type);
  const std::string_view word = WordOfType(printed.name);
  // As a word it means the same without.
  const bool is_usual = word.starts_with("time") &&
                        printed.arguments == std::vector<std::string>{"6"};
  if (!word.empty() && !is_usual && AreNumbers(printed.arguments)) {
    Value value = WordValue(word);
    for (const std::string& argument : printed.arguments)
      value.items.push_back(NumberValue(argument));
    return value;
  }
  Definition reader(type);
  const schema::Name name = reader.TakeQualified();
  const auto found = types_.find(name);
  if (reader.AtEnd() && found != types_.end())
    return ObjectValue(found->second, name);
  return SqlValue(type);
}

bool Describing::IsEnum(const std::string& type) const {
  Definition reader(type);
  const auto found = types_.find(reader.TakeQualified());
  return reader.AtEnd() && found != types_.end() && found->second == "enum";
}

namespace {

// What the server makes of a number that is written without a type.
std::string_view NumberType(std::string_view digits) {
  if (digits.find('.') != digits.npos) return "numeric";
  const auto number = ParseInt64(digits);
  if (!number) return "numeric";
  return *number >= INT32_MIN && *number <= INT32_MAX ? "integer" : "bigint";
}

bool IsNumber(const std::string& type) {
  constexpr std::string_view kNumbers =
      " smallint integer bigint numeric real ";
  const std::string name = TakeApart(type).name;
  return HoldsWord(kNumbers, name) || name == "double precision";
}

// Types whose values are strings, and are cast as the column says.
bool TakesString(const std::string& type) {
  constexpr std::string_view kOthers =
      " bytea json jsonb uuid xml inet cidr macaddr macaddr8 point line lseg "
      "box path polygon circle text date ";
  const std::string name = TakeApart(type).name;
  return HoldsWord(kOthers, name) || name.starts_with("character") ||
         name.starts_with("time") || name.ends_with("[]");
}

// As a constant of the type is printed.
std::string CastName(const std::string& type) {
  const std::string name = TakeApart(type).name;
  return name == "character" ? "bpchar" : name;
}

}  // namespace

Value Describing::Default(const std::string& expression,
                          const std::string& type) const {
  if (expression == "true" || expression == "false")
    return type == "boolean" ? FlagValue(expression == "true")
                             : SqlValue(expression);
  Definition reader(expression);
  const sql::Token first = reader.Peek();
  reader.Skip();
  if (first.kind == sql::TokenKind::kNumber && reader.AtEnd() &&
      IsNumber(type)) {
    const Value value = ParameterValue(std::string(first.text));
    if (value.kind == Value::Kind::kNumber) return value;
  }
  if (first.kind != sql::TokenKind::kString || !reader.TakeSymbol(':') ||
      !reader.TakeSymbol(':'))
    return SqlValue(expression);
  const std::string text = StringMeant(first.text);
  const std::string_view cast = reader.Rest();
  if (IsNumber(type)) {
    const Value value = ParameterValue(text);
    const bool negative = text.starts_with('-') && text != "-0";
    if (negative && value.kind == Value::Kind::kNumber &&
        cast == NumberType(text))
      return value;
  } else if ((TakesString(type) || IsEnum(type)) && cast == CastName(type)) {
    return TextValue(text);
  }
  return SqlValue(expression);
}

}  // namespace godwit::engine::pg
