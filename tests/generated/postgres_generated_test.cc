// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <limits>
#include <optional>

#include "godwit/connection.h"
#include "godwit/pool.h"
#include "postgresql/code/constraints.h"
#include "postgresql/code/everything.h"
#include "schema.h"
#include "support/cluster.h"
#include "support/proxy.h"

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
    EXPECT_EQ(error.constraint(), kEverythingPkey);
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

PutManyParams Many(const PutParams& put) {
  PutManyParams many;
  many.id = put.id;
  many.truth = put.truth;
  many.small = put.small;
  many.plain = put.plain;
  many.part = put.part;
  many.whole = put.whole;
  many.exact = put.exact;
  many.words = put.words;
  many.code = put.code;
  many.bytes = put.bytes;
  many.day = put.day;
  many.clock = put.clock;
  many.moment = put.moment;
  many.wall = put.wall;
  many.span = put.span;
  many.name = put.name;
  many.document = put.document;
  many.state = put.state;
  many.numbers = put.numbers;
  many.texts = put.texts;
  many.states = put.states;
  many.maybe = put.maybe;
  many.maybe_text = put.maybe_text;
  many.maybe_state = put.maybe_state;
  many.maybe_list = put.maybe_list;
  return many;
}

TEST_P(PostgresGenerated, EveryTypeIsCopied) {
  std::vector<PutManyParams> many;
  std::vector<PutParams> samples;
  for (std::int64_t id = 1; id <= 3000; ++id) {
    PutParams sample = Sample(id);
    if (id % 2 == 0) sample.maybe_list = {id, -id};
    if (id % 3 == 0) sample.numbers.clear();
    samples.push_back(sample);
    many.push_back(Many(sample));
  }
  EXPECT_EQ(PutMany(db(), many), 3000);
  for (const std::int64_t id : {1, 2, 3, 1500, 3000}) {
    ExpectSame(Get(db(), id).value(),
               samples[static_cast<std::size_t>(id - 1)]);
  }
}

// What a COPY refuses says which row of the list it was, and nothing of the
// list is there; the connection goes on.
TEST_P(PostgresGenerated, ACopyThatFailsNamesTheRow) {
  Put(db(), Sample(3));
  try {
    PutMany(db(), {Many(Sample(1)), Many(Sample(2)), Many(Sample(3))});
    FAIL();
  } catch (const godwit::Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("query PutMany: row 3: duplicate key"));
    EXPECT_EQ(error.constraint(), "everything_pkey");
    EXPECT_EQ(error.where().file, "queries/everything.sql");
    EXPECT_GT(error.where().line, 2);
  }
  EXPECT_THAT(ByIds(db(), {1, 2, 3}), ElementsAre(3));
  PutManyParams zero = Many(Sample(5));
  zero.words = std::string("a\0b", 3);
  EXPECT_THROW(PutMany(db(), {Many(Sample(4)), zero}), godwit::Error);
  EXPECT_THAT(ByIds(db(), {4, 5}), IsEmpty());
  EXPECT_EQ(PutMany(db(), {Many(Sample(4))}), 1);
}

// inet has no binary form here: the rows go as INSERTs, in one round trip.
TEST_P(PostgresGenerated, ACopyWithoutABinaryFormIsABatch) {
  EXPECT_EQ(AddAddresses(db(), {{"10.0.0.1/8", 1}, {"::1", 2}}), 2);
  EXPECT_THAT(Addresses(db()),
              ElementsAre(Address{"10.0.0.1/8", 1}, Address{"::1", 2}));
  EXPECT_THROW(AddAddresses(db(), {{"10.0.0.2", 3}, {"nowhere", 4}}),
               godwit::Error);
  EXPECT_THAT(Addresses(db()), SizeIs(2));
}

