// SPDX-License-Identifier: Apache-2.0
// A project whose schema is code, D1 to D12: the day of workflow.sh, and the
// program that is built from the same files, against real servers.
#include "gateway.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "support/cluster.h"
#include "support/folder.h"
#include "support/process.h"

namespace gateway {
namespace {

using godwit::Connection;
using godwit::Error;
using godwit::test::Cluster;
using godwit::test::Outcome;
using ::testing::HasSubstr;

class AiGateway : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const std::string missing = Cluster::Missing(GetParam());
    if (!missing.empty()) GTEST_SKIP() << missing;
    dsn_ = Cluster::Of(GetParam()).FreshDatabase();
  }

  std::string dsn_;
};
INSTANTIATE_TEST_SUITE_P(Live, AiGateway,
                         ::testing::ValuesIn(Cluster::Versions()));

constexpr godwit::Timestamp At(std::chrono::year_month_day day) {
  return std::chrono::sys_days(day);
}

TEST_P(AiGateway, TheScriptTellsTheWholeDay) {
  const godwit::test::TempFolder folder;
  const std::filesystem::path work = folder.path() + "/work";
  std::filesystem::copy(AI_GATEWAY_PROJECT, work,
                        std::filesystem::copy_options::recursive);
  const Outcome day = godwit::test::RunProcess(
      {"/bin/sh", "./workflow.sh"},
      {.environment = {{"DATABASE_URL", dsn_},
                       {"SECOND_URL", Cluster::Of(GetParam()).FreshDatabase()},
                       {"THIRD_URL", Cluster::Of(GetParam()).FreshDatabase()},
                       {"PATH", GODWIT_COMMAND_PATH ":" +
                                    std::string(std::getenv("PATH"))},
                       {"AI_GATEWAY", AI_GATEWAY}},
       .folder = work});
  EXPECT_EQ(day.exit_code, 0) << day.out << day.err;
  EXPECT_THAT(day.out, HasSubstr("# Done."));
}

TEST_P(AiGateway, TheProgramBringsItsDatabaseUpAndCountsWhatIsUsed) {
  using namespace std::chrono_literals;
  {
    Gateway gateway = Gateway::Open(dsn_);
    const std::int64_t ada = gateway.AddUser("ada@example.org", "Ada");
    const std::int64_t local = gateway.AddProvider(
        db::ProviderKind::kLocal, "here", "http://localhost:8080");
    gateway.Record(ada, local, {At(2026y / 1 / 31), "small", 100, 20});
    gateway.Record(ada, local, {At(2026y / 2 / 1), "small", 7, 1});
    gateway.Record(ada, local, {At(2026y / 2 / 2), "large", 50, 50});
    EXPECT_THROW(gateway.Record(ada, local, {At(2026y / 2 / 3), "x", -1, 0}),
                 Error);
  }
  // Another start finds the database as it is to be.
  const std::vector<db::UsageOfRow> usage =
      Gateway::Open(dsn_).UsageOf("ADA@example.org");
  ASSERT_EQ(usage.size(), 2u);
  EXPECT_EQ(usage[0].requests, 1);
  EXPECT_EQ(usage[0].tokens, 120);
  EXPECT_EQ(usage[1].requests, 2);
  EXPECT_EQ(usage[1].tokens, 108);
}

TEST_P(AiGateway, TriggersAndPoliciesStandOnTheTables) {
  Gateway::Open(dsn_);
  Connection connection = Connection::Open(dsn_);
  const std::int64_t ada = db::CreateUser(connection, "ada@example.org", "A");
  connection.Execute("UPDATE users SET updated_at = '2000-01-01'");
  EXPECT_EQ(db::RenameUser(connection, ada, "Ada"), 1);
  const auto user = db::FindUser(connection, "ada@example.org");
  ASSERT_TRUE(user.has_value());
  EXPECT_GT(user->updated_at, user->created_at - std::chrono::hours(1));
  EXPECT_EQ(connection
                .Execute("SELECT relrowsecurity FROM pg_class WHERE oid = "
                         "'keys'::regclass")
                .Get<bool>(0, 0),
            true);
}

}  // namespace
}  // namespace gateway
