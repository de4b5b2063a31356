// SPDX-License-Identifier: Apache-2.0
#include "state/server_programs.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "base/text.h"
#include "godwit/error.h"

namespace godwit::state {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHelp =
    "install PostgreSQL's server programs (Debian: postgresql), or name a "
    "database that may be emptied with --dev DSN";

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::string ShellQuoted(std::string_view path) {
  std::string out = "'";
  for (const char c : path) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

// What a command says, without its error output.
std::string OutputOf(const std::string& command) {
  struct Close {
    void operator()(FILE* pipe) const { pclose(pipe); }
  };
  const std::unique_ptr<FILE, Close> pipe(
      popen((command + " 2>/dev/null").c_str(), "re"));
  std::string out;
  std::array<char, 512> buffer;
  while (pipe != nullptr &&
         std::fgets(buffer.data(), buffer.size(), pipe.get()))
    out += buffer.data();
  return out;
}

std::vector<std::string> FoldersOfPath() {
  std::vector<std::string> folders;
  std::string path = Variable("PATH");
  while (!path.empty()) {
    const std::size_t colon = std::min(path.find(':'), path.size());
    folders.push_back(path.substr(0, colon));
    path.erase(0, colon + 1);
  }
  return folders;
}

std::vector<std::string> Folders() {
  const std::string named = Variable("GODWIT_POSTGRESQL_BIN");
  if (!named.empty()) return {named};
  std::vector<std::string> folders = FoldersOfPath();
  std::error_code ignored;
  for (const auto& entry :
       fs::directory_iterator("/usr/lib/postgresql", ignored))
    folders.push_back((entry.path() / "bin").string());
  folders.emplace_back(Trim(OutputOf("pg_config --bindir")));
  return folders;
}

}  // namespace

// postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)
std::optional<ServerPrograms> ReadVersion(std::string_view said,
                                          std::string_view bin) {
  constexpr std::string_view kBegin = "postgres (PostgreSQL) ";
  said = Trim(said);
  if (!said.starts_with(kBegin)) return std::nullopt;
  said.remove_prefix(kBegin.size());
  ServerPrograms programs{0, std::string(bin), std::string(said)};
  std::from_chars(said.data(), said.data() + said.size(), programs.version);
  if (programs.version == 0) return std::nullopt;
  return programs;
}

std::vector<ServerPrograms> FindServerPrograms() {
  std::vector<ServerPrograms> found;
  for (const std::string& folder : Folders()) {
    std::error_code error;
    const fs::path bin = fs::canonical(folder, error);
    if (error || folder.empty() || !fs::exists(bin / "initdb", error)) continue;
    const bool known =
        std::any_of(found.begin(), found.end(),
                    [&](const auto& p) { return p.bin == bin.string(); });
    if (known) continue;
    const std::string postgres = ShellQuoted((bin / "postgres").string());
    if (auto programs =
            ReadVersion(OutputOf(postgres + " --version"), bin.string()))
      found.push_back(*std::move(programs));
  }
  std::stable_sort(
      found.begin(), found.end(),
      [](const auto& a, const auto& b) { return a.version > b.version; });
  return found;
}

ServerPrograms ChooseServerPrograms(int version) {
  const std::vector<ServerPrograms> found = FindServerPrograms();
  if (found.empty())
    throw Error(ErrorCode::kUnsupported,
                "a scratch database needs PostgreSQL's server programs, and "
                "there are none here",
                std::string(kHelp));
  for (const ServerPrograms& programs : found) {
    if (programs.version == version) return programs;
  }
  return found.front();
}

std::optional<User> ServerUser(const ServerPrograms& programs) {
  if (geteuid() != 0) return std::nullopt;
  struct stat file {};
  if (stat(programs.bin.c_str(), &file) == 0 && file.st_uid != 0)
    return User{file.st_uid, file.st_gid};
  for (const char* name : {"postgres", "nobody"}) {
    if (const passwd* entry = getpwnam(name))
      return User{entry->pw_uid, entry->pw_gid};
  }
  throw Error(ErrorCode::kUnsupported,
              "PostgreSQL's server refuses to run as root, and there is no "
              "user postgres or nobody to run it as",
              std::string(kHelp));
}

}  // namespace godwit::state
