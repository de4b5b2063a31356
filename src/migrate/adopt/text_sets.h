// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrate/adopt/legacy.h"

// dbmate, Rails and Diesel keep a version a row, as text, and hardly more.
namespace godwit::migrate {

// Rows of (version, time); the time's column may be NULL.
LegacyHistory ReadTextSet(std::string_view tool, const Result& rows,
                          const std::string& table);
// The version as its file spells it.
std::vector<Value> SpellingOf(const LegacyEntry& entry);

inline constexpr std::string_view kInsertText =
    "INSERT INTO {table} (version) VALUES ({p1})";
inline constexpr std::string_view kEraseText =
    "DELETE FROM {table} WHERE version = {p1}";

}  // namespace godwit::migrate
