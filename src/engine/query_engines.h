// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/query_engine.h"

namespace godwit::engine {

std::unique_ptr<QueryEngine> OpenPostgresQueries(Connection& connection);
std::unique_ptr<QueryEngine> OpenSqliteQueries(Connection& connection);

}  // namespace godwit::engine
