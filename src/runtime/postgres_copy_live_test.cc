// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <thread>

#include "base/text.h"
#include "runtime/postgres_live.h"

namespace godwit::internal {
namespace {

using testing::HasSubstr;

// The most memory that this process ever had, in KiB.
std::int64_t HighWaterMark() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (!line.starts_with("VmHWM:")) continue;
    const std::string_view number = Trim(std::string_view(line).substr(6));
    return ParseInt64(number.substr(0, number.find(' '))).value_or(0);
  }
  return 0;
}

std::string Lines(std::size_t bytes) {
  std::string data;
  data.reserve(bytes + 100);
  for (int i = 0; data.size() < bytes; ++i)
    data += Cat(i, "\tsome text of a row that is copied\n");
  return data;
}

class PostgresCopyTest : public PostgresLive {
 protected:
  void SetUp() override {
    PostgresLive::SetUp();
    if (!IsSkipped()) connection().Execute("CREATE TABLE t (a int, b text)");
  }
  int Count() {
    return connection().Execute("SELECT count(*) FROM t").Get<int>(0, 0);
  }
};
INSTANTIATE_TEST_SUITE_P(Live, PostgresCopyTest,
                         testing::ValuesIn(test::Cluster::Versions()));

TEST_P(PostgresCopyTest, CopiesLines) {
  session().Copy("COPY t FROM stdin", "1\tgrün\n2\t\\N\n");
  session().Copy("COPY t (b, a) FROM stdin WITH (FORMAT csv)", "x,3\n");
  session().Copy("COPY t FROM stdin", "");
  EXPECT_EQ(Count(), 3);
}

TEST_P(PostgresCopyTest, MemoryStaysFlat) {
  const std::string data = Lines(50 << 20);
  const std::int64_t before = HighWaterMark();
  session().Copy("COPY t FROM stdin", data);
  EXPECT_LT(HighWaterMark() - before, 4096);
  EXPECT_GT(Count(), 1'000'000);
}

TEST_P(PostgresCopyTest, BadDataIsAnErrorSoonAndTheConnectionGoesOn) {
  const std::string data = "1\ta\nx\tb\n" + Lines(50 << 20);
  const ErrorInfo info =
      Failure([&] { session().Copy("COPY t FROM stdin", data); });
  EXPECT_EQ(info.code, ErrorCode::kStatementFailed);
  EXPECT_EQ(info.condition, "invalid_text_representation");
  EXPECT_THAT(info.message,
              HasSubstr("invalid input syntax for type integer: \"x\""));
  EXPECT_EQ(Count(), 0);
}

TEST_P(PostgresCopyTest, ManyNoticesOnTheWayAreNoErrors) {
  connection().Execute(
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE "
      "NOTICE '%', "
      "repeat('x', 1000); RETURN NEW; END $$");
  connection().Execute(
      "CREATE TRIGGER t BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()");
  int notices = 0;
  connection().set_notice_handler([&](const Notice&) { ++notices; });
  session().Copy("COPY t FROM stdin", Lines(1 << 20));
  EXPECT_EQ(Count(), notices);
  EXPECT_GT(notices, 10000);
}

TEST_P(PostgresCopyTest, StatementAndDataMustFit) {
  EXPECT_EQ(Failure([&] { session().Copy("SELECT 1", "1\n"); }).code,
            ErrorCode::kUnsupported);
  EXPECT_EQ(Failure([&] {
              session().Copy("COPY nowhere FROM stdin", "1\n");
            }).condition,
            "undefined_table");
  EXPECT_EQ(Failure([&] { session().Run("COPY t FROM stdin"); }).code,
            ErrorCode::kUnsupported);
  EXPECT_EQ(FailureOf("COPY t FROM stdin").code, ErrorCode::kUnsupported);
  EXPECT_EQ(FailureOf("COPY t TO stdout").code, ErrorCode::kUnsupported);
  EXPECT_EQ(Count(), 0);
}

TEST_P(PostgresCopyTest, CopyToStdoutIsThrownAwayByRun) {
  connection().Execute(
      "INSERT INTO t SELECT i, repeat('x', 100) FROM generate_series(1, 50000) "
      "i");
  EXPECT_NO_THROW(session().Run("COPY t TO stdout"));
  EXPECT_NO_THROW(session().Run("COPY t TO stdout (FORMAT binary)"));
  EXPECT_EQ(Count(), 50000);
}

TEST_P(PostgresCopyTest, AStopRequestEndsIt) {
  connection().Execute(
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
      "PERFORM pg_sleep(0.01); "
      "RETURN NEW; END $$");
  connection().Execute(
      "CREATE TRIGGER t BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()");
  std::stop_source source;
  connection().set_stop_token(source.get_token());
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    source.request_stop();
  });
  const std::string data = Lines(10 << 20);
  EXPECT_EQ(Failure([&] { session().Copy("COPY t FROM stdin", data); }).code,
            ErrorCode::kInterrupted);
  connection().set_stop_token({});
  EXPECT_EQ(Count(), 0);
}

TEST_P(PostgresCopyTest, AServerThatGoesAwayIsALostConnection) {
  test::Cluster cluster(GetParam());
  Connection victim = Connection::Open(cluster.Dsn());
  victim.Execute("CREATE TABLE t (a int, b text)");
  std::jthread killer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    cluster.Kill();
  });
  auto& copying = dynamic_cast<PostgresSession&>(victim.session());
  const std::string data = Lines(200 << 20);
  EXPECT_EQ(Failure([&] { copying.Copy("COPY t FROM stdin", data); }).code,
            ErrorCode::kConnectFailed);
}

}  // namespace
}  // namespace godwit::internal
