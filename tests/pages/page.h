// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace godwit::test {

// A page of docs whose commands are run. Between its prose:
//   ```console         lines `$ COMMAND` with what they print behind them, and
//                      `[exit N]` where that is not 0
//   ```sql PATH        a file that the reader writes; ```yaml PATH
//   <!-- file PATH     the same, not shown; it ends with -->
//   <!-- run           commands that are not shown; it ends with -->
//   <!-- fresh -->     from here on another folder and another database
struct PagePart {
  enum class Kind { kProse, kShown, kHidden, kFile, kFresh };
  Kind kind = Kind::kProse;
  std::string path;  // kFile
  std::string text;  // between its marks
};

std::vector<PagePart> ParsePage(std::string_view text);
// The page again, as it was read.
std::string ShowPage(const std::vector<PagePart>& parts);

}  // namespace godwit::test
