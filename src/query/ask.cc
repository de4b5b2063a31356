// SPDX-License-Identifier: Apache-2.0
#include "query/ask.h"

#include "engine/dsn.h"
#include "state/dev_database.h"
#include "state/schema_files.h"

namespace godwit::query {

Analyzed AskDatabase(std::string_view engine, std::string_view where,
                     std::span<const std::string> schema,
                     std::span<const QueryFile> queries) {
  const sql::Lexicon& lexicon = engine::LexiconOf(engine);
  const std::vector<state::SchemaFile> files = state::ReadSchemaFiles(schema);
  state::DevDatabase database =
      state::DevDatabase::Make(engine::KindOf(engine), where);
  const std::unique_ptr<engine::QueryEngine> asked =
      engine::OpenQueryEngine(database.connection());
  state::LoadSchema(files, lexicon, [&](std::string_view statement) {
    while (true) {
      try {
        asked->Load(statement);
        return;
      } catch (const Error& error) {
        if (!database.MakeMissing(error)) throw;
      }
    }
  });
  asked->FinishLoading();
  return AnalyzeFiles(queries, lexicon, *asked);
}

Analyzed AskDatabase(Connection& connection,
                     std::span<const QueryFile> queries) {
  const std::unique_ptr<engine::QueryEngine> asked =
      engine::OpenQueryEngine(connection);
  return AnalyzeFiles(queries, engine::LexiconOf(Name(connection.engine())),
                      *asked);
}

}  // namespace godwit::query
