// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <limits>
#include <optional>

#include "godwit/connection.h"
#include "godwit/pool.h"
#include "postgresql/code/everything.h"
#include "schema.h"
#include "support/cluster.h"

namespace generated::pg {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
namespace chrono = std::chrono;

const std::string kSchema =
    GODWIT_SOURCE_DIR "/tests/generated/postgresql/schema.sql";

class PostgresGenerated : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    const std::string missing = godwit::test::Cluster::Missing(GetParam());
    if (!missing.empty()) GTEST_SKIP() << missing;
    dsn_ = godwit::test::Cluster::Of(GetParam()).FreshDatabase();
    db_.emplace(godwit::Connection::Open(dsn_));
    LoadSchema(*db_, kSchema);
  }
  godwit::Connection& db() { return *db_; }

  std::string dsn_;
  std::optional<godwit::Connection> db_;
};

PutParams Sample(std::int64_t id) {
  PutParams sample;
  sample.id = id;
  sample.truth = true;
  sample.small = std::numeric_limits<std::int16_t>::min();
  sample.plain = std::numeric_limits<std::int32_t>::max();
  sample.part = 0.1F;
  sample.whole = 1e-300;
  sample.exact = godwit::Decimal("-123456789012345.67890");
  sample.words = "a \"quoted\\\" {text}, with\nlines and ünïcode";
  sample.code = "abc";
  sample.bytes = {std::byte{0}, std::byte{255}, std::byte{92}};
  sample.day = chrono::year(2024) / 2 / 29;
  sample.clock = chrono::hours(23) + chrono::microseconds(1);
  sample.moment = chrono::sys_days(chrono::year(1969) / 12 / 31) +
                  chrono::microseconds(123456);
  sample.wall =
      chrono::local_days(chrono::year(2026) / 11 / 21) + chrono::hours(19);
  sample.span = {14, -3, 4'000'001};
  sample.name = godwit::Uuid::Parse("550e8400-e29b-41d4-a716-446655440000");
  sample.document = {R"({"a": [1, null, "x\"y"]})"};
  sample.state = Mood::kSoSo;
  sample.numbers = {1, -2, 3};
  sample.texts = {"", "NULL", "a,b", "{}", "\"", "\\"};
  sample.states = {Mood::kHappy, Mood::kSoSo};
  return sample;
}

void ExpectSame(const Everything& got, const PutParams& put) {
  EXPECT_EQ(got.id, put.id);
  EXPECT_EQ(got.truth, put.truth);
  EXPECT_EQ(got.small, put.small);
  EXPECT_EQ(got.plain, put.plain);
  EXPECT_EQ(got.part, put.part);
  EXPECT_EQ(got.whole, put.whole);
  EXPECT_EQ(got.exact, put.exact);
  EXPECT_EQ(got.words, put.words);
  EXPECT_EQ(got.code, put.code);
  EXPECT_EQ(got.bytes, put.bytes);
  EXPECT_EQ(got.day, put.day);
  EXPECT_EQ(got.clock, put.clock);
  EXPECT_EQ(got.moment, put.moment);
  EXPECT_EQ(got.wall, put.wall);
  EXPECT_EQ(got.span, put.span);
  EXPECT_EQ(got.name, put.name);
  EXPECT_EQ(got.document, put.document);
  EXPECT_EQ(got.state, put.state);
  EXPECT_EQ(got.numbers, put.numbers);
  EXPECT_EQ(got.texts, put.texts);
  EXPECT_EQ(got.states, put.states);
  EXPECT_EQ(got.maybe, put.maybe);
  EXPECT_EQ(got.maybe_text, put.maybe_text);
  EXPECT_EQ(got.maybe_state, put.maybe_state);
  EXPECT_EQ(got.maybe_list, put.maybe_list);
}

TEST_P(PostgresGenerated, EveryTypeGoesThereAndBack) {
  PutParams sample = Sample(1);
  Put(db(), sample);
  ExpectSame(Get(db(), 1).value(), sample);
  sample.id = 2;
  sample.maybe = 7;
  sample.maybe_text = "";
  sample.maybe_state = Mood::kSad;
  sample.maybe_list = std::vector<std::int64_t>{};
  sample.moment = godwit::Timestamp::max();
  sample.wall = godwit::LocalTimestamp::min();
  sample.day = chrono::year(-43) / 3 / 15;
  sample.exact = godwit::Decimal("NaN");
  sample.span = {};
  sample.texts.clear();
  sample.words.clear();
  Put(db(), sample);
  ExpectSame(Get(db(), 2).value(), sample);
  EXPECT_EQ(Get(db(), 3), std::nullopt);
}

