// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sql/lexicon.h"

namespace godwit::engine {

// The dialects. Both are there in every build: they need no client library.
const sql::Lexicon& PostgresLexicon();
const sql::Lexicon& SqliteLexicon();

}  // namespace godwit::engine
