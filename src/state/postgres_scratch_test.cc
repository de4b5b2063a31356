// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "base/text.h"
#include "godwit/connection.h"
#include "state/scratch_cluster.h"
#include "support/folder.h"

namespace godwit::state {
namespace {

using testing::HasSubstr;

TEST(ServerPrograms, TellTheirVersion) {
  const auto debian = ReadVersion(
      "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", "/b");
  ASSERT_TRUE(debian);
  EXPECT_EQ(debian->version, 15);
  EXPECT_EQ(debian->build, "15.18 (Debian 15.18-0+deb12u1)");
  EXPECT_EQ(ReadVersion("postgres (PostgreSQL) 19devel", "")->version, 19);
  EXPECT_FALSE(ReadVersion("", ""));
  EXPECT_FALSE(ReadVersion("psql (PostgreSQL) 15.18", ""));
  EXPECT_FALSE(ReadVersion("postgres (PostgreSQL) x", ""));
}

class ScratchTest : public testing::Test {
 protected:
  void SetUp() override {
    if (FindServerPrograms().empty())
      GTEST_SKIP() << "there are no server programs here";
  }
};

TEST_F(ScratchTest, AServerOfOnesOwn) {
  std::string folder;
  {
    ScratchCluster cluster = ScratchCluster::Start();
    const std::string first = cluster.NewDatabase();
    const std::string second = cluster.NewDatabase();
    Connection one = Connection::Open(first);
    one.Execute("CREATE TABLE t (a int)");
    EXPECT_EQ(Connection::Open(second)
                  .Execute("SELECT to_regclass('t') IS NULL")
                  .Get<bool>(0, 0),
              true);
    EXPECT_EQ(one.Execute("SHOW max_locks_per_transaction").Get<int>(0, 0),
              4096);
    folder = first.substr(first.find("host=") + 5);
    folder = folder.substr(0, folder.find('&'));
    EXPECT_TRUE(std::filesystem::exists(folder));
  }
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST_F(ScratchTest, TheVersionAskedForWhereItIsThere) {
  for (const ServerPrograms& programs : FindServerPrograms())
    EXPECT_EQ(ChooseServerPrograms(programs.version).version, programs.version);
  EXPECT_EQ(ChooseServerPrograms(9).version,
            FindServerPrograms().front().version);
}

// A killed owner leaves its folder; the server ends, and the next one sweeps.
TEST_F(ScratchTest, AKilledOwnerLeavesNothingForLong) {
  int pipes[2];
  ASSERT_EQ(pipe(pipes), 0);
  const pid_t owner = fork();
  if (owner == 0) {
    ScratchCluster cluster = ScratchCluster::Start();
    const std::string dsn = cluster.Dsn() + "\n";
    if (write(pipes[1], dsn.data(), dsn.size()) < 0) _exit(1);
    pause();
    _exit(0);
  }
  close(pipes[1]);
  std::string dsn;
  for (char c = 0; read(pipes[0], &c, 1) == 1 && c != '\n';) dsn += c;
  close(pipes[0]);
  ASSERT_NE(dsn, "");
  const int server =
      Connection::Open(dsn)
              .Execute("SELECT pg_read_file('postmaster.pid', 0, 20)")
              .Get<std::string>(0, 0)
              .empty()
          ? 0
          : 1;
  EXPECT_EQ(server, 1);
  kill(owner, SIGKILL);
  waitpid(owner, nullptr, 0);
  bool ended = false;
  for (int i = 0; i < 1000 && !ended; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    try {
      Connection::Open(dsn);
    } catch (const Error&) {
      ended = true;
    }
  }
  EXPECT_TRUE(ended);
  std::string folder = dsn.substr(dsn.find("host=") + 5);
  folder = folder.substr(0, folder.find('&'));
  EXPECT_TRUE(std::filesystem::exists(folder));
  ScratchFolder next;
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST_F(ScratchTest, WhereThereIsNoServerTheOtherWayIsNamed) {
  const test::TempFolder empty;
  setenv("GODWIT_POSTGRESQL_BIN", empty.path().c_str(), 1);
  try {
    ScratchCluster::Start();
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUnsupported);
    EXPECT_THAT(error.info().help, HasSubstr("--dev DSN"));
  }
  unsetenv("GODWIT_POSTGRESQL_BIN");
}

}  // namespace
}  // namespace godwit::state
