// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "command/process_title.h"
#include "runtime/own_process.h"

int main(int count, char** arguments) {
  using namespace godwit;
  internal::TuneOwnProcess();
  std::ios::sync_with_stdio(false);
  const std::vector<std::string> words(arguments + 1, arguments + count);
  command::HideDsns(count, arguments);
  return command::Run(cli::Tool(), words, {std::cout, std::cerr});
}
