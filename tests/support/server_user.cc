// SPDX-License-Identifier: Apache-2.0
#include "support/server_user.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace godwit::test {

std::optional<User> ServerUser(const std::string& postgres) {
  if (geteuid() != 0) return std::nullopt;
  for (const char* name : {"postgres", "nobody"}) {
    if (const passwd* entry = getpwnam(name))
      return User{entry->pw_uid, entry->pw_gid};
    struct stat file {};
    if (stat(postgres.c_str(), &file) == 0 && file.st_uid != 0)
      return User{file.st_uid, file.st_gid};
  }
  return User{65534, 65534};
}

}  // namespace godwit::test
