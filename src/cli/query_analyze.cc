// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "base/file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/query_report.h"
#include "command/exit_status.h"
#include "command/json.h"
#include "query/ask.h"
#include "state/schema_files.h"

namespace godwit::cli {

namespace {

std::vector<query::QueryFile> ReadQueryFiles(
    std::span<const std::string> paths) {
  std::vector<query::QueryFile> files;
  for (const std::string& path : state::ListFiles(paths))
    files.push_back({path, ReadFile(path)});
  return files;
}

void Show(const command::Call& call, const query::Shape& shape) {
  const auto type = [](const std::string& name, int dims, bool nullable) {
    std::string text = name;
    for (int i = 0; i < dims; ++i) text += "[]";
    return nullable ? text + "?" : text;
  };
  call.out << call.terminal.Out(command::Colour::kBold, shape.name) << ' '
           << query::Word(shape.command) << "  "
           << call.terminal.Out(command::Colour::kDim,
                                Cat(shape.file, ":", shape.line))
           << '\n';
  for (const query::Shape::Parameter& parameter : shape.parameters) {
    call.out << "  $" << parameter.number << "  " << parameter.name << "  "
             << type(parameter.type, parameter.array_dims, parameter.nullable)
             << (parameter.slice ? ", any number of them" : "") << '\n';
  }
  for (const query::Shape::Column& column : shape.columns) {
    call.out << "  -> " << column.name << "  "
             << type(column.type, column.array_dims, column.nullable) << '\n';
  }
}

}  // namespace

int RunQueryAnalyze(const command::Call& call) {
  const command::Flags& flags = call.flags;
  if (flags.queries.empty()) {
    throw Error(ErrorCode::kUsage, "no file of queries is named",
                "give --queries PATH, and --schema PATH for what they are of");
  }
  if (flags.engine.empty()) {
    throw Error(ErrorCode::kUsage, "nothing tells the engine of the queries",
                "give --engine postgresql or --engine sqlite");
  }
  const query::Analyzed analyzed = query::AskDatabase(
      flags.engine, flags.dev, flags.schema, ReadQueryFiles(flags.queries));
  if (flags.json) {
    call.out << command::Dump(AnalyzedValue(analyzed)) << '\n';
  } else {
    for (const query::Shape& shape : analyzed.shapes) Show(call, shape);
    ShowProblems(call, analyzed.problems);
  }
  return analyzed.problems.empty() ? command::kDone : command::kRefused;
}

}  // namespace godwit::cli
