// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "godwit/connection.h"
#include "schema/catalog.h"

namespace godwit::engine::pg {

// Reads the database's catalogs, in one round trip. What it sets on the
// session ends with the transaction that it runs in.
schema::Catalog ReadCatalog(Connection& connection);

}  // namespace godwit::engine::pg
