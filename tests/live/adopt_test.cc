// SPDX-License-Identifier: Apache-2.0
// Taking over another tool's tracker: at the command, and at the start of a
// program.
#include <atomic>
#include <thread>

#include "base/text.h"
#include "live/bench.h"
#include "support/cluster.h"

namespace godwit::test {
namespace {

using migrate::Adopted;
using migrate::AdoptWish;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A golang-migrate project: pairs that make the tables t1, t2, …
class AdoptTest : public EveryTarget {
 protected:
  void WriteFiles(int from, int to) {
    for (int version = from; version <= to; ++version) {
      const std::string name = Cat("00000", version, "_t", version);
      bench().Write(Cat(name, ".up.sql"),
                    Cat("CREATE TABLE t", version, " (id int);\n"));
      bench().Write(Cat(name, ".down.sql"),
                    Cat("DROP TABLE t", version, ";\n"));
    }
  }
  // What golang-migrate leaves at that version.
  void Legacy(int version, bool dirty = false,
              const std::string& table = "schema_migrations") {
    bench().Sql(Cat("CREATE TABLE ", table,
                    " (version bigint NOT NULL PRIMARY KEY, dirty boolean)"));
    bench().Sql(Cat("INSERT INTO ", table, " VALUES (", version, ", ",
                    dirty ? "true" : "false", ")"));
    for (int i = 1; i <= version; ++i)
      bench().Sql(Cat("CREATE TABLE IF NOT EXISTS t", i, " (id int)"));
  }
  void AtStart(const std::string& table = "") {
    bench().options.adopt = Adopt{"golang-migrate", table};
  }
};
INSTANTIATE_TEST_SUITE_P(Live, AdoptTest, testing::ValuesIn(AllTargets()),
                         NameOf);

TEST_P(AdoptTest, A6ACleanCounterMakesRowsForTheFilesUpToItAndRunsNothing) {
  WriteFiles(1, 4);
  Legacy(3);
  AtStart();
  const Report report = bench().Up();
  EXPECT_EQ(report.adopted, 3u);
  ASSERT_EQ(report.applied.size(), 1u);
  EXPECT_EQ(report.applied[0].version, 4);
  EXPECT_THAT(bench().Applied(), ElementsAre(1, 2, 3, 4));
  EXPECT_EQ(bench().Number("SELECT count(*) FROM applied_migrations WHERE "
                           "checksum IS NULL AND version <= 3"),
            3);
  EXPECT_EQ(bench().Number("SELECT version FROM schema_migrations"), 3);
}

TEST_P(AdoptTest, A6ASetThatIsNotEmptyIsLeftAlone) {
  WriteFiles(1, 3);
  bench().Up({.steps = 1});
  Legacy(3);
  AtStart();
  bench().Sql("DROP TABLE t2");
  bench().Sql("DROP TABLE t3");
  const Report report = bench().Up();
  EXPECT_EQ(report.adopted, 0u);
  EXPECT_EQ(report.applied.size(), 2u);
}

TEST_P(AdoptTest, A6AMissingOrEmptyTrackerIsAVirginDatabase) {
  WriteFiles(1, 2);
  AtStart();
  bench().Up({.steps = 1});
  EXPECT_THAT(bench().Applied(), ElementsAre(1));
  bench().Down();
  Legacy(0);
  bench().Sql("DELETE FROM schema_migrations");
  EXPECT_EQ(bench().Up().applied.size(), 2u);
}

TEST_P(AdoptTest, A6ADirtyCounterIsRefusedNamingTheVersion) {
  WriteFiles(1, 3);
  Legacy(2, true);
  AtStart();
  const ErrorInfo error = bench().UpFailure();
  EXPECT_EQ(error.code, ErrorCode::kLegacyDirty);
  EXPECT_THAT(error.message, HasSubstr("version 2"));
  EXPECT_FALSE(bench().HasTable("applied_migrations"));
  EXPECT_FALSE(bench().HasTable("t3"));
}

TEST_P(AdoptTest, A6IsIdempotent) {
  WriteFiles(1, 2);
  Legacy(2);
  AtStart();
  EXPECT_EQ(bench().Up().adopted, 2u);
  const Report again = bench().Up();
  EXPECT_EQ(again.adopted, 0u);
  EXPECT_THAT(again.applied, IsEmpty());
}

TEST_P(AdoptTest, A6FiftyStartingAtOnceTakeOverOnce) {
  WriteFiles(1, 5);
  Legacy(4);
  AtStart();
  bench().options.lock_wait = std::chrono::minutes(2);
  std::atomic<std::size_t> adopted = 0, applied = 0, failed = 0;
  std::vector<std::jthread> starts;
  for (int i = 0; i < 50; ++i) {
    starts.emplace_back([&] {
      try {
        const Report report = bench().Up();
        adopted += report.adopted;
        applied += report.applied.size();
      } catch (const std::exception&) {
        ++failed;
      }
    });
  }
  starts.clear();
  EXPECT_EQ(failed, 0u);
  EXPECT_EQ(adopted, 4u);
  EXPECT_EQ(applied, 1u);
  EXPECT_THAT(bench().Applied(), ElementsAre(1, 2, 3, 4, 5));
}

TEST_P(AdoptTest, A13ADryRunTriesOnlyWhatIsNotTakenOver) {
  WriteFiles(1, 4);
  Legacy(3);
  AtStart();
  const auto lines = bench().DryRun();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].version, 4);
  EXPECT_TRUE(lines[0].ok.value_or(false));
  EXPECT_FALSE(bench().HasTable("applied_migrations"));
}

