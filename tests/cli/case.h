// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace godwit::test {

// A case file: a heading of comments, then sections in order. `-- NAME --`
// opens a file to write, `-- run --` commands: each line `$ COMMAND`, what it
// prints on both outputs, and `exit N`.
struct CaseSection {
  std::string name;
  std::string text;
};

struct CaseFile {
  std::string heading;
  std::vector<CaseSection> sections;

  bool Mentions(std::string_view text) const;
};

CaseFile ParseCase(std::string_view text);
std::string ShowCase(const CaseFile& file);

// The commands of a run section.
std::vector<std::string> Commands(std::string_view run);

// Durations, times, process numbers, checksums and the folder's path replaced
// by names, so that two runs print the same.
std::string Normalised(std::string text, const std::string& folder,
                       const std::string& dsn);

}  // namespace godwit::test
