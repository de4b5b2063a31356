// SPDX-License-Identifier: Apache-2.0
#include <thread>

#include "runtime/postgres_live.h"

namespace godwit::internal {
namespace {

using Clock = std::chrono::steady_clock;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class PostgresCancelTest : public PostgresLive {
 protected:
  // Runs `work` on another thread once the server works on something of ours.
  template <typename Work>
  std::jthread WhenBusy(Work work) {
    return std::jthread(
        [dsn = cluster().Dsn(), pid = session().backend_pid(), work] {
          Connection watcher = Connection::Open(dsn);
          while (watcher
                     .Execute("SELECT 1 FROM pg_stat_activity WHERE pid = "
                              "$1::int AND wait_event IN "
                              "('PgSleep')",
                              pid)
                     .empty()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
          }
          work();
        });
  }
  void KillBackend() {
    Connection::Open(cluster().Dsn())
        .Execute("SELECT pg_terminate_backend($1::int)",
                 session().backend_pid());
  }
};
INSTANTIATE_TEST_SUITE_P(Live, PostgresCancelTest,
                         testing::ValuesIn(test::Cluster::Versions()));

TEST_P(PostgresCancelTest, ACancelFromAnotherThreadInterrupts) {
  const std::jthread canceller =
      WhenBusy([&] { connection().RequestCancel(); });
  const ErrorInfo info = FailureOf("SELECT pg_sleep(60)");
  EXPECT_EQ(info.code, ErrorCode::kInterrupted);
  EXPECT_EQ(info.sqlstate, "57014");
  EXPECT_EQ(connection().Execute("SELECT 1").Get<int>(0, 0), 1);
}

TEST_P(PostgresCancelTest, AStopRequestInterruptsAndRefusesAllButRollback) {
  std::stop_source source;
  connection().set_stop_token(source.get_token());
  connection().Execute("BEGIN");
  const std::jthread stopper = WhenBusy([&] { source.request_stop(); });
  EXPECT_EQ(FailureOf("SELECT pg_sleep(60)").code, ErrorCode::kInterrupted);
  EXPECT_EQ(FailureOf("SELECT 1").code, ErrorCode::kInterrupted);
  EXPECT_EQ(Failure([&] { session().Run("SELECT 1"); }).code,
            ErrorCode::kInterrupted);
  connection().Execute("ROLLBACK");
  EXPECT_FALSE(connection().in_transaction());
  connection().set_stop_token({});
  EXPECT_EQ(connection().Execute("SELECT 1").Get<int>(0, 0), 1);
}

TEST_P(PostgresCancelTest, AStopRequestEndsAPipelineAndItStaysInStep) {
  std::stop_source source;
  connection().set_stop_token(source.get_token());
  const std::jthread stopper = WhenBusy([&] { source.request_stop(); });
  session().EnterPipeline();
  for (const char* sql : {"SELECT 1", "SELECT pg_sleep(60)", "SELECT 2"})
    session().Send(sql, {}, RowUse::kDiscard);
  session().SendSync();
  EXPECT_EQ(session().Receive().kind, Reply::Kind::kDone);
  const Reply cancelled = session().Receive();
  EXPECT_EQ(cancelled.kind, Reply::Kind::kError);
  EXPECT_EQ(cancelled.error.code, ErrorCode::kInterrupted);
  EXPECT_EQ(session().Receive().kind, Reply::Kind::kAborted);
  EXPECT_EQ(session().Receive().kind, Reply::Kind::kSync);
  session().LeavePipeline();
  connection().set_stop_token({});
  EXPECT_EQ(connection().Execute("SELECT 1").Get<int>(0, 0), 1);
}

TEST_P(PostgresCancelTest, ACancelOfSomebodyElseIsAFailureOfTheStatement) {
  connection().Execute("SET statement_timeout = '20ms'");
  const ErrorInfo info = FailureOf("SELECT pg_sleep(60)");
  EXPECT_EQ(info.code, ErrorCode::kStatementFailed);
  EXPECT_EQ(info.condition, "query_canceled");
  EXPECT_THAT(info.message, HasSubstr("statement timeout"));
}

TEST_P(PostgresCancelTest, ACancelBeforeAStatementDoesNotHitIt) {
  connection().RequestCancel();
  EXPECT_EQ(connection().Execute("SELECT 1").Get<int>(0, 0), 1);
}

TEST_P(PostgresCancelTest, ASessionThatWasEndedIsALostConnection) {
  const std::jthread killer = WhenBusy([this] { KillBackend(); });
  const ErrorInfo info = FailureOf("SELECT pg_sleep(60)");
  EXPECT_EQ(info.code, ErrorCode::kConnectFailed);
  EXPECT_THAT(info.message,
              StartsWith("connection to postgres://postgres@/test_"));
  EXPECT_THAT(
      info.message,
      HasSubstr(" lost: terminating connection due to administrator command"));
  EXPECT_EQ(info.sqlstate, "57P01");
  EXPECT_EQ(FailureOf("SELECT 1").code, ErrorCode::kConnectFailed);
  EXPECT_FALSE(connection().in_transaction());
}

TEST_P(PostgresCancelTest, ASessionThatWasEndedWhileIdleIsALostConnection) {
  KillBackend();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  const ErrorInfo info = FailureOf("SELECT 1");
  EXPECT_EQ(info.code, ErrorCode::kConnectFailed);
  EXPECT_THAT(info.message, HasSubstr(" lost: "));
}

TEST_P(PostgresCancelTest, APipelineThatIsCutIsALostConnection) {
  const std::jthread killer = WhenBusy([this] { KillBackend(); });
  session().EnterPipeline();
  for (const char* sql : {"SELECT 1", "SELECT pg_sleep(60)", "SELECT 2"})
    session().Send(sql, {}, RowUse::kDiscard);
  session().SendSync();
  EXPECT_EQ(session().Receive().kind, Reply::Kind::kDone);
  EXPECT_EQ(Failure([&] { session().Receive(); }).code,
            ErrorCode::kConnectFailed);
}

TEST_P(PostgresCancelTest, AServerThatIsKilledIsALostConnection) {
  test::Cluster cluster(GetParam());
  Connection victim = Connection::Open(cluster.Dsn());
  std::jthread killer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    cluster.Kill();
  });
  const ErrorInfo info =
      Failure([&] { victim.Execute("SELECT pg_sleep(60)"); });
  EXPECT_EQ(info.code, ErrorCode::kConnectFailed);
  EXPECT_THAT(info.message, HasSubstr(" lost: "));
  EXPECT_THAT(info.message, Not(HasSubstr("\n")));
}

}  // namespace
}  // namespace godwit::internal
