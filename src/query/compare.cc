// SPDX-License-Identifier: Apache-2.0
#include "query/compare.h"

#include <algorithm>

#include "base/text.h"

namespace godwit::query {

namespace {

using schema::Problem;
using schema::ProblemCode;

std::string TypeText(const std::string& type, int dims) {
  std::string text = type.empty() ? "unknown" : type;
  for (int i = 0; i < dims; ++i) text += "[]";
  return text;
}

// Whether the table says that the column is never NULL.
bool IsNotNull(const std::vector<schema::Relation>& relations,
               const Shape::Column& column) {
  for (const schema::Relation& relation : relations) {
    if (relation.text() != column.table) continue;
    for (const schema::RelationColumn& one : relation.columns)
      if (one.name == column.origin) return one.not_null;
  }
  return false;
}

// One query on both schemas.
class Comparison {
 public:
  Comparison(const Analyzed& expected, const Analyzed& found,
             const Shape& shape, std::vector<Problem>& problems)
      : expected_(expected),
        found_(found),
        shape_(shape),
        problems_(problems) {}

  void Compare(const Shape& now) {
    CompareColumns(now);
    CompareParameters(now);
  }

 private:
  void Say(ProblemCode code, std::string message) {
    problems_.push_back({shape_.name,
                         code,
                         std::move(message),
                         {shape_.file, shape_.line, 1, {}},
                         {}});
  }
  void CompareColumns(const Shape& now);
  void CompareParameters(const Shape& now);

  const Analyzed& expected_;
  const Analyzed& found_;
  const Shape& shape_;
  std::vector<Problem>& problems_;
};

void Comparison::CompareColumns(const Shape& now) {
  if (now.columns.size() != shape_.columns.size()) {
    Say(ProblemCode::kTypeMismatch,
        Cat("it gives ", now.columns.size(), " columns there, and ",
            shape_.columns.size(), " are read"));
    return;
  }
  for (std::size_t i = 0; i < now.columns.size(); ++i) {
    const Shape::Column& before = shape_.columns[i];
    const Shape::Column& after = now.columns[i];
    const std::string was = TypeText(before.type, before.array_dims);
    const std::string is = TypeText(after.type, after.array_dims);
    if (was != is)
      Say(ProblemCode::kTypeMismatch, Cat("column ", before.name, " is ", is,
                                          " there, and is read as ", was));
    if (!before.nullable && after.nullable &&
        IsNotNull(expected_.relations, before) &&
        !IsNotNull(found_.relations, after))
      Say(ProblemCode::kTypeMismatch,
          Cat("column ", before.name,
              " can be NULL there, and is read as one that cannot"));
  }
}

void Comparison::CompareParameters(const Shape& now) {
  if (now.parameters.size() != shape_.parameters.size()) {
    Say(ProblemCode::kWrongParameters,
        Cat("it takes ", now.parameters.size(), " parameters there, and ",
            shape_.parameters.size(), " are given"));
    return;
  }
  for (std::size_t i = 0; i < now.parameters.size(); ++i) {
    const Shape::Parameter& before = shape_.parameters[i];
    const Shape::Parameter& after = now.parameters[i];
    const std::string was = TypeText(before.type, before.array_dims);
    const std::string is = TypeText(after.type, after.array_dims);
    if (was != is && !before.slice)
      Say(ProblemCode::kTypeMismatch, Cat("parameter ", before.name, " is ", is,
                                          " there, and is given as ", was));
  }
}

}  // namespace

QueryFile FileOf(std::span<const Shape> shapes) {
  QueryFile file{"queries.sql", {}};
  for (const Shape& shape : shapes)
    file.text += Cat("-- name: ", shape.name, ' ', Word(shape.command), '\n',
                     shape.sql, "\n;\n");
  return file;
}

std::vector<Problem> FindBreaks(const Analyzed& expected,
                                const Analyzed& found) {
  std::vector<Problem> breaks;
  for (const Shape& shape : expected.shapes) {
    bool refused = false;
    for (const Problem& problem : found.problems) {
      if (problem.query != shape.name) continue;
      breaks.push_back(problem);
      breaks.back().where = {shape.file, shape.line, 1, {}};
      refused = true;
    }
    const auto now = std::ranges::find(found.shapes, shape.name, &Shape::name);
    if (!refused && now != found.shapes.end())
      Comparison(expected, found, shape, breaks).Compare(*now);
  }
  return breaks;
}

}  // namespace godwit::query
