// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/catalog.h"
#include "schema/plan.h"

namespace godwit::engine::sqlite {

// As SchemaEngine::MakePlan. What needs foreign keys off is one transaction
// that brings its own PRAGMAs, BEGIN and COMMIT. Pure.
schema::Plan MakeSqlitePlan(const schema::Catalog& from,
                            const schema::Catalog& to,
                            const schema::PlanOptions& options);

}  // namespace godwit::engine::sqlite
