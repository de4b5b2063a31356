// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace godwit {

// The whole file. Throws Error(kFileUnreadable) naming the path and the reason.
std::string ReadFile(const std::string& path);

// An open folder. Reads it once and its files by name, without looking paths up
// again.
class Folder {
 public:
  struct Entry {
    std::string name;
    bool is_folder = false;
    bool is_regular = false;  // a file with bytes, and no link to one
  };

  // Nothing where there is none. Throws Error(kFileUnreadable) where it is
  // there and cannot be opened, or is no folder.
  static std::optional<Folder> Open(const std::string& path);
  Folder(Folder&& other) noexcept;
  Folder& operator=(Folder&&) = delete;
  ~Folder();

  // What is in it, sorted by name, without `.` and `..`.
  std::vector<Entry> List() const;
  // The bytes of a file in it; throws as ReadFile does. A regular file ends
  // where less is read than was asked for, so that its end need not be read.
  std::string Read(const std::string& name, bool is_regular = false) const;
  // The path of a file in it, as the user would write it.
  std::string PathOf(std::string_view name) const;

 private:
  Folder(std::string path, int descriptor)
      : path_(std::move(path)), descriptor_(descriptor) {}
  std::string path_;
  int descriptor_ = -1;
};

}  // namespace godwit
