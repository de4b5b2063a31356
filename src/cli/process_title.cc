// SPDX-License-Identifier: Apache-2.0
#include "cli/process_title.h"

#include <cstring>
#include <string_view>

namespace godwit::cli {

void HideDsns(int count, char** arguments) {
  constexpr std::string_view kFlags[] = {"--url", "--db-dsn"};
  bool next = false;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = arguments[i];
    std::size_t from = next ? 0 : word.size();
    next = false;
    for (const std::string_view flag : kFlags) {
      if (word == flag) next = true;
      if (word.starts_with(flag) && word.substr(flag.size()).starts_with('='))
        from = flag.size() + 1;
    }
    std::memset(arguments[i] + from, '*', word.size() - from);
  }
}

}  // namespace godwit::cli
