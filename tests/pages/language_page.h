// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "schema/language.h"

namespace godwit::test {

// What a document may hold, as Markdown: a heading for each block of it, and
// the blocks within as lists.
std::string LanguageReference(const schema::Language& language);

}  // namespace godwit::test
