// SPDX-License-Identifier: Apache-2.0
#include "state/catalog/try_plan.h"

#include "base/text.h"
#include "engine/schema_engine.h"

namespace godwit::state {

namespace {

constexpr std::string_view kReport =
    "nothing was run on the database itself; this is a fault of godwit: please "
    "report it with the two schemas";

// Throws Error(kPlanFailed), naming the statement.
void RunAll(DevDatabase& database, const schema::Plan& plan,
            std::string_view what) {
  for (const schema::Change& change : plan.changes) {
    for (const std::string& statement : change.sql) {
      try {
        database.Run(statement);
      } catch (const Error& error) {
        if (error.code() != ErrorCode::kStatementFailed) throw;
        ErrorInfo info = error.info();
        info.code = ErrorCode::kPlanFailed;
        info.message = Cat(what, ": ", info.message, " in: ", statement);
        info.help = kReport;
        throw Error(std::move(info));
      }
    }
  }
}

}  // namespace

void TryPlan(DevServer& dev, const schema::Catalog& from,
             const schema::Plan& plan, const schema::Catalog& to,
             const Narrowing& narrowing) {
  const engine::SchemaEngine& engine = engine::SchemaEngineOf(dev.engine());
  schema::Catalog start = from;
  schema::Catalog goal = to;
  engine.LeaveOutUntouched(plan, start, goal);
  DevDatabase database = dev.NewDatabase();
  RunAll(database, engine.MakePlan({}, start, {}),
         "the schema cannot be made again on the scratch database");
  RunAll(database, plan, "the plan fails on the scratch database");
  database.FinishLoading();
  const schema::Catalog arrived =
      Narrow(engine.Inspect(database.connection()), narrowing);
  CheckArrived(engine, arrived, goal, "the plan does not arrive");
}

void CheckArrived(const engine::SchemaEngine& engine,
                  const schema::Catalog& arrived, const schema::Catalog& goal,
                  std::string_view what) {
  const schema::Plan rest = engine.MakePlan(arrived, goal, {});
  if (rest.changes.empty()) return;
  ErrorInfo info;
  info.code = ErrorCode::kPlanFailed;
  info.message = Cat(what, "; after it there is still to do:");
  for (const schema::Change& change : rest.changes) {
    for (const std::string& statement : change.sql)
      info.message += Cat("\n  ", statement, ";");
  }
  info.help = kReport;
  throw Error(std::move(info));
}

}  // namespace godwit::state
