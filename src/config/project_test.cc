// SPDX-License-Identifier: Apache-2.0
#include "config/project.h"

#include <gmock/gmock.h>

#include "godwit/error.h"
#include "support/folder.h"

namespace godwit::config {
namespace {

using testing::IsEmpty;

ErrorInfo Failure(std::string_view text) {
  try {
    ParseProject(text, "p/godwit.yaml");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kConfig);
    return error.info();
  }
  ADD_FAILURE() << "no error: " << text;
  return {};
}

TEST(Project, KeepsEverySettingWithItsLine) {
  const Project project = ParseProject(
      "version: 1\nurl: app.db\nmigrate:\n  dir: db\n  lock_wait: 5s\n",
      "p/godwit.yaml");
  EXPECT_EQ(project.path, "p/godwit.yaml");
  EXPECT_EQ(project.folder, "p");
  EXPECT_EQ(project.settings.at("url").text, "app.db");
  EXPECT_EQ(project.settings.at("migrate.dir").line, 4);
  EXPECT_EQ(project.settings.at("migrate.lock_wait").text, "5s");
}

TEST(Project, ReadsEveryKeyOfTheContract) {
  const Project project = ParseProject(
      "version: 1\nengine: sqlite\nurl: a.db\nmigrate:\n  dir: d\n  stride: "
      "1000\n  format: auto\n "
      " tracker: t\n"
      "  tracker_kind: goose\n  out_of_order: apply\n  on_drift: warn\n  "
      "on_missing: warn\n  "
      "lock_wait: 1s\n"
      "  lock_timeout: 1s\n  role: r\n  modules: [{name: a, dir: b}]\n  adopt: "
      "{from: goose}\n"
      "schema: {source: [a], pre: b, post: c, snapshot: d, dev: e, vars: {}}\n"
      "generate: sqlc.yaml\n",
      "godwit.yaml");
  EXPECT_EQ(project.settings.size(), 22u);
  EXPECT_EQ(project.settings.at("generate").text, "sqlc.yaml");
  EXPECT_TRUE(project.settings.contains("migrate.modules"));
}

TEST(Project, MayBeEmpty) {
  for (const std::string_view text :
       {"", "# nothing\n", "migrate:\n", "environments:\n",
        "version: 1\nmigrate: {}\n"}) {
    EXPECT_THAT(ParseProject(text, "godwit.yaml").environments, IsEmpty())
        << text;
  }
}

TEST(Project, RefusesWithThePlaceAndTheNearestKey) {
  struct Case {
    std::string_view text, message;
    int line, column;
    std::string_view help;
  };
  constexpr Case kCases[] = {
      {"ulr: x\n", "unknown key 'ulr'", 1, 1, "did you mean 'url'?"},
      {"migrate:\n  dri: x\n", "unknown key 'migrate.dri'", 2, 3,
       "did you mean 'migrate.dir'?"},
      {"dir: x\n", "unknown key 'dir'", 1, 1, "did you mean 'migrate.dir'?"},
      {"schemas: {}\n", "unknown key 'schemas'", 1, 1,
       "did you mean 'schema'?"},
      {"migrate: {adpot: {}}\n", "unknown key 'migrate.adpot'", 1, 11,
       "did you mean 'migrate.adopt'?"},
      {"banana: x\n", "unknown key 'banana'", 1, 1, ""},
      {"url: a\nurl: b\n", "the key 'url' stands twice", 2, 1, ""},
      {"migrate: {dir: a}\nmigrate: {dir: b}\n",
       "the key 'migrate' stands twice", 2, 1, ""},
      {"url: [a, b]\n", "'url' takes one value", 1, 6, ""},
      {"migrate: {dir: {a: b}}\n", "'migrate.dir' takes one value", 1, 16, ""},
      {"migrate: db\n", "'migrate' takes keys of its own", 1, 10, ""},
      {"- a\n", "a project file is a mapping of keys to values", 1, 1, ""},
      {"environments: [a]\n", "'environments' takes a mapping of names", 1, 15,
       ""},
      {"environments: {a: x}\n", "the environment 'a' takes keys of its own", 1,
       19, ""},
      {"environments: {a: {}, a: {}}\n", "the environment 'a' stands twice", 1,
       23, ""},
      {"environments:\n  a: {ulr: x}\n", "unknown key 'ulr'", 2, 7,
       "did you mean 'url'?"},
      {"environments:\n  a: {environments: {}}\n", "unknown key 'environments'",
       2, 7, ""},
  };
  for (const Case& row : kCases) {
    const ErrorInfo info = Failure(row.text);
    EXPECT_EQ(info.message, row.message) << row.text;
    EXPECT_EQ(info.where, (Place{"p/godwit.yaml", row.line, row.column, ""}))
        << row.text;
    EXPECT_EQ(info.help, row.help) << row.text;
  }
}

TEST(Project, SaysWhereItDoesNotParse) {
  const ErrorInfo info = Failure("version: 1\nmigrate: [\n");
  EXPECT_THAT(info.message,
              testing::StartsWith("the project file does not parse: "));
  EXPECT_EQ(info.where.file, "p/godwit.yaml");
  EXPECT_GT(info.where.line, 1);
}

TEST(Project, IsOfVersionOne) {
  EXPECT_EQ(Failure("version: 2\n").message,
            "p/godwit.yaml has version 2; this godwit reads version 1");
}

TEST(Project, EnvironmentsHaveSettingsOfTheirOwn) {
  const Project project = ParseProject(
      "url: a.db\nenvironments:\n  production: {url: b.db, migrate: "
      "{out_of_order: refuse}}\n  "
      "empty:\n",
      "godwit.yaml");
  EXPECT_EQ(project.environments.at("production").at("url").text, "b.db");
  EXPECT_EQ(
      project.environments.at("production").at("migrate.out_of_order").text,
      "refuse");
  EXPECT_THAT(project.environments.at("empty"), IsEmpty());
  EXPECT_EQ(project.settings.at("url").text, "a.db");
}

TEST(Project, VariablesAreReplacedWhereAValueIsUsed) {
  const Variables variables =
      [](const std::string& name) -> std::optional<std::string> {
    if (name == "A") return "x";
    if (name == "EMPTY") return "";
    return std::nullopt;
  };
  struct Case {
    std::string_view text, replaced;
  };
  constexpr Case kCases[] = {
      {"plain", "plain"}, {"${A}", "x"},         {"<${A}${A}>", "<xx>"},
      {"${B:-y}", "y"},   {"${A:-y}", "x"},      {"${EMPTY:-y}", "y"},
      {"${EMPTY}", ""},   {"${B:-}", ""},        {"$$", "$"},
      {"$${A}", "${A}"},  {"a$b", "a$b"},        {"$A", "$A"},
      {"${A", "${A"},     {"${B:-a:-b}", "a:-b"}};
  for (const Case& row : kCases) {
    EXPECT_EQ(
        ReplaceVariables({std::string(row.text), 1}, variables, "godwit.yaml"),
        row.replaced)
        << row.text;
  }
}

TEST(Project, AnUnsetVariableIsAnErrorThatNamesItAndItsLine) {
  try {
    ReplaceVariables(
        {"${GONE}", 7}, [](const std::string&) { return std::nullopt; },
        "godwit.yaml");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kConfig);
    EXPECT_STREQ(error.what(), "the variable GONE is not set");
    EXPECT_EQ(error.where(), (Place{"godwit.yaml", 7, 0, ""}));
    EXPECT_EQ(error.info().help, "set it, or write ${GONE:-default}");
  }
}

