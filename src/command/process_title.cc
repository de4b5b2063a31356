// SPDX-License-Identifier: Apache-2.0
#include "command/process_title.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <sstream>
#include <vector>

namespace godwit::command {

namespace {

constexpr std::string_view kFlags[] = {"--url", "--db-dsn"};

bool MayHoldPassword(std::string_view dsn) {
  return dsn.find('@') != dsn.npos || dsn.find("password") != dsn.npos;
}

// What `ps` shows of this process. Empty where the system does not say.
std::span<char> ArgumentsArea() {
  std::ifstream file("/proc/self/stat");
  std::string text;
  std::getline(file, text);
  // The second field may hold blanks; it ends in the last parenthesis.
  std::istringstream fields(
      text.substr(std::min(text.rfind(')'), text.size())));
  std::string skipped;
  constexpr int kArgStart = 48;
  for (int field = 2; field < kArgStart; ++field) fields >> skipped;
  std::uintptr_t start = 0, end = 0;
  if (!(fields >> start >> end) || start == 0 || end <= start) return {};
  return {reinterpret_cast<char*>(start), end - start};
}

}  // namespace

void HideDsns(int count, char** arguments) {
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

void HideWords(std::span<char> area, std::span<const std::string> secrets) {
  for (std::size_t at = 0; at < area.size();) {
    const std::string_view rest(area.data() + at, area.size() - at);
    const std::string_view word = rest.substr(0, rest.find('\0'));
    for (const std::string& secret : secrets) {
      const std::size_t before =
          word.size() - std::min(word.size(), secret.size());
      if (!word.ends_with(secret)) continue;
      if (before == 0 || word[before - 1] == '=')
        std::memset(area.data() + at + before, '*', secret.size());
    }
    at += word.size() + 1;
  }
}

void HideInProcessTitle(std::string_view dsn,
                        std::span<const std::string> words) {
  std::vector<std::string> secrets;
  const auto add = [&](std::string_view secret) {
    if (MayHoldPassword(secret)) secrets.emplace_back(secret);
  };
  add(dsn);
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const std::string_view flag : kFlags) {
      const std::string_view word = words[i];
      if (word == flag && i + 1 < words.size()) add(words[i + 1]);
      if (word.starts_with(flag) && word.substr(flag.size()).starts_with('='))
        add(word.substr(flag.size() + 1));
    }
  }
  if (!secrets.empty()) HideWords(ArgumentsArea(), secrets);
}

}  // namespace godwit::command
