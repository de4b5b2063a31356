// SPDX-License-Identifier: Apache-2.0
#include <thread>

#include "base/text.h"
#include "runtime/postgres_live.h"
#include "support/folder.h"
#include "support/silent_server.h"

namespace godwit::internal {
namespace {

using testing::HasSubstr;
using testing::Not;

class PostgresConnectTest : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const std::string missing = test::Cluster::Missing(GetParam());
    if (!missing.empty()) GTEST_SKIP() << missing;
  }
  // One server with passwords and TLS for all tests of a version.
  static test::Cluster& cluster() {
    static std::map<int, std::unique_ptr<test::Cluster>> clusters;
    std::unique_ptr<test::Cluster>& cluster = clusters[GetParam()];
    if (!cluster)
      cluster = std::make_unique<test::Cluster>(
          GetParam(),
          test::ClusterOptions{.tcp = true, .tls = test::Cluster::CanUseTls()});
    return *cluster;
  }
  static std::string Port() { return std::to_string(cluster().port()); }
  static ErrorInfo Failure(const std::string& dsn,
                           const ConnectOptions& options = {}) {
    try {
      Connection::Open(dsn, options);
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), Not(HasSubstr("wr0ng")));
      EXPECT_THAT(error.what(), Not(HasSubstr("s3cret")));
      EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
      return error.info();
    }
    ADD_FAILURE() << "connected: " << dsn;
    return {};
  }
};
INSTANTIATE_TEST_SUITE_P(Live, PostgresConnectTest,
                         testing::ValuesIn(test::Cluster::Versions()));

TEST_P(PostgresConnectTest, AWrongPasswordIsSaidWithoutIt) {
  const ErrorInfo info =
      Failure("postgres://postgres:wr0ng@127.0.0.1:" + Port() +
              "/postgres?sslmode=disable");
  EXPECT_EQ(info.code, ErrorCode::kConnectFailed);
  EXPECT_EQ(info.message,
            "cannot connect to postgres://postgres@127.0.0.1:" + Port() +
                "/postgres: host \"127.0.0.1\", port " + Port() +
                ": password authentication failed for user \"postgres\"");
  EXPECT_THAT(info.help, HasSubstr("check user and password"));
}

TEST_P(PostgresConnectTest, NoPasswordIsSaid) {
  const ErrorInfo info =
      Failure("postgres://postgres@127.0.0.1:" + Port() +
              "/postgres?sslmode=disable&passfile=/nonexistent");
  EXPECT_THAT(info.message, HasSubstr("no password supplied"));
  EXPECT_THAT(info.help, HasSubstr("PGPASSWORD"));
}

TEST_P(PostgresConnectTest, AMissingDatabaseIsSaid) {
  const ErrorInfo info = Failure(cluster().Dsn("nowhere"));
  EXPECT_THAT(info.message, HasSubstr("database \"nowhere\" does not exist"));
  EXPECT_EQ(info.help, "create the database, or name another in the DSN");
}

TEST_P(PostgresConnectTest, ARefusedConnectionNamesHostAndPort) {
  const ErrorInfo info = Failure("postgres://u:wr0ng@127.0.0.1:1/d");
  EXPECT_EQ(info.message,
            "cannot connect to postgres://u@127.0.0.1:1/d: host \"127.0.0.1\", "
            "port 1: Connection "
            "refused");
  const ErrorInfo socket = Failure("postgres:///d?host=/nonexistent&port=5555");
  EXPECT_EQ(
      socket.message,
      "cannot connect to postgres:///d?host=/nonexistent&port=5555: socket "
      "\"/nonexistent/.s.PGSQL.5555\": No such file or directory");
}

TEST_P(PostgresConnectTest, EveryHostHasItsReason) {
  const ErrorInfo info =
      Failure("postgres://u:wr0ng@127.0.0.1:1,127.0.0.1:2/d");
  EXPECT_EQ(
      info.message,
      "cannot connect to postgres://u@127.0.0.1:1,127.0.0.1:2/d: host "
      "\"127.0.0.1\", port 1: "
      "Connection refused; host \"127.0.0.1\", port 2: Connection refused");
}

TEST_P(PostgresConnectTest, TheFirstHostThatAnswersIsTaken) {
  Connection connection = Connection::Open(
      "postgres://postgres:s3cret@127.0.0.1:1,127.0.0.1:" + Port() +
      "/postgres");
  EXPECT_EQ(connection.Execute("SELECT 1").Get<int>(0, 0), 1);
}