TEST(Project, TheNearestFileAboveIsFound) {
  const test::TempFolder folder;
  folder.Write("godwit.yaml", "version: 1\n");
  folder.Write("a/b/file", "");
  EXPECT_TRUE(FindProjectFile(folder / "a/b").ends_with("godwit.yaml"));
  folder.Write("a/godwit.yaml", "version: 1\n");
  EXPECT_TRUE(FindProjectFile(folder / "a/b").ends_with("a/godwit.yaml"));
}

TEST(Project, AFileThatCannotBeReadIsNoConfigError) {
  try {
    ReadProject("/nowhere/godwit.yaml");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kFileUnreadable);
  }
}

TEST(Project, TakesOneValueOrAListWhereFilesAreNamed) {
  const Project project = ParseProject(
      "schema:\n  source: [a, b.sql]\n  pre: pre.sql\n"
      "  vars: {tenant: x, regions: [eu, us]}\n"
      "environments:\n  test: {schema: {vars: {tenant: y}}}\n",
      "godwit.yaml");
  using testing::ElementsAre;
  EXPECT_THAT(project.settings.at("schema.source").items,
              ElementsAre("a", "b.sql"));
  EXPECT_THAT(project.settings.at("schema.pre").items, ElementsAre("pre.sql"));
  EXPECT_THAT(project.settings.at("schema.vars.regions").items,
              ElementsAre("eu", "us"));
  EXPECT_THAT(project.environments.at("test").at("schema.vars.tenant").items,
              ElementsAre("y"));
}

TEST(Project, RefusesAMappingWhereFilesAreNamed) {
  EXPECT_THROW(ParseProject("schema: {source: {a: b}}", "godwit.yaml"), Error);
  EXPECT_THROW(ParseProject("schema: {vars: [a]}", "godwit.yaml"), Error);
  EXPECT_THROW(ParseProject("schema: {vars: {a: 1, a: 2}}", "godwit.yaml"),
               Error);
}

}  // namespace
}  // namespace godwit::config
