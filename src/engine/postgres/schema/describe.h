// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "schema/catalog.h"
#include "schema/declaration.h"

namespace godwit::engine::pg {

// A catalog as a document declares it. Pure. What DeclareSchema makes of it is
// the catalog again.
std::vector<schema::Declaration> DescribeCatalog(
    const schema::Catalog& catalog);

}  // namespace godwit::engine::pg
