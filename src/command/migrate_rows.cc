// SPDX-License-Identifier: Apache-2.0
// baseline, force, resolve: what changes the tracker's rows and runs no file.
#include <ostream>

#include "base/text.h"
#include "command/exit_status.h"
#include "command/json.h"
#include "command/migrate_commands.h"
#include "command/migrate_session.h"

namespace godwit::command {

int RunBaseline(const Call& call) {
  const std::int64_t version = ParseVersion("", call.flags.arguments[0]);
  MigrateSession session(call, Access::kWrite);
  const Report report = session.runner().Baseline(version);
  if (call.flags.json) {
    ShowReport(call, report);
    return kDone;
  }
  call.out << "recorded " << report.applied.size()
           << (report.applied.size() == 1 ? " version" : " versions")
           << " as applied without running; the database is at version "
           << report.current << '\n';
  return kDone;
}

int RunForce(const Call& call) {
  const std::int64_t version = ParseVersion("", call.flags.arguments[0]);
  if (version < -1)
    throw Error(ErrorCode::kUsage, Cat(version, " is no version"),
                "'force -- -1' empties the counter");
  MigrateSession session(call, Access::kWrite, MigrateSession::Files::kNone);
  session.runner().Force(version < 0 ? std::nullopt : std::optional(version));
  if (call.flags.json)
    call.out << Dump(Json{
                    {"version", version < 0 ? Json(nullptr) : Json(version)}})
             << '\n';
  else if (version < 0)
    call.out << "the counter is empty: nothing is applied\n";
  else
    call.out << "the counter is at version " << version << ", clean\n";
  return kDone;
}

int RunResolve(const Call& call) {
  const std::int64_t version = ParseVersion("", call.flags.arguments[0]);
  if (call.flags.as != "applied" && call.flags.as != "pending") {
    throw Error(ErrorCode::kUsage, "what became of the statement is not said",
                "give --as applied or --as pending");
  }
  MigrateSession session(call, Access::kChange);
  session.runner().Resolve(version, call.flags.as == "applied");
  if (call.flags.json)
    call.out << Dump(Json{{"resolved", version}, {"as", call.flags.as}})
             << '\n';
  else
    call.out << "version " << version << ": the cut-off statement counts as "
             << (call.flags.as == "applied" ? "done" : "not done") << "; run '"
             << call.program.Called("migrate", "up") << "' again\n";
  return kDone;
}

}  // namespace godwit::command
