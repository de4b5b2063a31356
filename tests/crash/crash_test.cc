// SPDX-License-Identifier: Apache-2.0
// A sample of the points, evenly spread; scripts/crash tries all of them.
#include <gmock/gmock.h>

#include "base/text.h"
#include "crash/ordeal.h"
#include "crash/stage.h"
#include "support/cluster.h"
#include "support/folder.h"

namespace godwit::test {
namespace {

// The middles of `count` parts of equal size.
std::vector<std::size_t> Spread(std::size_t points, std::size_t count) {
  std::vector<std::size_t> sample;
  count = std::min(points, count);
  for (std::size_t i = 0; i < count; ++i)
    sample.push_back(1 + (2 * i + 1) * points / (2 * count));
  return sample;
}

void Try(Ordeal& ordeal, std::size_t count) {
  if (!ordeal.why_not().empty()) return;
  EXPECT_GT(ordeal.points(), 0U) << ordeal.what();
  for (const std::size_t point : Spread(ordeal.points(), count)) {
    const Verdict verdict = ordeal.Run(point);
    EXPECT_EQ(verdict.wrong, "")
        << ordeal.engine() << ", " << ordeal.what() << ", point " << point
        << " of " << ordeal.points();
  }
}

void StartFiftyAtOnce(Stage& stage, const std::string& rehearsal,
                      const std::string& dsn) {
  stage.Rehearse(rehearsal);
  stage.Remember(rehearsal);
  std::vector<Process> starts;
  for (int i = 0; i < 50; ++i) starts.push_back(stage.StartUp(dsn));
  for (Process& start : starts) {
    const Outcome outcome = start.Wait();
    EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  }
  EXPECT_EQ(stage.RunAgain(dsn).wrong, "");
}

#if GODWIT_HAS_SQLITE
TEST(SqliteCrash, RunAgainComesToTheSameEnd) {
  for (const auto& ordeal : SqliteOrdeals()) Try(*ordeal, 12);
}

TEST(SqliteCrash, A5FiftyProcessesAtOnceApplyEachMigrationOnce) {
  const TempFolder folder;
  // To leave the write-ahead log SQLite wants the file for itself, and those
  // who wait have it open.
  Stage stage("sqlite", "rollback_journal_again");
  StartFiftyAtOnce(stage, "sqlite:" + (folder / "rehearsal.db"),
                   "sqlite:" + (folder / "x.db"));
}
#endif

#if GODWIT_HAS_POSTGRESQL
class PostgresCrash : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const std::string missing = Cluster::Missing(GetParam());
    if (!missing.empty()) GTEST_SKIP() << missing;
  }
};
INSTANTIATE_TEST_SUITE_P(Live, PostgresCrash,
                         testing::ValuesIn(Cluster::Versions()));

TEST_P(PostgresCrash, RunAgainComesToTheSameEnd) {
  for (const auto& ordeal : PostgresOrdeals(GetParam())) Try(*ordeal, 3);
}

TEST_P(PostgresCrash, A5FiftyProcessesAtOnceApplyEachMigrationOnce) {
  Cluster& cluster = Cluster::Of(GetParam());
  Stage stage("postgresql");
  StartFiftyAtOnce(stage, cluster.FreshDatabase(), cluster.FreshDatabase());
}
#endif

}  // namespace
}  // namespace godwit::test
