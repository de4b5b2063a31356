// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "schema/catalog.h"
#include "sql/document.h"
#include "sql/lexicon.h"

namespace godwit::state {

// What a file of SQL says was renamed: `@renamed from=x` in a comment behind a
// table, a column, a constraint, an index, a type or an enum's value, on its
// line. Of several for one thing the first counts. Parents are as the file
// writes them, without a schema where it writes none. Pure; throws
// Error(kParseError) for what is opened and never closed.
std::vector<schema::Rename> ReadRenames(const sql::DocumentView& document,
                                        const sql::Lexicon& lexicon);

}  // namespace godwit::state
