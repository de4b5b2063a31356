// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "migrate/runner.h"

namespace godwit::state {

// Runs migrations for real, each in its own transaction or without one, on an
// empty database that is first brought to the versions that are applied on
// `like` by their own files. Roles that are missing and `like` has are made on
// the way. Stops at the first that fails; those after it are not tried. Throws
// what stops the database from being brought there.
std::vector<migrate::DryRunLine> TryMigrations(
    const std::string& scratch_dsn, engine::Database& like,
    const migrate::Source& source, const std::set<migrate::Version>& applied,
    const std::vector<const migrate::Migration*>& steps);

}  // namespace godwit::state
