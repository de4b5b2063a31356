// SPDX-License-Identifier: Apache-2.0
#include "tree.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>

namespace godwit::architecture {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFolders[] = {"include", "src",      "tests",
                                         "bench",   "examples", "cmake"};

bool IsOurs(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".h" || extension == ".cc" || extension == ".cmake" ||
         path.filename() == "CMakeLists.txt";
}

std::vector<std::string> ReadLines(const fs::path& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::optional<Include> ReadInclude(std::string_view line, int number) {
  constexpr std::string_view kWord = "#include ";
  if (!line.starts_with(kWord)) return std::nullopt;
  line.remove_prefix(kWord.size());
  const std::size_t end = line.find_first_of("\">", 1);
  if (end == std::string_view::npos) return std::nullopt;
  return Include{std::string(line.substr(1, end - 1)), line.front() == '<',
                 number};
}

}  // namespace

bool File::IsTest() const {
  return path.ends_with("_test.cc") || IsUnder("tests") || IsUnder("bench");
}

bool File::IsUnder(const std::string& folder) const {
  return path.starts_with(folder + "/");
}

std::vector<File> ReadTree() {
  const fs::path root = GODWIT_SOURCE_DIR;
  std::vector<File> files;
  for (const std::string_view folder : kFolders) {
    if (!fs::exists(root / folder)) continue;
    for (const fs::directory_entry& entry :
         fs::recursive_directory_iterator(root / folder)) {
      if (!entry.is_regular_file() || !IsOurs(entry.path())) continue;
      files.push_back({entry.path().lexically_relative(root).string(),
                       ReadLines(entry.path())});
    }
  }
  std::ranges::sort(files, {}, &File::path);
  return files;
}

std::vector<Include> Includes(const File& file) {
  std::vector<Include> includes;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    if (auto include = ReadInclude(file.lines[i], static_cast<int>(i) + 1)) {
      includes.push_back(*std::move(include));
    }
  }
  return includes;
}

std::string ModuleOf(const std::string& path) {
  constexpr std::string_view kTop = "src/";
  if (!path.starts_with(kTop)) return {};
  const std::size_t slash = path.find('/', kTop.size());
  if (slash == std::string::npos) return {};
  return path.substr(kTop.size(), slash - kTop.size());
}

}  // namespace godwit::architecture
