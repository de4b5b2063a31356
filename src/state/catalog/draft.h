// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "migrate/formats/format.h"
#include "schema/catalog.h"
#include "schema/plan.h"
#include "sql/lexicon.h"
#include "state/catalog/narrow.h"
#include "state/dev_database.h"

namespace godwit::state {

// What one migration file holds of a plan.
struct PlanPart {
  std::vector<schema::Change> changes;
  bool transaction = true;
};

// The plan in files: one, unless something can be used only when what is before
// it is committed. Statements that cannot run in a transaction, or hold up
// others less without one, make their file one without. Pure.
std::vector<PlanPart> CutPlan(const schema::Plan& plan,
                              const sql::Lexicon& lexicon, bool online);

// The renames on the way back, where what has them stands under its old name.
// Pure.
std::vector<schema::Rename> InverseRenames(
    const std::vector<schema::Rename>& renames);

// What files are made from.
struct DraftRequest {
  const schema::Catalog& from;
  const schema::Catalog& goal;
  std::vector<PlanPart> parts;  // of the plan between them
  std::vector<schema::Rename> renames;
  Narrowing narrowing = {};
  bool online = false;
  const migrate::Format& format;
  std::string title;
  // The version of the nth file, spelled as its name has it.
  std::function<std::string(std::size_t)> version;
};

// Migration files for a plan, tried as they are on `database`, which has the
// schema `from`: up, down, and up again, and each time the schema is as it
// should be. What a down does not bring back is said in it. Throws
// Error(kPlanFailed) where a way fails or does not arrive.
std::vector<migrate::Format::NewFile> DraftMigrations(
    DevDatabase& database, const DraftRequest& request);

}  // namespace godwit::state
