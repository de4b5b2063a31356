// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/run.h"
#include "migrate/tracker.h"
#include "migrate/units.h"

namespace godwit::migrate {

// The error that a user reads when a unit failed: which migration, where in
// which file, what the server said. `refusal` is the engine's reading of the
// error.
ErrorInfo Explain(const engine::Failure& failure, const PreparedStep& prepared,
                  const engine::Unit& unit, engine::Refusal refusal,
                  const std::string& tracker);

// "versions 1-19 are applied", from the rows and the files.
std::string DescribeApplied(const TrackerState& state,
                            const std::vector<Migration>& migrations);

}  // namespace godwit::migrate
