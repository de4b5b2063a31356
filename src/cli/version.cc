// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "cli/command.h"
#include "cli/exit_status.h"

namespace godwit::cli {

int RunVersion(const Flags& flags) {
  if (flags.json)
    std::cout << "{\"version\":\"" GODWIT_VERSION "\"}\n";
  else
    std::cout << "godwit " GODWIT_VERSION "\n";
  return kDone;
}

}  // namespace godwit::cli
