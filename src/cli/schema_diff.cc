// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ostream>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/schema_report.h"
#include "cli/schema_sources.h"
#include "command/exit_status.h"
#include "engine/schema_engine.h"
#include "state/catalog/try_plan.h"

namespace godwit::cli {

namespace {

using schema::Change;
using schema::Plan;

// One number, that the database itself tells. What cannot be counted is not
// known: somebody may have no right to read a table and yet to drop it.
std::optional<std::int64_t> Ask(Connection& database,
                                const std::string& query) {
  try {
    const Result result = database.Execute(query);
    if (!result.empty()) return result.Get<std::int64_t>(0, 0);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kStatementFailed) throw;
  }
  return std::nullopt;
}

std::vector<std::optional<std::int64_t>> CountLosses(Connection& database,
                                                     const Plan& plan) {
  std::vector<std::optional<std::int64_t>> losses;
  for (const Change& change : plan.changes) {
    losses.push_back(change.count.empty() ? std::nullopt
                                          : Ask(database, change.count));
  }
  return losses;
}

// What is wrong with the rows; empty: nothing. A query that fails over a value
// says so by its error.
std::string Complaint(Connection& database, const schema::RowCheck& check) {
  std::int64_t rows = 0;
  try {
    const Result result = database.Execute(check.query);
    if (!result.empty()) rows = result.Get<std::int64_t>(0, 0);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kStatementFailed) throw;
    if (!error.info().sqlstate.starts_with("22")) return {};
    return Cat(check.message, ": ", error.info().message);
  }
  if (rows == 0) return {};
  return Cat(check.message, ": ", rows, rows == 1 ? " row of " : " rows of ",
             check.table, rows == 1 ? " does not fit" : " do not fit");
}

// Throws Error(kRowsDoNotFit), naming every table with such rows.
void CheckRows(Connection& database, const Plan& plan) {
  std::string message;
  for (const schema::RowCheck& check : plan.checks) {
    const std::string complaint = Complaint(database, check);
    if (complaint.empty()) continue;
    message += Cat(message.empty() ? "" : "; ", complaint);
  }
  if (message.empty()) return;
  ErrorInfo info;
  info.code = ErrorCode::kRowsDoNotFit;
  info.message = std::move(message);
  info.state = "nothing was changed";
  info.help = "change those rows, or the schema that is to come";
  throw Error(std::move(info));
}

void RefuseDestructive(const Plan& plan,
                       const std::vector<std::optional<std::int64_t>>& losses) {
  std::string lost;
  for (std::size_t i = 0; i < plan.changes.size(); ++i) {
    const Change& change = plan.changes[i];
    if (!change.destructive) continue;
    lost += Cat(lost.empty() ? "" : "; ",
                LossText(change, i < losses.size() ? losses[i] : std::nullopt));
  }
  if (lost.empty()) return;
  ErrorInfo info;
  info.code = ErrorCode::kDestructive;
  info.message = Cat("the plan destroys: ", lost);
  info.state = "nothing was changed";
  info.help =
      "--allow-destructive prints it all the same; what only got another name "
      "is told by '-- @renamed from=old' behind it in the file";
  throw Error(std::move(info));
}

}  // namespace

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
  const Plan plan = engine.MakePlan(state::Narrow(from.catalog, narrowing),
                                    goal, {flags.online, to.renames});

  std::vector<std::optional<std::int64_t>> losses;
  if (from.live) losses = CountLosses(*from.live, plan);
  if (!flags.allow_destructive && !flags.check) RefuseDestructive(plan, losses);
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
