// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/postgres/schema/object.h"
#include "schema/plan.h"

namespace godwit::engine::pg {

// How one thing becomes another of the same key.
struct Alteration {
  enum class Way {
    kSame,
    kInPlace,
    kReplace,  // in place, and what it needed before it does no longer
    kRemake,   // drop and create
  };
  Way way = Way::kSame;
  std::vector<std::string> sql;
  bool retypes = false;    // a column's type or collation
  bool renumbers = false;  // an identity begins where the rows end
  std::vector<std::string> hazards;
};

struct AlterContext {
  const Graph& from;
  const Graph& to;
  const schema::PlanOptions& options;
};

// What differs but for properties.
Alteration Alter(const Object& from, const Object& to,
                 const AlterContext& context);

Alteration AlterColumn(const ColumnOf& from, const ColumnOf& to,
                       const AlterContext& context);
// ALTER COLUMN … TYPE, by way of text where types know nothing of each other.
std::string AlterColumnType(const ColumnOf& from, const ColumnOf& to,
                            bool through_text);
Alteration AlterEnum(const schema::Enum& from, const schema::Enum& to);
Alteration AlterDomain(const schema::Domain& from, const schema::Domain& to);
Alteration AlterComposite(const schema::Composite& from,
                          const schema::Composite& to,
                          const AlterContext& context);
Alteration AlterSequence(const schema::Sequence& from,
                         const schema::Sequence& to);
// From the properties of one to those of the other.
std::vector<std::string> AlterProperties(const std::vector<Property>& from,
                                         const std::vector<Property>& to);
// SET (…) and RESET (…) behind `alter`.
std::vector<std::string> AlterOptions(const std::string& alter,
                                      const std::vector<std::string>& from,
                                      const std::vector<std::string>& to);

}  // namespace godwit::engine::pg
