// SPDX-License-Identifier: Apache-2.0
// Views and materialized views.
#include "base/text.h"
#include "engine/postgres/schema/describing.h"
#include "engine/postgres/schema/names.h"

namespace godwit::engine::pg {

namespace {

using schema::Declaration;

Declaration DescribeColumn(const schema::Column& column,
                           const Describing& describing) {
  Declaration out;
  out.kind = "column";
  out.name = column.name;
  Put(out, "type", describing.Type(column.type));
  if (!column.default_value.empty())
    Put(out, "default", describing.Default(column.default_value, column.type));
  PutText(out, "comment", column.comment);
  if (column.statistics) PutNumber(out, "statistics", Cat(*column.statistics));
  return out;
}

void PutOptions(const schema::View& view, Declaration& out) {
  Declaration security;
  security.kind = "security";
  std::vector<std::string> own;
  std::vector<std::string> toast;
  for (const std::string& option : view.options) {
    const std::size_t equals = option.find('=');
    const std::string name = option.substr(0, equals);
    const std::string value =
        equals == option.npos ? "true" : option.substr(equals + 1);
    const bool truth = value == "true" || value == "on" || value == "1";
    if (name == "security_invoker") {
      Put(security, "invoker", FlagValue(truth));
    } else if (name == "security_barrier") {
      Put(security, "barrier", FlagValue(truth));
    } else if (name == "check_option") {
      Put(out, "check_option",
          WordValue(value == "local" ? "LOCAL" : "CASCADED"));
    } else if (name.starts_with("toast.")) {
      toast.push_back(option.substr(6));
    } else {
      own.push_back(option);
    }
  }
  if (!security.attributes.empty()) out.blocks.push_back(std::move(security));
  PutParameters(out, "storage_params", own);
  PutParameters(out, "toast_params", toast);
}

}  // namespace

void DescribeView(const schema::View& view, Describing& describing) {
  Declaration& out =
      describing.Add(view.materialized ? "materialized" : "view", view.name);
  PutText(out, "access_method", view.access_method);
  PutFlag(out, "populated", view.populated || !view.materialized, true);
  for (const schema::Column& column : view.columns)
    out.blocks.push_back(DescribeColumn(column, describing));
  std::vector<const schema::Index*> others;
  for (const schema::Index& index : view.indexes) {
    Declaration block;
    if (DescribeIndex(index, view.name, block, describing))
      out.blocks.push_back(std::move(block));
    else
      others.push_back(&index);
  }
  Put(out, "as", TextValue(Trim(view.definition)));
  PutOptions(view, out);
  PutText(out, "comment", view.comment);
  for (const schema::Index* index : others)
    describing.AddObject("INDEX", Quoted({view.name.schema, index->name}),
                         {index->definition}, index->comment);
}

}  // namespace godwit::engine::pg
