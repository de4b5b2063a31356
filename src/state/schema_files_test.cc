// SPDX-License-Identifier: Apache-2.0
#include "state/schema_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/lexicons.h"
#include "godwit/error.h"
#include "support/folder.h"

namespace godwit::state {
namespace {

using ::testing::ElementsAre;

TEST(WayUp, EndsWhereTheWayDownBegins) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"a;\n-- +goose Down\nb;\n", "a;\n"},
      {"a;\n-- +GOOSE DOWN\nb;\n", "a;\n"},
      {"a;\n-- migrate:down\nb;", "a;\n"},
      {"a;\n-- +migrate Down\nb;", "a;\n"},
      {"a;\n---- create above / drop below ----\nb;", "a;\n"},
      {"\\restrict k\na;\n\\unrestrict k\n", "\na;\n\n"},
      {"-- +goose Up\na;", "-- +goose Up\na;"},
      {"", ""},
  };
  for (const auto& [text, up] : cases) EXPECT_EQ(WayUp(text), up);
}

TEST(SchemaFiles, MigrationsComeByVersionAndDownFilesNot) {
  const test::TempFolder folder;
  folder.Write("m/10_b.up.sql", "b;");
  folder.Write("m/9_a.up.sql", "a;");
  folder.Write("m/9_a.down.sql", "no;");
  folder.Write("m/read.me", "no;");
  folder.Write("s/z.sql", "z;");
  folder.Write("s/y.sql", "y;");
  const std::vector<std::string> paths = {folder / "m", folder / "s",
                                          folder / "m/9_a.down.sql"};
  std::vector<std::string> texts;
  for (const SchemaFile& file : ReadSchemaFiles(paths))
    texts.push_back(file.text);
  EXPECT_THAT(texts, ElementsAre("a;", "b;", "y;", "z;"));
}

TEST(SchemaFiles, AStatementThatFailsIsShownAtItsPlace) {
  const std::vector<SchemaFile> files = {{"s.sql", "one;\n\ntwo words;\n"}};
  try {
    LoadSchema(files, engine::PostgresLexicon(), [](std::string_view text) {
      if (!text.starts_with("two")) return;
      ErrorInfo info;
      info.code = ErrorCode::kStatementFailed;
      info.message = "no";
      info.position = 5;
      throw Error(std::move(info));
    });
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kParseError);
    EXPECT_EQ(error.where().line, 3);
    EXPECT_EQ(error.where().column, 5);
    EXPECT_EQ(error.where().file, "s.sql");
  }
}

}  // namespace
}  // namespace godwit::state
