// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "base/text.h"
#include "command/exit_status.h"
#include "command/json.h"
#include "command/migrate_commands.h"
#include "command/migrate_session.h"
#include "migrate/status.h"

namespace godwit::command {

namespace {

int Accept(const Call& call) {
  const std::int64_t version = ParseVersion("--accept", call.flags.accept);
  MigrateSession session(call, Access::kWrite);
  session.runner().Accept(version);
  if (call.flags.json)
    call.out << Dump(Json{{"accepted", version}}) << '\n';
  else
    call.out << "version " << version
             << " is recorded with its file as it is now\n";
  return kDone;
}

}  // namespace

int RunVerify(const Call& call) {
  if (!call.flags.accept.empty()) return Accept(call);
  MigrateSession session(call, Access::kRead);
  const std::vector<migrate::Finding> findings = migrate::Verify(
      session.runner().migrations(), session.runner().Read().state);
  if (call.flags.json) {
    Json document;
    document["findings"] = Json::array();
    for (const migrate::Finding& finding : findings) {
      document["findings"].push_back(
          {{"kind", std::string(migrate::Word(finding.kind))},
           {"version", finding.version},
           {"file", finding.file.empty() ? Json(nullptr) : Json(finding.file)},
           {"message", finding.message}});
    }
    call.out << Dump(document) << '\n';
  } else {
    for (const migrate::Finding& finding : findings)
      call.out << finding.message << '\n';
    if (findings.empty())
      call.out << "the files are as they were applied\n";
    else
      call.out << "restore the files, or record what is meant with '"
               << call.program.Called("migrate", "verify")
               << " --accept VERSION'\n";
  }
  return findings.empty() ? kDone : kCheckFailed;
}

}  // namespace godwit::command
