// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/text.h"
#include "engine/lexicons.h"
#include "godwit/error.h"
#include "migrate/formats/format.h"

// tests/golden/goose: NAME.sql is a goose file, byte for byte; NAME.json is how
// it is read. NAME.postgresql.sql and NAME.sqlite.sql are of one dialect, the
// others are read the same in both. GODWIT_UPDATE_GOLDEN=1 writes NAME.json
// anew.

namespace godwit::migrate {
namespace {

using nlohmann::ordered_json;

const std::string kFolder = GODWIT_SOURCE_DIR "/tests/golden/goose";

std::optional<std::string> Variable(const std::string& name) {
  const std::map<std::string, std::string> variables = {
      {"GW_A", "alpha"}, {"GW_EMPTY", ""}, {"GW_LINES", "x,\n  y"}};
  const auto found = variables.find(name);
  return found == variables.end() ? std::nullopt : std::optional(found->second);
}

ordered_json Describe(const Section& section) {
  ordered_json shown = ordered_json::array();
  for (const ShownView& view : section.shown) {
    ordered_json one = {{"line", view.line}, {"sql", view.sql}};
    if (view.block) one["block"] = true;
    // What is executed, where that is not what is shown.
    std::vector<std::string> executed;
    for (std::size_t i = 0; i < view.count; ++i)
      executed.emplace_back(section.statements[view.first + i].text);
    if (executed.size() != 1 || executed[0] != view.sql)
      one["executed"] = executed;
    shown.push_back(std::move(one));
  }
  return shown;
}

ordered_json Describe(const ParsedMigration& parsed) {
  ordered_json out = {{"transaction", parsed.up.transaction},
                      {"env_sub", parsed.env_sub},
                      {"up", Describe(parsed.up)}};
  if (parsed.down.present) out["down"] = Describe(parsed.down);
  return out;
}

ordered_json Describe(const Error& error) {
  const Place& where = error.where();
  return {{"error", error.what()},
          {"help", error.info().help},
          {"line", where.line},
          {"column", where.column},
          {"excerpt", where.excerpt}};
}

ordered_json Read(const std::string& bytes, const sql::Lexicon& lexicon) {
  Migration migration;
  migration.up = SourceFile{"00001_case.sql", bytes};
  try {
    return Describe(
        FindFormat(FormatKind::kGoose).parse(migration, lexicon, Variable));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kParseError);
    return Describe(error);
  }
}

void Check(const std::string& name, const std::string& bytes,
           const sql::Lexicon& lexicon) {
  const std::string got = Read(bytes, lexicon).dump(1) + "\n";
  const std::string path = Cat(kFolder, "/", name, ".json");
  if (std::getenv("GODWIT_UPDATE_GOLDEN") != nullptr)
    std::ofstream(path, std::ios::binary) << got;
  EXPECT_EQ(got, ReadFile(path));
}

TEST(Golden, GooseFilesAreReadAsWrittenDown) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".sql")
      names.push_back(entry.path().stem().string());
  }
  EXPECT_GT(names.size(), 50u);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    const std::string bytes = ReadFile(Cat(kFolder, "/", name, ".sql"));
    if (!name.ends_with(".sqlite"))
      Check(name, bytes, engine::PostgresLexicon());
    if (!name.ends_with(".postgresql"))
      Check(name, bytes, engine::SqliteLexicon());
  }
}

}  // namespace
}  // namespace godwit::migrate
