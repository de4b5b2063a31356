// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/postgres/schema/object.h"
#include "schema/catalog.h"

namespace godwit::engine::pg {

std::string CreateView(const schema::View& view, bool replace);

// What tables and views bear. `whole` is the key of the one that does.
void AddTrigger(const schema::Trigger& trigger, const schema::Name& relation,
                const std::string& whole, Graph& graph);
void AddRule(const schema::Rule& rule, const schema::Name& relation,
             const std::string& whole, Graph& graph);
void AddIndex(const schema::Index& index, const schema::Name& relation,
              const std::string& whole, Graph& graph);

}  // namespace godwit::engine::pg
