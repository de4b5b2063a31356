// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migrate/formats/format.h"
#include "migrate/migration.h"

namespace godwit::migrate {

// Whether a version reads as a time, YYYYMMDDhhmmss after 1970.
bool IsTimestamp(Version version);

// "Add user e-mail" → "add_user_e_mail": letters and digits in lower case, a
// run of anything else one underscore. Empty where nothing is left.
std::string TitleFor(std::string_view name);

// The version of the next file, spelled: a timestamp (`now`, as 14 digits)
// where the newest file has one, else the next number, five digits wide (pairs:
// six, or as wide as the newest).
std::string NextVersion(const std::vector<Migration>& migrations,
                        FormatKind format, std::string_view now);

// Renames that give each timestamped file the next number of the sequence:
// file name before, file name after.
std::vector<std::pair<std::string, std::string>> PlanFix(
    const std::vector<Migration>& migrations);

}  // namespace godwit::migrate
