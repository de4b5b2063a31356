// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include "base/text.h"
#include "godwit/pool.h"
#include "runtime/postgres_live.h"
#include "support/folder.h"
#include "support/proxy.h"

// How a program comes to its connections: DSN, TLS, several hosts, what is set
// behind the login, and what is said when it fails.
namespace godwit::internal {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class PostgresOpeningTest : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const std::string missing = test::Cluster::Missing(GetParam());
    if (!missing.empty()) GTEST_SKIP() << missing;
  }
  // With a password and a certificate for "localhost" and 127.0.0.1.
  static test::Cluster& cluster() {
    static std::map<int, std::unique_ptr<test::Cluster>> clusters;
    std::unique_ptr<test::Cluster>& cluster = clusters[GetParam()];
    if (!cluster)
      cluster = std::make_unique<test::Cluster>(
          GetParam(),
          test::ClusterOptions{.tcp = true, .tls = test::Cluster::CanUseTls()});
    return *cluster;
  }
  // A name that resolves to the cluster's address without asking anybody.
  static std::string TlsDsn(std::string_view host, std::string_view mode,
                            std::string_view more = "") {
    return Cat("postgres://postgres:s3cret@", host, ':', cluster().port(),
               "/postgres?hostaddr=127.0.0.1&sslmode=", mode, more);
  }
  static std::string Root() {
    return Cat("&sslrootcert=", cluster().certificate());
  }
  static bool UsesTls(const std::string& dsn) {
    return Connection::Open(dsn)
        .Execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        .Get<bool>(0, 0);
  }
  static ErrorInfo Failure(const std::function<void()>& work) {
    try {
      work();
    } catch (const Error& error) {
      for (const std::string& text : {error.info().message, error.info().help,
                                      error.info().hint, error.info().detail}) {
        EXPECT_THAT(text, AllOf(Not(HasSubstr("s3cret")),
                                Not(HasSubstr("wr0ng")), Not(HasSubstr("\n"))));
      }
      return error.info();
    }
    ADD_FAILURE() << "no error";
    return {};
  }
  static ErrorInfo Failure(const std::string& dsn) {
    return Failure([&] { Connection::Open(dsn); });
  }
};
INSTANTIATE_TEST_SUITE_P(Live, PostgresOpeningTest,
                         testing::ValuesIn(test::Cluster::Versions()));

TEST_P(PostgresOpeningTest, P5RequireIsTls) {
  if (!test::Cluster::CanUseTls()) GTEST_SKIP() << "there is no openssl";
  EXPECT_TRUE(UsesTls(TlsDsn("anything", "require")));
  EXPECT_FALSE(UsesTls(TlsDsn("anything", "disable")));
}

TEST_P(PostgresOpeningTest, P5RequireDoesNotFallBackToPlain) {
  test::Cluster plain(GetParam(), {.tcp = true});
  const std::string dsn = plain.TcpDsn() + "?sslmode=";
  EXPECT_THAT(Failure(dsn + "require").message,
              HasSubstr("server does not support SSL, but SSL was required"));
  EXPECT_FALSE(UsesTls(dsn + "prefer"));
}

TEST_P(PostgresOpeningTest, P5VerifyCaWantsTheCaAndNotTheName) {
  if (!test::Cluster::CanUseTls()) GTEST_SKIP() << "there is no openssl";
  EXPECT_TRUE(UsesTls(TlsDsn("other.example", "verify-ca", Root())));
  test::Cluster stranger(GetParam(), {.tcp = true, .tls = true});
  const ErrorInfo info = Failure(TlsDsn(
      "localhost", "verify-ca", Cat("&sslrootcert=", stranger.certificate())));
  EXPECT_EQ(info.code, ErrorCode::kConnectFailed);
  EXPECT_THAT(info.message, HasSubstr("certificate verify failed"));
  EXPECT_THAT(info.help, HasSubstr("sslrootcert"));
}

TEST_P(PostgresOpeningTest, P5VerifyFullWantsTheNameToo) {
  if (!test::Cluster::CanUseTls()) GTEST_SKIP() << "there is no openssl";
  EXPECT_TRUE(UsesTls(TlsDsn("localhost", "verify-full", Root())));
  const ErrorInfo info =
      Failure(TlsDsn("other.example", "verify-full", Root()));
  EXPECT_THAT(info.message,
              HasSubstr("does not match host name \"other.example\""));
  EXPECT_THAT(info.help, HasSubstr("name that the certificate has"));
}

TEST_P(PostgresOpeningTest, P5AMissingRootFileIsNamed) {
  const ErrorInfo info = Failure(
      TlsDsn("localhost", "verify-full", "&sslrootcert=/nonexistent/root.crt"));
  EXPECT_THAT(info.message, HasSubstr("/nonexistent/root.crt"));
}

