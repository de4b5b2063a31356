// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/commands.h"
#include "cli/schema_checks.h"
#include "cli/schema_report.h"
#include "cli/schema_sources.h"
#include "command/exit_status.h"
#include "engine/schema_engine.h"
#include "state/catalog/try_plan.h"

namespace godwit::cli {

int RunSchemaDiff(const command::Call& call) {
  const command::Flags& flags = call.flags;
  if (flags.from.empty() || flags.to.empty()) {
    throw Error(ErrorCode::kUsage, "two schemas are compared",
                "give --from SOURCE and --to SOURCE");
  }
  const std::string named[] = {flags.from, flags.to};
  SchemaSources sources(call, named);
  state::ReadSchema from = sources.Read(0);
  state::ReadSchema to = sources.Read(1);
  const engine::SchemaEngine& engine =
      engine::SchemaEngineOf(sources.dev().engine());
  const state::Narrowing narrowing{flags.schema, flags.exclude};
  const schema::Catalog goal = state::Narrow(std::move(to.catalog), narrowing);
  const schema::Plan plan = engine.MakePlan(
      state::Narrow(from.catalog, narrowing), goal, {flags.online, to.renames});

  std::vector<std::optional<std::int64_t>> losses;
  if (from.live) losses = CountLosses(*from.live, plan);
  if (!flags.allow_destructive && !flags.check)
    RefuseDestructive(plan, losses, "prints it");
  if (from.live) CheckRows(*from.live, plan);
  if (!plan.changes.empty())
    state::TryPlan(sources.dev(), from.catalog, plan, goal, narrowing);

  if (flags.json) {
    call.out << command::Dump(PlanValue(plan, losses)) << '\n';
  } else if (plan.changes.empty()) {
    call.out << "-- no difference\n";
  } else {
    WriteStatements(call.out, plan, losses);
  }
  return flags.check && !plan.changes.empty() ? command::kCheckFailed
                                              : command::kDone;
}

}  // namespace godwit::cli
