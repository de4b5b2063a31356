// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <ostream>
#include <sstream>

#include "base/file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/schema_report.h"
#include "cli/schema_sources.h"
#include "cli/whole_file.h"
#include "command/exit_status.h"
#include "engine/schema_engine.h"
#include "state/catalog/narrow.h"

namespace godwit::cli {

namespace {

bool IsThere(const std::string& path, const std::string& text) {
  std::error_code error;
  return std::filesystem::exists(path, error) && ReadFile(path) == text;
}

}  // namespace

int RunSchemaSnapshot(const command::Call& call) {
  const std::string url = ProjectSettings(call.flags).Dsn();
  SchemaSources sources(call, std::span(&url, 1));
  const schema::Catalog catalog = state::Narrow(
      sources.Read(0).catalog, {call.flags.schema, call.flags.exclude});
  std::ostringstream text;
  WriteStatements(
      text,
      engine::SchemaEngineOf(sources.dev().engine()).MakePlan({}, catalog, {}),
      {});
  const std::string path = sources.settings().Snapshot();
  const bool changed = !path.empty() && !IsThere(path, text.str());
  if (changed && !call.flags.check) WriteWhole(path, text.str());
  if (call.flags.json) {
    command::Json document;
    document["file"] =
        path.empty() ? command::Json(nullptr) : command::Json(path);
    document["changed"] = changed;
    if (path.empty()) document["sql"] = text.str();
    call.out << command::Dump(document) << '\n';
  } else if (path.empty()) {
    call.out << text.str();
  } else {
    call.out << (!changed           ? Cat(path, " is up to date")
                 : call.flags.check ? Cat("stale: ", path)
                                    : Cat("wrote ", path))
             << '\n';
  }
  return changed && call.flags.check ? command::kCheckFailed : command::kDone;
}

}  // namespace godwit::cli
