// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"

namespace godwit::schema {

// One step of the way from a schema to another. Steps of the kinds "begin" and
// "commit" hold a transaction's; what writes a file that runs in one leaves
// them out. "settings" are the session's and stand outside of it.
struct Change {
  std::string kind;              // "drop_column"
  std::string object;            // "public.users.nickname"
  std::vector<std::string> sql;  // statements without their semicolons
  bool destructive = false;      // rows, or columns of them, are lost
  // What is lost, for people: "column nickname of users and its values"; and
  // the query that counts it on the database, one number; empty: nothing.
  std::string loses;
  std::string count;
  // How values are read that the schemas do not say, for people: "numbers of
  // column at of users are milliseconds since 1970".
  std::string assumes;
  std::vector<std::string> hazards;  // "data_loss", "table_rewrite", …
  std::vector<std::string> locks;    // modes on PostgreSQL, strongest first
  // Texts, as a statement has them, of what can be used only when this one is
  // committed.
  std::vector<std::string> after_commit;
};

// What the rows must be like for a plan: asked before anything runs.
struct RowCheck {
  std::string table;    // for people
  std::string query;    // one number: the rows that do not fit
  std::string message;  // "column email of users is to be NOT NULL …"
};

struct Plan {
  std::vector<Change> changes;  // in the order in which they run
  std::vector<RowCheck> checks;
};

struct PlanOptions {
  bool online = false;  // forms that block writers as little as can be
  std::vector<Rename> renames;
};

}  // namespace godwit::schema
