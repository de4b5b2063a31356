// SPDX-License-Identifier: Apache-2.0
// What a program on PostgreSQL relies on, P1 to P8, P10 and P11: the program
// itself is run, against real servers.
#include "console.h"

#include <gmock/gmock.h>

#include "billing/code/accounts.h"
#include "support/cluster.h"
#include "support/process.h"
#include "support/proxy.h"

namespace member_console {
namespace {

using godwit::Connection;
using godwit::Error;
using godwit::test::Cluster;
using godwit::test::Outcome;
using godwit::test::Proxy;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class MemberConsole : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const std::string missing = Cluster::Missing(GetParam());
    if (!missing.empty()) GTEST_SKIP() << missing;
    dsn_ = cluster().FreshDatabase();
  }

  Cluster& cluster() { return Cluster::Of(GetParam()); }
  // With a password and a certificate.
  static Cluster& GuardedCluster() {
    static std::map<int, std::unique_ptr<Cluster>> clusters;
    std::unique_ptr<Cluster>& cluster = clusters[GetParam()];
    if (!cluster)
      cluster = std::make_unique<Cluster>(
          GetParam(), godwit::test::ClusterOptions{
                          .tcp = true, .tls = Cluster::CanUseTls()});
    return *cluster;
  }

  Outcome Program(const std::string& dsn, std::vector<std::string> words) {
    std::vector<std::string> arguments = {MEMBER_CONSOLE, "--db-dsn", dsn};
    arguments.insert(arguments.end(), words.begin(), words.end());
    return godwit::test::RunProcess(arguments);
  }
  Outcome Program(std::vector<std::string> words) {
    return Program(dsn_, std::move(words));
  }
  // `start`, until it says that it is ready; its standard error where it does
  // not.
  std::string StartAndStop(const std::string& dsn) {
    using godwit::test::Process;
    Process process =
        Process::Start({MEMBER_CONSOLE, "--db-dsn", dsn, "start"});
    for (int i = 0; i < 1000 && process.Running(); ++i) {
      if (process.out().find("ready: ") != std::string::npos) break;
      process.WaitFor(std::chrono::milliseconds(10));
    }
    process.Kill(SIGTERM);
    const Outcome outcome = process.Wait();
    EXPECT_EQ(outcome.exit_code, outcome.out.empty() ? 1 : 0);
    return outcome.out + outcome.err;
  }

  std::vector<std::string> Ask(const std::string& sql) {
    Connection connection = Connection::Open(dsn_);
    const godwit::Result rows = connection.Execute(sql);
    std::vector<std::string> found;
    for (std::size_t row = 0; row < rows.size(); ++row)
      found.push_back(rows.Get<std::string>(row, 0));
    return found;
  }
  std::vector<std::string> OwnTables() {
    return Ask(
        "SELECT schemaname || '.' || tablename FROM pg_tables WHERE "
        "tablename IN ('users', 'sites', 'payments') ORDER BY 1");
  }

  std::string dsn_;
};
INSTANTIATE_TEST_SUITE_P(Live, MemberConsole,
                         ::testing::ValuesIn(Cluster::Versions()));

TEST_P(MemberConsole, P1ConnectsWithTheDsnItIsGiven) {
  const std::string dsn = GuardedCluster().TcpDsn();
  EXPECT_THAT(dsn, HasSubstr("postgres://postgres:s3cret@127.0.0.1:"));
  EXPECT_THAT(StartAndStop(dsn + "?sslmode=prefer"), HasSubstr("ready: 0"));
}

TEST_P(MemberConsole, P2TablesResolveWithoutTheirSchema) {
  Console console = Console::Start(dsn_);
  console.AddUser("ada@example.org", "Ada");
  std::vector<godwit::Lease> leases;
  for (int i = 0; i < 3; ++i) {
    leases.push_back(console.pool().Acquire());
    EXPECT_EQ(
        leases.back()->Execute("SELECT count(*) FROM users").Get<int>(0, 0), 1);
    EXPECT_EQ(
        leases.back()->Execute("SHOW search_path").Get<std::string>(0, 0),
        "core, identity, organization, billing, entitlements, cooperative, "
        "audit, integration, fedwiki, stripe, public");
  }
}

