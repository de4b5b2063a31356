// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "runtime/postgres_live.h"

namespace godwit::internal {
namespace {

using Kind = Reply::Kind;

class PostgresPipelineTest : public PostgresLive {
 protected:
  // Everything up to the Sync.
  std::vector<Reply> ReceiveAll() {
    std::vector<Reply> replies;
    do replies.push_back(session().Receive());
    while (replies.back().kind != Kind::kSync);
    return replies;
  }
};
INSTANTIATE_TEST_SUITE_P(Live, PostgresPipelineTest,
                         testing::ValuesIn(test::Cluster::Versions()));

TEST_P(PostgresPipelineTest, TakesThousandsOfStatements) {
  session().EnterPipeline();
  for (int i = 0; i < 2000; ++i) {
    const Value parameter = i;
    session().Send("SELECT $1::int, repeat('x', 1000)",
                   std::span(&parameter, 1),
                   i % 2 == 0 ? RowUse::kKeep : RowUse::kDiscard);
  }
  session().SendSync();
  const std::vector<Reply> replies = ReceiveAll();
  session().LeavePipeline();
  ASSERT_EQ(replies.size(), 2001u);
  for (int i = 0; i < 2000; ++i) {
    const Reply& reply = replies[static_cast<std::size_t>(i)];
    ASSERT_EQ(reply.kind, Kind::kDone);
    ASSERT_EQ(reply.result.size(), i % 2 == 0 ? 1u : 0u) << i;
    ASSERT_TRUE(i % 2 != 0 || reply.result.Get<int>(0, 0) == i);
  }
  EXPECT_EQ(connection().Execute("SELECT 1").Get<int>(0, 0), 1);
}

TEST_P(PostgresPipelineTest, AnErrorAbortsWhatFollowsUpToTheSync) {
  connection().Execute("CREATE TABLE t (a int)");
  session().EnterPipeline();
  session().Send("INSERT INTO t VALUES (1)", {}, RowUse::kDiscard);
  session().Send("SELECT nothing", {}, RowUse::kDiscard);
  session().Send("INSERT INTO t VALUES (2)", {}, RowUse::kDiscard);
  session().Send("SELECT 1", {}, RowUse::kKeep);
  session().SendSync();
  session().Send("SELECT count(*) FROM t", {}, RowUse::kKeep);
  session().SendSync();
  const std::vector<Reply> first = ReceiveAll();
  const std::vector<Reply> second = ReceiveAll();
  session().LeavePipeline();
  ASSERT_EQ(first.size(), 5u);
  EXPECT_EQ(first[0].kind, Kind::kDone);
  EXPECT_EQ(first[1].kind, Kind::kError);
  EXPECT_EQ(first[1].error.condition, "undefined_column");
  EXPECT_EQ(first[1].error.position, 8);
  EXPECT_EQ(first[2].kind, Kind::kAborted);
  EXPECT_EQ(first[3].kind, Kind::kAborted);
  EXPECT_EQ(second[0].result.Get<int>(0, 0), 0);
}

TEST_P(PostgresPipelineTest, KeepsRowsThatComeOneByOneAfterARun) {
  session().Run("SELECT 1");  // leaves libpq in its single-row mode
  const Connection::Query queries[] = {
      {"SELECT i, 'x' FROM generate_series(1, 3) i", {}}, {"SELECT 4", {}}};
  const std::vector<Result> results = connection().ExecuteAll(queries);
  ASSERT_EQ(results[0].size(), 3u);
  EXPECT_EQ(results[0].Get<int>(2, 0), 3);
  EXPECT_EQ(results[1].Get<int>(0, 0), 4);
}

TEST_P(PostgresPipelineTest, AnErrorBehindRowsThatAreThrownAwayIsAReply) {
  session().EnterPipeline();
  session().Send("SELECT 1 / (500 - i) FROM generate_series(1, 1000) i", {},
                 RowUse::kDiscard);
  session().SendSync();
  EXPECT_EQ(session().Receive().error.condition, "division_by_zero");
  EXPECT_EQ(session().Receive().kind, Kind::kSync);
  session().LeavePipeline();
}

TEST_P(PostgresPipelineTest, AFlushRequestBringsRepliesBeforeTheSync) {
  session().EnterPipeline();
  EXPECT_FALSE(session().TryReceive());
  session().Send("SELECT 7", {}, RowUse::kKeep);
  EXPECT_EQ(session().unread_bytes(), 8u);
  session().SendFlushRequest();
  EXPECT_EQ(session().Receive().result.Get<int>(0, 0), 7);
  EXPECT_EQ(session().unread_bytes(), 0u);
  EXPECT_FALSE(session().TryReceive());
  session().SendSync();
  EXPECT_EQ(session().Receive().kind, Kind::kSync);
  session().LeavePipeline();
}

// Both sides have more to say than the sockets hold: whoever only writes, waits
// for ever.
TEST_P(PostgresPipelineTest, BigStatementsWithBigAnswersDoNotBlock) {
  const std::string megabyte(1 << 20, 'x');
  const std::string echo = Cat("SELECT '", megabyte, "'");
  session().EnterPipeline();
  for (int i = 0; i < 50; ++i)
    session().Send(echo, {}, i == 49 ? RowUse::kKeep : RowUse::kDiscard);
  session().SendSync();
  const std::vector<Reply> replies = ReceiveAll();
  session().LeavePipeline();
  ASSERT_EQ(replies.size(), 51u);
  EXPECT_EQ(replies[49].result.Get<std::string>(0, 0), megabyte);
}

TEST_P(PostgresPipelineTest, EmptyStatementsAndNoticesKeepTheOrder) {
  int notices = 0;
  connection().set_notice_handler([&](const Notice&) { ++notices; });
  session().EnterPipeline();
  session().Send("", {}, RowUse::kDiscard);
  session().Send("DO $$ BEGIN RAISE NOTICE 'x'; END $$", {}, RowUse::kDiscard);
  session().Send("-- nothing", {}, RowUse::kKeep);
  session().SendSync();
  const std::vector<Reply> replies = ReceiveAll();
  session().LeavePipeline();
  ASSERT_EQ(replies.size(), 4u);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(replies[static_cast<std::size_t>(i)].kind, Kind::kDone);
  EXPECT_EQ(notices, 1);
}

TEST_P(PostgresPipelineTest, WhatWouldWedgeItIsRefused) {
  connection().Execute("CREATE TABLE t (a int)");
  session().EnterPipeline();
  for (const char* copy : {"COPY t FROM stdin", "/* x */ copy t to STDOUT",
                           "-- y\nCOPY t FROM STDIN"}) {
    EXPECT_EQ(Failure([&] { session().Send(copy, {}, RowUse::kDiscard); }).code,
              ErrorCode::kUnsupported)
        << copy;
  }
  EXPECT_EQ(FailureOf("SELECT 1").code, ErrorCode::kInternal);
  EXPECT_EQ(Failure([&] { connection().Prepare("SELECT 1"); }).code,
            ErrorCode::kInternal);
  EXPECT_EQ(Failure([&] { session().Receive(); }).code, ErrorCode::kInternal);
  session().Send("SELECT 1", {}, RowUse::kDiscard);
  session().SendSync();
  EXPECT_EQ(Failure([&] { session().LeavePipeline(); }).code,
            ErrorCode::kInternal);
  EXPECT_EQ(ReceiveAll().size(), 2u);
  session().LeavePipeline();
  EXPECT_EQ(connection().Execute("SELECT 1").Get<int>(0, 0), 1);
}

TEST_P(PostgresPipelineTest, TransactionsRunInsideOfIt) {
  connection().Execute("CREATE TABLE t (a int)");
  session().EnterPipeline();
  for (const char* sql :
       {"BEGIN", "INSERT INTO t VALUES (1)", "COMMIT", "BEGIN",
        "INSERT INTO t VALUES (2)", "SELECT 1/0", "COMMIT"}) {
    session().Send(sql, {}, RowUse::kDiscard);
  }
  session().SendSync();
  const std::vector<Reply> replies = ReceiveAll();
  session().LeavePipeline();
  EXPECT_EQ(replies[5].kind, Kind::kError);
  EXPECT_EQ(replies[6].kind, Kind::kAborted);
  EXPECT_EQ(session().transaction_status(), TransactionStatus::kFailed);
  connection().Execute("ROLLBACK");
  EXPECT_EQ(connection().Execute("SELECT count(*) FROM t").Get<int>(0, 0), 1);
}

TEST_P(PostgresPipelineTest, QueriesOnTheirOwnDoNotTouchEachOther) {
  const Connection::Query queries[] = {
      {"CREATE TABLE t (a int)", {}},
      {"SELECT nothing", {}},
      {"INSERT INTO t VALUES ($1)", {7}},
      {"SET statement_timeout = 12345", {}},
      {"INSERT INTO t SELECT 1 / 0", {}},
      {"SELECT a, current_setting('statement_timeout') FROM t", {}}};
  const std::vector<Reply> replies = session().ExecuteEach(queries);
  ASSERT_EQ(replies.size(), 6u);
  const Kind kinds[] = {Kind::kDone, Kind::kError, Kind::kDone,
                        Kind::kDone, Kind::kError, Kind::kDone};
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(replies[i].kind, kinds[i]) << i;
  EXPECT_EQ(replies[1].error.condition, "undefined_column");
  EXPECT_EQ(replies[4].error.condition, "division_by_zero");
  EXPECT_EQ(replies[5].result.Get<int>(0, 0), 7);
  EXPECT_EQ(replies[5].result.Get<std::string>(0, 1), "12345ms");
  EXPECT_EQ(session().transaction_status(), TransactionStatus::kIdle);
  EXPECT_TRUE(session().ExecuteEach({}).empty());
}

}  // namespace
}  // namespace godwit::internal
