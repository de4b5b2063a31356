// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/commands.h"
#include "command/exit_status.h"

namespace godwit::cli {

int RunVersion(const command::Call& call) {
  if (call.flags.json)
    call.out << "{\"version\":\"" GODWIT_VERSION "\"}\n";
  else
    call.out << "godwit " GODWIT_VERSION "\n";
  return command::kDone;
}

}  // namespace godwit::cli
