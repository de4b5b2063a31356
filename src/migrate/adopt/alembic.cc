// SPDX-License-Identifier: Apache-2.0
// Alembic: the newest revisions of a graph alone. Its edges stand in Python
// files, so a map says which revisions lie below.
#include "migrate/adopt/legacy.h"

namespace godwit::migrate {

namespace {

constexpr std::string_view kColumns[] = {"version_num"};
constexpr std::string_view kRead =
    "SELECT version_num FROM {table} ORDER BY version_num";

LegacyHistory Interpret(const Result& rows, const std::string& table) {
  LegacyHistory history;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto revision = LegacyText(rows, i, 0);
    if (!revision) {
      history.trouble =
          SenselessRow("Alembic", table, "a row without a revision");
      return history;
    }
    history.applied.push_back({*revision, "", "", ""});
  }
  return history;
}

}  // namespace

const LegacyTool kLegacyAlembic = {.name = "alembic",
                                   .shape = LegacyShape::kHeads,
                                   .default_table = "alembic_version",
                                   .columns = kColumns,
                                   .read = {kRead, kRead},
                                   .interpret = Interpret,
                                   .format = FormatKind::kPlain};

}  // namespace godwit::migrate
