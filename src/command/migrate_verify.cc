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
  MigrateSession session(call, Access::kChange);
  session.runner().Accept(version);
  if (call.flags.json)
    call.out << Dump(Json{{"accepted", version}}) << '\n';
  else
    call.out << "version " << version
             << " is recorded with its file as it is now\n";
  return kDone;
}

Json Document(const std::vector<migrate::Finding>& findings,
              const std::vector<migrate::StatusLine>& lines) {
  Json document;
  document["findings"] = Json::array();
  for (const migrate::Finding& finding : findings) {
    Json value = {
        {"kind", std::string(migrate::Word(finding.kind))},
        {"version", finding.version},
        {"file", finding.file.empty() ? Json(nullptr) : Json(finding.file)},
        {"message", finding.message}};
    if (!finding.help.empty()) value["help"] = finding.help;
    document["findings"].push_back(std::move(value));
  }
  document["accepted"] = Json::array();
  for (const migrate::StatusLine& line : lines) {
    if (!line.accepted) continue;
    document["accepted"].push_back({{"version", line.version},
                                    {"file", line.file},
                                    {"by", line.accepted->actor},
                                    {"at", line.accepted->at}});
  }
  return document;
}

void ShowFindings(const Call& call,
                  const std::vector<migrate::Finding>& findings,
                  const std::vector<migrate::StatusLine>& lines) {
  bool in_place = false;
  for (const migrate::Finding& finding : findings) {
    call.out << Printable(finding.message) << '\n';
    if (!finding.help.empty()) call.out << finding.help << '\n';
    in_place = in_place || finding.help.empty();
  }
  for (const migrate::StatusLine& line : lines) {
    if (line.accepted)
      call.out << Printable(line.file) << " was accepted by "
               << line.accepted->actor << " at " << line.accepted->at << '\n';
  }
  if (findings.empty())
    call.out << "the files are as they were applied\n";
  else if (in_place)
    call.out << "restore the files, or record what is meant with '"
             << call.program.Called("migrate", "verify")
             << " --accept VERSION'\n";
}

}  // namespace

int RunVerify(const Call& call) {
  if (!call.flags.accept.empty()) return Accept(call);
  MigrateSession session(call, Access::kRead, MigrateSession::Files::kRead,
                         migrate::Look::kWhole);
  const migrate::Runner& runner = session.runner();
  const migrate::Reading reading = session.runner().Read();
  const std::vector<migrate::Finding> findings = migrate::Verify(
      runner.migrations(), reading.state, runner.policy().modules);
  const std::vector<migrate::StatusLine> lines =
      migrate::CompareAll(runner.migrations(), reading.state, reading.log);
  if (call.flags.json)
    call.out << Dump(Document(findings, lines)) << '\n';
  else
    ShowFindings(call, findings, lines);
  return findings.empty() ? kDone : kCheckFailed;
}

}  // namespace godwit::command
