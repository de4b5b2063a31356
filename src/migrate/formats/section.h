// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrate/migration.h"
#include "sql/splitter.h"

namespace godwit::migrate {

// A section over this file's text, present, without statements yet.
Section MakeSection(const SourceFile& file, std::string_view text);
// Adds a statement that is shown as it is; one without a token is left out.
void AddStatement(Section& section, const sql::StatementView& statement);
// A file that is one section from its first byte to its last.
Section ReadWhole(const SourceFile& file, const sql::Lexicon& lexicon);

}  // namespace godwit::migrate
