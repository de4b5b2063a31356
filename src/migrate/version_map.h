// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migrate/migration.h"

namespace godwit::migrate {

// The numbers that a user gives to versions which are texts: Flyway's "1.2",
// the revisions of a graph. Nothing: that version has no place among the files
// and is left out.
using VersionMap = std::map<std::string, std::optional<Version>, std::less<>>;

// Numbers with dots between them.
bool IsDotted(std::string_view version);

// Whether Flyway runs `a` before `b`: "1.2" before "1.10", part by part, a part
// that is missing being 0. Both as FlywayVersion gives them.
bool PrecedesDotted(std::string_view a, std::string_view b);

// The lines of a map that would do, the first few of them: dotted versions keep
// their order and leave room ("1.2": 102), others get 1, 2, 3.
std::string ProposeMap(std::vector<std::string> versions);

}  // namespace godwit::migrate
