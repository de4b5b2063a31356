// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace godwit::test {

// A folder of its own, removed at the end with all that is in it.
class TempFolder {
 public:
  TempFolder();
  TempFolder(TempFolder&& other) noexcept : path_(std::move(other.path_)) {
    other.path_.clear();
  }
  TempFolder& operator=(TempFolder&&) = delete;
  ~TempFolder();

  const std::string& path() const { return path_; }
  std::string operator/(std::string_view name) const {
    return path_ + '/' + std::string(name);
  }
  // Writes a file in it and returns its path.
  std::string Write(std::string_view name, std::string_view text) const;

 private:
  std::string path_;
};

// Makes the folders on the way.
void WriteFile(const std::string& path, std::string_view text);
std::string ReadFile(const std::string& path);

}  // namespace godwit::test
