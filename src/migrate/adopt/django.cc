// SPDX-License-Identifier: Apache-2.0
// Django: each migration by its app and its name. A map gives each a number.
#include "base/text.h"
#include "migrate/adopt/legacy.h"

namespace godwit::migrate {

namespace {

constexpr std::string_view kColumns[] = {"app", "name", "applied"};
constexpr std::string_view kRead =
    "SELECT app, name, {utc:applied} FROM {table} ORDER BY id";

LegacyHistory Interpret(const Result& rows, const std::string& table) {
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

}  // namespace

const LegacyTool kLegacyDjango = {.name = "django",
                                  .shape = LegacyShape::kGraph,
                                  .default_table = "django_migrations",
                                  .columns = kColumns,
                                  .read = {kRead, kRead},
                                  .interpret = Interpret,
                                  .format = FormatKind::kPlain};

}  // namespace godwit::migrate
