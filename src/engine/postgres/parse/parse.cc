// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/parse/parse.h"

#include <pg_query.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

// libpg_query prints the nodes of PostgreSQL's parser (nodes/parsenodes.h) as
// JSON: {"KindOfNode": {"field": …}}; what is zero or empty is left out.
namespace godwit::engine {

namespace {

using nlohmann::json;
using sql::Expression;
using sql::ExpressionPtr;
using sql::FromItem;
using sql::Query;
using sql::QueryPtr;
using Kind = Expression::Kind;

const json kNothing = json::object();

const json& Field(const json& node, const char* name) {
  if (!node.is_object()) return kNothing;
  const auto found = node.find(name);
  return found == node.end() ? kNothing : *found;
}

std::string Text(const json& node, const char* name) {
  const json& value = Field(node, name);
  return value.is_string() ? value.get<std::string>() : std::string();
}

bool Flag(const json& node, const char* name) {
  const json& value = Field(node, name);
  return value.is_boolean() && value.get<bool>();
}

int Number(const json& node, const char* name) {
  const json& value = Field(node, name);
  return value.is_number_integer() ? value.get<int>() : 0;
}

std::size_t Location(const json& node) {
  const int location = Number(node, "location");
  return location < 0 ? 0 : static_cast<std::size_t>(location);
}

// {"Kind": {…}} taken apart.
struct Node {
  std::string kind;
  const json& body;
};

Node Open(const json& wrapped) {
  if (!wrapped.is_object() || wrapped.empty()) return {"", kNothing};
  return {wrapped.begin().key(), wrapped.begin().value()};
}

std::string NameOf(const json& wrapped) {
  const Node node = Open(wrapped);
  return node.kind == "String" ? Text(node.body, "sval") : std::string();
}

std::vector<std::string> Names(const json& list) {
  std::vector<std::string> names;
  if (!list.is_array()) return names;
  for (const json& item : list) names.push_back(NameOf(item));
  return names;
}

ExpressionPtr Make(Kind kind, std::size_t offset) {
  auto expression = std::make_unique<Expression>();
  expression->kind = kind;
  expression->offset = offset;
  return expression;
}

ExpressionPtr ReadExpression(const json& wrapped);
QueryPtr ReadQuery(const json& wrapped);
QueryPtr ReadSelect(const json& body);

std::vector<ExpressionPtr> ReadExpressions(const json& list) {
  std::vector<ExpressionPtr> expressions;
  if (!list.is_array()) return expressions;
  for (const json& item : list) {
    if (Open(item).kind.empty()) continue;
    expressions.push_back(ReadExpression(item));
  }
  return expressions;
}

ExpressionPtr ReadIfAny(const json& wrapped) {
  return Open(wrapped).kind.empty() ? nullptr : ReadExpression(wrapped);
}

ExpressionPtr ReadColumn(const json& body) {
  ExpressionPtr column = Make(Kind::kColumn, Location(body));
  for (const json& field : Field(body, "fields")) {
    if (Open(field).kind == "A_Star")
      column->kind = Kind::kStar;
    else
      column->name.push_back(NameOf(field));
  }
  return column;
}

ExpressionPtr ReadConstant(const json& body) {
  if (Flag(body, "isnull")) return Make(Kind::kNull, Location(body));
  ExpressionPtr literal = Make(Kind::kLiteral, Location(body));
  using Literal = Expression::Literal;
  if (body.contains("ival"))
    literal->literal = Literal::kInteger;
  else if (body.contains("fval"))
    literal->literal = Literal::kReal;
  else if (body.contains("boolval"))
    literal->literal = Literal::kBoolean;
  else
    literal->text = Text(Field(body, "sval"), "sval");
  return literal;
}

// PostgreSQL's FRAMEOPTION_NONDEFAULT.
constexpr int kOwnFrame = 1;

ExpressionPtr ReadCall(const json& body) {
  ExpressionPtr call = Make(Kind::kCall, Location(body));
  call->name = Names(Field(body, "funcname"));
  call->arguments = ReadExpressions(Field(body, "args"));
  call->star = Flag(body, "agg_star");
  call->filter = ReadIfAny(Field(body, "agg_filter"));
  const json& over = Field(body, "over");
  call->windowed = !over.empty();
  call->framed = (Number(over, "frameOptions") & kOwnFrame) != 0 ||
                 !Text(over, "name").empty() || !Text(over, "refname").empty();
  return call;
}

bool IsTrueTest(const std::string& kind) {
  return kind == "AEXPR_DISTINCT" || kind == "AEXPR_NOT_DISTINCT";
}

// x IN (1, 2), x BETWEEN 1 AND 2: the list is one operand there.
void AddOperand(const json& wrapped, Expression& into) {
  const Node node = Open(wrapped);
  if (node.kind.empty()) return;
  if (node.kind == "List") {
    for (ExpressionPtr& item : ReadExpressions(Field(node.body, "items")))
      into.arguments.push_back(std::move(item));
  } else {
    into.arguments.push_back(ReadExpression(wrapped));
  }
}

ExpressionPtr ReadOperation(const json& body) {
  const std::string kind = Text(body, "kind");
  ExpressionPtr made = Make(Kind::kOperator, Location(body));
  made->name = Names(Field(body, "name"));
  if (kind == "AEXPR_OP_ANY" || kind == "AEXPR_OP_ALL")
    made->kind = Kind::kAnyArray;
  else if (IsTrueTest(kind))
    made->kind = Kind::kTest;
  else if (kind == "AEXPR_NULLIF")
    made->kind = Kind::kNullIf;
  made->negated = kind == "AEXPR_OP_ALL" || kind.starts_with("AEXPR_NOT_") ||
                  (kind == "AEXPR_IN" && made->name.back() == "<>");
  if (kind == "AEXPR_IN") made->text = "in";
  if (kind.find("BETWEEN") != std::string::npos) made->text = "between";
  if (kind == "AEXPR_LIKE" || kind == "AEXPR_ILIKE") made->text = "like";
  AddOperand(Field(body, "lexpr"), *made);
  AddOperand(Field(body, "rexpr"), *made);
  return made;
}

ExpressionPtr ReadBoolean(const json& body) {
  const std::string operation = Text(body, "boolop");
  ExpressionPtr made = Make(operation == "AND_EXPR"  ? Kind::kAnd
                            : operation == "OR_EXPR" ? Kind::kOr
                                                     : Kind::kNot,
                            Location(body));
  made->arguments = ReadExpressions(Field(body, "args"));
  return made;
}

ExpressionPtr ReadSubLink(const json& body) {
  const std::string type = Text(body, "subLinkType");
  ExpressionPtr made = Make(Kind::kOther, Location(body));
  if (type == "EXISTS_SUBLINK")
    made->kind = Kind::kExists;
  else if (type == "ARRAY_SUBLINK")
    made->kind = Kind::kArrayQuery;
  else if (type == "EXPR_SUBLINK")
    made->kind = Kind::kSubquery;
  else if (type == "ANY_SUBLINK" || type == "ALL_SUBLINK")
    made->kind = Kind::kInQuery;
  made->negated = type == "ALL_SUBLINK";
  if (ExpressionPtr test = ReadIfAny(Field(body, "testexpr")))
    made->arguments.push_back(std::move(test));
  made->query = ReadQuery(Field(body, "subselect"));
  return made;
}

ExpressionPtr ReadCase(const json& body) {
  ExpressionPtr made = Make(Kind::kCase, Location(body));
  made->operand = ReadIfAny(Field(body, "arg"));
  made->otherwise = ReadIfAny(Field(body, "defresult"));
  for (const json& wrapped : Field(body, "args")) {
    const json& when = Open(wrapped).body;
    made->arguments.push_back(ReadExpression(Field(when, "expr")));
    made->arguments.push_back(ReadExpression(Field(when, "result")));
  }
  return made;
}

std::string TypeText(const json& type) {
  std::string text;
  for (const std::string& name : Names(Field(type, "names"))) {
    if (!text.empty()) text += '.';
    if (name != "pg_catalog") text += name;
  }
  if (!Field(type, "arrayBounds").empty()) text += "[]";
  return text;
}

ExpressionPtr ReadIndirection(const json& body) {
  ExpressionPtr made = ReadExpression(Field(body, "arg"));
  for (const json& wrapped : Field(body, "indirection")) {
    const Node step = Open(wrapped);
    ExpressionPtr outer = Make(Kind::kSubscript, made->offset);
    if (step.kind == "String") {
      outer->kind = Kind::kField;
      outer->name.push_back(NameOf(wrapped));
    } else if (step.kind == "A_Star") {
      outer->kind = Kind::kStar;
    }
    outer->arguments.push_back(std::move(made));
    if (step.kind == "A_Indices") {
      for (const char* bound : {"lidx", "uidx"}) {
        if (ExpressionPtr index = ReadIfAny(Field(step.body, bound)))
          outer->arguments.push_back(std::move(index));
      }
    }
    made = std::move(outer);
  }
  return made;
}

ExpressionPtr WithArguments(Kind kind, const json& body, const char* field) {
  ExpressionPtr made = Make(kind, Location(body));
  const json& arguments = Field(body, field);
  if (arguments.is_array())
    made->arguments = ReadExpressions(arguments);
  else if (ExpressionPtr only = ReadIfAny(arguments))
    made->arguments.push_back(std::move(only));
  return made;
}

ExpressionPtr ReadNullTest(const json& body) {
  const bool is_null = Text(body, "nulltesttype") == "IS_NULL";
  return WithArguments(is_null ? Kind::kIsNull : Kind::kIsNotNull, body, "arg");
}

ExpressionPtr ReadCast(const json& body) {
  ExpressionPtr made = WithArguments(Kind::kCast, body, "arg");
  made->text = TypeText(Field(body, "typeName"));
  return made;
}

ExpressionPtr ReadParameter(const json& body) {
  ExpressionPtr made = Make(Kind::kParameter, Location(body));
  made->number = Number(body, "number");
  return made;
}

// current_schema alone of these can be NULL.
ExpressionPtr ReadValueFunction(const json& body) {
  const bool total = Text(body, "op") != "SVFOP_CURRENT_SCHEMA";
  return Make(total ? Kind::kCurrent : Kind::kOther, Location(body));
}

ExpressionPtr ReadNamedArgument(const json& body) {
  ExpressionPtr made = WithArguments(Kind::kNamedArgument, body, "arg");
  made->name.push_back(Text(body, "name"));
  return made;
}

using Read = ExpressionPtr (*)(const json& body);
struct Reader {
  std::string_view kind;
  Read read;
};

constexpr Reader kReaders[] = {
    {"ColumnRef", ReadColumn},
    {"A_Const", ReadConstant},
    {"ParamRef", ReadParameter},
    {"FuncCall", ReadCall},
    {"A_Expr", ReadOperation},
    {"BoolExpr", ReadBoolean},
    {"SubLink", ReadSubLink},
    {"CaseExpr", ReadCase},
    {"TypeCast", ReadCast},
    {"A_Indirection", ReadIndirection},
    {"NullTest", ReadNullTest},
    {"SQLValueFunction", ReadValueFunction},
    {"NamedArgExpr", ReadNamedArgument},
    {"CollateClause",
     [](const json& body) { return ReadExpression(Field(body, "arg")); }},
    {"ResTarget",
     [](const json& body) { return ReadExpression(Field(body, "val")); }},
    {"SortBy",
     [](const json& body) { return ReadExpression(Field(body, "node")); }},
    {"MultiAssignRef",
     [](const json& body) {
       return WithArguments(Kind::kOther, body, "source");
     }},
    {"BooleanTest",
     [](const json& body) { return WithArguments(Kind::kTest, body, "arg"); }},
    {"CoalesceExpr",
     [](const json& body) {
       return WithArguments(Kind::kCoalesce, body, "args");
     }},
    {"MinMaxExpr",
     [](const json& body) {
       return WithArguments(Kind::kExtreme, body, "args");
     }},
    {"A_ArrayExpr",
     [](const json& body) {
       return WithArguments(Kind::kArray, body, "elements");
     }},
    {"RowExpr",
     [](const json& body) { return WithArguments(Kind::kRow, body, "args"); }},
    {"GroupingFunc",
     [](const json& body) { return Make(Kind::kCurrent, Location(body)); }},
    {"SetToDefault",
     [](const json& body) { return Make(Kind::kDefault, Location(body)); }},
    {"XmlExpr",
     [](const json& body) {
       return WithArguments(Kind::kOther, body, "args");
     }},
};

ExpressionPtr ReadExpression(const json& wrapped) {
  const Node node = Open(wrapped);
  for (const Reader& reader : kReaders) {
    if (reader.kind == node.kind) return reader.read(node.body);
  }
  return Make(Kind::kOther, Location(node.body));
}

void ReadAlias(const json& alias, FromItem& item) {
  item.alias = Text(alias, "aliasname");
  item.columns = Names(Field(alias, "colnames"));
}

std::unique_ptr<FromItem> ReadTable(const json& body) {
  auto item = std::make_unique<FromItem>();
  if (const std::string schema = Text(body, "schemaname"); !schema.empty())
    item->name.push_back(schema);
  item->name.push_back(Text(body, "relname"));
  item->offset = Location(body);
  ReadAlias(Field(body, "alias"), *item);
  return item;
}

std::unique_ptr<FromItem> ReadFrom(const json& wrapped);

std::unique_ptr<FromItem> ReadJoin(const json& body) {
  auto item = std::make_unique<FromItem>();
  item->kind = FromItem::Kind::kJoin;
  const std::string type = Text(body, "jointype");
  item->join = type == "JOIN_LEFT"    ? FromItem::Join::kLeft
               : type == "JOIN_RIGHT" ? FromItem::Join::kRight
               : type == "JOIN_FULL"  ? FromItem::Join::kFull
                                      : FromItem::Join::kInner;
  item->natural = Flag(body, "isNatural");
  item->using_columns = Names(Field(body, "usingClause"));
  item->left = ReadFrom(Field(body, "larg"));
  item->right = ReadFrom(Field(body, "rarg"));
  item->on = ReadIfAny(Field(body, "quals"));
  ReadAlias(Field(body, "alias"), *item);
  return item;
}

std::unique_ptr<FromItem> ReadFunctions(const json& body) {
  auto item = std::make_unique<FromItem>();
  item->kind = FromItem::Kind::kFunction;
  item->ordinality = Flag(body, "ordinality");
  item->lateral = true;
  ReadAlias(Field(body, "alias"), *item);
  for (const json& wrapped : Field(body, "functions")) {
    const json& items = Field(Open(wrapped).body, "items");
    if (!items.empty()) item->functions.push_back(ReadExpression(items[0]));
  }
  for (const json& wrapped : Field(body, "coldeflist"))
    item->defined.push_back(Text(Open(wrapped).body, "colname"));
  return item;
}

std::unique_ptr<FromItem> ReadFrom(const json& wrapped) {
  const Node node = Open(wrapped);
  if (node.kind == "RangeVar") return ReadTable(node.body);
  if (node.kind == "JoinExpr") return ReadJoin(node.body);
  if (node.kind == "RangeFunction") return ReadFunctions(node.body);
  if (node.kind == "RangeTableSample")
    return ReadFrom(Field(node.body, "relation"));
  auto item = std::make_unique<FromItem>();
  item->kind = FromItem::Kind::kQuery;
  if (node.kind == "RangeSubselect") {
    item->query = ReadQuery(Field(node.body, "subquery"));
    item->lateral = Flag(node.body, "lateral");
  } else {
    item->query = std::make_unique<Query>();  // XMLTABLE: nothing is known
  }
  ReadAlias(Field(node.body, "alias"), *item);
  return item;
}

std::vector<sql::Target> ReadTargets(const json& list) {
  std::vector<sql::Target> targets;
  if (!list.is_array()) return targets;
  for (const json& wrapped : list) {
    const json& body = Open(wrapped).body;
    targets.push_back({ReadExpression(Field(body, "val")), Text(body, "name"),
                       Location(body)});
  }
  return targets;
}

std::vector<sql::Assignment> ReadAssignments(const json& list) {
  std::vector<sql::Assignment> assignments;
  if (!list.is_array()) return assignments;
  for (const json& wrapped : list) {
    const json& body = Open(wrapped).body;
    sql::Assignment assignment{Text(body, "name"), nullptr};
    const Node value = Open(Field(body, "val"));
    // SET (a, b) = (1, 2): each has its part of the row.
    const Node row = Open(Field(value.body, "source"));
    const auto column = static_cast<std::size_t>(Number(value.body, "colno"));
    const json& parts = Field(row.body, "args");
    if (value.kind == "MultiAssignRef" && row.kind == "RowExpr" && column > 0 &&
        column <= parts.size())
      assignment.value = ReadExpression(parts[column - 1]);
    else
      assignment.value = ReadExpression(Field(body, "val"));
    assignments.push_back(std::move(assignment));
  }
  return assignments;
}

void ReadWith(const json& body, Query& query) {
  const json& clause = Field(body, "withClause");
  query.recursive = Flag(clause, "recursive");
  for (const json& wrapped : Field(clause, "ctes")) {
    const json& table = Open(wrapped).body;
    query.with.push_back({Text(table, "ctename"),
                          Names(Field(table, "aliascolnames")),
                          ReadQuery(Field(table, "ctequery"))});
  }
}

void ReadFromList(const json& list, Query& query) {
  if (!list.is_array()) return;
  for (const json& wrapped : list) query.from.push_back(ReadFrom(wrapped));
}

void ReadRows(const json& lists, Query& query) {
  for (const json& wrapped : lists)
    query.rows.push_back(ReadExpressions(Field(Open(wrapped).body, "items")));
}

void ReadSetOperation(const json& body, const std::string& operation,
                      Query& query) {
  query.kind = Query::Kind::kSetOperation;
  query.operation = operation == "SETOP_UNION" ? Query::Operation::kUnion
                    : operation == "SETOP_INTERSECT"
                        ? Query::Operation::kIntersect
                        : Query::Operation::kExcept;
  query.left = ReadSelect(Field(body, "larg"));
  query.right = ReadSelect(Field(body, "rarg"));
}

QueryPtr ReadSelect(const json& body) {
  auto query = std::make_unique<Query>();
  ReadWith(body, *query);
  const std::string operation = Text(body, "op");
  if (operation != "SETOP_NONE" && !operation.empty()) {
    ReadSetOperation(body, operation, *query);
  } else if (body.contains("valuesLists")) {
    query->kind = Query::Kind::kValues;
    ReadRows(Field(body, "valuesLists"), *query);
  } else {
    query->kind = Query::Kind::kSelect;
    query->targets = ReadTargets(Field(body, "targetList"));
    ReadFromList(Field(body, "fromClause"), *query);
    query->where = ReadIfAny(Field(body, "whereClause"));
    for (const json& wrapped : Field(body, "groupClause")) {
      if (Open(wrapped).kind == "GroupingSet") query->grouping_sets = true;
      query->group_by.push_back(ReadExpression(wrapped));
    }
    query->having = ReadIfAny(Field(body, "havingClause"));
  }
  query->order_by = ReadExpressions(Field(body, "sortClause"));
  query->limit = ReadIfAny(Field(body, "limitCount"));
  query->skip = ReadIfAny(Field(body, "limitOffset"));
  return query;
}

std::vector<std::string> TargetNames(const json& list) {
  std::vector<std::string> names;
  if (!list.is_array()) return names;
  for (const json& wrapped : list)
    names.push_back(Text(Open(wrapped).body, "name"));
  return names;
}

QueryPtr ReadInsert(const json& body) {
  auto query = std::make_unique<Query>();
  query->kind = Query::Kind::kInsert;
  ReadWith(body, *query);
  query->target = ReadTable(Field(body, "relation"));
  query->columns = TargetNames(Field(body, "cols"));
  if (body.contains("selectStmt"))
    query->source = ReadQuery(Field(body, "selectStmt"));
  const json& conflict = Field(body, "onConflictClause");
  query->has_conflict = !conflict.empty();
  query->conflict_assignments = ReadAssignments(Field(conflict, "targetList"));
  query->conflict_where = ReadIfAny(Field(conflict, "whereClause"));
  query->targets = ReadTargets(Field(body, "returningList"));
  return query;
}

QueryPtr ReadUpdate(const json& body) {
  auto query = std::make_unique<Query>();
  query->kind = Query::Kind::kUpdate;
  ReadWith(body, *query);
  query->target = ReadTable(Field(body, "relation"));
  query->assignments = ReadAssignments(Field(body, "targetList"));
  ReadFromList(Field(body, "fromClause"), *query);
  query->where = ReadIfAny(Field(body, "whereClause"));
  query->targets = ReadTargets(Field(body, "returningList"));
  return query;
}

QueryPtr ReadDelete(const json& body) {
  auto query = std::make_unique<Query>();
  query->kind = Query::Kind::kDelete;
  ReadWith(body, *query);
  query->target = ReadTable(Field(body, "relation"));
  ReadFromList(Field(body, "usingClause"), *query);
  query->where = ReadIfAny(Field(body, "whereClause"));
  query->targets = ReadTargets(Field(body, "returningList"));
  return query;
}

QueryPtr ReadMergeAction(const json& body) {
  auto action = std::make_unique<Query>();
  const std::string command = Text(body, "commandType");
  if (command == "CMD_UPDATE") {
    action->kind = Query::Kind::kUpdate;
    action->assignments = ReadAssignments(Field(body, "targetList"));
  } else if (command == "CMD_INSERT") {
    action->kind = Query::Kind::kInsert;
    action->columns = TargetNames(Field(body, "targetList"));
    action->source = std::make_unique<Query>();
    action->source->kind = Query::Kind::kValues;
    action->source->rows.push_back(ReadExpressions(Field(body, "values")));
  }
  action->where = ReadIfAny(Field(body, "condition"));
  return action;
}

QueryPtr ReadMerge(const json& body) {
  auto query = std::make_unique<Query>();
  query->kind = Query::Kind::kMerge;
  ReadWith(body, *query);
  query->target = ReadTable(Field(body, "relation"));
  query->from.push_back(ReadFrom(Field(body, "sourceRelation")));
  query->where = ReadIfAny(Field(body, "joinCondition"));
  for (const json& wrapped : Field(body, "mergeWhenClauses"))
    query->actions.push_back(ReadMergeAction(Open(wrapped).body));
  return query;
}

// What stands in CALL, so that its parameters have names.
QueryPtr ReadOther(const Node& node) {
  auto query = std::make_unique<Query>();
  if (node.kind == "CallStmt")
    query->targets.push_back({ReadCall(Field(node.body, "funccall")), {}, 0});
  return query;
}

QueryPtr ReadQuery(const json& wrapped) {
  const Node node = Open(wrapped);
  if (node.kind == "SelectStmt") return ReadSelect(node.body);
  if (node.kind == "InsertStmt") return ReadInsert(node.body);
  if (node.kind == "UpdateStmt") return ReadUpdate(node.body);
  if (node.kind == "DeleteStmt") return ReadDelete(node.body);
  if (node.kind == "MergeStmt") return ReadMerge(node.body);
  return ReadOther(node);
}

}  // namespace

sql::QueryPtr ParsePostgres(std::string_view sql) {
  const std::string text(sql);
  const PgQueryParseResult result = pg_query_parse(text.c_str());
  QueryPtr query;
  if (result.error == nullptr) {
    const json document = json::parse(result.parse_tree, nullptr, false);
    const json& statements = Field(document, "stmts");
    if (statements.is_array() && statements.size() == 1)
      query = ReadQuery(Field(statements[0], "stmt"));
  }
  pg_query_free_parse_result(result);
  return query;
}

}  // namespace godwit::engine