TEST_P(PostgresGenerated, ABatchReturnsRowsOfEach) {
  for (const std::int64_t id : {1, 2}) Put(db(), Sample(id));
  AddParts(db(), {{10, 1, "a"}, {11, 2, "b"}, {12, 1, "c"}});
  EXPECT_THAT(TitlesOf(db(), {1, 9, 2}),
              ElementsAre(ElementsAre("a", "c"), IsEmpty(), ElementsAre("b")));
  SetTitle(db(), {{"x", 10}, {"y", 11}});
  EXPECT_THAT(TitlesOf(db(), {1}), ElementsAre(ElementsAre("x", "c")));
  try {
    db().Execute("ALTER TABLE parts ADD CHECK (title <> 'bad')");
    SetTitle(db(), {{"z", 10}, {"bad", 11}, {"z", 12}});
    FAIL();
  } catch (const godwit::Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("query SetTitle: row 2: new row"));
  }
  EXPECT_THAT(TitlesOf(db(), {1}), ElementsAre(ElementsAre("x", "c")));
}

TEST_P(PostgresGenerated, AStreamGivesRowByRow) {
  for (const std::int64_t id : {1, 2, 3}) Put(db(), Sample(id));
  std::vector<std::int64_t> ids;
  for (const std::int64_t id : EachId(db())) ids.push_back(id);
  EXPECT_THAT(ids, ElementsAre(1, 2, 3));
  auto rows = EachNumber(db(), {.wrong = 0, .most = 2});
  EXPECT_EQ(rows.Next()->n, 1);
  EXPECT_EQ(rows.Next()->share, 5);
  EXPECT_EQ(rows.Next(), nullptr);
  EXPECT_EQ(rows.Next(), nullptr);
  EXPECT_THAT(ByIds(db(), {1}), SizeIs(1));
}

