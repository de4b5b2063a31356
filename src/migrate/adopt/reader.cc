// SPDX-License-Identifier: Apache-2.0
#include "migrate/adopt/reader.h"

#include <algorithm>

#include "base/text.h"
#include "migrate/table_choice.h"

namespace godwit::migrate {

namespace {

bool Exists(const engine::TableName& table, engine::Database& database) {
  const Connection::Query query[] = {database.TableExistsQuery(table)};
  return database.Read(query)[0].Get<bool>(0, 0);
}

// Rails keeps a second table beside its versions; dbmate does not.
bool IsOfRails(const engine::TableName& table, engine::Database& database) {
  return Exists({table.schema, "ar_internal_metadata"}, database);
}

ErrorInfo WrongShape(const LegacyPlace& place,
                     const std::vector<std::string>& columns) {
  const LegacyTool* other = RecognizeShape(columns);
  std::vector<std::string> expected(place.tool->columns.begin(),
                                    place.tool->columns.end());
  return LegacyTrouble(
      ErrorCode::kLegacyAmbiguous,
      Cat("the table ", place.table.text(), " is no tracker of ",
          place.tool->name, ": it has the columns ", Join(columns, ", "),
          " and should have ", Join(expected, ", ")),
      other && other != place.tool
          ? Cat("it looks like one of ", other->name, ": --from ", other->name)
          : "name its tool with --from, or its table with --legacy-tracker");
}

}  // namespace

LegacyPlace LocateLegacy(const LegacyTool& tool, const std::string& name,
                         engine::Database& database) {
  LegacyPlace place{&tool,
                    ResolveTable({.text = name,
                                  .default_table = tool.default_table,
                                  .folds_case = tool.folds_case},
                                 database),
                    false};
  place.exists = Exists(place.table, database);
  if (place.exists || !name.empty() || tool.own_schema.empty() ||
      !database.dialect().has_schemas())
    return place;
  const engine::TableName own{std::string(tool.own_schema), place.table.table};
  if (Exists(own, database)) place = {&tool, own, true};
  return place;
}

std::vector<LegacyPlace> FindLegacy(const engine::TableName& ours,
                                    engine::Database& database) {
  const std::string schema = database.CurrentSchema();
  const bool has_schemas = database.dialect().has_schemas();
  if (has_schemas && schema.empty()) return {};
  std::vector<LegacyPlace> places;
  std::vector<Connection::Query> queries;
  const auto add = [&](const LegacyTool* tool, std::string_view in) {
    places.push_back(
        {tool, {std::string(in), std::string(tool->default_table)}, true});
    queries.push_back(database.TableExistsQuery(places.back().table));
  };
  for (const LegacyTool* tool : LegacyTools()) {
    add(tool, schema);
    if (has_schemas && !tool->own_schema.empty()) add(tool, tool->own_schema);
  }
  const std::vector<Result> exist = database.Read(queries);
  std::vector<LegacyPlace> found;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const LegacyPlace& place = places[i];
    if (!exist[i].Get<bool>(0, 0) || place.table == ours) continue;
    if (!HasShapeOf(*place.tool, database.Columns(place.table))) continue;
    const bool twin =
        place.tool == &kLegacyDbmate || place.tool == &kLegacyRails;
    const bool rails = place.tool == &kLegacyRails;
    if (twin && IsOfRails(place.table, database) != rails) continue;
    found.push_back(place);
  }
  return found;
}

LegacyHistory ReadLegacy(const LegacyPlace& place, engine::Database& database) {
  LegacyHistory history;
  history.exists = place.exists;
  if (!place.exists) return history;
  const std::vector<std::string> columns = database.Columns(place.table);
  if (!HasShapeOf(*place.tool, columns)) {
    history.trouble = WrongShape(place, columns);
    return history;
  }
  const engine::Dialect& dialect = database.dialect();
  const Connection::Query query[] = {
      {dialect.Render(dialect.Choose(place.tool->read), place.table), {}}};
  try {
    return place.tool->interpret(database.Read(query)[0], place.table.text());
  } catch (const Error& error) {
    const bool rows = error.code() == ErrorCode::kInternal ||
                      error.code() == ErrorCode::kStatementFailed;
    if (!rows) throw;
    ErrorInfo info = error.info();
    info.code = database.Classify(info) == engine::Refusal::kNoRight
                    ? ErrorCode::kTrackerUnusable
                    : ErrorCode::kLegacyAmbiguous;
    info.message = Cat("the tracker ", place.table.text(), " of ",
                       place.tool->name, " cannot be read: ", error.what());
    info.position = 0;
    info.state = "nothing was changed";
    history.trouble = std::move(info);
    return history;
  }
}

}  // namespace godwit::migrate
