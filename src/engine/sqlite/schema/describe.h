// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "schema/catalog.h"
#include "schema/declaration.h"

namespace godwit::engine::sqlite {

// The catalog as declarations: tables, virtual tables, views, triggers, and the
// schema. Pure. Throws Error(kUnsupported) for a table whose text is not
// understood.
std::vector<schema::Declaration> DescribeCatalog(
    const schema::Catalog& catalog);

}  // namespace godwit::engine::sqlite
