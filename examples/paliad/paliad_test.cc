// SPDX-License-Identifier: Apache-2.0
// A1 to A17: what a program relies on that keeps an applied set of its own and
// came from golang-migrate. The database is as golang-migrate left it, at 106.
#include <gmock/gmock.h>
#include <httplib.h>

#include <filesystem>
#include <thread>

#include "paliad/db/migrations.h"
#include "service.h"
#include "support/cluster.h"
#include "support/folder.h"
#include "support/process.h"

namespace paliad {
namespace {

using godwit::Connection;
using godwit::Error;
using godwit::ErrorCode;
using godwit::Report;
using godwit::test::Cluster;
using godwit::test::Outcome;
using godwit::test::ReadFile;
using godwit::test::TempFolder;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Paliad : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const std::string missing = Cluster::Missing(GetParam());
    if (!missing.empty()) GTEST_SKIP() << missing;
    dsn_ = Cluster::Of(GetParam()).FreshDatabase();
  }

  // 106 migrations as golang-migrate ran them, its counter in the schema of the
  // application, and an older one of the same name in `public` that failed.
  void LeaveByGolangMigrate(int version = 106, bool dirty = false) {
    godwit::MigrateOptions options;
    options.tracker = "public.scaffold";
    options.to = 106;
    godwit::Migrate(dsn_, db::Migrations(), options);
    Run("DROP TABLE public.scaffold");
    for (const std::string schema : {"paliad", "public"}) {
      Run("CREATE TABLE " + schema +
          ".paliad_schema_migrations (version bigint NOT NULL PRIMARY KEY, "
          "dirty boolean NOT NULL)");
    }
    Run("INSERT INTO paliad.paliad_schema_migrations VALUES (" +
        std::to_string(version) + (dirty ? ", true)" : ", false)"));
    Run("INSERT INTO public.paliad_schema_migrations VALUES (57, true)");
  }

  godwit::Result Run(const std::string& sql) const {
    return Connection::Open(dsn_).Execute(sql);
  }
  std::int64_t Number(const std::string& sql) const {
    return Run(sql).Get<std::int64_t>(0, 0);
  }
  bool Exists(const std::string& table) const {
    return Number("SELECT (to_regclass('" + table + "') IS NOT NULL)::int") ==
           1;
  }
  std::int64_t Rows() const {
    return Number("SELECT count(*) FROM paliad.applied_migrations");
  }
  Report Start() const { return godwit::Migrate(Migration(dsn_)); }
  Error Failure() const {
    try {
      Start();
    } catch (const Error& error) {
      return error;
    }
    ADD_FAILURE() << "no error";
    return Error(ErrorCode::kInternal, "");
  }
  godwit::Verification Check() const {
    return godwit::Verify(dsn_, db::Migrations(), Options());
  }

  // The program's own command on a folder that is not the one in it.
  Outcome Program(std::vector<std::string> words) const {
    std::vector<std::string> all = {PALIAD, "--db-dsn", dsn_, "migrate"};
    all.insert(all.end(), words.begin(), words.end());
    return godwit::test::RunProcess(all);
  }
  std::string Folder() const {
    const std::string folder = folder_ / "m";
    if (!std::filesystem::exists(folder))
      std::filesystem::copy(PALIAD_MIGRATIONS, folder);
    return folder;
  }
  void Write(const std::string& name, const std::string& text) const {
    godwit::test::WriteFile(Folder() + "/" + name, text);
  }
  void Remove(const std::string& stem) const {
    for (const char* end : {".up.sql", ".down.sql"})
      std::filesystem::remove(Folder() + "/" + stem + end);
  }

  std::string dsn_;
  TempFolder folder_;
};
INSTANTIATE_TEST_SUITE_P(Servers, Paliad,
                         ::testing::ValuesIn(Cluster::Versions()),
                         ::testing::PrintToStringParamName());

TEST_P(Paliad, A1TheTrackerIsMadeInItsSchema) {
  Start();
  EXPECT_EQ(Number("SELECT count(*) FROM information_schema.columns WHERE "
                   "table_schema = 'paliad' AND table_name = "
                   "'applied_migrations' AND column_name IN ('version', "
                   "'name', 'applied_at', 'checksum')"),
            4);
  EXPECT_FALSE(Exists("public.applied_migrations"));
}

// 103 and 104 to 106 grew on two branches. 104 to 106 were merged and deployed
// first. golang-migrate's counter then stood at 106 and passed over 103 without
// a word. In an applied set 103 is pending, and runs.
TEST_P(Paliad, A2AMigrationThatWasMergedLateIsApplied) {
  Remove("103_appointments_reminders");
  Remove("107_reminders_sent");
  EXPECT_EQ(Program({"up", "--dir", Folder()}).exit_code, 0);
  EXPECT_EQ(Rows(), 105);
  EXPECT_FALSE(Exists("paliad.reminders"));
  EXPECT_THAT(Check().missing, ElementsAre(103));
  const Report report = Start();
  ASSERT_EQ(report.applied.size(), 2u);
  EXPECT_EQ(report.applied[0].version, 103);
  EXPECT_EQ(report.applied[1].version, 107);
  EXPECT_TRUE(Check().ok());
}

