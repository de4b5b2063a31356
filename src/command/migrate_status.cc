// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ostream>

#include "base/text.h"
#include "command/exit_status.h"
#include "command/json.h"
#include "command/migrate_commands.h"
#include "command/migrate_session.h"
#include "command/table.h"
#include "migrate/status.h"

namespace godwit::command {

namespace {

using migrate::Status;
using migrate::StatusLine;

Json OrNull(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

bool HasAccepted(const Status& status) {
  return std::any_of(
      status.migrations.begin(), status.migrations.end(),
      [](const StatusLine& line) { return line.accepted.has_value(); });
}

Json LineValue(const StatusLine& line) {
  Json value;
  value["version"] = line.version;
  value["name"] = line.name;
  value["module"] = OrNull(line.module);
  value["file"] = OrNull(line.file);
  value["state"] = std::string(migrate::Word(line.state));
  value["applied_at"] = OrNull(line.applied_at);
  value["checksum"] = OrNull(line.checksum);
  if (line.accepted)
    value["accepted"] = {{"by", line.accepted->actor},
                         {"at", line.accepted->at}};
  return value;
}

Colour ColourOf(migrate::State state) {
  switch (state) {
    case migrate::State::kApplied:
      return Colour::kGreen;
    case migrate::State::kPending:
      return Colour::kYellow;
    default:
      return Colour::kRed;
  }
}

bool HasModules(const Status& status) {
  return std::any_of(
      status.migrations.begin(), status.migrations.end(),
      [](const StatusLine& line) { return !line.module.empty(); });
}

void ShowTable(const Call& call, const Status& status) {
  const bool modules = HasModules(status);
  std::vector<std::string> headings = {"version", "state", "applied at",
                                       "name"};
  if (modules) headings.insert(headings.begin() + 1, "module");
  const bool accepted = HasAccepted(status);
  if (accepted) headings.emplace_back("accepted");
  Table table(std::move(headings));
  for (const StatusLine& line : status.migrations) {
    std::vector<Table::Cell> cells = {
        {Cat(line.version), Colour::kNone},
        {std::string(migrate::Word(line.state)), ColourOf(line.state)},
        {line.applied_at.empty() ? "-" : line.applied_at, Colour::kDim},
        {line.name, Colour::kNone}};
    if (modules)
      cells.insert(cells.begin() + 1,
                   {line.module.empty() ? "-" : line.module, Colour::kNone});
    if (accepted)
      cells.push_back({line.accepted ? Cat("by ", line.accepted->actor, " at ",
                                           line.accepted->at)
                                     : "-",
                       Colour::kDim});
    table.Add(std::move(cells));
  }
  call.out << table.Show(call.terminal);
  call.out << status.tracker << " (" << status.engine << "): "
           << (status.current == 0 ? std::string("nothing is applied")
                                   : Cat("at version ", status.current))
           << ", " << status.pending << " pending\n";
  if (status.shift)
    call.out << status.shift->message << "\n" << status.shift->help << '\n';
}

// Only what is said of one module.
void Narrow(Status& status, const std::string& module) {
  if (module.empty()) return;
  std::erase_if(status.migrations,
                [&](const StatusLine& line) { return line.module != module; });
  status.pending = static_cast<std::size_t>(
      std::count_if(status.migrations.begin(), status.migrations.end(),
                    [](const StatusLine& line) {
                      return line.state == migrate::State::kPending;
                    }));
}

}  // namespace

int RunStatus(const Call& call) {
  MigrateSession session(
      call, Access::kRead, MigrateSession::Files::kMayLack,
      MigrateSession::LookOf(call, migrate::Look::kWithTimes));
  Status status = call.flags.no_versioning
                      ? migrate::UntrackedStatus(session.runner())
                      : migrate::ReadStatus(session.runner());
  if (status.migrations.empty()) session.NeedFiles();
  Narrow(status, call.flags.module);
  if (call.flags.json) {
    Json document;
    document["engine"] = status.engine;
    document["tracker"] = status.tracker;
    document["current"] = status.current;
    document["pending"] = status.pending;
    document["migrations"] = Json::array();
    for (const StatusLine& line : status.migrations)
      document["migrations"].push_back(LineValue(line));
    if (status.shift)
      document["shifted"] = {{"version", *status.shift->version},
                             {"message", status.shift->message},
                             {"help", status.shift->help}};
    call.out << Dump(document) << '\n';
  } else {
    ShowTable(call, status);
  }
  if (!status.legacy.empty() && !call.flags.quiet) {
    call.err << call.program.name << ": " << status.legacy
             << " is another tool's tracker; '"
             << call.program.Called("migrate", "adopt") << "' takes it over\n";
  }
  return call.flags.check && status.pending > 0 ? kCheckFailed : kDone;
}

int RunCurrent(const Call& call) {
  MigrateSession session(call, Access::kRead, MigrateSession::Files::kNone);
  migrate::Runner& runner = session.runner();
  const migrate::Version version =
      CurrentVersion(runner.Read().state, runner.tracker().traits());
  if (call.flags.json)
    call.out << Dump(Json{{"version", version}}) << '\n';
  else
    call.out << version << '\n';
  return kDone;
}

}  // namespace godwit::command
