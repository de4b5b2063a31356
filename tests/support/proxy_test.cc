// SPDX-License-Identifier: Apache-2.0
#include "support/proxy.h"

#include <gmock/gmock.h>

#include "godwit/connection.h"
#include "support/cluster.h"
#include "support/folder.h"

namespace godwit::test {
namespace {

using std::chrono::milliseconds;

class ProxyTest : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const std::string missing = Cluster::Missing(GetParam());
    if (!missing.empty()) GTEST_SKIP() << missing;
    direct_ = Cluster::Of(GetParam()).FreshDatabase();
    proxy_.emplace(ProxyOptions{.server = Cluster::Of(GetParam()).socket()});
  }
  Connection Open() {
    const std::size_t name = direct_.find("test_");
    return Connection::Open(
        proxy_->Dsn(direct_.substr(name, direct_.find('?') - name)));
  }
  std::int64_t Rows() {
    return Connection::Open(direct_)
        .Execute("SELECT count(*) FROM t")
        .Get<std::int64_t>(0, 0);
  }

  std::string direct_;
  std::optional<Proxy> proxy_;
};
INSTANTIATE_TEST_SUITE_P(Live, ProxyTest,
                         testing::ValuesIn(Cluster::Versions()));

TEST_P(ProxyTest, CountsAQueryAsOneRoundTrip) {
  Connection connection = Open();
  EXPECT_EQ(proxy_->traffic().connections, 1u);
  proxy_->ResetTraffic();
  EXPECT_EQ(connection.Execute("SELECT 7").Get<int>(0, 0), 7);
  EXPECT_EQ(proxy_->traffic().round_trips, 1u);
  connection.Execute("SELECT $1 + 1", 8);
  EXPECT_EQ(proxy_->traffic().round_trips, 2u);
}

TEST_P(ProxyTest, ALoginWithoutAPasswordIsOneRoundTrip) {
  Open();
  EXPECT_EQ(proxy_->traffic().round_trips, 1u);
}

TEST_P(ProxyTest, ListensOnAUnixSocketToo) {
  const TempFolder temp;
  const std::string& folder = temp.path();
  Proxy proxy({.server = Cluster::Of(GetParam()).socket(),
               .listen = folder + "/.s.PGSQL.5432"});
  Connection connection = Connection::Open(
      "postgres://postgres@/postgres?port=5432&host=" + folder);
  EXPECT_EQ(connection.Execute("SELECT 7").Get<int>(0, 0), 7);
}

TEST_P(ProxyTest, DelaysARoundTripAndNotWhatIsSentTogether) {
  proxy_.emplace(ProxyOptions{.server = Cluster::Of(GetParam()).socket(),
                              .round_trip = milliseconds(40)});
  Connection connection = Open();
  const auto began = std::chrono::steady_clock::now();
  connection.Execute("SELECT repeat('x', 5000000)");
  const auto took = std::chrono::steady_clock::now() - began;
  EXPECT_GE(took, milliseconds(40));
  EXPECT_LT(took, milliseconds(400));
}

TEST_P(ProxyTest, CutsBeforeAMessageOfTheClient) {
  Connection connection = Open();
  connection.Execute("CREATE TABLE t (a int)");
  proxy_->Arm(Fault{.kind = Fault::Kind::kCutBeforeClient});
  EXPECT_THROW(connection.Execute("INSERT INTO t VALUES (1)"), Error);
  EXPECT_TRUE(proxy_->fired());
  EXPECT_EQ(Rows(), 0);
}

TEST_P(ProxyTest, CutsAfterAMessageOfTheServer) {
  Connection connection = Open();
  // RowDescription, then the connection ends within the rows.
  proxy_->Arm(Fault{.kind = Fault::Kind::kCutAfterServer, .at = 3});
  EXPECT_THROW(connection.Execute("SELECT generate_series(1, 100)"), Error);
  Open().Execute("SELECT 1");  // a fault happens once
}

TEST_P(ProxyTest, LosesTheWordOfACommitThatHasHappened) {
  Connection connection = Open();
  connection.Execute("CREATE TABLE t (a int)");
  connection.Execute("BEGIN");
  connection.Execute("INSERT INTO t VALUES (1)");
  proxy_->Arm(Fault{.kind = Fault::Kind::kCutAtCommit});
  try {
    connection.Execute("COMMIT");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kConnectFailed);
  }
  EXPECT_EQ(Rows(), 1);
}

TEST_P(ProxyTest, RefusesAnAnswerInTheServersName) {
  Connection connection = Open();
  connection.Execute("BEGIN");
  proxy_->Arm(
      Fault{.kind = Fault::Kind::kRefuse, .at = 2, .sqlstate = "40001"});
  connection.Execute("SELECT 1");
  try {
    connection.Execute("SELECT 2");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.info().sqlstate, "40001");
  }
  connection.Execute("ROLLBACK");
  EXPECT_EQ(connection.Execute("SELECT 3").Get<int>(0, 0), 3);
}

TEST_P(ProxyTest, AServerThatIsNotThereEndsTheConnection) {
  proxy_.emplace(ProxyOptions{.server = "/nonexistent/socket"});
  EXPECT_THROW(Connection::Open(proxy_->Dsn()), Error);
}

}  // namespace
}  // namespace godwit::test