TEST_P(Paliad, A3AFailedFileIsRolledBackWithItsRowAndNamed) {
  LeaveByGolangMigrate();
  Write("108_bad.up.sql",
        "CREATE TABLE paliad.half (id int);\nSELECT 1 / 0;\n");
  Write("109_after.up.sql", "CREATE TABLE paliad.after (id int);\n");
  const Outcome outcome = Program({"up", "--dir", Folder()});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("108_bad.up.sql:2"));
  EXPECT_FALSE(Exists("paliad.half"));
  EXPECT_FALSE(Exists("paliad.after"));
  EXPECT_EQ(Rows(), 107);
}

TEST_P(Paliad, A4TheChecksumIsOfTheFilesBytes) {
  LeaveByGolangMigrate();
  Start();
  std::string checksum;
  for (const auto& file : db::Migrations().files)
    if (file.name == "107_reminders_sent.up.sql") checksum = file.checksum;
  EXPECT_EQ(Run("SELECT checksum FROM paliad.applied_migrations WHERE version "
                "= 107")
                .Get<std::string>(0, 0),
            checksum);
}

TEST_P(Paliad, A5AnotherThatHoldsTheLockIsWaitedFor) {
  Connection other = Connection::Open(dsn_);
  other.Execute("SELECT pg_advisory_lock(6041125926171106229)");
  const Outcome outcome = Program({"up", "--lock-wait", "200ms"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("another run holds the lock"));
  other.Execute("SELECT pg_advisory_unlock(6041125926171106229)");
  EXPECT_EQ(Start().applied.size(), 107u);
}

TEST_P(Paliad, A6TheCounterIsTakenOverOnceWithoutRunningAnything) {
  LeaveByGolangMigrate();
  EXPECT_EQ(Start().adopted, 106u);
  EXPECT_EQ(Number("SELECT count(*) FROM paliad.applied_migrations WHERE "
                   "version <= 106 AND checksum IS NULL"),
            106);
  EXPECT_EQ(Start().adopted, 0u);
  EXPECT_EQ(Number("SELECT version FROM paliad.paliad_schema_migrations"), 106);
}

TEST_P(Paliad, A6ADirtyCounterIsRefusedNamingTheVersion) {
  LeaveByGolangMigrate(106, true);
  const Error error = Failure();
  EXPECT_EQ(error.code(), ErrorCode::kLegacyDirty);
  EXPECT_THAT(error.what(), HasSubstr("version 106"));
  EXPECT_FALSE(Exists("paliad.applied_migrations"));
}

TEST_P(Paliad, A6TwoThatStartAtOnceTakeOverOnce) {
  LeaveByGolangMigrate();
  Report first, second;
  {
    std::jthread one([&] { first = Start(); });
    std::jthread two([&] { second = Start(); });
  }
  EXPECT_EQ(first.adopted + second.adopted, 106u);
  EXPECT_EQ(first.applied.size() + second.applied.size(), 1u);
  EXPECT_EQ(Rows(), 107);
}

TEST_P(Paliad, A7TwoFilesWithOneVersionAreRefusedBeforeAnythingRuns) {
  Write("107_other.up.sql", "SELECT 1;\n");
  const Outcome outcome = Program({"up", "--dir", Folder()});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("107_other.up.sql"),
                                 HasSubstr("107_reminders_sent.up.sql")));
  EXPECT_FALSE(Exists("paliad.applied_migrations"));
}

TEST_P(Paliad, A8ANameThatDoesNotParseIsRefused) {
  Write("fix-later.sql", "SELECT 1;\n");
  const Outcome outcome = Program({"up", "--dir", Folder()});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr("fix-later.sql"), HasSubstr("N_title.up.sql")));
}

TEST_P(Paliad, A9AFileRenamedAfterItWasAppliedIsRefused) {
  Start();
  std::filesystem::rename(Folder() + "/107_reminders_sent.up.sql",
                          Folder() + "/107_reminders_done.up.sql");
  const Outcome outcome = Program({"up", "--dir", Folder()});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr("reminders_sent"), HasSubstr("reminders_done"),
                    HasSubstr("verify --accept 107")));
}

TEST_P(Paliad, A10CallingItAgainDoesNothingAndAnEmptyDsnIsAnError) {
  Start();
  EXPECT_THAT(Start().applied, IsEmpty());
  EXPECT_THROW(godwit::Migrate("", db::Migrations()), Error);
}

TEST_P(Paliad, A11TheGateTriesWhatIsPendingAndLeavesNothing) {
  LeaveByGolangMigrate();
  const Outcome outcome = Program({"up", "--dry-run", "--json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("\"version\":107"), HasSubstr("\"ok\":true")));
  EXPECT_FALSE(outcome.out.find("\"version\":106") != std::string::npos);
  EXPECT_FALSE(Exists("paliad.applied_migrations"));
  Write("108_bad.up.sql", "SELECT 1 / 0;\n");
  EXPECT_EQ(Program({"up", "--dry-run", "--dir", Folder()}).exit_code, 3);
}

