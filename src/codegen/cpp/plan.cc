// SPDX-License-Identifier: Apache-2.0
#include "codegen/cpp/plan.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/text.h"
#include "codegen/naming.h"

namespace godwit::codegen {

namespace {

using query::Command;
using query::Shape;

bool TakesStruct(const Shape& shape) {
  return shape.command == Command::kCopyFrom || shape.parameters.size() > 2 ||
         std::ranges::any_of(shape.parameters, &Shape::Parameter::nullable);
}

class Planner {
 public:
  Planner(const Input& input, TypeNames& types)
      : input_(input), types_(types) {}

  Plan Make();

 private:
  FilePlan& FileOf(const Shape& shape);
  Function MakeFunction(const Shape& shape);
  std::vector<Member> Parameters(const Shape& shape);
  std::vector<Member> Columns(const Shape& shape);
  const schema::Relation* WholeTable(const Shape& shape) const;
  void AddModel(const schema::Relation& relation);

  const Input& input_;
  TypeNames& types_;
  Plan plan_;
};

FilePlan& Planner::FileOf(const Shape& shape) {
  const auto found =
      std::ranges::find(plan_.files, shape.file, &FilePlan::source);
  if (found != plan_.files.end()) return *found;
  FilePlan& made = plan_.files.emplace_back();
  made.source = shape.file;
  made.stem = Identifier(
      AsciiLower(std::filesystem::path(shape.file).stem().string()), "queries");
  // models.h and constraints.h are the shared ones.
  if (made.stem == "models" || made.stem == "constraints")
    made.stem += "_queries";
  return made;
}

std::vector<Member> Planner::Parameters(const Shape& shape) {
  std::vector<Member> members;
  UniqueNames names;
  if (!TakesStruct(shape)) {  // what the functions call their own
    for (const std::string_view own : {"db", "rows", "result", "read"})
      names.Take(std::string(own));
  }
  for (const Shape::Parameter& parameter : shape.parameters) {
    const std::string otherwise = Cat("arg", parameter.number);
    Member member;
    member.type = types_.Of(
        {parameter.type, parameter.array_dims + (parameter.slice ? 1 : 0),
         parameter.nullable, parameter.table, parameter.column});
    member.name = names.Take(Identifier(parameter.name, otherwise));
    members.push_back(std::move(member));
  }
  return members;
}

std::vector<Member> Planner::Columns(const Shape& shape) {
  std::vector<Member> members;
  UniqueNames names;
  int embed = -1;
  for (std::size_t i = 0; i < shape.columns.size(); ++i) {
    const Shape::Column& column = shape.columns[i];
    if (column.embed >= 0 && column.embed == embed) continue;
    embed = column.embed;
    Member member;
    if (embed >= 0) {
      const Shape::Embed& whole = shape.embeds[static_cast<std::size_t>(embed)];
      const schema::Relation* relation = types_.FindRelation(whole.table);
      if (relation != nullptr) {
        AddModel(*relation);
        member.type.name = types_.ModelOf(*relation);
        if (whole.optional) {
          member.type.name = Cat("std::optional<", member.type.name, ">");
          types_.AddHeader("<optional>");
        }
        member.embed = embed;
        member.name = names.Take(Identifier(whole.name, "embedded"));
        members.push_back(std::move(member));
        continue;
      }
    }
    member.type = types_.Of({column.type, column.array_dims, column.nullable,
                             column.table, column.origin});
    member.name = names.Take(types_.MemberName(column.name, i));
    members.push_back(std::move(member));
  }
  return members;
}

// The table whose columns, all and in order, a query returns.
const schema::Relation* Planner::WholeTable(const Shape& shape) const {
  if (shape.columns.size() < 2 || shape.columns[0].table.empty() ||
      !shape.embeds.empty())
    return nullptr;
  const schema::Relation* relation =
      types_.FindRelation(shape.columns[0].table);
  if (relation == nullptr) return nullptr;
  std::size_t at = 0;
  for (const schema::RelationColumn& column : relation->columns) {
    if (column.hidden) continue;
    if (at == shape.columns.size()) return nullptr;
    const Shape::Column& got = shape.columns[at++];
    if (got.table != relation->text() || got.origin != column.name ||
        got.name != column.name || got.nullable == column.not_null)
      return nullptr;
  }
  return at == shape.columns.size() ? relation : nullptr;
}

void Planner::AddModel(const schema::Relation& relation) {
  if (plan_.models.contains(relation.text())) return;
  RowStruct model{types_.ModelOf(relation), {}};
  UniqueNames names;
  for (std::size_t i = 0; i < relation.columns.size(); ++i) {
    const schema::RelationColumn& column = relation.columns[i];
    if (column.hidden) continue;
    Member member;
    const std::string type = column.type.empty() ? "any" : column.type;
    const std::string table = relation.text();
    member.type = types_.Of(
        {type, column.array_dims, !column.not_null, table, column.name});
    member.name = names.Take(types_.MemberName(column.name, i));
    model.members.push_back(std::move(member));
  }
  plan_.models.emplace(relation.text(), std::move(model));
}

Function Planner::MakeFunction(const Shape& shape) {
  Function function;
  function.shape = &shape;
  function.parameters = Parameters(shape);
  function.takes_struct = TakesStruct(shape);
  if (!query::ReturnsRows(shape.command)) return function;
  std::vector<Member> columns = Columns(shape);
  if (columns.size() == 1) {
    function.single = true;
    function.row_type = columns[0].type.name;
    function.row = RowStruct{"", std::move(columns)};
    return function;
  }
  if (const schema::Relation* relation = WholeTable(shape)) {
    AddModel(*relation);
    function.row_type = types_.ModelOf(*relation);
    return function;
  }
  function.row_type = Cat(shape.name, "Row");
  function.row = RowStruct{function.row_type, std::move(columns)};
  return function;
}

Plan Planner::Make() {
  std::set<std::string> enums;
  for (const Shape& shape : input_.analyzed.shapes) {
    FilePlan& file = FileOf(shape);
    Function function = MakeFunction(shape);
    for (const std::string& header : types_.TakeHeaders()) {
      if (std::ranges::find(file.headers, header) == file.headers.end())
        file.headers.push_back(header);
    }
    file.functions.push_back(std::move(function));
  }
  // What the models need is found again, apart from what the queries do.
  std::map<std::string, RowStruct> models = std::exchange(plan_.models, {});
  for (const auto& [table, model] : models)
    AddModel(*types_.FindRelation(table));
  for (const std::string& header : types_.TakeHeaders())
    plan_.model_headers.push_back(header);
  for (const std::string& type : types_.TakeEnums())
    plan_.enums.push_back(types_.FindEnum(type));
  return std::move(plan_);
}

}  // namespace

Plan MakePlan(const Input& input, TypeNames& types) {
  return Planner(input, types).Make();
}

}  // namespace godwit::codegen
