// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/catalog.h"
#include "schema/plan.h"

namespace godwit::engine::sqlite {

// As SchemaEngine::LeaveOutUntouched. Each ALTER TABLE makes SQLite read all of
// the schema again, so what a plan is tried on should be small.
void LeaveOut(const schema::Plan& plan, schema::Catalog& from,
              schema::Catalog& to);

}  // namespace godwit::engine::sqlite
