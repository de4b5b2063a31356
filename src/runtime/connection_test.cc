// SPDX-License-Identifier: Apache-2.0
#include "godwit/connection.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "support/cluster.h"
#include "support/folder.h"

// What every engine's connection does alike.
namespace godwit {
namespace {

class ConnectionTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    connection_.emplace(Connection::Open(NewDsn()));
    connection_->Execute("CREATE TABLE t (a int PRIMARY KEY)");
  }
  std::string NewDsn() {
    if (GetParam() == "sqlite") return "sqlite:" + folder_ / "app.db";
    return test::Cluster::Newest().FreshDatabase();
  }
  int Count() {
    return connection_->Execute("SELECT count(*) FROM t").Get<int>(0, 0);
  }

  test::TempFolder folder_;
  std::optional<Connection> connection_;
};

std::vector<std::string> Engines() {
  std::vector<std::string> engines;
  if (GODWIT_HAS_SQLITE) engines.push_back("sqlite");
  for (const int version : test::Cluster::Versions()) {
    if (test::Cluster::Missing(version).empty() &&
        !std::ranges::count(engines, "postgresql"))
      engines.push_back("postgresql");
  }
  return engines;
}
INSTANTIATE_TEST_SUITE_P(Live, ConnectionTest, testing::ValuesIn(Engines()),
                         [](const auto& engine) { return engine.param; });

TEST_P(ConnectionTest, KnowsItsEngine) {
  EXPECT_EQ(Name(connection_->engine()), GetParam());
}

TEST_P(ConnectionTest, ATransactionCommits) {
  Transaction transaction(*connection_);
  transaction.Execute("INSERT INTO t VALUES ($1)", 1);
  EXPECT_TRUE(connection_->in_transaction());
  transaction.Commit();
  EXPECT_FALSE(connection_->in_transaction());
  EXPECT_EQ(Count(), 1);
}

TEST_P(ConnectionTest, ATransactionThatIsLeftRollsBack) {
  { Transaction(*connection_).Execute("INSERT INTO t VALUES (1)"); }
  EXPECT_FALSE(connection_->in_transaction());
  EXPECT_EQ(Count(), 0);
}

TEST_P(ConnectionTest, RollbackIsDoneOnce) {
  Transaction transaction(*connection_);
  transaction.Execute("INSERT INTO t VALUES (1)");
  transaction.Rollback();
  connection_->Execute("INSERT INTO t VALUES (2)");
  transaction.Rollback();
  EXPECT_EQ(Count(), 1);
}

TEST_P(ConnectionTest, TransactGivesTheResultOrRollsBack) {
  const int changed = Transact(*connection_, [](Transaction& t) {
    return static_cast<int>(
        t.Execute("INSERT INTO t VALUES (1), (2)").changed());
  });
  EXPECT_EQ(changed, 2);
  EXPECT_THROW(Transact(*connection_,
                        [](Transaction& t) {
                          t.Execute("INSERT INTO t VALUES (3), (1)");
                        }),
               Error);
  EXPECT_EQ(Count(), 2);
}

TEST_P(ConnectionTest, MovesAndKeepsWorking) {
  Statement insert = connection_->Prepare("INSERT INTO t VALUES ($1)");
  Connection moved = std::move(*connection_);
  Statement other = std::move(insert);
  EXPECT_EQ(other(1).changed(), 1);
  *connection_ = std::move(moved);
  EXPECT_EQ(other(2).changed(), 1);
  EXPECT_EQ(Count(), 2);
}

TEST_P(ConnectionTest, APreparedStatementWorksAgainAfterItsError) {
  Statement insert = connection_->Prepare("INSERT INTO t VALUES ($1)");
  insert(1);
  EXPECT_THROW(insert(1), Error);
  EXPECT_EQ(insert(2).changed(), 1);
}

TEST_P(ConnectionTest, ExecuteAllInATransactionLeavesItToItsOwner) {
  Transaction transaction(*connection_);
  const Connection::Query queries[] = {{"INSERT INTO t VALUES ($1)", {1}},
                                       {"SELECT a FROM t", {}}};
  EXPECT_EQ(connection_->ExecuteAll(queries)[1].Get<int>(0, 0), 1);
  EXPECT_TRUE(connection_->in_transaction());
  transaction.Rollback();
  EXPECT_EQ(Count(), 0);
}

TEST_P(ConnectionTest, RowsHaveTheirColumnsAlsoWhenThereAreNone) {
  const Result result = connection_->Execute("SELECT a AS x, a AS y FROM t");
  EXPECT_TRUE(result.empty());
  EXPECT_THAT(result.columns(), testing::ElementsAre("x", "y"));
}

}  // namespace
}  // namespace godwit
