// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "state/child.h"

namespace godwit::state {

// A folder of one's own in memory or among the temporary files, removed at the
// end. Those that a killed process has left are removed when the next one is
// made: each holds a lock as long as its owner lives.
class ScratchFolder {
 public:
  // Belongs to `user`, where one is given. Throws Error(kInternal).
  explicit ScratchFolder(const std::optional<User>& user = {});
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder();

  // Short: a socket's path in it has at most 107 bytes.
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  int lock_ = -1;
};

}  // namespace godwit::state
