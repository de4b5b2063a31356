// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "codegen/generated.h"

namespace godwit::codegen {

namespace {

class Matcher {
 public:
  explicit Matcher(const TypeChoice& choice) : choice_(choice) {}

  bool operator()(const std::string& type, const std::string& table,
                  const std::string& column) const {
    if (choice_.column.empty())
      return choice_.db_type == type ||
             choice_.db_type == Cat("pg_catalog.", type);
    if (table.empty() || column.empty()) return false;
    const std::string full = Cat(table, ".", column);
    return choice_.column == full ||
           choice_.column == full.substr(full.find('.') + 1);
  }

 private:
  const TypeChoice& choice_;
};

}  // namespace

bool Matches(const TypeChoice& choice, const query::Analyzed& analyzed) {
  const Matcher matches(choice);
  for (const query::Shape& shape : analyzed.shapes) {
    for (const query::Shape::Column& column : shape.columns)
      if (matches(column.type, column.table, column.origin)) return true;
    for (const query::Shape::Parameter& parameter : shape.parameters)
      if (matches(parameter.type, parameter.table, parameter.column))
        return true;
  }
  for (const schema::Relation& relation : analyzed.relations) {
    for (const schema::RelationColumn& column : relation.columns)
      if (matches(column.type, relation.text(), column.name)) return true;
  }
  return false;
}

}  // namespace godwit::codegen
