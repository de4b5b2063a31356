// SPDX-License-Identifier: Apache-2.0
#include "migrate/naming.h"

#include <algorithm>

#include "base/text.h"

namespace godwit::migrate {

namespace {

std::string Padded(Version number, std::size_t width) {
  std::string digits = Cat(number);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

bool IsLetterOrDigit(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') || c >= 0x80;
}

}  // namespace

bool IsTimestamp(Version version) {
  if (version < 19700101000000 || version > 99991231235959) return false;
  const Version day = version / 1'000'000;
  const Version month = day / 100 % 100;
  return month >= 1 && month <= 12 && day % 100 >= 1 && day % 100 <= 31 &&
         version / 10'000 % 100 < 24 && version / 100 % 100 < 60 &&
         version % 100 < 60;
}

std::string TitleFor(std::string_view name) {
  std::string title;
  for (const char c : name) {
    if (IsLetterOrDigit(static_cast<unsigned char>(c)))
      title += c;
    else if (!title.empty() && title.back() != '_')
      title += '_';
  }
  if (title.ends_with('_')) title.pop_back();
  return AsciiLower(title);
}

std::string NextVersion(const std::vector<Migration>& migrations,
                        FormatKind format, std::string_view now) {
  const std::size_t least = format == FormatKind::kPairs ? 6 : 5;
  if (migrations.empty()) return Padded(1, least);
  const Migration& newest = migrations.back();
  if (IsTimestamp(newest.version)) {
    const Version time = ParseInt64(now).value_or(0);
    return Cat(std::max(time, newest.version + 1));
  }
  const std::size_t width = format == FormatKind::kPairs
                                ? std::max(least, newest.spelling.size())
                                : least;
  return Padded(newest.version + 1, width);
}

std::vector<std::pair<std::string, std::string>> PlanFix(
    const std::vector<Migration>& migrations) {
  Version last = 0;
  for (const Migration& migration : migrations) {
    if (!IsTimestamp(migration.version))
      last = std::max(last, migration.version);
  }
  std::vector<std::pair<std::string, std::string>> renames;
  for (const Migration& migration : migrations) {
    if (!IsTimestamp(migration.version)) continue;
    ++last;
    for (const auto& file : {migration.up, migration.down}) {
      if (!file) continue;
      const std::string name = file->path.substr(file->path.rfind('/') + 1);
      const std::string rest = name.substr(name.find(migration.spelling) +
                                           migration.spelling.size());
      renames.emplace_back(name, Padded(last, migration.down ? 6 : 5) + rest);
    }
  }
  return renames;
}

}  // namespace godwit::migrate
