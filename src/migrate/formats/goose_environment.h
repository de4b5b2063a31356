// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migrate/migration.h"
#include "sql/document.h"
#include "sql/lexicon.h"

namespace godwit::migrate {

// A goose file with its variables replaced where ENVSUB is on. The ENVSUB lines
// themselves are gone.
struct GooseSubstitution {
  std::string text;
  std::vector<sql::DocumentView::Shift> shifts;  // back to the file's lines
  bool switched_on = false;                      // somewhere in the file
};

// Whether the file holds an ENVSUB line at all.
bool HoldsEnvSub(std::string_view text);
// Works line by line, as goose does; but a line inside a literal or a block
// comment is never an annotation. Throws Error(kParseError).
GooseSubstitution SubstituteEnvironment(const sql::DocumentView& file,
                                        const sql::Lexicon& lexicon,
                                        const Environment& environment);

}  // namespace godwit::migrate
