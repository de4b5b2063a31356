// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace godwit::sql {

// 'it''s', "a""b": the quote around, and twice where it stands inside.
std::string InQuotes(std::string_view text, char quote);

// A name, quoted only where it must be: for its characters, or because it is
// one of these words, which are sorted.
std::string QuoteWhereNeeded(std::string_view name,
                             std::span<const std::string_view> reserved);

// The name as a statement of any engine may write it: the words are those that
// PostgreSQL reserves (appendix C) and those that SQLite takes for nothing else
// (sqlite.org/lang_keywords.html).
std::string QuoteWhereNeeded(std::string_view name);

}  // namespace godwit::sql