TEST_P(AdoptTest, A13ASmallerNumberThatCameLateRunsAfterTheTakeover) {
  WriteFiles(1, 2);
  WriteFiles(4, 4);
  Legacy(4);
  bench().Sql("DROP TABLE t3");
  AtStart();
  bench().Up();
  WriteFiles(3, 3);
  const Report report = bench().Up();
  ASSERT_EQ(report.applied.size(), 1u);
  EXPECT_EQ(report.applied[0].version, 3);
}

TEST_P(AdoptTest, A16TheOldTrackerIsDroppedByAnOrdinaryMigration) {
  WriteFiles(1, 2);
  Legacy(2);
  AtStart();
  bench().Write("000003_drop.up.sql", "DROP TABLE schema_migrations;\n");
  EXPECT_EQ(bench().Up().applied.size(), 1u);
  EXPECT_FALSE(bench().HasTable("schema_migrations"));
  EXPECT_THAT(bench().Up().applied, IsEmpty());
}

TEST_P(AdoptTest, A16DropLegacyDropsWhatTheSetKnows) {
  WriteFiles(1, 2);
  Legacy(2);
  AdoptWish wish{.from = "golang-migrate", .drop_legacy = true};
  EXPECT_TRUE(bench().Adopt(wish).dropped);
  EXPECT_FALSE(bench().HasTable("schema_migrations"));
  EXPECT_THAT(bench().Applied(), ElementsAre(1, 2));
  EXPECT_TRUE(bench().Adopt(wish).was_applied);
}

TEST_P(AdoptTest, A16AfterABurnInItIsDroppedUnlessItKnowsMore) {
  WriteFiles(1, 3);
  Legacy(2);
  AdoptWish wish{.from = "golang-migrate"};
  bench().Adopt(wish);
  bench().Sql("UPDATE schema_migrations SET version = 3");
  wish.drop_legacy = true;
  const ErrorInfo error = bench().Failure([&] { bench().Adopt(wish); });
  EXPECT_EQ(error.code, ErrorCode::kLegacyAmbiguous);
  EXPECT_TRUE(bench().HasTable("schema_migrations"));
  bench().Up();
  EXPECT_TRUE(bench().Adopt(wish).dropped);
  EXPECT_FALSE(bench().HasTable("schema_migrations"));
}

TEST_P(AdoptTest, WithoutAToolItFindsTheOneUnderItsOwnName) {
  WriteFiles(1, 2);
  Legacy(2);
  bench().Sql("CREATE TABLE other_migrations (version int, dirty int)");
  EXPECT_THAT(bench().Status().legacy, HasSubstr("golang-migrate"));
  const Adopted adopted = bench().Adopt({});
  EXPECT_EQ(adopted.place.tool->name, "golang-migrate");
  EXPECT_THAT(adopted.adoption.adopted, ElementsAre(1, 2));
  EXPECT_EQ(bench().Status().legacy, "");
}

