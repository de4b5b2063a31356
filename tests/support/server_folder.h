// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "support/process.h"

namespace godwit::test {

// A folder in /dev/shm or /tmp that belongs to the server's user. Removed at
// the end; what a killed test left is removed by the next one that makes such a
// folder, since a lock tells which are in use.
class ServerFolder {
 public:
  explicit ServerFolder(const std::optional<User>& user);
  ServerFolder(const ServerFolder&) = delete;
  ServerFolder& operator=(const ServerFolder&) = delete;
  ~ServerFolder();

  const std::string& path() const { return path_; }

 private:
  std::string path_;
  int lock_ = -1;
};

}  // namespace godwit::test
