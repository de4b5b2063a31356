// SPDX-License-Identifier: Apache-2.0
#include "state/scratch_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/text.h"
#include "godwit/error.h"

namespace godwit::state {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kName = "godwit-scratch-";
constexpr const char* kInMemory = "/dev/shm";
constexpr const char* kOnDisk = "/tmp";

std::string Base() {
  constexpr std::uint64_t kPlenty = 1ull << 30;
  struct statvfs memory {};
  const bool there =
      statvfs(kInMemory, &memory) == 0 && access(kInMemory, W_OK) == 0;
  return there && std::uint64_t{memory.f_bavail} * memory.f_frsize > kPlenty
             ? kInMemory
             : kOnDisk;
}

void Sweep(const char* base) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(base, ignored)) {
    if (!entry.path().filename().string().starts_with(kName)) continue;
    const int lock = open((entry.path() / "lock").c_str(), O_RDWR | O_CLOEXEC);
    if (lock < 0) continue;
    if (flock(lock, LOCK_EX | LOCK_NB) == 0)
      fs::remove_all(entry.path(), ignored);
    close(lock);
  }
}

}  // namespace

// The lock appears under its name only when it is held: a sweeper never finds
// it free.
ScratchFolder::ScratchFolder(const std::optional<User>& user)
    : path_(Cat(Base(), '/', kName, "XXXXXX")) {
  Sweep(kInMemory);
  Sweep(kOnDisk);
  const auto fail = [&](std::string_view what) {
    throw Error(ErrorCode::kInternal, Cat("the scratch folder ", path_, ' ',
                                          what, ": ", std::strerror(errno)));
  };
  if (mkdtemp(path_.data()) == nullptr) fail("cannot be made");
  const std::string lock = path_ + "/lock";
  lock_ = open((lock + ".new").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (lock_ < 0 || flock(lock_, LOCK_EX | LOCK_NB) != 0 ||
      rename((lock + ".new").c_str(), lock.c_str()) != 0)
    fail("cannot be locked");
  if (user && chown(path_.c_str(), user->uid, user->gid) != 0)
    fail("cannot be given away");
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  if (lock_ >= 0) close(lock_);
}

}  // namespace godwit::state
