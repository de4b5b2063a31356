// SPDX-License-Identifier: Apache-2.0
#include "migrate/formats/flyway.h"

#include <algorithm>

#include "base/text.h"
#include "migrate/filename.h"
#include "migrate/formats/kinds.h"
#include "migrate/formats/section.h"

// Flyway's files: V1__title.sql up, U1__title.sql down. R__title.sql has no
// version and is run anew whenever it changes; that, a baseline script and the
// callbacks are not migrations of ours.

namespace godwit::migrate {

namespace {

constexpr std::string_view kNumbers = "0123456789._";

// "1_2__title" -> "1_2" and "title"; the title may be missing.
struct Parts {
  std::string_view version;
  std::string_view title;
};
Parts Cut(std::string_view text) {
  const std::size_t at = text.find("__");
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 2)};
}

bool IsNumbers(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of(kNumbers) == std::string_view::npos;
}

// beforeMigrate.sql, afterEachMigrate__note.sql and so on.
bool IsCallback(std::string_view stem) {
  for (const std::string_view when : {"before", "after", "createSchema"}) {
    if (stem.starts_with(when)) return true;
  }
  return false;
}

}  // namespace

std::string FlywayVersion(std::string_view text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == '.' || c == '_')
      parts.emplace_back();
    else if (c != '0' || !parts.back().empty())
      parts.back() += c;
  }
  for (std::string& part : parts)
    if (part.empty()) part += '0';
  while (parts.size() > 1 && parts.back() == "0") parts.pop_back();
  return Join(parts, ".");
}

bool LooksLikeFlyway(std::string_view file_name) {
  if (file_name.size() < 4 || !file_name.ends_with(".sql")) return false;
  const std::size_t at = file_name.find("__");
  if (at == std::string_view::npos) return false;
  if (file_name.front() == 'R') return at == 1;
  if (std::string_view("VUB").find(file_name.front()) == std::string_view::npos)
    return false;
  return IsNumbers(file_name.substr(1, at - 1));
}

NameVerdict ReadFlywayName(std::string_view file_name) {
  if (!file_name.ends_with(".sql") || file_name.starts_with('.'))
    return NotOurs{};
  const std::string_view stem = file_name.substr(0, file_name.size() - 4);
  if (stem.starts_with("R__") || IsCallback(stem)) return NotOurs{};
  const Parts parts = Cut(stem.substr(std::min<std::size_t>(1, stem.size())));
  const char kind = stem.empty() ? ' ' : stem.front();
  if ((kind != 'V' && kind != 'U' && kind != 'B') || !IsNumbers(parts.version))
    return BadName{"it does not begin with V and a version number"};
  if (kind == 'B') return NotOurs{};
  const std::string version = FlywayVersion(parts.version);
  const Part part = kind == 'V' ? Part::kUp : Part::kDown;
  if (version.find('.') != std::string::npos)
    return FileName{0, version, std::string(parts.title), part, version};
  NameVerdict verdict = Judge(version, parts.title, part, 0);
  if (auto* name = std::get_if<FileName>(&verdict)) name->dotted = version;
  return verdict;
}

ParsedMigration ParseFlyway(const Migration& migration,
                            const sql::Lexicon& lexicon, const Environment&) {
  ParsedMigration parsed;
  if (migration.up) parsed.up = ReadWhole(*migration.up, lexicon);
  if (migration.down) parsed.down = ReadWhole(*migration.down, lexicon);
  return parsed;
}

std::vector<Format::NewFile> CreateFlyway(std::string_view version,
                                          std::string_view title) {
  return {{Cat("V", version, "__", title, ".sql"), ""}};
}

std::vector<Format::NewFile> WriteFlyway(std::string_view version,
                                         std::string_view title,
                                         const Written& migration) {
  return {{Cat("V", version, "__", title, ".sql"), WayText(migration.up)},
          {Cat("U", version, "__", title, ".sql"), WayText(migration.down)}};
}

}  // namespace godwit::migrate
