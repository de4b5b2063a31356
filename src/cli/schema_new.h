// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "command/command.h"
#include "schema/plan.h"

namespace godwit::cli {

// What `schema new` has made; no file where there is no difference.
struct NewMigration {
  std::vector<std::string> files;
  schema::Plan plan;
};

// Writes the next migration files: from what the migrations make to the
// project's schema. Throws Error: kChecksumMismatch where a file that was
// written so was edited, kDestructive, kPlanFailed, and what reading throws.
NewMigration WriteNewMigration(const command::Call& call,
                               const std::string& name);

}  // namespace godwit::cli
