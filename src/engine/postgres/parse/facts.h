// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/query_facts.h"

namespace godwit::engine {

const QueryFacts& PostgresQueryFacts();

}  // namespace godwit::engine
