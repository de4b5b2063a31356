// SPDX-License-Identifier: Apache-2.0
// The page of the schema language says what the engines take.
// GODWIT_REFRESH=1 writes it.
#include "pages/language_page.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "base/text.h"
#include "engine/schema_engine.h"
#include "support/folder.h"

namespace godwit::test {
namespace {

struct Part {
  const char* name;
  EngineKind engine;
};

class LanguagePage : public testing::TestWithParam<Part> {};

TEST_P(LanguagePage, SaysWhatTheEngineTakes) {
  const std::string path = Cat(GODWIT_SOURCE_DIR, "/docs/schema-language.md");
  const std::string begin = Cat("<!-- ", GetParam().name, ": begin -->\n");
  const std::string end = Cat("<!-- ", GetParam().name, ": end -->");
  std::string page = ReadFile(path);
  const std::size_t first = page.find(begin) + begin.size();
  const std::size_t last = page.find(end);
  ASSERT_LE(first, last);
  ASSERT_NE(last, std::string::npos);
  const std::string wanted =
      LanguageReference(engine::SchemaEngineOf(GetParam().engine).language());
  if (std::getenv("GODWIT_REFRESH") != nullptr) {
    page.replace(first, last - first, wanted);
    WriteFile(path, page);
    return;
  }
  EXPECT_EQ(page.substr(first, last - first), wanted);
}

INSTANTIATE_TEST_SUITE_P(
    Engines, LanguagePage,
    testing::Values(Part{"postgresql", EngineKind::kPostgresql},
                    Part{"sqlite", EngineKind::kSqlite}),
    [](const auto& part) { return std::string(part.param.name); });

}  // namespace
}  // namespace godwit::test
