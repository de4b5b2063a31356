// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "schema/declaration.h"
#include "schema/language.h"

namespace godwit::state {

// The declarations as a document, in their order; attributes and blocks in that
// of the language. Objects of one name in several schemas are qualified. What
// is read from the text are the same declarations again.
std::string WriteDocument(const std::vector<schema::Declaration>& declarations,
                          const schema::Language& language);

}  // namespace godwit::state
