// SPDX-License-Identifier: Apache-2.0
// Run by the build: writes the manual's pages and the completions that are
// installed beside the command into a folder.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/completion.h"
#include "cli/manual.h"

int main(int count, char** arguments) {
  using namespace godwit;
  if (count != 2) return 2;
  const std::filesystem::path folder = arguments[1];
  const command::Program& tool = cli::Tool();
  bool fine = true;
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream file(folder / name, std::ios::binary);
    file << text;
    file.close();
    fine = fine && file;
  };
  write("godwit.bash", cli::BashCompletion(tool));
  write("_godwit", cli::ZshCompletion(tool));
  write("godwit.fish", cli::FishCompletion(tool));
  write("godwit.1", cli::ManualPage(tool, "", GODWIT_VERSION));
  for (const std::string_view group : cli::GroupsOf(tool))
    write(Cat("godwit-", group, ".1"),
          cli::ManualPage(tool, group, GODWIT_VERSION));
  if (!fine) std::cerr << "cannot write into " << folder << "\n";
  return fine ? 0 : 1;
}