TEST_P(PostgresGenerated, AStreamMayBeLeftBeforeItsEnd) {
  int seen = 0;
  for (const auto& row : EachNumber(db(), {.wrong = 0, .most = 3'000'000})) {
    EXPECT_EQ(row.n, ++seen);
    if (seen == 3) break;
  }
  EXPECT_EQ(Count(db()).count, 0);
  // In a transaction, which a cancel would end, the rest is read.
  godwit::Transaction tx(db());
  Put(tx, Sample(1));
  for (const auto& row : EachNumber(tx, {.wrong = 0, .most = 100'000})) {
    if (row.n == 2) break;
  }
  tx.Commit();
  EXPECT_EQ(Count(db()).count, 1);
}

// What writes is not cancelled either.
TEST_P(PostgresGenerated, AStreamThatWritesIsDoneAlsoWhenItIsLeft) {
  Put(db(), Sample(1));
  AddParts(db(), {{10, 1, "a"}, {11, 1, "b"}, {12, 1, "c"}});
  EXPECT_EQ(TakeParts(db()).Next()->title, "a");
  EXPECT_THAT(TitlesOf(db(), {1}), ElementsAre(IsEmpty()));
}

TEST_P(PostgresGenerated, AnErrorInAStreamComesWithItsRow) {
  auto rows = EachNumber(db(), {.wrong = 3, .most = 9});
  EXPECT_NE(rows.Next(), nullptr);
  EXPECT_NE(rows.Next(), nullptr);
  try {
    rows.Next();
    FAIL();
  } catch (const godwit::Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("query EachNumber: division by zero"));
    EXPECT_EQ(error.where().file, "queries/everything.sql");
  }
  EXPECT_EQ(Count(db()).count, 0);
  // And with the first row where the stream begins.
  EXPECT_THROW(EachNumber(db(), {.wrong = 1, .most = 9}), godwit::Error);
  EXPECT_EQ(Count(db()).count, 0);
}

TEST_P(PostgresGenerated, AnOpenStreamHasItsConnectionToItself) {
  auto rows = EachNumber(db(), {.wrong = 0, .most = 9});
  try {
    Count(db());
    FAIL();
  } catch (const godwit::Error& error) {
    EXPECT_EQ(error.code(), godwit::ErrorCode::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("a stream of rows is open"));
  }
  EXPECT_EQ(rows.Next()->n, 1);
}

TEST_P(PostgresGenerated, ATransactionThatEndsEndsItsStream) {
  std::optional<godwit::Stream<EachNumberRow>> rows;
  {
    godwit::Transaction tx(db());
    Put(tx, Sample(1));
    rows.emplace(EachNumber(tx, {.wrong = 0, .most = 9}));
    EXPECT_EQ(rows->Next()->n, 1);
  }
  EXPECT_THROW(rows->Next(), godwit::Error);
  EXPECT_EQ(Count(db()).count, 0);
  godwit::Pool pool(dsn_, {.max_open = 1});
  {
    godwit::Lease lease = pool.Acquire();
    rows.emplace(EachNumber(lease, {.wrong = 0, .most = 9}));
  }
  EXPECT_THROW(rows->Next(), godwit::Error);
  godwit::Lease lease = pool.Acquire();
  EXPECT_EQ(Count(lease).count, 0);
}

// As behind a pooler that lends its connections by the transaction: nothing is
// left in the session, and what another has prepared is of no account.
TEST_P(PostgresGenerated, WithoutNamedStatementsNothingStaysInTheSession) {
  godwit::Connection plain =
      godwit::Connection::Open(dsn_, {.named_statements = false});
  Put(plain, Sample(1));
  ExpectSame(Get(plain, 1).value(), Sample(1));
  plain.Execute("DISCARD ALL");
  ExpectSame(Get(plain, 1).value(), Sample(1));
  AddParts(plain, {{10, 1, "a"}, {11, 1, "b"}});
  EXPECT_THAT(TitlesOf(plain, {1, 2}),
              ElementsAre(ElementsAre("a", "b"), IsEmpty()));
  EXPECT_EQ(plain.Execute("SELECT count(*) FROM pg_prepared_statements")
                .Get<int>(0, 0),
            0);
  // The table changes between two runs.
  plain.Execute("ALTER TABLE everything ALTER plain TYPE bigint");
  EXPECT_EQ(Width(plain, 1), std::numeric_limits<std::int32_t>::max());
}

// What is prepared takes a round trip once; each call is one then, also of a
// list. A type that is new to the connection (mood) takes another, once.
TEST_P(PostgresGenerated, AListTakesOneRoundTrip) {
  godwit::test::Proxy proxy(
      {.server = godwit::test::Cluster::Of(GetParam()).socket()});
  const std::string name =
      db().Execute("SELECT current_database()").Get<std::string>(0, 0);
  godwit::Connection far = godwit::Connection::Open(proxy.Dsn(name));
  const auto trips = [&](const auto& work) {
    const std::size_t before = proxy.traffic().round_trips;
    work();
    return proxy.traffic().round_trips - before;
  };
  EXPECT_EQ(trips([&] { Put(far, Sample(1)); }), 3u);
  EXPECT_EQ(trips([&] { Put(far, Sample(2)); }), 1u);
  std::vector<AddPartsParams> parts;
  std::vector<SetTitleParams> titles;
  for (std::int64_t id = 1; id <= 1000; ++id) {
    parts.push_back({id, 1, std::string(100, 'x')});
    titles.push_back({"y", id});
  }
  const auto set_titles = [&] { SetTitle(far, titles); };
  EXPECT_EQ(AddParts(db(), parts), 1000);
  EXPECT_EQ(trips(set_titles), 2u);
  EXPECT_EQ(trips(set_titles), 1u);
  EXPECT_EQ(TitlesOf(db(), {1})[0].back(), "y");
}

// A pooler that keeps statements apart has lost ours.
TEST_P(PostgresGenerated, AStatementThatIsGoneIsPreparedAgain) {
  Put(db(), Sample(1));
  EXPECT_TRUE(Get(db(), 1));
  db().Execute("DEALLOCATE ALL");
  EXPECT_TRUE(Get(db(), 1));
  db().Execute("DEALLOCATE ALL");
  EXPECT_EQ(AddParts(db(), {{10, 1, "a"}}), 1);
  db().Execute("DEALLOCATE ALL");
  EXPECT_THAT(TitlesOf(db(), {1}), ElementsAre(ElementsAre("a")));
  db().Execute("DEALLOCATE ALL");
  EXPECT_THAT(*EachId(db()).begin(), 1);
}

INSTANTIATE_TEST_SUITE_P(
    Live, PostgresGenerated,
    ::testing::ValuesIn(godwit::test::Cluster::Versions()));

}  // namespace
}  // namespace generated::pg
