// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "schema/declaration.h"
#include "schema/declared.h"

namespace godwit::engine::sqlite {

// The statements that make what is declared. Pure.
schema::Declared DeclareSchema(
    const std::vector<schema::Declaration>& declarations);

}  // namespace godwit::engine::sqlite
