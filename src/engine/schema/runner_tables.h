// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/catalog.h"

namespace godwit::engine {

// Whether the table is where a migration runner keeps what was applied: by its
// name and its columns, since either alone may be a user's own.
bool IsRunnerTable(const schema::Table& table);

}  // namespace godwit::engine
