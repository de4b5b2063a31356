// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "schema/declared.h"

namespace godwit::engine::pg {

// The statements that make what is declared. Pure; the declarations keep to
// SchemaLanguage().
schema::Declared DeclareSchema(
    const std::vector<schema::Declaration>& declarations);

}  // namespace godwit::engine::pg
