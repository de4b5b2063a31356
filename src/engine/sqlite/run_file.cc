// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/run_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

namespace godwit::engine {

namespace {

// Whoever held the lock before may have removed the file that was opened here.
bool IsStillThere(int descriptor, const std::string& path) {
  struct stat opened {};
  struct stat named {};
  return fstat(descriptor, &opened) == 0 && stat(path.c_str(), &named) == 0 &&
         opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

}  // namespace

bool RunFile::TryTake(const std::string& database) {
  if (descriptor_ >= 0 || database.empty()) return true;
  const std::string path = Cat(database, "-godwit");
  const int descriptor =
      open(path.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return true;
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0 ||
      !IsStillThere(descriptor, path)) {
    close(descriptor);
    return false;
  }
  descriptor_ = descriptor;
  path_ = path;
  return true;
}

void RunFile::Release() noexcept {
  if (descriptor_ < 0) return;
  unlink(path_.c_str());
  close(descriptor_);
  descriptor_ = -1;
}

}  // namespace godwit::engine
