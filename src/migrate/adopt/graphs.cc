// SPDX-License-Identifier: Apache-2.0
// Alembic, Django, Liquibase: what is applied is a graph of revisions, and its
// edges stand in files that are not SQL. A map gives each revision a number.
#include "base/text.h"
#include "migrate/adopt/legacy.h"

namespace godwit::migrate {

namespace {

constexpr std::string_view kAlembicColumns[] = {"version_num"};
constexpr std::string_view kAlembicRead =
    "SELECT version_num FROM {table} ORDER BY version_num";

LegacyHistory InterpretAlembic(const Result& rows, const std::string& table) {
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

constexpr std::string_view kDjangoColumns[] = {"app", "name", "applied"};
constexpr std::string_view kDjangoRead =
    "SELECT app, name, {utc:applied} FROM {table} ORDER BY id";

LegacyHistory InterpretDjango(const Result& rows, const std::string& table) {
  LegacyHistory history;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto app = LegacyText(rows, i, 0);
    const auto name = LegacyText(rows, i, 1);
    if (!app || !name) {
      history.trouble =
          SenselessRow("Django", table, "a row without an app or a name");
      return history;
    }
    history.applied.push_back({Cat(*app, '.', *name), *name, "",
                               LegacyText(rows, i, 2).value_or("")});
  }
  return history;
}

constexpr std::string_view kLiquibaseColumns[] = {"id", "author", "filename",
                                                  "orderexecuted", "exectype"};
constexpr std::string_view kLiquibaseRead =
    "SELECT id, author, filename, exectype, {utc:dateexecuted} FROM {table} "
    "ORDER BY orderexecuted";

LegacyHistory InterpretLiquibase(const Result& rows, const std::string& table) {
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

const LegacyTool kLegacyAlembic = {.name = "alembic",
                                   .shape = LegacyShape::kHeads,
                                   .default_table = "alembic_version",
                                   .columns = kAlembicColumns,
                                   .read = {kAlembicRead, kAlembicRead},
                                   .interpret = InterpretAlembic,
                                   .format = FormatKind::kPlain};

const LegacyTool kLegacyDjango = {.name = "django",
                                  .shape = LegacyShape::kGraph,
                                  .default_table = "django_migrations",
                                  .columns = kDjangoColumns,
                                  .read = {kDjangoRead, kDjangoRead},
                                  .interpret = InterpretDjango,
                                  .format = FormatKind::kPlain};

const LegacyTool kLegacyLiquibase = {.name = "liquibase",
                                     .shape = LegacyShape::kGraph,
                                     .default_table = "databasechangelog",
                                     .columns = kLiquibaseColumns,
                                     .read = {kLiquibaseRead, kLiquibaseRead},
                                     .interpret = InterpretLiquibase,
                                     .format = FormatKind::kPlain};

}  // namespace godwit::migrate
