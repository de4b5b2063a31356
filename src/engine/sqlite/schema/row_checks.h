// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/sqlite/schema/meaning.h"
#include "engine/sqlite/schema/renames.h"
#include "schema/catalog.h"
#include "schema/plan.h"

namespace godwit::engine::sqlite {

// What tables and columns are called before the renames.
class OldNames {
 public:
  explicit OldNames(std::vector<AlterRename> renames)
      : renames_(std::move(renames)) {}
  std::string Table(std::string_view table) const;
  std::string Column(std::string_view table, std::string_view column) const;

 private:
  std::vector<AlterRename> renames_;
};

struct RowQuestion {
  const schema::Catalog& now;  // after the renames
  const schema::Catalog& to;
  const Meaning& meaning;
  const OldNames& names;
};

// What is asked of the rows of a table that changes, in its old form `from` and
// under its old names.
void AddRowChecks(const RowQuestion& question, const schema::Table& from,
                  const schema::Table& to,
                  std::vector<schema::RowCheck>& checks);

}  // namespace godwit::engine::sqlite
