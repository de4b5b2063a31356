// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "engine/query_facts.h"
#include "schema/relation.h"
#include "sql/tree.h"

namespace godwit::query {

// A query, and what is known of its columns: "id, note?" where `?` can be NULL;
// on SQLite each with its type behind a colon.
struct NullCase {
  std::string_view sql;
  std::string_view columns;
};

// The columns of the query in that form; for tests.
std::string ShowColumns(
    std::string_view sql, std::span<const schema::Relation> relations,
    const engine::QueryFacts& facts, bool types,
    const std::function<sql::QueryPtr(std::string_view)>& parse);
std::string ShowParameters(
    std::string_view sql, std::span<const schema::Relation> relations,
    const engine::QueryFacts& facts,
    const std::function<sql::QueryPtr(std::string_view)>& parse);

// a (id key, x not null, note), b (id key, a_id not null, y not null, z), and a
// view of both: v.
std::vector<schema::Relation> SmallSchema(std::string_view integer);

}  // namespace godwit::query