TEST_P(PostgresConnectTest, ASilentHostIsLeftAfterTheTimeout) {
  const test::SilentServer silent;
  const ConnectOptions options{.connect_timeout =
                                   std::chrono::milliseconds(200)};
  const std::string host = Cat("127.0.0.1:", silent.port());
  const ErrorInfo info = Failure("postgres://u:wr0ng@" + host + "/d", options);
  EXPECT_EQ(info.message, Cat("cannot connect to postgres://u@", host,
                              "/d: host \"127.0.0.1\", port ", silent.port(),
                              ": no answer within 200 ms"));
  Connection connection =
      Connection::Open("postgres://postgres:s3cret@" + host +
                           ",127.0.0.1:" + Port() + "/postgres",
                       options);
  EXPECT_EQ(connection.Execute("SELECT 1").Get<int>(0, 0), 1);
}

TEST_P(PostgresConnectTest, TheTimeoutOfTheDsnWins) {
  const test::SilentServer silent;
  const ErrorInfo info = Failure(
      Cat("postgres://127.0.0.1:", silent.port(), "/d?connect_timeout=1"));
  EXPECT_THAT(info.message, HasSubstr("no answer within 1 s"));
}

TEST_P(PostgresConnectTest, AStopRequestEndsTheWaiting) {
  const test::SilentServer silent;
  std::stop_source source;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    source.request_stop();
  });
  ConnectOptions options;
  options.stop = source.get_token();
  EXPECT_EQ(
      Failure(Cat("postgres://127.0.0.1:", silent.port(), "/d"), options).code,
      ErrorCode::kInterrupted);
}

TEST_P(PostgresConnectTest, NothingIsPrintedWhenTheServerGreets) {
  if (GetParam() < 17)
    GTEST_SKIP() << "triggers on login came with PostgreSQL 17";
  Connection admin = Connection::Open(cluster().Dsn());
  admin.Execute("CREATE DATABASE greeting");
  Connection owner = Connection::Open(cluster().Dsn("greeting"));
  owner.Execute(
      "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN "
      "RAISE WARNING "
      "'hello'; END $$");
  owner.Execute("CREATE EVENT TRIGGER t ON login EXECUTE FUNCTION f()");
  testing::internal::CaptureStderr();
  Connection::Open(cluster().Dsn("greeting"));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST_P(PostgresConnectTest, TlsIsUsedAndTheCertificateChecked) {
  if (!test::Cluster::CanUseTls())
    GTEST_SKIP() << "there is no openssl to make a certificate";
  const std::string base =
      "postgres://postgres:s3cret@localhost:" + Port() +
      "/postgres?hostaddr=127.0.0.1&sslmode=verify-full&sslrootcert=";
  Connection connection = Connection::Open(base + cluster().certificate());
  EXPECT_TRUE(
      connection
          .Execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
          .Get<bool>(0, 0));
  auto& session = dynamic_cast<PostgresSession&>(connection.session());
  session.EnterPipeline();
  const std::string echo = Cat("SELECT '", std::string(1 << 20, 'x'), "'");
  for (int i = 0; i < 20; ++i) session.Send(echo, {}, RowUse::kDiscard);
  session.SendSync();
  int replies = 0;
  while (session.Receive().kind != Reply::Kind::kSync) ++replies;
  session.LeavePipeline();
  EXPECT_EQ(replies, 20);
  EXPECT_THAT(Failure(base + "/etc/hostname").message,
              HasSubstr("certificate"));
}

TEST_P(PostgresConnectTest, AServiceFileIsRead) {
  const test::TempFolder folder;
  const std::string file =
      folder.Write("pg_service.conf",
                   Cat("[live]\nhost=127.0.0.1\nport=", Port(),
                       "\nuser=postgres\npassword=s3cret\ndbname=postgres\n"));
  setenv("PGSERVICEFILE", file.c_str(), 1);
  EXPECT_EQ(Connection::Open("service=live").Execute("SELECT 1").Get<int>(0, 0),
            1);
  EXPECT_THAT(Failure("service=other").message,
              HasSubstr("definition of service \"other\" not found"));
  unsetenv("PGSERVICEFILE");
}

TEST_P(PostgresConnectTest, PasswordsWithEverythingInThemWork) {
  Connection admin = Connection::Open(cluster().Dsn());
  admin.Execute("CREATE ROLE odd LOGIN PASSWORD 'a@b:c/d%e f''g\\hä'");
  const std::string uri =
      Cat("postgres://odd:a%40b%3Ac%2Fd%25e%20f'g%5Ch%C3%A4@127.0.0.1:", Port(),
          "/postgres");
  EXPECT_NO_THROW(Connection::Open(uri));
  EXPECT_NO_THROW(Connection::Open(
      Cat("host=127.0.0.1 port=", Port(),
          " dbname=postgres user=odd password='a@b:c/d%e f\\'g\\\\hä'")));
  admin.Execute("DROP ROLE odd");
}

}  // namespace
}  // namespace godwit::internal
