// SPDX-License-Identifier: Apache-2.0
#include "migrate/adopt/legacy.h"

#include <algorithm>

#include "base/text.h"

namespace godwit::migrate {

std::span<const LegacyTool* const> LegacyTools() {
  static constexpr const LegacyTool* kTools[] = {
      &kLegacyGoose,   &kLegacyGolangMigrate, &kLegacyDbmate,   &kLegacyFlyway,
      &kLegacyAtlas,   &kLegacySqlx,          &kLegacyRails,    &kLegacyDiesel,
      &kLegacyAlembic, &kLegacyDjango,        &kLegacyLiquibase};
  return kTools;
}

const LegacyTool* FindLegacyTool(std::string_view name) {
  for (const LegacyTool* tool : LegacyTools()) {
    if (tool->name == name) return tool;
  }
  return nullptr;
}

const LegacyTool& GetLegacyTool(std::string_view name) {
  if (const LegacyTool* tool = FindLegacyTool(name)) return *tool;
  std::vector<std::string_view> names;
  std::string all;
  for (const LegacyTool* tool : LegacyTools()) {
    names.push_back(tool->name);
    all += Cat(all.empty() ? "" : ", ", tool->name);
  }
  const std::string_view nearest = Nearest(name, names);
  throw Error(ErrorCode::kUsage,
              Cat("there is no tool '", name, "' to take over from",
                  nearest.empty() ? "" : Cat("; did you mean ", nearest, "?")),
              Cat("one of ", all));
}

namespace {
bool HasColumn(std::span<const std::string> columns, std::string_view name) {
  return std::any_of(columns.begin(), columns.end(), [&](const auto& column) {
    return EqualsIgnoringCase(column, name);
  });
}
}  // namespace

bool HasShapeOf(const LegacyTool& tool, std::span<const std::string> columns) {
  const auto has = [&](std::string_view name) {
    return HasColumn(columns, name);
  };
  return std::all_of(tool.columns.begin(), tool.columns.end(), has) &&
         std::none_of(tool.others.begin(), tool.others.end(), has);
}

const LegacyTool* RecognizeShape(std::span<const std::string> columns) {
  const LegacyTool* found = nullptr;
  for (const LegacyTool* tool : LegacyTools()) {
    if (!HasShapeOf(*tool, columns)) continue;
    if (found) return nullptr;
    found = tool;
  }
  return found;
}

ErrorInfo LegacyTrouble(ErrorCode code, std::string message, std::string help) {
  ErrorInfo info = Error(code, std::move(message), std::move(help)).info();
  info.state = "nothing was changed";
  return info;
}

ErrorInfo SenselessRow(std::string_view tool, std::string_view table,
                       std::string_view what) {
  return LegacyTrouble(
      ErrorCode::kLegacyAmbiguous,
      Cat("the tracker ", table, " of ", tool, " holds ", what),
      Cat("mend its rows so that ", tool, " itself reads them, then adopt it"));
}

std::optional<std::string> LegacyText(const Result& rows, std::size_t row,
                                      std::size_t column) {
  const Value& value = rows.at(row, column);
  if (value.is_null()) return std::nullopt;
  if (const auto* number = std::get_if<std::int64_t>(&value.variant()))
    return Cat(*number);
  if (!std::holds_alternative<std::string>(value.variant()))
    return std::nullopt;
  return value.Get<std::string>();
}

std::optional<bool> LegacyBool(const Result& rows, std::size_t row,
                               std::size_t column) {
  const Value& value = rows.at(row, column);
  if (const auto* boolean = std::get_if<bool>(&value.variant()))
    return *boolean;
  const auto text = LegacyText(rows, row, column);
  if (!text) return std::nullopt;
  for (const std::string_view yes : {"1", "t", "true"}) {
    if (EqualsIgnoringCase(*text, yes)) return true;
  }
  for (const std::string_view no : {"0", "f", "false"}) {
    if (EqualsIgnoringCase(*text, no)) return false;
  }
  return std::nullopt;
}

}  // namespace godwit::migrate
