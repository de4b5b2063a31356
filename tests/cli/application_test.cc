// SPDX-License-Identifier: Apache-2.0
// What an application's group of commands does to the process it runs in.
#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <thread>

#include "godwit/connection.h"
#include "support/cluster.h"
#include "support/folder.h"
#include "support/process.h"

namespace godwit::test {
namespace {

using testing::HasSubstr;
using testing::Not;

bool Becomes(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

// The process's arguments as everybody sees them, a blank between two.
std::string Title(const Process& process) {
  std::string title =
      ReadFile("/proc/" + std::to_string(process.pid()) + "/cmdline");
  std::replace(title.begin(), title.end(), '\0', ' ');
  return title;
}

constexpr const char* kApp = GODWIT_APP_PATH "/app";

// Nothing answers at port 1, so that the command goes on waiting.
TEST(Application, ItsDsnIsNotInTheProcessList) {
  // Without libpq the command does not wait, it ends.
  for (const int version : Cluster::Versions()) {
    const std::string missing = Cluster::Missing(version);
    if (missing.find("no PostgreSQL engine") != std::string::npos)
      GTEST_SKIP() << missing;
  }
  const std::string dsn = "postgres://ada:s3cret@127.0.0.1:1/app";
  const std::string other = "postgres://bob:h1dden@127.0.0.1:1/app";
  Process process = Process::Start({kApp, "--db-dsn", dsn, "migrate", "wait",
                                    "--url=" + other, "--timeout", "60s"});
  std::string title;
  EXPECT_TRUE(Becomes([&] {
    title = Title(process);
    return title.find("***") != std::string::npos &&
           title.find("s3cret") == std::string::npos;
  }));
  EXPECT_THAT(title, HasSubstr("migrate wait --url=*"));
  EXPECT_THAT(title, Not(HasSubstr("s3cret")));
  EXPECT_THAT(title, Not(HasSubstr("h1dden")));
}

class ApplicationOnAServer : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const std::string missing = Cluster::Missing(GetParam());
    if (!missing.empty()) GTEST_SKIP() << missing;
    dsn_ = Cluster::Of(GetParam()).FreshDatabase();
    folder_.Write("m/1_slow.sql",
                  "-- +goose Up\nCREATE TABLE a (id int);\n"
                  "SELECT pg_sleep(60);\n");
  }
  std::string dsn_;
  TempFolder folder_;
};
INSTANTIATE_TEST_SUITE_P(Cli, ApplicationOnAServer,
                         testing::ValuesIn(Cluster::Versions()));

TEST_P(ApplicationOnAServer, IsStoppedByCtrlCAndLeavesNothingHalfDone) {
  Process process = Process::Start(
      {kApp, "--db-dsn", dsn_, "migrate", "up", "--dir", folder_ / "m"});
  Connection watch = Connection::Open(dsn_);
  EXPECT_TRUE(Becomes([&] {
    return watch
               .Execute(
                   "SELECT 1 FROM pg_stat_activity WHERE datname = "
                   "current_database() AND wait_event = 'PgSleep'")
               .size() > 0;
  }));
  process.Kill(SIGINT);
  const Outcome outcome = process.Wait();
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("version 1 was rolled back"));
  EXPECT_THAT(outcome.err, HasSubstr("run 'app migrate up' again"));
  EXPECT_EQ(RunProcess({kApp, "--db-dsn", dsn_, "migrate", "version"}).out,
            "0\n");
}

// timeout, make and others pass on what the terminal has sent already.
TEST_P(ApplicationOnAServer, IsStoppedCleanlyByACtrlCThatComesTwice) {
  Process process = Process::Start(
      {kApp, "--db-dsn", dsn_, "migrate", "up", "--dir", folder_ / "m"});
  Connection watch = Connection::Open(dsn_);
  const auto sleeps = [&] {
    return watch
               .Execute(
                   "SELECT 1 FROM pg_stat_activity WHERE datname = "
                   "current_database() AND wait_event = 'PgSleep'")
               .size() > 0;
  };
  EXPECT_TRUE(Becomes(sleeps));
  process.Kill(SIGINT);
  process.Kill(SIGTERM);
  const Outcome outcome = process.Wait();
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("version 1 was rolled back"));
  EXPECT_FALSE(sleeps());
}

}  // namespace
}  // namespace godwit::test
