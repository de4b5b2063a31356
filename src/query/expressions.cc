// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "query/analyzer.h"

namespace godwit::query {

using engine::FunctionFact;
using engine::Nulls;
using sql::Expression;
using sql::ExpressionPtr;
using Kind = Expression::Kind;

Hint Analyzer::HintFor(const Field& field) {
  return {field.origin.empty() ? field.name : field.origin,
          field.declared_nullable, field.derived.type, field.table};
}

// The column that an expression is, through casts.
std::optional<Field> Analyzer::ColumnOf(const Expression* expression,
                                        const Scope& scope) const {
  while (expression != nullptr && expression->kind == Kind::kCast)
    expression = expression->arguments.empty() ? nullptr
                                               : expression->arguments[0].get();
  if (expression == nullptr || expression->kind != Kind::kColumn)
    return std::nullopt;
  return scope.Find(expression->name);
}

Hint Analyzer::HintOf(const std::vector<ExpressionPtr>& operands,
                      const Scope& scope, const Hint& outer) const {
  for (const ExpressionPtr& operand : operands) {
    if (const std::optional<Field> field = ColumnOf(operand.get(), scope))
      return HintFor(*field);
  }
  // lower(name) = $1: the name says what it is.
  for (const ExpressionPtr& operand : operands) {
    if (operand->kind != Kind::kCall && operand->kind != Kind::kCoalesce)
      continue;
    for (const ExpressionPtr& argument : operand->arguments) {
      if (const std::optional<Field> field = ColumnOf(argument.get(), scope))
        return {HintFor(*field).name, false, {}, {}};
    }
  }
  return outer;
}

Derived Analyzer::DeriveColumn(const Expression& column, const Scope& scope) {
  if (const std::optional<Field> field = scope.Find(column.name))
    return field->derived;
  const engine::QueryFacts& facts = setting_.facts;
  // The table's own: its row's number, its place.
  if (!column.name.empty() && facts.IsSystemColumn(column.name.back())) {
    const Source* source =
        column.name.size() > 1
            ? scope.FindSource(column.name[column.name.size() - 2])
        : scope.sources().size() == 1 ? &scope.sources()[0]
                                      : nullptr;
    if (source != nullptr && source->row_number)
      return {source->blanked, facts.folds_names() ? "integer" : ""};
    return {};
  }
  // A whole row.
  if (column.name.size() == 1) {
    if (const Source* source = scope.FindSource(column.name[0]))
      return {source->blanked || source->any_columns, ""};
  }
  return {};
}

Derived Analyzer::DeriveParameter(const Expression& parameter,
                                  const Hint& hint) {
  const auto said = setting_.parameter_nullable.find(parameter.number);
  const bool told = said != setting_.parameter_nullable.end() && said->second;
  const auto [found, is_new] =
      parameters_.try_emplace(parameter.number, DerivedParameter{});
  DerivedParameter& derived = found->second;
  if (derived.name.empty() && !hint.name.empty()) {
    derived = {hint.name, hint.nullable, hint.type, hint.table};
  } else if (derived.type.empty()) {
    derived.type = hint.type;
  }
  if (is_new && derived.name.empty()) derived.nullable = hint.nullable;
  if (told) derived.nullable = true;
  const auto known = known_.find(parameter.number);
  const bool nullable =
      known == known_.end() ? derived.nullable : known->second.nullable;
  return {nullable, hint.type};
}

Derived Analyzer::Together(const std::vector<ExpressionPtr>& arguments,
                           const Scope& scope, const Hint& hint, Blank blank) {
  Derived together{blank == Blank::kAll, ""};
  bool first = true;
  for (const ExpressionPtr& argument : arguments) {
    const Derived derived = Derive(argument.get(), scope, hint);
    together.nullable = blank == Blank::kAll
                            ? together.nullable && derived.nullable
                            : together.nullable || derived.nullable;
    if (argument->kind == Kind::kNull) continue;
    if (first)
      together.type = derived.type;
    else if (together.type != derived.type)
      together.type.clear();
    first = false;
  }
  return together;
}

Derived Analyzer::FromFact(const FunctionFact& fact, const Expression& call,
                           const std::vector<Derived>& arguments) const {
  const bool any = std::ranges::any_of(arguments, &Derived::nullable);
  Derived derived;
  switch (fact.nulls) {
    case Nulls::kMaybe:
      derived.nullable = true;
      break;
    case Nulls::kNever:
      derived.nullable = false;
      break;
    case Nulls::kWithArguments:
      derived.nullable = any;
      break;
    case Nulls::kWithFirst:
      derived.nullable = arguments.empty() || arguments[0].nullable;
      break;
    case Nulls::kAggregate:
    case Nulls::kAnyRow: {
      // A window holds the current row, unless its frame leaves it out.
      const bool has_row = call.windowed ? !call.framed : grouped_;
      derived.nullable = !has_row || call.filter != nullptr ||
                         (fact.nulls == Nulls::kAggregate && any);
      break;
    }
  }
  if (fact.type == "=")
    derived.type = arguments.empty() ? "" : arguments[0].type;
  else if (fact.type == "sum")
    derived.type = !arguments.empty() && (arguments[0].type == "integer" ||
                                          arguments[0].type == "real")
                       ? arguments[0].type
                       : "";
  else
    derived.type = fact.type;
  if (!fact.of.empty() && !arguments.empty() && arguments[0].type != fact.of &&
      arguments[0].type != "varchar" && arguments[0].type != "bpchar")
    return {true, ""};
  return derived;
}

Derived Analyzer::DeriveCall(const Expression& call, const Scope& scope) {
  const std::string& name = call.name.back();
  std::vector<Derived> arguments;
  const Hint inside = HintOf(call.arguments, scope, {name, false, {}, {}});
  for (const ExpressionPtr& argument : call.arguments) {
    Hint hint = inside;
    hint.nullable = false;
    if (argument->kind == Kind::kNamedArgument) hint.name = argument->name[0];
    arguments.push_back(Derive(argument.get(), scope, hint));
  }
  if (call.filter != nullptr) Derive(call.filter.get(), scope);
  return FromFact(setting_.facts.Function(name, call.arguments.size()), call,
                  arguments);
}

Derived Analyzer::DeriveOperator(const Expression& expression,
                                 const Scope& scope, const Hint& outer) {
  Hint hint = HintOf(expression.arguments, scope, outer);
  // A pattern is a text, whatever it is matched with.
  if (expression.text == "like" && hint.type.empty()) {
    hint.type = setting_.facts.LiteralType(
        static_cast<int>(Expression::Literal::kText));
    hint.nullable = false;
  }
  std::vector<Derived> arguments;
  std::vector<std::string> types;
  for (const ExpressionPtr& argument : expression.arguments) {
    arguments.push_back(Derive(argument.get(), scope, hint));
    types.push_back(arguments.back().type);
  }
  const std::string name =
      expression.name.empty() ? "" : expression.name.back();
  Derived derived =
      FromFact(setting_.facts.Operator(name, types), expression, arguments);
  if (!expression.text.empty()) derived.type = setting_.facts.BooleanType();
  return derived;
}

Derived Analyzer::DeriveCase(const Expression& expression, const Scope& scope,
                             const Hint& hint) {
  Hint compared;
  if (expression.operand != nullptr) {
    Derive(expression.operand.get(), scope);
    if (const std::optional<Field> field =
            ColumnOf(expression.operand.get(), scope))
      compared = HintFor(*field);
  }
  Derived derived{expression.otherwise == nullptr, ""};
  bool first = true;
  const auto add = [&](const Expression* result, const Scope& where) {
    const Derived one = Derive(result, where, hint);
    derived.nullable = derived.nullable || one.nullable;
    if (result->kind == Kind::kNull) return;
    if (first)
      derived.type = one.type;
    else if (derived.type != one.type)
      derived.type.clear();
    first = false;
  };
  for (std::size_t i = 0; i + 1 < expression.arguments.size(); i += 2) {
    Derive(expression.arguments[i].get(), scope, compared);
    // Where the condition holds, it says something of its columns.
    Scope held = scope;
    if (expression.operand == nullptr)
      Prove(expression.arguments[i].get(), held);
    add(expression.arguments[i + 1].get(), held);
  }
  if (expression.otherwise != nullptr) add(expression.otherwise.get(), scope);
  return derived;
}

Derived Analyzer::DeriveCast(const Expression& cast, const Scope& scope,
                             const Hint& hint) {
  Hint inside = hint;
  inside.nullable = false;
  inside.type = setting_.facts.CastType(cast.text);
  const Derived from = Derive(cast.arguments[0].get(), scope, inside);
  const bool literal = cast.arguments[0]->kind == Kind::kLiteral;
  const bool lost =
      !literal && (setting_.facts.CastMayBeNull(from.type, inside.type) ||
                   (cast.arguments[0]->kind == Kind::kOperator &&
                    from.type.empty() && from.nullable));
  return {from.nullable || lost, inside.type};
}

Derived Analyzer::DeriveSubquery(const Expression& expression,
                                 const Scope& scope, const Hint& hint) {
  for (const ExpressionPtr& argument : expression.arguments)
    Derive(argument.get(), scope, hint);
  Rows rows;
  if (expression.query != nullptr) {
    // x IN (SELECT …): its column is compared with x.
    rows = Read(*expression.query, &scope);
  }
  const std::string boolean = setting_.facts.BooleanType();
  switch (expression.kind) {
    case Kind::kExists:
      // Of `EXISTS (SELECT *` no column is read.
      for (const sql::Target& target : expression.query->targets)
        stars_.erase(target.offset);
      return {false, boolean};
    case Kind::kArrayQuery:
      return {false, ""};
    case Kind::kInQuery: {
      const bool known = !rows.columns.empty();
      bool nullable = !known || rows.columns[0].derived.nullable;
      for (const ExpressionPtr& argument : expression.arguments)
        nullable = nullable || Derive(argument.get(), scope, hint).nullable;
      return {nullable, boolean};
    }
    default:
      if (rows.columns.empty()) return {};
      return {!rows.one_row || rows.columns[0].derived.nullable,
              rows.columns[0].derived.type};
  }
}

// What is made of other expressions by a form of its own.
Derived Analyzer::DeriveCombined(const Expression& e, const Scope& scope,
                                 const Hint& hint) {
  const engine::QueryFacts& facts = setting_.facts;
  switch (e.kind) {
    case Kind::kAnd:
    case Kind::kOr:
    case Kind::kNot: {
      const bool any = Together(e.arguments, scope, {}, Blank::kAny).nullable;
      return {any, facts.BooleanType()};
    }
    case Kind::kIsNull:
    case Kind::kIsNotNull:
    case Kind::kTest:
      Together(e.arguments, scope, HintOf(e.arguments, scope, {}), Blank::kAny);
      return {false, facts.BooleanType()};
    case Kind::kCoalesce:
    case Kind::kExtreme:
      return Together(e.arguments, scope, HintOf(e.arguments, scope, hint),
                      Blank::kAll);
    case Kind::kNullIf: {
      const Derived both = Together(
          e.arguments, scope, HintOf(e.arguments, scope, hint), Blank::kAny);
      return {true, both.type};
    }
    case Kind::kAnyArray: {
      Hint element = HintOf(e.arguments, scope, {});
      element.nullable = false;
      Together(e.arguments, scope, element, Blank::kAny);
      // An array may hold NULLs.
      return {true, facts.BooleanType()};
    }
    case Kind::kArray:
    case Kind::kRow:
      Together(e.arguments, scope, hint, Blank::kAny);
      return {false, ""};
    default:
      Together(e.arguments, scope, hint, Blank::kAny);
      return {};
  }
}

Derived Analyzer::Derive(const Expression* expression, const Scope& scope,
                         const Hint& hint) {
  if (expression == nullptr) return {};
  const Expression& e = *expression;
  const engine::QueryFacts& facts = setting_.facts;
  switch (e.kind) {
    case Kind::kColumn:
      return DeriveColumn(e, scope);
    case Kind::kParameter:
      return DeriveParameter(e, hint);
    case Kind::kLiteral:
      return {false, facts.LiteralType(static_cast<int>(e.literal))};
    case Kind::kCurrent:
      return {false, facts.folds_names() ? "text" : ""};
    case Kind::kCall:
      return DeriveCall(e, scope);
    case Kind::kOperator:
      return DeriveOperator(e, scope, hint);
    case Kind::kCase:
      return DeriveCase(e, scope, hint);
    case Kind::kCast:
      return DeriveCast(e, scope, hint);
    case Kind::kSubquery:
    case Kind::kExists:
    case Kind::kInQuery:
    case Kind::kArrayQuery:
      return DeriveSubquery(e, scope, hint);
    case Kind::kNamedArgument:
      return Derive(e.arguments.empty() ? nullptr : e.arguments[0].get(), scope,
                    hint);
    case Kind::kRaise:
      return {false, ""};
    case Kind::kNull:
    case Kind::kDefault:
    case Kind::kStar:
      return {};
    default:
      return DeriveCombined(e, scope, hint);
  }
}

// Whether there is a call of an aggregate, not of a subquery's.
bool Analyzer::IsAggregate(const Expression* expression) const {
  if (expression == nullptr) return false;
  const Expression& e = *expression;
  if (e.kind == Kind::kCall && !e.windowed &&
      setting_.facts.Function(e.name.back(), e.arguments.size()).aggregate)
    return true;
  const auto inside = [&](const ExpressionPtr& part) {
    return IsAggregate(part.get());
  };
  return std::ranges::any_of(e.arguments, inside) || inside(e.operand) ||
         inside(e.otherwise);
}

namespace {

// NULL on one side gives NULL, so where it holds neither is.
constexpr std::string_view kComparisons[] = {
    "=", "==", "<", ">", "<=", ">=", "~~", "~~*", "~", "~*", "like", "glob"};

}  // namespace

void Analyzer::ProveOperands(const Expression& condition, Scope& scope) const {
  const auto prove = [&](const ExpressionPtr& operand) {
    const Expression* column = operand.get();
    while (column->kind == Kind::kCast && !column->arguments.empty())
      column = column->arguments[0].get();
    if (column->kind == Kind::kColumn) scope.Prove(column->name);
  };
  if (condition.text == "in" || condition.text == "between") {
    // The list of IN may be empty on SQLite, and NOT IN holds for NULL then.
    if (condition.text == "in" && condition.negated &&
        condition.arguments.size() < 2)
      return;
    return prove(condition.arguments[0]);
  }
  const std::string& name = condition.name.back();
  if (std::ranges::find(kComparisons, name) == std::end(kComparisons)) return;
  for (const ExpressionPtr& operand : condition.arguments) prove(operand);
}

void Analyzer::Prove(const Expression* condition, Scope& scope) const {
  if (condition == nullptr || condition->arguments.empty()) return;
  const Expression& e = *condition;
  const Expression& first = *e.arguments[0];
  switch (e.kind) {
    case Kind::kAnd:
      for (const ExpressionPtr& part : e.arguments) Prove(part.get(), scope);
      return;
    case Kind::kIsNotNull:
      if (first.kind == Kind::kColumn) scope.Prove(first.name);
      return;
    case Kind::kOperator:
      return ProveOperands(e, scope);
    case Kind::kInQuery:
    case Kind::kAnyArray:
      if (!e.negated && first.kind == Kind::kColumn) scope.Prove(first.name);
      return;
    default:
      return;
  }
}

}  // namespace godwit::query
