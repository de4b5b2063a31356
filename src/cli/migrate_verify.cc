// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "base/text.h"
#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/migrate_session.h"
#include "migrate/status.h"

namespace godwit::cli {

namespace {

int Accept(const Flags& flags) {
  const std::int64_t version = ParseVersion("--accept", flags.accept);
  MigrateSession session(flags, Access::kWrite);
  session.runner().Accept(version);
  if (flags.json)
    std::cout << Dump(Json{{"accepted", version}}) << '\n';
  else
    std::cout << "version " << version
              << " is recorded with its file as it is now\n";
  return kDone;
}

}  // namespace

int RunVerify(const Flags& flags) {
  if (!flags.accept.empty()) return Accept(flags);
  MigrateSession session(flags, Access::kRead);
  const std::vector<migrate::Finding> findings = migrate::Verify(
      session.runner().migrations(), session.runner().Read().state);
  if (flags.json) {
    Json document;
    document["findings"] = Json::array();
    for (const migrate::Finding& finding : findings) {
      document["findings"].push_back(
          {{"kind", std::string(migrate::Word(finding.kind))},
           {"version", finding.version},
           {"file", finding.file.empty() ? Json(nullptr) : Json(finding.file)},
           {"message", finding.message}});
    }
    std::cout << Dump(document) << '\n';
  } else {
    for (const migrate::Finding& finding : findings)
      std::cout << finding.message << '\n';
    if (findings.empty())
      std::cout << "the files are as they were applied\n";
    else
      std::cout << "restore the files, or record what is meant with 'godwit "
                   "migrate verify "
                   "--accept VERSION'\n";
  }
  return findings.empty() ? kDone : kCheckFailed;
}

}  // namespace godwit::cli
