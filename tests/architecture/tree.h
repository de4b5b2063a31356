// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace godwit::architecture {

// One text file of the source tree.
struct File {
  std::string path;  // from the project's root: "src/base/text.cc"
  std::vector<std::string> lines;

  bool IsTest() const;
  bool IsUnder(const std::string& folder) const;
};

struct Include {
  std::string target;   // without quotes or brackets
  bool system = false;  // in angle brackets
  int line = 0;
};

// The C++ files, and those of CMake, under the folders of the project.
std::vector<File> ReadTree();
std::vector<Include> Includes(const File& file);
// "src/base/text.cc" -> "base"; empty for what is in no module.
std::string ModuleOf(const std::string& path);

}  // namespace godwit::architecture
