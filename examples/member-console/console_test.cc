// SPDX-License-Identifier: Apache-2.0
// What a program on PostgreSQL relies on, P1 to P8, P10 and P11: the program
// itself is run, against real servers.
#include "console.h"

#include <gmock/gmock.h>

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
    EXPECT_EQ(leases.back()->Execute("SHOW search_path").Get<std::string>(0, 0),
              "core, public");
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
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr("cannot set search_path core, public on"),
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
              AllOf(HasSubstr("applied 1 users"),
                    HasSubstr("applied 4 schemas"), HasSubstr("ready: 0")));
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
  EXPECT_EQ(Program({"migrate", "up", "--to", "2"}).exit_code, 0);
  EXPECT_EQ(Program({"migrate", "version"}).out, "2\n");
  EXPECT_THAT(Program({"migrate", "up", "--json"}).out,
              HasSubstr("\"current\":4"));
  EXPECT_EQ(Program({"migrate", "down"}).exit_code, 0);
  EXPECT_EQ(Program({"migrate", "version"}).out, "3\n");
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
          "<> 'n' ORDER BY 1"),
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
  before.options.to = 3;
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
  before.options.to = 3;
  godwit::Migrate(dsn_, before.migrations, before.options);
  Connection::Open(dsn_).Execute("DROP TABLE payments");
  Console::Start(dsn_);
  EXPECT_THAT(OwnTables(), ElementsAre("core.users", "fedwiki.sites"));
}

TEST_P(MemberConsole, P11ItWorksWhereNoneIsThere) {
  EXPECT_EQ(Program({"migrate", "baseline", "3"}).exit_code, 0);
  EXPECT_EQ(Program({"migrate", "up"}).exit_code, 0);
  EXPECT_THAT(OwnTables(), IsEmpty());
  EXPECT_EQ(Program({"migrate", "down"}).exit_code, 0);
}

}  // namespace
}  // namespace member_console
