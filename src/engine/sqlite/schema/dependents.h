// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "engine/sqlite/schema/meaning.h"
#include "schema/catalog.h"
#include "schema/plan.h"

namespace godwit::engine::sqlite {

// Views and triggers hold no rows: what is changed, or in the way, is dropped
// first and made at the end.
struct DependentChanges {
  std::vector<schema::Change> dropped;
  std::vector<schema::Change> created;
};

struct DependentQuestion {
  const schema::Catalog& from;  // under the old names
  const schema::Catalog& to;
  const Meaning& meaning;
  // Tables that ALTER TABLE renames, or takes columns from, in lower case: it
  // refuses where a view or a trigger would not be understood any more.
  std::set<std::string> altered;
  // Whether the table is dropped, and with it its triggers. Old names.
  std::function<bool(const std::string& table)> goes;
};

DependentChanges CompareDependents(const DependentQuestion& question);

}  // namespace godwit::engine::sqlite
