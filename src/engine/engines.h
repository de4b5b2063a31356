// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/database.h"

namespace godwit::engine {

// The two engines. The dialects are there in every build.
const Dialect& PostgresDialect();
const Dialect& SqliteDialect();
std::unique_ptr<Database> OpenPostgres(Connection& connection);
std::unique_ptr<Database> OpenSqlite(Connection& connection);

}  // namespace godwit::engine
