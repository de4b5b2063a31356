// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/catalog.h"
#include "schema/plan.h"

namespace godwit::engine::pg {

// The way from one catalog to another. Pure.
schema::Plan MakePlan(const schema::Catalog& from, const schema::Catalog& to,
                      const schema::PlanOptions& options);

}  // namespace godwit::engine::pg
