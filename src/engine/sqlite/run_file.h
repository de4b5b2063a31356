// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace godwit::engine {

// What excludes other runs where SQLite's own lock cannot: between the
// transactions of a migration that runs without one. A lock of the system on a
// file beside the database; it ends with the process, and the file is removed.
class RunFile {
 public:
  RunFile() = default;
  ~RunFile() { Release(); }
  RunFile(const RunFile&) = delete;
  RunFile& operator=(const RunFile&) = delete;

  // Whether it is held now. A database without a file needs none, and where no
  // file can be made beside the database SQLite cannot write to it either.
  bool TryTake(const std::string& database);
  void Release() noexcept;

 private:
  std::string path_;
  int descriptor_ = -1;
};

}  // namespace godwit::engine