TEST_P(MemberConsole, P3AnUnreachableOrInvalidDsnFailsTheStart) {
  const Outcome refused =
      Program("postgres://ada:s3cret@127.0.0.1:1/members", {"start"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err,
              HasSubstr("cannot connect to postgres://ada@127.0.0.1:1/members: "
                        "host \"127.0.0.1\", port 1: Connection refused"));
  const Outcome invalid =
      Program("postgres://ada:s3cret@[::1/members", {"start"});
  EXPECT_EQ(invalid.exit_code, 1);
  const Outcome none = Program("", {"start"});
  EXPECT_EQ(none.exit_code, 1);
  const Outcome wrong =
      Program("postgres://postgres:s3cret-not@127.0.0.1:" +
                  std::to_string(GuardedCluster().port()) + "/postgres",
              {"start"});
  EXPECT_THAT(wrong.err, HasSubstr("password authentication failed"));
  const Outcome missing = Program(cluster().Dsn("nowhere"), {"start"});
  EXPECT_THAT(missing.err, HasSubstr("database \"nowhere\" does not exist"));
  for (const Outcome* outcome : {&refused, &invalid, &none, &wrong, &missing}) {
    EXPECT_EQ(outcome->out, "");
    EXPECT_THAT(outcome->err, AllOf(Not(IsEmpty()), Not(HasSubstr("s3cret"))));
  }
}

TEST_P(MemberConsole, P4AFailingSearchPathFailsTheStart) {
  Console::Start(dsn_);
  Proxy proxy({.server = cluster().socket()});
  const std::string name = dsn_.substr(dsn_.find("@/") + 2);
  const std::string dsn = proxy.Dsn(name.substr(0, name.find('?')));
  // The migrations' reading is the first answer, the pool's setting the second.
  proxy.Arm(godwit::test::Fault{.kind = godwit::test::Fault::Kind::kRefuse,
                                .at = 2,
                                .message = "injected"});
  const Outcome outcome = Program(dsn, {"start"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(
      outcome.err,
      AllOf(HasSubstr("cannot set search_path core, identity, organization,"),
            HasSubstr("injected")));
}

TEST_P(MemberConsole, P5RequireIsTls) {
  if (!Cluster::CanUseTls()) GTEST_SKIP() << "there is no openssl";
  const std::string dsn = GuardedCluster().TcpDsn();
  Console console = Console::Start(dsn + "?sslmode=verify-full&sslrootcert=" +
                                   GuardedCluster().certificate());
  EXPECT_TRUE(
      console.pool()
          .Acquire()
          ->Execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
          .Get<bool>(0, 0));
  EXPECT_THAT(StartAndStop(dsn + "?sslmode=require"), HasSubstr("ready: 0"));
}

TEST_P(MemberConsole, P6ManyThreadsShareThePool) {
  Console console = Console::Start(dsn_);
  const std::int64_t ada = console.AddUser("ada@example.org", "Ada");
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 12; ++i) {
      threads.emplace_back([&] {
        for (int n = 1; n <= 20; ++n) console.AddPayment(ada, n);
      });
    }
  }
  EXPECT_EQ(console.Users().at(0).payments, 240);
  EXPECT_LE(console.pool().stats().open, 16u);
  EXPECT_EQ(console.pool().stats().in_use, 0u);
}

TEST_P(MemberConsole, P7PendingMigrationsRunOnStart) {
  EXPECT_THAT(StartAndStop(dsn_),
              AllOf(HasSubstr("applied db 1001 users"),
                    HasSubstr("applied stripe 10001 customers"),
                    HasSubstr("ready: 0")));
  EXPECT_THAT(StartAndStop(dsn_), Not(HasSubstr("applied")));
}

TEST_P(MemberConsole, P7WithNothingPendingItIsOneRoundTrip) {
  Console::Start(dsn_);
  Proxy proxy({.server = cluster().socket()});
  const std::string name = dsn_.substr(dsn_.find("@/") + 2);
  const std::string dsn = proxy.Dsn(name.substr(0, name.find('?')));
  Connection::Open(dsn);
  const std::size_t login = proxy.traffic().round_trips;
  proxy.ResetTraffic();
  godwit::Migrate(Migrations(dsn));
  EXPECT_EQ(proxy.traffic().round_trips, login + 1);
}

TEST_P(MemberConsole, P8TheProgramOffersTheCommands) {
  const Outcome status = Program({"migrate", "status"});
  EXPECT_EQ(status.exit_code, 0);
  EXPECT_THAT(status.out, HasSubstr("pending"));
  EXPECT_EQ(Program({"migrate", "status", "--check"}).exit_code, 3);
  EXPECT_EQ(Program({"migrate", "up", "--to", "1002"}).exit_code, 0);
  EXPECT_EQ(Program({"migrate", "version"}).out, "1002\n");
  EXPECT_THAT(Program({"migrate", "up", "--json"}).out,
              HasSubstr("\"current\":10001"));
  EXPECT_EQ(Program({"migrate", "down"}).exit_code, 0);
  EXPECT_EQ(Program({"migrate", "version"}).out, "9001\n");
  EXPECT_EQ(Program({"migrate", "verify"}).exit_code, 0);
  const Outcome unknown = Program({"migrate", "upp"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean 'migrate up'?"));
  EXPECT_EQ(Program({"migrate", "reset"}).exit_code, 0);
  EXPECT_THAT(OwnTables(), IsEmpty());
}

TEST_P(MemberConsole, P10AnUnknownUserIsRefusedByName) {
  EXPECT_EQ(Program({"add-user", "ada@example.org", "Ada"}).out, "1\n");
  EXPECT_EQ(Program({"add-site", "1", "ada.example.org"}).out, "1\n");
  const Outcome site = Program({"add-site", "77", "x.example.org"});
  EXPECT_EQ(site.exit_code, 1);
  EXPECT_EQ(site.err,
            "member-console: there is no such user (sites_owner_id_fkey)\n");
  EXPECT_THAT(Program({"add-payment", "77", "100"}).err,
              HasSubstr("payments_user_id_fkey"));
  EXPECT_THAT(Program({"add-payment", "1", "0"}).err,
              HasSubstr("at least one cent"));
  EXPECT_THAT(Program({"add-user", "ada@example.org", "Eve"}).err,
              HasSubstr("this email is taken"));
  EXPECT_THAT(Program({"add-user", "ada", "Ada"}).err,
              HasSubstr("this is no email"));
}

TEST_P(MemberConsole, P10DeletingAUserDeletesSitesAndPayments) {
  Console console = Console::Start(dsn_);
  const std::int64_t ada = console.AddUser("ada@example.org", "Ada");
  const std::int64_t bob = console.AddUser("bob@example.org", "Bob");
  console.AddSite(ada, "ada.example.org");
  console.AddSite(bob, "bob.example.org");
  console.AddPayment(ada, 500);
  EXPECT_TRUE(console.DeleteUser(ada));
  EXPECT_FALSE(console.DeleteUser(ada));
  EXPECT_THAT(Ask("SELECT domain FROM fedwiki.sites"),
              ElementsAre("bob.example.org"));
  EXPECT_THAT(Ask("SELECT id FROM core.payments"), IsEmpty());
}

TEST_P(MemberConsole, P10TheTablesHaveTheirConstraintsAndIndexes) {
  Console::Start(dsn_);
  EXPECT_THAT(
      Ask("SELECT conname FROM pg_constraint WHERE connamespace IN "
          "('core'::regnamespace, 'fedwiki'::regnamespace) AND contype "
          "<> 'n' AND conname NOT LIKE 'pages_%' ORDER BY 1"),
      ElementsAre("payments_cents_check", "payments_pkey",
                  "payments_user_id_fkey", "sites_domain_key",
                  "sites_owner_id_fkey", "sites_pkey", "users_email_check",
                  "users_email_key", "users_pkey"));
  EXPECT_THAT(
      Ask("SELECT indexname FROM pg_indexes WHERE indexname LIKE "
          "'%_idx' AND schemaname IN ('core', 'fedwiki') ORDER BY 1"),
      ElementsAre("payments_user_id_paid_at_idx", "sites_owner_id_idx"));
}

TEST_P(MemberConsole, P11TheTablesMoveWithTheirRows) {
  godwit::MigrateCommand before = Migrations(dsn_);
  before.options.to = 1003;
  godwit::Migrate(dsn_, before.migrations, before.options);
  EXPECT_THAT(OwnTables(),
              ElementsAre("public.payments", "public.sites", "public.users"));
  Ask("INSERT INTO users (email, display_name) VALUES ('a@b', 'A') RETURNING "
      "id");
  Ask("INSERT INTO sites (owner_id, domain) VALUES (1, 'a.b') RETURNING id");
  Console console = Console::Start(dsn_);
  EXPECT_THAT(OwnTables(),
              ElementsAre("core.payments", "core.users", "fedwiki.sites"));
  ASSERT_EQ(console.Users().size(), 1u);
  EXPECT_EQ(console.Users()[0].sites, 1);
}

// Tables that an installation never had, or lost.
TEST_P(MemberConsole, P11ItWorksWhereSomeTablesAreMissing) {
  godwit::MigrateCommand before = Migrations(dsn_);
  before.options.to = 1003;
  godwit::Migrate(dsn_, before.migrations, before.options);
  Connection::Open(dsn_).Execute("DROP TABLE payments");
  Console::Start(dsn_);
  EXPECT_THAT(OwnTables(), ElementsAre("core.users", "fedwiki.sites"));
}

TEST_P(MemberConsole, P11ItWorksWhereNoneIsThere) {
  EXPECT_EQ(Program({"migrate", "baseline", "1003"}).exit_code, 0);
  EXPECT_EQ(Program({"migrate", "up", "--to", "1004"}).exit_code, 0);
  EXPECT_THAT(OwnTables(), IsEmpty());
  EXPECT_EQ(Program({"migrate", "down"}).exit_code, 0);
}

// The versions that are applied, ascending, as "module version".
TEST_P(MemberConsole, M1TenModulesAreOneSequence) {
  Console::Start(dsn_);
  EXPECT_THAT(Ask("SELECT version FROM applied_migrations ORDER BY version"),
              ElementsAre("1001", "1002", "1003", "1004", "1005", "2001",
                          "2002", "3001", "4001", "4002", "5001", "6001",
                          "7001", "7002", "8001", "9001", "10001"));
  const Outcome status = Program({"migrate", "status", "--module", "billing"});
  EXPECT_THAT(status.out, AllOf(HasSubstr("4002     billing  applied"),
                                Not(HasSubstr("stripe"))));
}

// The modules without some of them, and with one more at a place.
godwit::Modules With(std::string_view name, const godwit::Migrations& one,
                     std::size_t place) {
  godwit::Modules changed({});
  const godwit::Migrations all = AllModules();
  for (std::size_t i = 0; i <= all.modules.size(); ++i) {
    if (i == place) changed.Add(name, one);
    if (i < all.modules.size())
      changed.Add(all.modules[i].name,
                  {all.modules[i].files, all.modules[i].format});
  }
  return changed;
}

constexpr godwit::EmbeddedMigration kNewsletter[] = {
    {"00001_newsletter.sql",
     "-- +goose Up\nCREATE SCHEMA newsletter;\nCREATE TABLE "
     "newsletter.letters (id int);\n",
     ""}};

TEST_P(MemberConsole, M3ANewModuleIsAppendedAndAnInsertionIsRefused) {
  Console::Start(dsn_);
  try {
    godwit::Migrate(dsn_, With("newsletter", {kNewsletter, ""}, 3));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), godwit::ErrorCode::kRenamed);
    EXPECT_THAT(error.what(),
                AllOf(HasSubstr("newsletter"), HasSubstr("billing")));
  }
  EXPECT_EQ(
      godwit::Migrate(dsn_, With("newsletter", {kNewsletter, ""}, 10)).current,
      11001);
}

TEST_P(MemberConsole, M4ALateFileIsAppliedAlthoughLaterModulesAreRecorded) {
  Console::Start(dsn_);
  const godwit::Migrations all = AllModules();
  std::vector<godwit::EmbeddedMigration> late(all.modules[7].files.begin(),
                                              all.modules[7].files.end());
  late.push_back({"00002_retries.sql",
                  "-- +goose Up\nALTER TABLE integration.webhooks ADD retries "
                  "int NOT NULL DEFAULT 0;\n",
                  ""});
  godwit::Modules newer({});
  for (const godwit::Module& module : all.modules)
    newer.Add(module.name, module.name == "integration"
                               ? godwit::Migrations{late, ""}
                               : godwit::Migrations{module.files, ""});
  godwit::MigrateOptions refuse;
  refuse.out_of_order = godwit::OutOfOrder::kRefuse;
  EXPECT_THROW(godwit::Migrate(dsn_, newer, refuse), Error);
  const godwit::Report report = godwit::Migrate(dsn_, newer);
  ASSERT_EQ(report.applied.size(), 1u);
  EXPECT_EQ(report.applied[0].version, 8002);
  EXPECT_EQ(report.applied[0].module, "integration");
}

TEST_P(MemberConsole, M5TheStartAndTheCommandShareOneRegistration) {
  EXPECT_EQ(Program({"migrate", "up", "--to", "4002"}).exit_code, 0);
  EXPECT_THAT(StartAndStop(dsn_),
              AllOf(Not(HasSubstr("applied billing")),
                    HasSubstr("applied entitlements 5001")));
  EXPECT_EQ(Program({"migrate", "status", "--check"}).exit_code, 0);
}

TEST_P(MemberConsole, M7ABlockOfSeveralStatementsIsOneUnit) {
  Console::Start(dsn_);
  EXPECT_THAT(Ask("SELECT tgname FROM pg_trigger WHERE tgname = "
                  "'invoices_book'"),
              ElementsAre("invoices_book"));
}

// A statement in the middle of each module's file fails: nothing of that file
// stays, and its version is not recorded.
TEST_P(MemberConsole, M8AFailedStatementIsNeverSkipped) {
  const godwit::Migrations all = AllModules();
  for (const char* module : {"identity", "billing", "audit"}) {
    const std::string dsn = cluster().FreshDatabase();
    std::string broken;
    godwit::Modules modules({});
    std::vector<godwit::EmbeddedMigration> files;
    for (const godwit::Module& one : all.modules) {
      if (one.name != module) {
        modules.Add(one.name, {one.files, ""});
        continue;
      }
      files.assign(one.files.begin(), one.files.end());
      broken = std::string(files[0].bytes);
      broken.insert(broken.find("-- +goose Down"), "SELECT 1 / 0;\n");
      files[0] = {files[0].name, broken, ""};
      modules.Add(one.name, {files, ""});
    }
    EXPECT_THROW(godwit::Migrate(dsn, modules), Error) << module;
    Connection look = Connection::Open(dsn);
    EXPECT_EQ(look.Execute("SELECT count(*) FROM pg_namespace WHERE nspname = "
                           "$1",
                           module)
                  .Get<int>(0, 0),
              0)
        << module;
  }
}

TEST_P(MemberConsole, M9TheApplicationsPathIsNotTheMigrations) {
  Console console = Console::Start(dsn_);
  // As the login has it: nothing of the modules' went into public.
  EXPECT_THAT(Ask("SELECT tablename FROM pg_tables WHERE schemaname = "
                  "'public'"),
              ElementsAre("applied_migrations"));
  EXPECT_EQ(console.pool()
                .Acquire()
                ->Execute("SELECT count(*) FROM sessions, members, webhooks")
                .Get<int>(0, 0),
            0);
}

TEST_P(MemberConsole, M10AnOlderServersMissingFunctionIsNamedForWhatItIs) {
  if (GetParam() >= 18) {
    Console::Start(dsn_);
    EXPECT_THAT(Ask("SELECT count(*) FROM pg_proc WHERE proname = 'uuidv7' "
                    "AND pronamespace = 'public'::regnamespace"),
                ElementsAre("0"));
    return;
  }
  EXPECT_EQ(Program({"migrate", "up", "--to", "1004"}).exit_code, 0);
  EXPECT_EQ(Program({"migrate", "baseline", "1005"}).exit_code, 0);
  const Outcome outcome = Program({"migrate", "up"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr("function uuidv7() does not exist"),
                    HasSubstr("uuidv7() came with PostgreSQL 18, and this "
                              "server is version " +
                              std::to_string(GetParam()))));
}

TEST_P(MemberConsole, M11AModulesOwnCodeSeesTheTablesOfOthers) {
  Console console = Console::Start(dsn_);
  Ask("INSERT INTO organization.organizations (name) VALUES ('Coop') RETURNING "
      "name");
  auto lease = console.pool().Acquire();
  const auto account = billing::OpenAccount(lease, "Coop");
  ASSERT_TRUE(account);
  const std::string invoice = billing::AddInvoice(lease, account->id, 250);
  EXPECT_EQ(billing::BalanceOf(lease, "Coop"), -250);
  EXPECT_EQ(billing::BalanceOf(lease, "nobody"), std::nullopt);
  const std::vector<billing::OpenInvoicesRow> open =
      billing::OpenInvoices(lease);
  ASSERT_EQ(open.size(), 1u);
  // M12, M13: renamed, of the type that was asked for, without the schema.
  EXPECT_EQ(open[0].organization, account->organization);
  const billing::Invoice expected{invoice, account->id, 250, std::nullopt};
  EXPECT_EQ(open[0].invoices, expected);
}

TEST_P(MemberConsole, M14RolesGrantsAndSeedRowsAreMade) {
  Console::Start(dsn_);
  EXPECT_THAT(Ask("SELECT has_table_privilege('member_console_auditor', "
                  "'billing.invoices', 'SELECT')"),
              ElementsAre("t"));
  EXPECT_THAT(Ask("SELECT name FROM entitlements.features ORDER BY 1"),
              ElementsAre("mail", "wiki"));
}

TEST_P(MemberConsole, AllOfItGoesDownAndUpAgain) {
  Console::Start(dsn_);
  EXPECT_EQ(Program({"migrate", "reset"}).exit_code, 0);
  EXPECT_THAT(Ask("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' "
                  "AND nspname <> 'information_schema'"),
              ElementsAre("public"));
  EXPECT_EQ(Program({"migrate", "up"}).exit_code, 0);
}

}  // namespace
}  // namespace member_console
