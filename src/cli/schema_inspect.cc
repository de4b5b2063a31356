// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/commands.h"
#include "cli/schema_report.h"
#include "cli/schema_sources.h"
#include "command/exit_status.h"
#include "engine/schema_engine.h"

namespace godwit::cli {

int RunSchemaInspect(const command::Call& call) {
  const std::string url = ProjectSettings(call.flags).Dsn();
  SchemaSources sources(call, std::span(&url, 1));
  const state::ReadSchema read = sources.Read(0);
  if (call.flags.json || call.flags.format == "json") {
    call.out << command::Dump(CatalogValue(read.catalog)) << '\n';
    return command::kDone;
  }
  const schema::Plan plan = engine::SchemaEngineOf(sources.dev().engine())
                                .MakePlan({}, read.catalog, {});
  WriteStatements(call.out, plan, {});
  return command::kDone;
}

}  // namespace godwit::cli