TEST_P(AdoptTest, WithoutAToolSeveralAreRefused) {
  WriteFiles(1, 2);
  Legacy(2);
  bench().Sql("CREATE TABLE alembic_version (version_num varchar(32))");
  const ErrorInfo error = bench().Failure([&] { bench().Adopt({}); });
  EXPECT_EQ(error.code, ErrorCode::kLegacyAmbiguous);
  EXPECT_THAT(error.message, HasSubstr("alembic"));
}

TEST_P(AdoptTest, ACounterWithoutAFileNeedsAWord) {
  WriteFiles(1, 2);
  Legacy(0);
  bench().Sql("UPDATE schema_migrations SET version = 42");
  const AdoptWish wish{.from = "golang-migrate"};
  EXPECT_EQ(bench().Failure([&] { bench().Adopt(wish); }).code,
            ErrorCode::kLegacyAmbiguous);
  EXPECT_FALSE(bench().HasTable("applied_migrations"));
  AdoptWish asking = wish;
  asking.ask = [](const auto&, const auto&) { return false; };
  EXPECT_TRUE(bench().Adopt(asking).declined);
  EXPECT_FALSE(bench().HasTable("applied_migrations"));
  AdoptWish yes = wish;
  yes.consent = true;
  EXPECT_THAT(bench().Adopt(yes).adoption.adopted, ElementsAre(1, 2));
}

TEST_P(AdoptTest, ATableOfAnotherShapeIsNotRead) {
  WriteFiles(1, 1);
  bench().Sql("CREATE TABLE schema_migrations (version varchar PRIMARY KEY)");
  const ErrorInfo error =
      bench().Failure([&] { bench().Adopt({.from = "golang-migrate"}); });
  EXPECT_EQ(error.code, ErrorCode::kLegacyAmbiguous);
  EXPECT_THAT(error.message, HasSubstr("version, dirty"));
}

TEST_P(AdoptTest, ANamedTrackerThatIsMissingIsRefusedByTheCommand) {
  WriteFiles(1, 1);
  EXPECT_EQ(bench()
                .Failure([&] {
                  bench().Adopt({.from = "goose", .tracker = "elsewhere"});
                })
                .code,
            ErrorCode::kLegacyAmbiguous);
}

TEST_P(AdoptTest, HandsBackToEveryToolAndTakesOverAgain) {
  for (const std::string tool : {"goose", "golang-migrate", "dbmate", "flyway",
                                 "atlas", "sqlx", "diesel"}) {
    Bench own(GetParam());
    own.Write("000001_a_b.up.sql", "CREATE TABLE t1 (id int);\n");
    own.Write("000002_c.up.sql", "CREATE TABLE t2 (id int);\n");
    own.Write("000002_c.down.sql", "DROP TABLE t2;\n");
    own.Up();
    const auto written = own.GiveBack(tool).plan.written;
    EXPECT_EQ(written.size(), tool == "golang-migrate" ? 1u : 2u) << tool;
    EXPECT_THAT(own.GiveBack(tool).plan.written, IsEmpty()) << tool;
    own.Sql("DELETE FROM applied_migrations");
    const Adopted adopted = own.Adopt({.from = tool});
    EXPECT_THAT(adopted.adoption.adopted, ElementsAre(1, 2)) << tool;
    EXPECT_THAT(adopted.adoption.drifted, IsEmpty()) << tool;
    EXPECT_THAT(own.Up().applied, IsEmpty()) << tool;
    own.Down();
    EXPECT_EQ(own.GiveBack(tool).plan.removed.size(), 1u) << tool;
  }
}

