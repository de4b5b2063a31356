// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/holders.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

#include "base/text.h"

namespace godwit::engine {

namespace {

constexpr std::uint64_t kPendingByte = 0x40000000;
constexpr std::uint64_t kWalWriteByte = 120;

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < line.size();) {
    at = std::min(line.find_first_not_of(' ', at), line.size());
    const std::size_t end = std::min(line.find(' ', at), line.size());
    if (end > at) words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

template <typename Number>
Number Parse(std::string_view text, int base) {
  Number number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number, base);
  return number;
}

// "fd:00:1234": the device in hexadecimal, the inode in decimal.
bool Names(std::string_view text, const FileIdentity& file) {
  const std::size_t first = text.find(':');
  const std::size_t second = text.find(':', first + 1);
  if (file.inode == 0 || second == std::string_view::npos) return false;
  return Parse<unsigned>(text.substr(0, first), 16) == file.major &&
         Parse<unsigned>(text.substr(first + 1, second - first - 1), 16) ==
             file.minor &&
         Parse<std::uint64_t>(text.substr(second + 1), 10) == file.inode;
}

FileIdentity Identify(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return {};
  return {major(status.st_dev), minor(status.st_dev), status.st_ino};
}

std::string ReadAll(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

// 1: POSIX  ADVISORY  WRITE 4711 fd:00:1234 1073741825 1073741825
std::vector<int> WritersIn(std::string_view locks, const FileIdentity& database,
                           const FileIdentity& shared_memory) {
  std::vector<int> processes;
  for (std::size_t at = 0; at < locks.size();) {
    const std::size_t end = std::min(locks.find('\n', at), locks.size());
    const std::vector<std::string_view> words =
        Words(locks.substr(at, end - at));
    at = end + 1;
    // Those who wait have an arrow before the kind.
    if (words.size() < 8 || words[1] != "POSIX" || words[3] != "WRITE")
      continue;
    const auto first = Parse<std::uint64_t>(words[6], 10);
    const bool writes =
        (Names(words[5], database) && first >= kPendingByte) ||
        (Names(words[5], shared_memory) && first == kWalWriteByte);
    const int process = Parse<int>(words[4], 10);
    if (writes && process > 0 && std::ranges::count(processes, process) == 0)
      processes.push_back(process);
  }
  return processes;
}

std::string DescribeWriters(const std::string& database) {
  if (database.empty()) return "";
  std::string told;
  for (const int process : WritersIn(ReadAll("/proc/locks"), Identify(database),
                                     Identify(database + "-shm"))) {
    if (process == getpid()) continue;
    const std::string name(Trim(ReadAll(Cat("/proc/", process, "/comm"))));
    told += Cat(told.empty() ? "" : ", ", "process ", process);
    if (!name.empty()) told += Cat(" (", Printable(name), ')');
  }
  return told;
}

}  // namespace godwit::engine
