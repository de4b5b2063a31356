// SPDX-License-Identifier: Apache-2.0
#include "support/cluster.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "godwit/connection.h"

namespace godwit::test {
namespace {

class ClusterTest : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const std::string missing = Cluster::Missing(GetParam());
    if (!missing.empty()) GTEST_SKIP() << missing;
  }
};

TEST_P(ClusterTest, RunsTheVersionThatWasAskedFor) {
  Connection connection = Connection::Open(Cluster::Of(GetParam()).Dsn());
  const int number =
      connection.Execute("SHOW server_version_num").Get<int>(0, 0);
  EXPECT_EQ(number / 10000, GetParam());
}

TEST_P(ClusterTest, MakesADatabaseOfItsOwnEachTime) {
  Cluster& cluster = Cluster::Of(GetParam());
  Connection one = Connection::Open(cluster.FreshDatabase());
  Connection other = Connection::Open(cluster.FreshDatabase());
  one.Execute("CREATE TABLE t (a int)");
  EXPECT_TRUE(
      other.Execute("SELECT 1 FROM pg_tables WHERE tablename = 't'").empty());
}

TEST_P(ClusterTest, LeavesNothingBehind) {
  std::string folder;
  {
    Cluster cluster(GetParam());
    folder = std::filesystem::path(cluster.certificate()).parent_path();
    cluster.Kill();
    EXPECT_THROW(Connection::Open(cluster.Dsn()), Error);
    cluster.Start();
    Connection::Open(cluster.Dsn());
  }
  EXPECT_FALSE(std::filesystem::exists(folder));
}

INSTANTIATE_TEST_SUITE_P(Live, ClusterTest,
                         testing::ValuesIn(Cluster::Versions()));

}  // namespace
}  // namespace godwit::test
