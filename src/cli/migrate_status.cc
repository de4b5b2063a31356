// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "base/text.h"
#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/migrate_session.h"
#include "cli/table.h"
#include "migrate/status.h"

namespace godwit::cli {

namespace {

using migrate::Status;
using migrate::StatusLine;

Json OrNull(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
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

void ShowTable(const Terminal& terminal, const Status& status) {
  Table table({"version", "state", "applied at", "name"});
  for (const StatusLine& line : status.migrations) {
    table.Add({{Cat(line.version), Colour::kNone},
               {std::string(migrate::Word(line.state)), ColourOf(line.state)},
               {line.applied_at.empty() ? "-" : line.applied_at, Colour::kDim},
               {line.name, Colour::kNone}});
  }
  std::cout << table.Show(terminal);
  std::cout << status.tracker << " (" << status.engine << "): "
            << (status.current == 0 ? std::string("nothing is applied")
                                    : Cat("at version ", status.current))
            << ", " << status.pending << " pending\n";
}

}  // namespace

int RunStatus(const Flags& flags) {
  MigrateSession session(flags, Access::kRead);
  const Status status = flags.no_versioning ? migrate::UntrackedStatus(session.runner())
                                            : migrate::ReadStatus(session.runner());
  if (flags.json) {
    Json document;
    document["engine"] = status.engine;
    document["tracker"] = status.tracker;
    document["current"] = status.current;
    document["pending"] = status.pending;
    document["migrations"] = Json::array();
    for (const StatusLine& line : status.migrations)
      document["migrations"].push_back(LineValue(line));
    std::cout << Dump(document) << '\n';
  } else {
    ShowTable(session.terminal(), status);
  }
  return flags.check && status.pending > 0 ? kCheckFailed : kDone;
}

int RunCurrent(const Flags& flags) {
  MigrateSession session(flags, Access::kRead, MigrateSession::Files::kNone);
  migrate::Runner& runner = session.runner();
  const migrate::Version version = CurrentVersion(runner.Read().state, runner.tracker().traits());
  if (flags.json)
    std::cout << Dump(Json{{"version", version}}) << '\n';
  else
    std::cout << version << '\n';
  return kDone;
}

}  // namespace godwit::cli
