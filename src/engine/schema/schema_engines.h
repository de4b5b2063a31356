// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/schema_engine.h"

namespace godwit::engine {

const SchemaEngine& PostgresSchema();
const SchemaEngine& SqliteSchema();

}  // namespace godwit::engine
