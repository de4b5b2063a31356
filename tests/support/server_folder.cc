// SPDX-License-Identifier: Apache-2.0
#include "support/server_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>

namespace godwit::test {

namespace {

constexpr std::string_view kName = "godwit-cluster-";

// In memory where there is plenty: a hundred databases are a hundred thousand
// files. Short in any case: a socket's path may have 107 bytes.
std::string Base() {
  constexpr std::uint64_t kPlenty = 4ull << 30;
  struct statvfs memory {};
  const bool there = statvfs("/dev/shm", &memory) == 0;
  return there && std::uint64_t{memory.f_bavail} * memory.f_frsize > kPlenty
             ? "/dev/shm/"
             : "/tmp/";
}

void SweepOldFolders(const std::string& base) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(base, ignored)) {
    if (!entry.path().filename().string().starts_with(kName)) continue;
    const int lock = open((entry.path() / "lock").c_str(), O_RDWR | O_CLOEXEC);
    if (lock < 0) continue;
    if (flock(lock, LOCK_EX | LOCK_NB) == 0)
      std::filesystem::remove_all(entry.path(), ignored);
    close(lock);
  }
}

}  // namespace

ServerFolder::ServerFolder(const std::optional<User>& user)
    : path_(Base() + std::string(kName) + "XXXXXX") {
  SweepOldFolders("/dev/shm");
  SweepOldFolders("/tmp");
  if (mkdtemp(path_.data()) == nullptr)
    throw std::runtime_error("cannot make " + path_);
  // Made under another name: a sweeper must not find it before it is locked.
  const std::string lock = path_ + "/lock";
  lock_ = open((lock + ".new").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  flock(lock_, LOCK_EX);
  std::filesystem::rename(lock + ".new", lock);
  chmod(path_.c_str(), 0755);
  if (user && chown(path_.c_str(), user->uid, user->gid) != 0) {
    throw std::runtime_error("cannot give " + path_ + " away");
  }
}

ServerFolder::~ServerFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
  close(lock_);
}

}  // namespace godwit::test
