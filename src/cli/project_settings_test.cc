// SPDX-License-Identifier: Apache-2.0
#include "cli/project_settings.h"

#include <gmock/gmock.h>
#include <stdlib.h>

#include <filesystem>

#include "engine/lexicons.h"
#include "godwit/error.h"
#include "support/folder.h"

namespace godwit::cli {
namespace {

using command::Flags;

// An empty folder to run in, and no variables that name a database.
struct ProjectSettingsTest : testing::Test {
  ProjectSettingsTest() : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(folder.path());
    Unset();
  }
  ~ProjectSettingsTest() override {
    std::filesystem::current_path(before_);
    Unset();
  }
  static void Unset() {
    for (const char* name : {"GODWIT_URL", "DATABASE_URL", "GODWIT_TEST_NAME"})
      unsetenv(name);
  }
  template <typename Work>
  static ErrorInfo Failure(const Flags& flags, Work&& work) {
    try {
      work(ProjectSettings(flags));
    } catch (const Error& error) {
      return error.info();
    }
    ADD_FAILURE() << "no error";
    return {};
  }

  test::TempFolder folder;
  Flags flags;

 private:
  std::filesystem::path before_;
};

TEST_F(ProjectSettingsTest,
       TheFlagBeatsTheEnvironmentsEntryThatTheVariablesThoseTheFile) {
  EXPECT_EQ(Failure(flags, [](const ProjectSettings& s) { s.Dsn(); }).message,
            "no database is named");
  folder.Write("godwit.yaml",
               "url: file.db\nenvironments: {e: {url: entry.db}}\n");
  EXPECT_EQ(ProjectSettings(flags).Dsn(), "file.db");
  setenv("DATABASE_URL", "second.db", 1);
  EXPECT_EQ(ProjectSettings(flags).Dsn(), "second.db");
  setenv("GODWIT_URL", "first.db", 1);
  EXPECT_EQ(ProjectSettings(flags).Dsn(), "first.db");
  flags.env = "e";
  EXPECT_EQ(ProjectSettings(flags).Dsn(), "entry.db");
  flags.url = "flag.db";
  EXPECT_EQ(ProjectSettings(flags).Dsn(), "flag.db");
}

TEST_F(ProjectSettingsTest, AnEmptyVariableIsNone) {
  setenv("GODWIT_URL", "", 1);
  setenv("DATABASE_URL", "second.db", 1);
  EXPECT_EQ(ProjectSettings(flags).Dsn(), "second.db");
}

TEST_F(ProjectSettingsTest, OptionsGoByFlagThenEntryThenFile) {
  folder.Write("godwit.yaml",
               "migrate: {tracker: file, lock_wait: 1s}\nenvironments: {e: "
               "{migrate: {tracker: entry}}}\n");
  EXPECT_EQ(ProjectSettings(flags).Options().tracker, "file");
  flags.env = "e";
  EXPECT_EQ(ProjectSettings(flags).Options().tracker, "entry");
  EXPECT_EQ(ProjectSettings(flags).Options().lock_wait,
            std::chrono::seconds(1));
  flags.tracker = "flag";
  EXPECT_EQ(ProjectSettings(flags).Options().tracker, "flag");
}

#if GODWIT_HAS_SQLITE
TEST_F(ProjectSettingsTest, ARelativePathOfTheFileIsFromItsFolder) {
  folder.Write("p/godwit.yaml",
               "url: sqlite:app.db\nmigrate: {dir: db/migrations}\n"
               "environments: {e: {url: other.db}, abs: {url: "
               "sqlite:/var/a.db, migrate: {dir: /var/m}}}\n");
  flags.config = "p/godwit.yaml";
  EXPECT_EQ(ProjectSettings(flags).Dir(), "p/db/migrations");
  EXPECT_EQ(ProjectSettings(flags).Dsn(), "sqlite:p/app.db");
  flags.env = "e";
  EXPECT_EQ(ProjectSettings(flags).Dsn(), "sqlite:p/other.db");
  flags.env = "abs";
  EXPECT_EQ(ProjectSettings(flags).Dir(), "/var/m");
  EXPECT_EQ(ProjectSettings(flags).Dsn(), "sqlite:/var/a.db");
}

TEST_F(ProjectSettingsTest, ARelativePathOfAFlagOrVariableIsFromHere) {
  folder.Write("p/godwit.yaml", "url: sqlite:app.db\nmigrate: {dir: m}\n");
  flags.config = "p/godwit.yaml";
  flags.dir = "x";
  setenv("GODWIT_URL", "sqlite:here.db", 1);
  EXPECT_EQ(ProjectSettings(flags).Dir(), "x");
  EXPECT_EQ(ProjectSettings(flags).Dsn(), "sqlite:here.db");
}

TEST_F(ProjectSettingsTest, TheFileIsFoundInAParent) {
  folder.Write("godwit.yaml", "url: sqlite:app.db\nmigrate: {dir: m}\n");
  std::filesystem::create_directories(folder / "a/b");
  std::filesystem::current_path(folder / "a/b");
  EXPECT_EQ(ProjectSettings(flags).Dir(), "../../m");
  EXPECT_EQ(ProjectSettings(flags).Dsn(), "sqlite:../../app.db");
}
#endif

TEST_F(ProjectSettingsTest, AVariableIsAskedForWhereItsValueIsUsedOnly) {
  folder.Write("godwit.yaml",
               "url: ${GODWIT_TEST_NAME}.db\nmigrate: {dir: m}\n");
  EXPECT_EQ(ProjectSettings(flags).Dir(), "m");
  EXPECT_EQ(Failure(flags, [](const ProjectSettings& s) { s.Dsn(); }).code,
            ErrorCode::kConfig);
  setenv("GODWIT_TEST_NAME", "app", 1);
  EXPECT_EQ(ProjectSettings(flags).Dsn(), "app.db");
}

TEST_F(ProjectSettingsTest, AnEnvironmentThatIsNotThereIsAnError) {
  flags.env = "e";
  EXPECT_EQ(Failure(flags, [](const ProjectSettings&) {}).message,
            "there is no environment 'e': there is no project file");
  folder.Write("godwit.yaml", "version: 1\n");
  EXPECT_EQ(Failure(flags, [](const ProjectSettings&) {}).message,
            "there is no environment 'e' in godwit.yaml");
}

TEST_F(ProjectSettingsTest, TheEngineIsThatOfTheDsnElseNamed) {
  EXPECT_EQ(Failure(flags, [](const ProjectSettings& s) { s.Lexicon(); }).code,
            ErrorCode::kUsage);
  folder.Write("godwit.yaml",
               "engine: sqlite\nurl: ${GODWIT_TEST_NAME}\nenvironments: {e: "
               "{engine: postgresql}}\n");
  EXPECT_EQ(&ProjectSettings(flags).Lexicon(), &engine::SqliteLexicon());
  flags.env = "e";
  EXPECT_EQ(&ProjectSettings(flags).Lexicon(), &engine::PostgresLexicon());
  flags.engine = "sqlite3";
  EXPECT_EQ(&ProjectSettings(flags).Lexicon(), &engine::SqliteLexicon());
  flags.engine = "mysql";
  EXPECT_EQ(
      Failure(flags, [](const ProjectSettings& s) { s.Lexicon(); }).message,
      "there is no engine 'mysql'");
}

TEST_F(ProjectSettingsTest, OptionsAreReadFromTheirWords) {
  flags.tracker_kind = "dbmate";
  flags.out_of_order = "refuse";
  flags.on_drift = "warn";
  flags.on_missing = "refuse";
  flags.lock_wait = "2m";
  flags.lock_timeout = "0";
  const MigrateOptions options = ProjectSettings(flags).Options();
  EXPECT_EQ(options.tracker_kind, TrackerKind::kDbmate);
  EXPECT_EQ(options.out_of_order, OutOfOrder::kRefuse);
  EXPECT_EQ(options.on_drift, OnDrift::kWarn);
  EXPECT_EQ(options.on_missing, OnMissing::kRefuse);
  EXPECT_EQ(options.lock_wait, std::chrono::minutes(2));
  EXPECT_EQ(options.lock_timeout, std::chrono::milliseconds(0));
}

TEST_F(ProjectSettingsTest, DefaultsAreThoseOfTheContract) {
  const MigrateOptions options = ProjectSettings(flags).Options();
  EXPECT_EQ(options.tracker_kind, TrackerKind::kAppliedSet);
  EXPECT_EQ(options.out_of_order, std::nullopt);
  EXPECT_EQ(options.on_drift, OnDrift::kRefuse);
  EXPECT_EQ(options.on_missing, OnMissing::kWarn);
  EXPECT_EQ(options.lock_wait, std::chrono::seconds(60));
  EXPECT_EQ(options.lock_timeout, std::chrono::seconds(3));
}

TEST_F(ProjectSettingsTest, AWordThatIsNoneIsRefusedWithThoseThatAre) {
  struct Case {
    std::string Flags::*flag;
    std::string_view message, help;
  };
  constexpr Case kCases[] = {
      {&Flags::tracker_kind, "'x' is no value of --tracker-kind",
       "it takes applied-set, goose, golang-migrate or dbmate"},
      {&Flags::out_of_order, "'x' is no value of --out-of-order",
       "it takes apply or refuse"},
      {&Flags::on_drift, "'x' is no value of --on-drift",
       "it takes refuse or warn"},
      {&Flags::on_missing, "'x' is no value of --on-missing",
       "it takes warn or refuse"},
      {&Flags::lock_wait, "'x' is no value of --lock-wait",
       "it takes a duration such as 500ms, 30s or 2m"},
      {&Flags::lock_timeout, "'x' is no value of --lock-timeout",
       "it takes a duration such as 500ms, 30s or 2m"}};
  for (const Case& row : kCases) {
    Flags given;
    given.*row.flag = "x";
    const ErrorInfo info =
        Failure(given, [](const ProjectSettings& s) { s.Options(); });
    EXPECT_EQ(info.code, ErrorCode::kUsage);
    EXPECT_EQ(info.message, row.message);
    EXPECT_EQ(info.help, row.help);
  }
  flags.format = "x";
  EXPECT_EQ(Failure(flags, [](const ProjectSettings& s) { s.Format(); }).help,
            "it takes auto, goose, pairs, dbmate, flyway, plain");
}

TEST_F(ProjectSettingsTest, M1ModulesAreReadUnlessOneFolderIsNamed) {
  folder.Write("godwit.yaml",
               "migrate:\n  modules:\n    - {name: a, dir: b}\n    - name: c\n"
               "      dir: d/e\n  stride: 100\n");
  const ProjectSettings settings(flags);
  const auto modules = settings.ModuleFolders();
  ASSERT_EQ(modules.size(), 2u);
  EXPECT_EQ(modules[1].name, "c");
  EXPECT_EQ(modules[1].folder, "d/e");
  EXPECT_EQ(settings.Stride(), 100);
  EXPECT_EQ(Failure(flags, [](const ProjectSettings& s) { s.Dir(); }).code,
            ErrorCode::kUsage);
  flags.dir = "m";
  EXPECT_EQ(ProjectSettings(flags).Dir(), "m");
  EXPECT_TRUE(ProjectSettings(flags).ModuleFolders().empty());
}

TEST_F(ProjectSettingsTest, M1AListOfModulesThatMakesNoSense) {
  const std::pair<const char*, const char*> cases[] = {
      {"migrate: {modules: {a: b}}\n", "takes a list"},
      {"migrate: {modules: [a]}\n", "a module is a mapping"},
      {"migrate: {modules: [{name: a}]}\n", "needs a name and a dir"},
      {"migrate: {modules: [{name: a, dir: b, path: c}]}\n",
       "unknown key 'path' of a module"},
  };
  for (const auto& [text, message] : cases) {
    folder.Write("godwit.yaml", text);
    const ErrorInfo info = Failure(flags, [](const ProjectSettings&) {});
    EXPECT_EQ(info.code, ErrorCode::kConfig) << text;
    EXPECT_THAT(info.message, testing::HasSubstr(message)) << text;
  }
}

}  // namespace
}  // namespace godwit::cli
