// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "engine/schema_engine.h"
#include "schema/catalog.h"
#include "schema/plan.h"
#include "state/catalog/narrow.h"
#include "state/dev_database.h"

namespace godwit::state {

// Runs the plan on a scratch database that has the schema `from`, and compares
// what comes out with `to`. Throws Error(kPlanFailed) where a statement fails
// or where it does not arrive: then with what would still be to do.
// `narrowing` holds for `to`.
void TryPlan(DevServer& dev, const schema::Catalog& from,
             const schema::Plan& plan, const schema::Catalog& to,
             const Narrowing& narrowing = {});

// Throws Error(kPlanFailed) where something is still to do from `arrived` to
// `goal`; `what` begins the message: "the plan does not arrive".
void CheckArrived(const engine::SchemaEngine& engine,
                  const schema::Catalog& arrived, const schema::Catalog& goal,
                  std::string_view what);

}  // namespace godwit::state
