// SPDX-License-Identifier: Apache-2.0
#include "cli/query_report.h"

#include <ostream>

#include "base/text.h"
#include "command/error_report.h"

namespace godwit::cli {

namespace {

using command::Json;

Json ColumnValue(const query::Shape::Column& column,
                 const query::Shape& shape) {
  Json value;
  value["name"] = column.name;
  value["type"] = column.type;
  value["nullable"] = column.nullable;
  value["array_dims"] = column.array_dims;
  value["table"] = column.table.empty() ? Json() : Json(column.table);
  value["origin"] = column.origin.empty() ? Json() : Json(column.origin);
  if (column.embed >= 0)
    value["embed"] = shape.embeds[static_cast<std::size_t>(column.embed)].name;
  return value;
}

Json ParameterValue(const query::Shape::Parameter& parameter) {
  Json value;
  value["number"] = parameter.number;
  value["name"] = parameter.name;
  value["type"] = parameter.type;
  value["nullable"] = parameter.nullable;
  value["array_dims"] = parameter.array_dims;
  value["slice"] = parameter.slice;
  return value;
}

Json ShapeValue(const query::Shape& shape) {
  Json value;
  value["name"] = shape.name;
  value["cmd"] = query::Word(shape.command);
  value["file"] = shape.file;
  value["line"] = shape.line;
  value["sql"] = shape.sql;
  value["columns"] = Json::array();
  for (const query::Shape::Column& column : shape.columns)
    value["columns"].push_back(ColumnValue(column, shape));
  value["params"] = Json::array();
  for (const query::Shape::Parameter& parameter : shape.parameters)
    value["params"].push_back(ParameterValue(parameter));
  return value;
}

Json ProblemValue(const schema::Problem& problem) {
  Json value;
  value["query"] = problem.query.empty() ? Json() : Json(problem.query);
  value["code"] = schema::Word(problem.code);
  value["file"] = problem.where.file;
  value["line"] = problem.where.line;
  value["column"] = problem.where.column;
  value["message"] = problem.message;
  if (!problem.hint.empty()) value["hint"] = problem.hint;
  return value;
}

}  // namespace

Json AnalyzedValue(const query::Analyzed& analyzed) {
  Json document;
  document["queries"] = Json::array();
  for (const query::Shape& shape : analyzed.shapes)
    document["queries"].push_back(ShapeValue(shape));
  if (analyzed.problems.empty()) return document;
  document["errors"] = Json::array();
  for (const schema::Problem& problem : analyzed.problems)
    document["errors"].push_back(ProblemValue(problem));
  return document;
}

void ShowProblems(const command::Call& call,
                  std::span<const schema::Problem> problems) {
  for (const schema::Problem& problem : problems) {
    ErrorInfo info;
    info.code = ErrorCode::kParseError;
    info.message = problem.query.empty()
                       ? problem.message
                       : Cat("query ", problem.query, ": ", problem.message);
    info.where = problem.where;
    info.help = problem.hint;
    call.err << command::ShowError(call.program.name, info, call.terminal);
  }
}

}  // namespace godwit::cli
