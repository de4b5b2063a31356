// SPDX-License-Identifier: Apache-2.0
// Liquibase: change sets by file, id and author. A map gives each a number;
// their checksums are of parsed documents and cannot be computed from a text.
#include "base/text.h"
#include "migrate/adopt/legacy.h"

namespace godwit::migrate {

namespace {

constexpr std::string_view kColumns[] = {"id", "author", "filename",
                                         "orderexecuted", "exectype"};
constexpr std::string_view kRead =
    "SELECT id, author, filename, exectype, {utc:dateexecuted} FROM {table} "
    "ORDER BY orderexecuted";

LegacyHistory Interpret(const Result& rows, const std::string& table) {
  LegacyHistory history;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto id = LegacyText(rows, i, 0);
    const auto author = LegacyText(rows, i, 1);
    const auto file = LegacyText(rows, i, 2);
    if (!id || !author || !file) {
      history.trouble = SenselessRow(
          "Liquibase", table, "a row without an id, an author or a file");
      return history;
    }
    const std::string key = Cat(*file, "::", *id, "::", *author);
    const std::string type = LegacyText(rows, i, 3).value_or("");
    if (type == "FAILED" && !history.trouble) {
      history.trouble = LegacyTrouble(
          ErrorCode::kLegacyDirty,
          Cat("the tracker ", table, " of Liquibase has the change set ", key,
              " as failed, and how much of it was done is not known"),
          "mend what it has left in the database, delete its row where it is "
          "not applied, then adopt again");
    }
    if (type != "SKIPPED")
      history.applied.push_back(
          {key, *id, "", LegacyText(rows, i, 4).value_or("")});
  }
  return history;
}

}  // namespace

const LegacyTool kLegacyLiquibase = {.name = "liquibase",
                                     .shape = LegacyShape::kGraph,
                                     .default_table = "databasechangelog",
                                     .columns = kColumns,
                                     .read = {kRead, kRead},
                                     .interpret = Interpret,
                                     .format = FormatKind::kPlain};

}  // namespace godwit::migrate
