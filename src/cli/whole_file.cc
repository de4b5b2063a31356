// SPDX-License-Identifier: Apache-2.0
#include "cli/whole_file.h"

#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "godwit/error.h"

namespace godwit::cli {

namespace fs = std::filesystem;

// Under another name first: nobody reads half of it.
void WriteWhole(const std::string& path, const std::string& text) {
  const fs::path folder = fs::path(path).parent_path();
  std::error_code error;
  if (!folder.empty()) fs::create_directories(folder, error);
  const std::string half = path + ".new";
  std::ofstream file(half, std::ios::binary);
  file << text;
  file.close();
  if (file) fs::rename(half, path, error);
  if (!file || error)
    throw Error(ErrorCode::kFileUnreadable, Cat("cannot write ", path));
}

}  // namespace godwit::cli
