// SPDX-License-Identifier: Apache-2.0
// baseline, force, resolve: what changes the tracker's rows and runs no file.
#include <iostream>

#include "base/text.h"
#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/migrate_session.h"

namespace godwit::cli {

int RunBaseline(const Flags& flags) {
  const std::int64_t version = ParseVersion("", flags.arguments[0]);
  MigrateSession session(flags, Access::kWrite);
  const Report report = session.runner().Baseline(version);
  if (flags.json) {
    ShowReport(flags, report);
    return kDone;
  }
  std::cout << "recorded " << report.applied.size()
            << (report.applied.size() == 1 ? " version" : " versions")
            << " as applied without running; the database is at version "
            << report.current << '\n';
  return kDone;
}

int RunForce(const Flags& flags) {
  const std::int64_t version = ParseVersion("", flags.arguments[0]);
  if (version < -1)
    throw Error(ErrorCode::kUsage, Cat(version, " is no version"),
                "'force -- -1' empties the counter");
  MigrateSession session(flags, Access::kWrite, MigrateSession::Files::kNone);
  session.runner().Force(version < 0 ? std::nullopt : std::optional(version));
  if (flags.json)
    std::cout << Dump(Json{
                     {"version", version < 0 ? Json(nullptr) : Json(version)}})
              << '\n';
  else if (version < 0)
    std::cout << "the counter is empty: nothing is applied\n";
  else
    std::cout << "the counter is at version " << version << ", clean\n";
  return kDone;
}

int RunResolve(const Flags& flags) {
  const std::int64_t version = ParseVersion("", flags.arguments[0]);
  if (flags.as != "applied" && flags.as != "pending") {
    throw Error(ErrorCode::kUsage, "what became of the statement is not said",
                "give --as applied or --as pending");
  }
  MigrateSession session(flags, Access::kWrite);
  session.runner().Resolve(version, flags.as == "applied");
  if (flags.json)
    std::cout << Dump(Json{{"resolved", version}, {"as", flags.as}}) << '\n';
  else
    std::cout << "version " << version << ": the cut-off statement counts as "
              << (flags.as == "applied" ? "done" : "not done")
              << "; run 'godwit migrate up' again\n";
  return kDone;
}

}  // namespace godwit::cli
