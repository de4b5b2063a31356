// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/query_facts.h"

namespace godwit::engine {

const QueryFacts& SqliteQueryFacts();

// The storage class that a column of this declared type prefers: integer, real,
// text, blob, or numeric (https://www.sqlite.org/datatype3.html, section 3.1).
std::string_view AffinityOf(std::string_view declared_type);

}  // namespace godwit::engine
