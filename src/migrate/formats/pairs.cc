// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "migrate/filename.h"
#include "migrate/formats/kinds.h"
#include "migrate/formats/section.h"

// golang-migrate's files: N_title.up.EXT and N_title.down.EXT, each one section
// from its first byte to its last. No marks, no substitution.

namespace godwit::migrate {

namespace {
// Where ".up." or ".down." begins for the last time, as a greedy title has it.
std::size_t DirectionAt(std::string_view name) {
  const std::size_t up = name.rfind(".up.");
  const std::size_t down = name.rfind(".down.");
  if (up == std::string_view::npos) return down;
  return down == std::string_view::npos ? up : std::max(up, down);
}
}  // namespace

NameVerdict ReadPairsName(std::string_view file_name) {
  const std::size_t digits = LeadingDigits(file_name);
  const std::size_t direction = DirectionAt(file_name);
  const bool numbered =
      digits > 0 && digits < file_name.size() && file_name[digits] == '_';
  if (numbered && direction != std::string_view::npos && direction > digits) {
    const Part part = file_name.substr(direction).starts_with(".up.")
                          ? Part::kUp
                          : Part::kDown;
    return Judge(file_name.substr(0, digits),
                 file_name.substr(digits + 1, direction - digits - 1), part, 0);
  }
  if (!file_name.ends_with(".sql") || file_name.starts_with('.'))
    return NotOurs{};
  if (digits == 0) return BadName{"it does not begin with a version number"};
  if (!numbered) return BadName{"no '_' after the version number"};
  return BadName{"neither '.up' nor '.down' before '.sql'"};
}

ParsedMigration ParsePairs(const Migration& migration,
                           const sql::Lexicon& lexicon, const Environment&) {
  ParsedMigration parsed;
  if (migration.up) parsed.up = ReadWhole(*migration.up, lexicon);
  if (migration.down) parsed.down = ReadWhole(*migration.down, lexicon);
  return parsed;
}

std::vector<Format::NewFile> CreatePairs(std::string_view version,
                                         std::string_view title) {
  return {{Cat(version, "_", title, ".up.sql"), ""},
          {Cat(version, "_", title, ".down.sql"), ""}};
}

std::vector<Format::NewFile> WritePairs(std::string_view version,
                                        std::string_view title,
                                        const Written& migration) {
  return {{Cat(version, "_", title, ".up.sql"), WayText(migration.up)},
          {Cat(version, "_", title, ".down.sql"), WayText(migration.down)}};
}

}  // namespace godwit::migrate
