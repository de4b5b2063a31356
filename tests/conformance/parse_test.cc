// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/text.h"
#include "engine/lexicons.h"
#include "godwit/error.h"
#include "migrate/formats/format.h"

// Every case of the corpus `parse`, which lies beside this repository: goose
// files, and what goose makes of them or ought to.

namespace godwit::migrate {
namespace {

using nlohmann::json;

const std::string kCorpus = GODWIT_SOURCE_DIR "/../shared/conformance/parse";

struct Case {
  std::string name;
  std::string engine;
  json expected;
};

std::vector<Case> ReadCases() {
  std::vector<Case> cases;
  if (!std::filesystem::exists(kCorpus)) return cases;
  for (const auto& entry : std::filesystem::directory_iterator(kCorpus)) {
    if (entry.path().extension() != ".json" || entry.path().stem() == "index")
      continue;
    const json expected = json::parse(ReadFile(entry.path().string()));
    for (const std::string engine : {"postgresql", "sqlite"}) {
      if (expected["dialect"] == engine || expected["dialect"] == "any") {
        cases.push_back({entry.path().stem().string(), engine, expected});
      }
    }
  }
  std::sort(cases.begin(), cases.end(),
            [](const Case& a, const Case& b) { return a.name < b.name; });
  return cases;
}

std::vector<std::string> Shown(const Section& section) {
  std::vector<std::string> texts;
  for (const ShownView& shown : section.shown) texts.emplace_back(shown.sql);
  return texts;
}

Environment EnvironmentOf(const json& expected) {
  return [variables = expected.value("env", json::object())](
             const std::string& name) -> std::optional<std::string> {
    if (!variables.is_object() || !variables.contains(name))
      return std::nullopt;
    return variables[name].get<std::string>();
  };
}

void Check(const Case& one) {
  const std::string bytes = ReadFile(Cat(kCorpus, "/", one.name, ".sql"));
  Migration migration;
  migration.up = SourceFile{Cat("00001_", one.name, ".sql"), bytes};
  const sql::Lexicon& lexicon = one.engine == "sqlite"
                                    ? engine::SqliteLexicon()
                                    : engine::PostgresLexicon();
  const json& right = one.expected.value("peer_bug", false)
                          ? one.expected["want"]
                          : one.expected;
  const bool refused = right["up"].contains("error_class") ||
                       right["down"].contains("error_class");
  try {
    const ParsedMigration parsed =
        FindFormat(FormatKind::kGoose)
            .parse(migration, lexicon, EnvironmentOf(one.expected));
    ASSERT_FALSE(refused) << "should be refused";
    EXPECT_EQ(Shown(parsed.up),
              right["up"]["statements"].get<std::vector<std::string>>());
    EXPECT_EQ(Shown(parsed.down),
              right["down"]["statements"].get<std::vector<std::string>>());
    EXPECT_EQ(parsed.up.transaction, right["up"]["transaction"].get<bool>());
    EXPECT_EQ(parsed.down.transaction,
              right["down"]["transaction"].get<bool>());
  } catch (const Error& error) {
    EXPECT_TRUE(refused) << error.what() << " at line " << error.where().line;
    EXPECT_EQ(error.code(), ErrorCode::kParseError);
    EXPECT_GT(error.where().line, 0);
  }
}

TEST(ParseCorpus, EveryGooseFileIsReadAsItShouldBe) {
  const std::vector<Case> cases = ReadCases();
  if (cases.empty()) GTEST_SKIP() << "no corpus at " << kCorpus;
  EXPECT_GT(cases.size(), 200u);
  for (const Case& one : cases) {
    SCOPED_TRACE(Cat(one.name, " on ", one.engine));
    Check(one);
  }
}

}  // namespace
}  // namespace godwit::migrate
