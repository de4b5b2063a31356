// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "base/file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/query_report.h"
#include "command/exit_status.h"
#include "command/json.h"
#include "engine/dsn.h"
#include "query/shape.h"
#include "state/dev_database.h"
#include "state/schema_files.h"

namespace godwit::cli {

namespace {

EngineKind EngineOf(const command::Flags& flags) {
  if (flags.engine.empty()) {
    throw Error(ErrorCode::kUsage, "nothing tells the engine of the queries",
                "give --engine postgresql or --engine sqlite");
  }
  engine::LexiconOf(flags.engine);  // throws where there is no such engine
  return engine::KindOf(flags.engine);
}

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
  const EngineKind engine = EngineOf(flags);
  const sql::Lexicon& lexicon = engine::LexiconOf(flags.engine);
  const std::vector<state::SchemaFile> schema =
      state::ReadSchemaFiles(flags.schema);
  const std::vector<query::QueryFile> files = ReadQueryFiles(flags.queries);
  state::DevDatabase database = state::DevDatabase::Make(engine, flags.dev);
  const std::unique_ptr<engine::QueryEngine> queries =
      engine::OpenQueryEngine(database.connection());
  state::LoadSchema(schema, lexicon, [&](std::string_view statement) {
    queries->Load(statement);
  });
  queries->FinishLoading();
  const query::Analyzed analyzed =
      query::AnalyzeFiles(files, lexicon, *queries);
  if (flags.json) {
    call.out << command::Dump(AnalyzedValue(analyzed)) << '\n';
  } else {
    for (const query::Shape& shape : analyzed.shapes) Show(call, shape);
    ShowProblems(call, analyzed.problems);
  }
  return analyzed.problems.empty() ? command::kDone : command::kRefused;
}

}  // namespace godwit::cli
