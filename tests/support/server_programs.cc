// SPDX-License-Identifier: Apache-2.0
#include "support/server_programs.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "support/process.h"

namespace godwit::test {

namespace {

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

// "postgres (PostgreSQL) 15.20 (Debian …)" is 15; 0 where it does not run.
int VersionOf(const std::string& bin) {
  if (!std::filesystem::exists(bin + "/initdb")) return 0;
  const std::string said = RunProcess({bin + "/postgres", "--version"}).out;
  const std::size_t at = said.find(") ");
  int version = 0;
  if (at != std::string::npos)
    std::from_chars(said.data() + at + 2, said.data() + said.size(), version);
  return version;
}

std::vector<std::string> Folders() {
  std::vector<std::string> folders;
  std::string list = Variable("GODWIT_TEST_POSTGRESQL");
  while (!list.empty()) {
    const std::size_t colon = std::min(list.find(':'), list.size());
    folders.push_back(list.substr(0, colon));
    list.erase(0, colon + 1);
  }
  folders.push_back(Variable("GODWIT_PG18_BIN"));
  folders.push_back(GODWIT_SOURCE_DIR "/.cache/postgresql/18/bin");
  std::error_code ignored;
  for (const auto& entry :
       std::filesystem::directory_iterator("/usr/lib/postgresql", ignored)) {
    folders.push_back(entry.path().string() + "/bin");
  }
  return folders;
}

}  // namespace

std::vector<ServerPrograms> FindServerPrograms() {
  std::vector<ServerPrograms> found;
  for (const std::string& folder : Folders()) {
    const int version = folder.empty() ? 0 : VersionOf(folder);
    const bool known = std::ranges::any_of(
        found, [&](const auto& p) { return p.version == version; });
    if (version > 0 && !known)
      found.push_back({version, std::filesystem::canonical(folder).string()});
  }
  std::ranges::sort(found, {}, &ServerPrograms::version);
  return found;
}

}  // namespace godwit::test
