// SPDX-License-Identifier: Apache-2.0
// What the command says while others hold the locks that it needs.
#include <gmock/gmock.h>

#include <thread>

#include "godwit/connection.h"
#include "support/cluster.h"
#include "support/folder.h"
#include "support/process.h"

namespace godwit::test {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

class Waiting : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const std::string missing = Cluster::Missing(GetParam());
    if (!missing.empty()) GTEST_SKIP() << missing;
    dsn_ = Cluster::Of(GetParam()).FreshDatabase();
    folder_.Write("00001_a.sql", "-- +goose Up\nALTER TABLE a ADD v int;\n");
  }

  TempFolder folder_;
  std::string dsn_;
};
INSTANTIATE_TEST_SUITE_P(Cli, Waiting, testing::ValuesIn(Cluster::Versions()));

TEST_P(Waiting, SaysWhoBlocksBesideTheDocument) {
  Connection holder =
      Connection::Open(dsn_, {.application_name = "a_long_report"});
  holder.Execute("CREATE TABLE a (id int)");
  holder.Execute("BEGIN");
  holder.Execute("SELECT * FROM a");
  Process up = Process::Start({GODWIT_COMMAND_PATH "/godwit", "migrate", "up",
                               "--json", "--url", dsn_, "--dir", folder_.path(),
                               "--lock-timeout", "500ms"});
  while (up.Running() && up.err().find("tried again") == std::string::npos)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  holder.Execute("COMMIT");
  const Outcome outcome = up.Wait();
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, MatchesRegex("\\{\"applied\":\\[[^\n]*\\}\n"));
  EXPECT_THAT(outcome.err,
              HasSubstr("godwit: 1 a waits for the lock AccessExclusiveLock on "
                        "a, held by pid "));
  EXPECT_THAT(outcome.err, HasSubstr("application a_long_report, user "));
  EXPECT_THAT(outcome.err, HasSubstr("idle in transaction: SELECT * FROM a"));
}

}  // namespace
}  // namespace godwit::test
