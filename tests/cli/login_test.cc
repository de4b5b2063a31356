// SPDX-License-Identifier: Apache-2.0
// Logins that a server refuses, over a port where it asks for a password.
#include <gmock/gmock.h>

#include "support/cluster.h"
#include "support/folder.h"
#include "support/process.h"

namespace godwit::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Login : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const std::string missing = Cluster::Missing(GetParam());
    if (!missing.empty()) GTEST_SKIP() << missing;
    cluster_.emplace(GetParam(), ClusterOptions{.tcp = true});
    folder_.Write("m/00001_a.sql", "-- +goose Up\nCREATE TABLE a (id int);\n");
  }
  std::string Dsn(const std::string& login, const std::string& database) {
    return "postgres://" + login +
           "@127.0.0.1:" + std::to_string(cluster_->port()) + "/" + database;
  }
  Outcome Up(const std::string& dsn, const std::string& flag = "--no-color") {
    return RunProcess({GODWIT_COMMAND_PATH "/godwit", "migrate", "up", "--url",
                       dsn, "--dir", folder_ / "m", flag});
  }

  std::optional<Cluster> cluster_;
  TempFolder folder_;
};
INSTANTIATE_TEST_SUITE_P(Cli, Login, testing::ValuesIn(Cluster::Versions()));

TEST_P(Login, WithTheRightPasswordIsLetIn) {
  EXPECT_EQ(Up(cluster_->TcpDsn()).exit_code, 0);
}

TEST_P(Login, AWrongPasswordIsNamedAndNotShown) {
  for (const std::string flag : {"--no-color", "--json", "--verbose"}) {
    const Outcome outcome = Up(Dsn("postgres:wr0ng-one", "postgres"), flag);
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(
        outcome.err,
        AllOf(HasSubstr("password authentication failed for user \"postgres\""),
              HasSubstr("help: ")));
    EXPECT_THAT(outcome.out + outcome.err, Not(HasSubstr("wr0ng-one")));
    EXPECT_THAT(
        outcome.out,
        testing::StartsWith(flag == "--json"
                                ? "{\"error\":{\"code\":\"connect_failed\","
                                : ""));
  }
}

TEST_P(Login, WithoutAPasswordOneIsAskedFor) {
  const Outcome outcome = Up(Dsn("postgres", "postgres"));
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("no password"));
}

TEST_P(Login, ADatabaseThatIsNotThereIsNamed) {
  const Outcome outcome = Up(cluster_->TcpDsn("nowhere"));
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr("database \"nowhere\" does not exist"),
                    HasSubstr("help: "),
                    Not(HasSubstr(std::string(Cluster::password())))));
}

TEST_P(Login, WaitSaysWhyTheServerDidNotAnswer) {
  const Outcome outcome =
      RunProcess({GODWIT_COMMAND_PATH "/godwit", "migrate", "wait", "--timeout",
                  "1s", "--url", Dsn("postgres:wr0ng-one", "postgres")});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("password authentication failed"),
                                 Not(HasSubstr("wr0ng-one"))));
}

}  // namespace
}  // namespace godwit::test
