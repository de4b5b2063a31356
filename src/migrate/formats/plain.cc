// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "migrate/filename.h"
#include "migrate/formats/kinds.h"
#include "migrate/formats/section.h"

// N_title.sql, all of it up, as sqlx and Atlas write them.

namespace godwit::migrate {

NameVerdict ReadPlainName(std::string_view file_name) {
  if (!file_name.ends_with(".sql") || file_name.starts_with('.'))
    return NotOurs{};
  const std::string_view stem = file_name.substr(0, file_name.size() - 4);
  const std::size_t digits = LeadingDigits(stem);
  if (digits == 0) return BadName{"it does not begin with a version number"};
  if (digits == stem.size()) return Judge(stem, {}, Part::kBoth, 0);
  if (stem[digits] != '_') return BadName{"no '_' after the version number"};
  return Judge(stem.substr(0, digits), stem.substr(digits + 1), Part::kBoth, 0);
}

ParsedMigration ParsePlain(const Migration& migration,
                           const sql::Lexicon& lexicon, const Environment&) {
  ParsedMigration parsed;
  parsed.up = ReadWhole(*migration.up, lexicon);
  return parsed;
}

std::vector<Format::NewFile> CreatePlain(std::string_view version,
                                         std::string_view title) {
  return {{Cat(version, "_", title, ".sql"), ""}};
}

std::vector<Format::NewFile> WritePlain(std::string_view version,
                                        std::string_view title,
                                        const Written& migration) {
  return {{Cat(version, "_", title, ".sql"), WayText(migration.up)}};
}

}  // namespace godwit::migrate
