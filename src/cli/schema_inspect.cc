// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/commands.h"
#include "cli/schema_report.h"
#include "cli/schema_sources.h"
#include "command/exit_status.h"
#include "engine/schema_engine.h"
#include "state/catalog/narrow.h"
#include "state/hcl/to_hcl.h"

namespace godwit::cli {

int RunSchemaInspect(const command::Call& call) {
  const std::string url = ProjectSettings(call.flags).Dsn();
  SchemaSources sources(call, std::span(&url, 1));
  const schema::Catalog catalog = state::Narrow(
      sources.Read(0).catalog, {call.flags.schema, call.flags.exclude});
  if (call.flags.json || call.flags.output_format == "json") {
    call.out << command::Dump(CatalogValue(catalog)) << '\n';
    return command::kDone;
  }
  const engine::SchemaEngine& engine =
      engine::SchemaEngineOf(sources.dev().engine());
  if (call.flags.output_format == "hcl") {
    call.out << state::WriteDocument(engine.Describe(catalog),
                                     engine.language());
    return command::kDone;
  }
  const schema::Plan plan = engine.MakePlan({}, catalog, {});
  WriteStatements(call.out, plan, {});
  return command::kDone;
}

}  // namespace godwit::cli