TEST_P(PostgresOpeningTest, P1TheHostThatCanWriteIsChosen) {
  test::Cluster reads(GetParam(),
                      {.settings = {"default_transaction_read_only=on"}});
  test::Cluster writes(GetParam());
  const auto folder = [](const test::Cluster& cluster) {
    return cluster.socket().substr(0, cluster.socket().rfind('/'));
  };
  const std::string both =
      Cat("host=", folder(reads), ',', folder(writes), " port=", reads.port(),
          ',', writes.port(), " user=postgres dbname=postgres");
  const auto port = [](const std::string& dsn) {
    return Connection::Open(dsn).Execute("SHOW port").Get<int>(0, 0);
  };
  EXPECT_EQ(port(both), reads.port());
  EXPECT_EQ(port(both + " target_session_attrs=read-write"), writes.port());
  EXPECT_EQ(port(both + " target_session_attrs=read-only"), reads.port());
  const ErrorInfo info =
      Failure(Cat("host=", folder(reads), " port=", reads.port(),
                  " user=postgres dbname=postgres "
                  "target_session_attrs=read-write"));
  EXPECT_EQ(info.code, ErrorCode::kConnectFailed);
  EXPECT_THAT(info.message, HasSubstr("session is read-only"));
}

TEST_P(PostgresOpeningTest, P1APassfileIsRead) {
  const test::TempFolder folder;
  const std::string file = folder.Write(
      "pgpass", Cat("127.0.0.1:", cluster().port(), ":*:postgres:s3cret\n"));
  chmod(file.c_str(), 0600);
  const std::string dsn =
      Cat("postgres://postgres@127.0.0.1:", cluster().port(),
          "/postgres?passfile=", file);
  EXPECT_EQ(Connection::Open(dsn).Execute("SELECT 1").Get<int>(0, 0), 1);
  const std::string wrong =
      folder.Write("wrong", "127.0.0.1:*:*:postgres:wr0ng\n");
  chmod(wrong.c_str(), 0600);
  EXPECT_THAT(
      Failure(Cat("postgres://postgres@127.0.0.1:", cluster().port(),
                  "/postgres?sslmode=disable&passfile=", wrong))
          .message,
      AllOf(HasSubstr("password authentication failed"), HasSubstr("wrong")));
}

TEST_P(PostgresOpeningTest, P1ATimeoutThatIsNoNumberIsRefused) {
  for (const char* value : {"abc", "10s", "-", "99999999999999999999"}) {
    const ErrorInfo info = Failure(
        Cat("postgres://u:wr0ng@127.0.0.1:1/d?connect_timeout=", value));
    EXPECT_EQ(info.code, ErrorCode::kUsage) << value;
    EXPECT_THAT(info.message, HasSubstr("connect_timeout")) << value;
  }
}

TEST_P(PostgresOpeningTest, P3APoolThatCannotConnectSaysWhere) {
  const ErrorInfo info =
      Failure([] { Pool("postgres://u:wr0ng@127.0.0.1:1/d"); });
  EXPECT_EQ(info.code, ErrorCode::kConnectFailed);
  EXPECT_EQ(info.message,
            "cannot connect to postgres://u@127.0.0.1:1/d: host "
            "\"127.0.0.1\", port 1: Connection refused");
  EXPECT_EQ(Failure([] { Pool("postgres://u:wr0ng@[::1/d"); }).code,
            ErrorCode::kUsage);
  EXPECT_EQ(Failure([] { Pool(""); }).code, ErrorCode::kUsage);
}

TEST_P(PostgresOpeningTest, P2PingAndSearchPathAreOneRoundTrip) {
  test::Proxy proxy({.server = test::Cluster::Of(GetParam()).socket()});
  Connection::Open(proxy.Dsn());
  const std::size_t login = proxy.traffic().round_trips;
  proxy.ResetTraffic();
  const Connection connection = Connection::Open(
      proxy.Dsn(), {.search_path = {"core", "public"},
                    .role = "postgres",
                    .statement_timeout = std::chrono::seconds(30)});
  EXPECT_EQ(proxy.traffic().round_trips, login + 1);
  proxy.ResetTraffic();
  Pool pool(proxy.Dsn(), {.search_path = {"core", "public"}});
  EXPECT_EQ(proxy.traffic().round_trips, login + 1);
  proxy.ResetTraffic();
  // Health is looked at without asking, and nothing is put back that is as it
  // was.
  for (int i = 0; i < 5; ++i) pool.Acquire()->Execute("SELECT 1");
  EXPECT_EQ(proxy.traffic().round_trips, 5u);
  EXPECT_EQ(proxy.traffic().connections, 0u);
}

TEST_P(PostgresOpeningTest, P4AFailingSearchPathClosesTheConnection) {
  test::Cluster& server = test::Cluster::Of(GetParam());
  test::Proxy proxy({.server = server.socket()});
  proxy.Arm(test::Fault{.kind = test::Fault::Kind::kRefuse,
                        .sqlstate = "42501",
                        .message = "permission denied to set parameter"});
  const ErrorInfo info = Failure([&] {
    Pool(proxy.Dsn(),
         {.search_path = {"core", "public"}, .application_name = "p4"});
  });
  EXPECT_EQ(info.code, ErrorCode::kSearchPathFailed);
  EXPECT_THAT(info.message,
              AllOf(HasSubstr("cannot set search_path core, public on "
                              "postgres://postgres@127.0.0.1:"),
                    HasSubstr("permission denied to set parameter")));
  EXPECT_EQ(info.sqlstate, "42501");
  EXPECT_EQ(info.state, "the connection was closed");
  Connection admin = Connection::Open(server.Dsn());
  const auto left = [&] {
    return admin
        .Execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = "
            "'p4'")
        .Get<int>(0, 0);
  };
  for (int i = 0; i < 500 && left() > 0; ++i)
    admin.Execute("SELECT pg_sleep(0.01)");
  EXPECT_EQ(left(), 0);
}

}  // namespace
}  // namespace godwit::internal
