// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/language.h"

namespace godwit::engine::sqlite {

// What a document may declare for SQLite. The blocks and their names are
// Atlas's; what SQLite has and that language has no word for has names of ours
// in its manner, marked "ours" in the table.
const schema::Language& SchemaLanguage();

}  // namespace godwit::engine::sqlite