TEST_P(PostgresGenerated, ListsOfValues) {
  for (const std::int64_t id : {1, 2, 3}) Put(db(), Sample(id));
  EXPECT_THAT(ByIds(db(), {3, 1, 9}), ElementsAre(1, 3));
  EXPECT_THAT(ByIds(db(), {}), IsEmpty());
  EXPECT_THAT(NotByIds(db(), {2}), ElementsAre(1, 3));
  EXPECT_THAT(ByState(db(), Mood::kSoSo), SizeIs(3));
  EXPECT_THAT(ByState(db(), Mood::kHappy), IsEmpty());
}

TEST_P(PostgresGenerated, TruthsInRowsAndInArrays) {
  Put(db(), Sample(1));
  EXPECT_THAT(Truths(db()), ElementsAre(true));
  EXPECT_THAT(Bits(db(), 1).value(), ElementsAre(true, false, true));
}

TEST_P(PostgresGenerated, AParameterThatMayBeAbsent) {
  Put(db(), Sample(1));
  EXPECT_THAT(Filter(db(), {}), ElementsAre(1));
  EXPECT_THAT(Filter(db(), {.words = "other"}), IsEmpty());
}

TEST_P(PostgresGenerated, ManyRowsGoTogether) {
  Put(db(), Sample(1));
  Put(db(), Sample(2));
  EXPECT_EQ(AddParts(db(), {{10, 1, "a"}, {11, 1, "b"}}), 2);
  EXPECT_EQ(AddParts(db(), {}), 0);
  EXPECT_THAT(RenamePart(db(), {{"x", 10}, {"y", 99}}),
              ElementsAre("x", std::nullopt));
  // One row of them is refused, so none is there.
  EXPECT_THROW(AddParts(db(), {{12, 1, "c"}, {13, 7, "d"}}), godwit::Error);
  const std::vector<WithPartsRow> rows = WithParts(db());
  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_EQ(rows[0].p->title, "x");
  EXPECT_EQ(rows[1].p->title, "b");
  EXPECT_EQ(rows[2].e.id, 2);
  EXPECT_EQ(rows[2].p, std::nullopt);
}

TEST_P(PostgresGenerated, OneRowIsNotOptionalWhereItIsCertain) {
  EXPECT_EQ(Count(db()), (CountRow{0, std::nullopt}));
}

TEST_P(PostgresGenerated, ErrorsNameTheQueryAndItsPlace) {
  Put(db(), Sample(1));
  try {
    Put(db(), Sample(1));
    FAIL();
  } catch (const godwit::Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("query Put: duplicate key"));
    EXPECT_EQ(error.constraint(), "everything_pkey");
    EXPECT_EQ(error.where().file, "queries/everything.sql");
    EXPECT_EQ(error.where().line, 2);
  }
}

// "cached plan must not change result type": prepared again, and then what
// does not fit any more is said.
TEST_P(PostgresGenerated, ATableThatHasChangedIsNoticed) {
  Put(db(), Sample(1));
  EXPECT_EQ(Width(db(), 1), std::numeric_limits<std::int32_t>::max());
  db().Execute("ALTER TABLE everything ALTER plain TYPE bigint");
  EXPECT_EQ(Width(db(), 1), std::numeric_limits<std::int32_t>::max());
  db().Execute("UPDATE everything SET plain = 3000000000");
  try {
    Width(db(), 1);
    FAIL();
  } catch (const godwit::Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("query Width: column plain: "));
  }
}

TEST_P(PostgresGenerated, RunsOnPoolsAndTransactions) {
  godwit::Pool pool(dsn_);
  {
    godwit::Lease lease = pool.Acquire();
    Put(lease, Sample(1));
    lease->Execute("SET application_name = 'changed'");
    EXPECT_TRUE(Get(lease, 1));
  }
  // The session was reset; what was prepared in it is prepared again.
  godwit::Lease lease = pool.Acquire();
  EXPECT_TRUE(Get(lease, 1));
  EXPECT_THROW(godwit::Transact(*lease,
                                [&](godwit::Transaction& tx) {
                                  Put(tx, Sample(2));
                                  throw std::runtime_error("no");
                                }),
               std::runtime_error);
  EXPECT_EQ(Get(lease, 2), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(
    Live, PostgresGenerated,
    ::testing::ValuesIn(godwit::test::Cluster::Versions()));

}  // namespace
}  // namespace generated::pg
