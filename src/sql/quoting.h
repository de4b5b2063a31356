// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace godwit::sql {

// The name as a statement of any engine may write it: quoted only where it must
// be, for its characters or because it is a word of the language (the reserved
// words of PostgreSQL, appendix C, and those that SQLite takes for nothing
// else, sqlite.org/lang_keywords.html).
std::string QuoteWhereNeeded(std::string_view name);

}  // namespace godwit::sql