#if GODWIT_HAS_SQLITE
TEST(SqliteAdoptTest, TheConnectionsForeignKeysSettingIsPutBack) {
  Bench bench{Target{}};
  bench.Write("000001_a.up.sql", "CREATE TABLE a (id int);\n");
  bench.Write("000002_b.up.sql", "CREATE TABLE b (id int);\n");
  bench.Sql("CREATE TABLE schema_migrations (version uint64, dirty bool)");
  bench.Sql("INSERT INTO schema_migrations VALUES (1, 0)");
  Connection connection = Connection::Open(bench.dsn());
  connection.Execute("PRAGMA foreign_keys = 0");
  const auto source = migrate::Source::ReadFolder(bench.folder(), std::nullopt);
  bench.options.adopt = Adopt{"golang-migrate", ""};
  EXPECT_EQ(migrate::Runner(connection, &source, bench.options,
                            migrate::ProcessEnvironment())
                .Up({})
                .applied.size(),
            1u);
  EXPECT_EQ(connection.Execute("PRAGMA foreign_keys").Get<std::int64_t>(0, 0),
            0);
}
#endif

#if GODWIT_HAS_POSTGRESQL
class PostgresAdoptTest : public AdoptTest {};
INSTANTIATE_TEST_SUITE_P(Live, PostgresAdoptTest, testing::ValuesIn(Servers()),
                         NameOf);

TEST_P(PostgresAdoptTest, A6WaitsForTheOldToolsOwnLock) {
  WriteFiles(1, 1);
  Legacy(1);
  Connection other = Connection::Open(bench().dsn());
  const auto legacy = migrate::kLegacyGolangMigrate.lock_keys(
      {"public", "schema_migrations"},
      other.Execute("SELECT current_database()").Get<std::string>(0, 0));
  other.Execute("SELECT pg_advisory_lock($1)", legacy.at(0));
  bench().options.lock_wait = std::chrono::milliseconds(200);
  const ErrorInfo error =
      bench().Failure([&] { bench().Adopt({.from = "golang-migrate"}); });
  EXPECT_EQ(error.code, ErrorCode::kRunLockTimeout);
  other.Execute("SELECT pg_advisory_unlock($1)", legacy.at(0));
  EXPECT_THAT(bench().Adopt({.from = "golang-migrate"}).adoption.adopted,
              ElementsAre(1));
}

TEST_P(PostgresAdoptTest, A6AStaleTrackerInAnotherSchemaDoesNotMatter) {
  WriteFiles(1, 3);
  bench().Sql("CREATE SCHEMA app");
  Legacy(2, false, "app.app_migrations");
  bench().Sql(
      "CREATE TABLE public.app_migrations (version bigint, dirty bool)");
  bench().Sql("INSERT INTO public.app_migrations VALUES (1, true)");
  bench().options.tracker = "app.applied_migrations";
  AtStart("app.app_migrations");
  EXPECT_EQ(bench().Up().adopted, 2u);
  EXPECT_EQ(bench().Number("SELECT count(*) FROM app.applied_migrations"), 3);
}

TEST_P(PostgresAdoptTest, A17TheFirstDownDropsTheSchemaOfTheTracker) {
  bench().Write(
      "000001_app.up.sql",
      "CREATE SCHEMA IF NOT EXISTS app;\nCREATE TABLE app.t (id int);\n");
  bench().Write("000001_app.down.sql", "DROP SCHEMA app CASCADE;\n");
  bench().Write("000002_u.up.sql", "CREATE TABLE app.u (id int);\n");
  bench().Write("000002_u.down.sql", "DROP TABLE app.u;\n");
  bench().Sql("CREATE SCHEMA app");
  bench().Sql("CREATE TABLE app.t (id int)");
  Legacy(1, false, "app.old");
  bench().options.tracker = "app.applied_migrations";
  AtStart("app.old");
  EXPECT_EQ(bench().Up().adopted, 1u);
  EXPECT_EQ(bench().Down({.all = true}).reverted.size(), 2u);
  EXPECT_FALSE(bench().HasTable("app.applied_migrations"));
  EXPECT_THAT(bench().Applied(), IsEmpty());
  // The tracker is gone with its schema, the old one too: a virgin database.
  const Report report = bench().Up();
  EXPECT_EQ(report.adopted, 0u);
  EXPECT_EQ(report.applied.size(), 2u);
}
#endif

}  // namespace
}  // namespace godwit::test
