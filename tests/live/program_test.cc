// SPDX-License-Identifier: Apache-2.0
// What a program sees that migrates its own database when it starts.
#include "base/text.h"
#include "live/bench.h"

namespace godwit::test {
namespace {

using testing::Contains;
using testing::HasSubstr;

class ProgramTest : public EveryTarget {
 protected:
  static Migrations Embedded() {
    static constexpr EmbeddedMigration kFiles[] = {
        {"00001_users.sql", "-- +goose Up\nCREATE TABLE users (id int);\n", ""},
        {"00002_sites.sql",
         "-- +goose Up\nCREATE TABLE sites (id int);\nINSERT INTO sites "
         "VALUES (1);\n",
         ""},
    };
    return {kFiles, ""};
  }
};
INSTANTIATE_TEST_SUITE_P(Live, ProgramTest, testing::ValuesIn(AllTargets()),
                         NameOf);

TEST_P(ProgramTest, P7PendingMigrationsRunOnStartAndAreTold) {
  std::vector<std::string> lines;
  std::vector<std::string> events;
  MigrateOptions options;
  options.logger = [&](LogLevel level, std::string_view line) {
    const std::string text(line);
    lines.push_back(Cat(Name(level), ' ', text.substr(0, text.find(" ("))));
  };
  options.on_progress = [&](const Progress& progress) {
    events.push_back(
        Cat(progress.kind == Progress::Kind::kFinished ? "end " : "begin ",
            progress.number, '/', progress.total, ' ', progress.name));
  };
  const Report first = Migrate(bench().dsn(), Embedded(), options);
  EXPECT_EQ(first.applied.size(), 2u);
  EXPECT_THAT(lines, testing::UnorderedElementsAre(
                         "debug applying 1 users", "info applied 1 users",
                         "debug applying 2 sites", "info applied 2 sites"));
  EXPECT_THAT(events, testing::UnorderedElementsAre(
                          "begin 1/2 users", "end 1/2 users", "begin 2/2 sites",
                          "end 2/2 sites"));
  lines.clear();
  const Report again = Migrate(bench().dsn(), Embedded(), options);
  EXPECT_TRUE(again.applied.empty());
  EXPECT_EQ(again.current, 2);
  EXPECT_THAT(lines, testing::IsEmpty());
}

class PostgresProgramTest : public ProgramTest {};

INSTANTIATE_TEST_SUITE_P(Live, PostgresProgramTest,
                         testing::ValuesIn(Servers()), NameOf);

TEST_P(PostgresProgramTest, M9TheProgramsOwnPathDoesNotHoldWhileMigrating) {
  bench().Sql("CREATE SCHEMA app");
  Connection connection = Connection::Open(
      bench().dsn(), {.search_path = {"app", "public"},
                      .statement_timeout = std::chrono::seconds(7)});
  Migrate(connection, Embedded());
  EXPECT_TRUE(bench().HasTable("public.users"));
  EXPECT_FALSE(bench().HasTable("app.users"));
  EXPECT_EQ(connection.Execute("SHOW search_path").Get<std::string>(0, 0),
            "app, public");
  EXPECT_EQ(connection.Execute("SHOW statement_timeout").Get<std::string>(0, 0),
            "7s");
}

TEST_P(PostgresProgramTest, P7AStatementThatRunsTooLongIsStopped) {
  static constexpr EmbeddedMigration kFiles[] = {
      {"00001_slow.sql", "-- +goose Up\nSELECT pg_sleep(20);\n", ""}};
  MigrateOptions options;
  options.statement_timeout = std::chrono::milliseconds(50);
  try {
    Migrate(bench().dsn(), {kFiles, ""}, options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kMigrationFailed);
    EXPECT_THAT(error.what(), HasSubstr("statement timeout"));
  }
  // What a file sets is put back to the program's own.
  static constexpr EmbeddedMigration kTwo[] = {
      {"00001_own.sql",
       "-- +goose Up\nSET statement_timeout = 0;\nSELECT pg_sleep(0.1);\n", ""},
      {"00002_slow.sql", "-- +goose Up\nSELECT pg_sleep(20);\n", ""}};
  EXPECT_THROW(Migrate(bench().dsn(), {kTwo, ""}, options), Error);
  EXPECT_EQ(bench().Number("SELECT max(version) FROM applied_migrations"), 1);
}

TEST_P(PostgresProgramTest, P7WhatTheServerSaysReachesTheLogger) {
  static constexpr EmbeddedMigration kFiles[] = {
      {"00001_says.sql",
       "-- +goose Up\nDO $$ BEGIN RAISE NOTICE 'hello'; RAISE WARNING "
       "'careful'; "
       "END $$;\n",
       ""}};
  std::vector<std::string> lines;
  MigrateOptions options;
  options.logger = [&](LogLevel level, std::string_view line) {
    lines.push_back(Cat(Name(level), ' ', line));
  };
  Migrate(bench().dsn(), {kFiles, ""}, options);
  EXPECT_THAT(lines, Contains("info NOTICE: hello"));
  EXPECT_THAT(lines, Contains("warning WARNING: careful"));
}

TEST_P(PostgresProgramTest, P7TheRoleOwnsWhatIsMade) {
  const std::string role = Cat("owner_of_", GetParam().postgresql);
  bench().Sql("CREATE ROLE " + role);
  bench().Sql("GRANT CREATE ON SCHEMA public TO " + role);
  MigrateOptions options;
  options.role = role;
  Migrate(bench().dsn(), Embedded(), options);
  EXPECT_EQ(
      bench()
          .Sql("SELECT tableowner FROM pg_tables WHERE tablename = 'users'")
          .Get<std::string>(0, 0),
      role);
  EXPECT_NE(bench()
                .Sql("SELECT tableowner FROM pg_tables WHERE tablename = "
                     "'applied_migrations'")
                .Get<std::string>(0, 0),
            role);
}

}  // namespace
}  // namespace godwit::test