TEST_P(Paliad, A11WithoutATrackerEverythingIsTried) {
  const Outcome outcome = Program({"up", "--dry-run"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("ok         1 init"), HasSubstr("107")));
  EXPECT_FALSE(Exists("paliad.users"));
}

// The boot smoke: after the start the files are what is applied, in both
// directions, and the program answers.
TEST_P(Paliad, A12AfterTheStartFilesAndSetAreEqualAndItIsHealthy) {
  LeaveByGolangMigrate();
  Service service(dsn_);
  const godwit::Verification found = Check();
  EXPECT_TRUE(found.ok());
  EXPECT_THAT(found.pending, IsEmpty());
  EXPECT_THAT(found.orphans, IsEmpty());
  const int port = service.Bind(0);
  std::thread serving([&] { service.Serve(); });
  httplib::Client client("127.0.0.1", port);
  client.set_connection_timeout(10);
  const auto answer = client.Get("/healthz");
  service.Stop();
  serving.join();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
}

TEST_P(Paliad, A12ARowWithoutAFileIsAnOrphan) {
  Start();
  Run("INSERT INTO paliad.applied_migrations (version, name) VALUES (200, "
      "'of_a_newer_release')");
  EXPECT_THAT(Check().orphans, ElementsAre(200));
  EXPECT_FALSE(Check().ok());
}

// 103 was never in golang-migrate's counter: someone ran it by hand when it had
// been passed over. Its file lies below the counter, so it counts as applied.
TEST_P(Paliad, A13TheHistorySurvivesAndOnly107Runs) {
  LeaveByGolangMigrate();
  Run("INSERT INTO paliad.users (email) VALUES ('ada@example.org')");
  const Report report = Start();
  EXPECT_EQ(report.adopted, 106u);
  ASSERT_EQ(report.applied.size(), 1u);
  EXPECT_EQ(report.applied[0].version, 107);
  EXPECT_EQ(Number("SELECT count(*) FROM paliad.users"), 1);
  EXPECT_EQ(Number("SELECT count(*) FROM paliad.applied_migrations WHERE "
                   "version = 103 AND name = 'appointments_reminders'"),
            1);
  // The stale one was not asked.
  EXPECT_EQ(Number("SELECT version FROM public.paliad_schema_migrations"), 57);
}

TEST_P(Paliad, A14ADownFileTakesItsMigrationBack) {
  LeaveByGolangMigrate();
  Start();
  EXPECT_EQ(Program({"down", "--steps", "2"}).exit_code, 0);
  EXPECT_EQ(Rows(), 105);
  EXPECT_EQ(Number("SELECT count(*) FROM information_schema.columns WHERE "
                   "table_schema = 'paliad' AND column_name IN ('sent_at', "
                   "'status')"),
            0);
  EXPECT_EQ(Start().applied.size(), 2u);
}

TEST_P(Paliad, A15AChangedFileIsReported) {
  Start();
  Write("107_reminders_sent.up.sql",
        ReadFile(Folder() + "/107_reminders_sent.up.sql") + "-- edited\n");
  const Outcome verify = Program({"verify", "--dir", Folder()});
  EXPECT_EQ(verify.exit_code, 3);
  EXPECT_THAT(verify.out, HasSubstr("107_reminders_sent.up.sql"));
  EXPECT_EQ(Program({"up", "--dir", Folder()}).exit_code, 2);
}

TEST_P(Paliad, A16TheOldTrackersAreDroppedByAnOrdinaryMigration) {
  LeaveByGolangMigrate();
  Start();
  Write("108_drop_legacy_trackers.up.sql",
        "DROP TABLE paliad.paliad_schema_migrations;\n"
        "DROP TABLE public.paliad_schema_migrations;\n");
  EXPECT_EQ(Program({"up", "--dir", Folder()}).exit_code, 0);
  EXPECT_FALSE(Exists("paliad.paliad_schema_migrations"));
  const Outcome again = Program({"up", "--dir", Folder()});
  EXPECT_THAT(again.out, HasSubstr("nothing to do"));
}

// The first migration's down drops the schema that holds the tracker. Its row
// was deleted before, so nothing fails; the next start finds a virgin database.
TEST_P(Paliad, A17TheLastDownDropsTheTrackersOwnSchema) {
  LeaveByGolangMigrate();
  Start();
  const Outcome outcome = Program({"down", "--all"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_FALSE(Exists("paliad.users"));
  EXPECT_FALSE(Exists("paliad.applied_migrations"));
  EXPECT_EQ(Start().applied.size(), 107u);
  EXPECT_TRUE(Check().ok());
}

TEST_P(Paliad, TheProgramMigratesAndServesUntilItIsTold) {
  using godwit::test::Process;
  LeaveByGolangMigrate();
  Process process = Process::Start({PALIAD, "--db-dsn", dsn_});
  for (int i = 0; i < 1000 && process.Running(); ++i) {
    if (process.out().find("listening on") != std::string::npos) break;
    process.WaitFor(std::chrono::milliseconds(10));
  }
  process.Kill(SIGTERM);
  const Outcome outcome = process.Wait();
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("adopted 106, applied 1, at version 107"));
}

}  // namespace
}  // namespace paliad
