// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <limits>

#include "godwit/connection.h"
#include "schema.h"
#include "sqlite/code/everything.h"

namespace generated::lite {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string kSchema =
    GODWIT_SOURCE_DIR "/tests/generated/sqlite/schema.sql";

godwit::Connection Fresh() {
  godwit::Connection db = godwit::Connection::Open("sqlite::memory:");
  db.Execute("PRAGMA foreign_keys = ON");
  LoadSchema(db, kSchema);
  return db;
}

PutParams Sample(std::int64_t id) {
  return {.id = id,
          .truth = true,
          .plain = std::numeric_limits<std::int64_t>::min(),
          .real = 1e-300,
          .words = "a \"b\" \\ \n \x01 ünïcode",
          .bytes = {std::byte{0}, std::byte{255}},
          .free = godwit::Value("anything"),
          .maybe = std::nullopt};
}

TEST(SqliteGenerated, EveryTypeGoesThereAndBack) {
  godwit::Connection db = Fresh();
  PutParams sample = Sample(1);
  Put(db, sample);
  const Everything got = Get(db, 1).value();
  EXPECT_EQ(got.truth, sample.truth);
  EXPECT_EQ(got.plain, sample.plain);
  EXPECT_EQ(got.real, sample.real);
  EXPECT_EQ(got.words, sample.words);
  EXPECT_EQ(got.bytes, sample.bytes);
  EXPECT_EQ(got.free, sample.free);
  EXPECT_EQ(got.maybe, std::nullopt);
  sample.id = 2;
  sample.maybe = 5;
  sample.free = godwit::Value(1.5);
  Put(db, sample);
  EXPECT_EQ(Get(db, 2)->maybe, 5);
  EXPECT_EQ(Get(db, 2)->free, godwit::Value(1.5));
  EXPECT_EQ(Get(db, 3), std::nullopt);
}

TEST(SqliteGenerated, ListsOfValues) {
  godwit::Connection db = Fresh();
  for (const std::int64_t id : {1, 2, 3}) Put(db, Sample(id));
  EXPECT_THAT(ByIds(db, {3, 1, 9}), ElementsAre(1, 3));
  EXPECT_THAT(ByIds(db, {}), IsEmpty());
  EXPECT_THAT(ByWords(db, {Sample(1).words, "x"}), SizeIs(3));
  EXPECT_THAT(ByWords(db, {"x\",\"y"}), IsEmpty());
}

TEST(SqliteGenerated, ManyRowsAndWholeTables) {
  godwit::Connection db = Fresh();
  Put(db, Sample(1));
  Put(db, Sample(2));
  EXPECT_EQ(AddParts(db, {{10, 1, "a"}, {11, 1, "b"}}), 2);
  EXPECT_THROW(AddParts(db, {{12, 1, "c"}, {13, 7, "d"}}), godwit::Error);
  const std::vector<WithPartsRow> rows = WithParts(db);
  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_EQ(rows[1].parts->title, "b");
  EXPECT_EQ(rows[2].everything.id, 2);
  EXPECT_EQ(rows[2].parts, std::nullopt);
  EXPECT_EQ(AddWords(db, "w"), 3);
  EXPECT_EQ(Count(db).count, 3);
  EXPECT_EQ(Count(db).max_maybe, std::nullopt);
}

TEST(SqliteGenerated, AStreamGivesRowByRow) {
  godwit::Connection db = Fresh();
  for (const std::int64_t id : {1, 2, 3}) Put(db, Sample(id));
  std::vector<std::int64_t> ids;
  // Other queries may run meanwhile, also the same one.
  for (const std::int64_t id : EachId(db)) {
    EXPECT_EQ(Count(db).count, 3);
    EXPECT_EQ(*EachId(db).Next(), 1);
    ids.push_back(id);
  }
  EXPECT_THAT(ids, ElementsAre(1, 2, 3));
  for (const std::int64_t id : EachId(db)) {
    if (id == 2) break;
  }
  EXPECT_EQ(*EachId(db).Next(), 1);
}

TEST(SqliteGenerated, AStreamThatWritesIsDoneAlsoWhenItIsLeft) {
  godwit::Connection db = Fresh();
  Put(db, Sample(1));
  AddParts(db, {{10, 1, "a"}, {11, 1, "b"}, {12, 1, "kept"}});
  {
    std::string kept = "kept";  // what is given is not needed any longer
    auto rows = TakeParts(db, kept);
    kept = "overwritten";
    EXPECT_EQ(rows.Next()->title, "a");
  }
  EXPECT_THAT(WithParts(db), SizeIs(1));
}

// SQLite checks foreign keys behind the last row.
TEST(SqliteGenerated, OneRowIsNotTakenForTheEnd) {
  godwit::Connection db = Fresh();
  Put(db, Sample(1));
  EXPECT_EQ(AddPart(db, {10, 1, "a"}), 10);
  EXPECT_THROW(AddPart(db, {11, 9, "b"}), godwit::Error);
  EXPECT_THAT(RenamePart(db, {{"x", 10}, {"y", 11}}),
              ElementsAre("x", std::nullopt));
  EXPECT_THAT(WithParts(db), SizeIs(1));
}

TEST(SqliteGenerated, ARowThatFailsIsNamed) {
  godwit::Connection db = Fresh();
  Put(db, Sample(1));
  try {
    AddParts(db, {{10, 1, "a"}, {10, 1, "b"}});
    FAIL();
  } catch (const godwit::Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("query AddParts: row 2: "));
    EXPECT_EQ(error.where().file, "queries/everything.sql");
  }
  EXPECT_FALSE(db.in_transaction());
  EXPECT_EQ(AddParts(db, {{10, 1, "a"}}), 1);
}

// A column of SQLite may hold what it was not declared for.
TEST(SqliteGenerated, ATextInAnIntegerColumnIsAnErrorAndNoNought) {
  godwit::Connection db = Fresh();
  Put(db, Sample(1));
  db.Execute("UPDATE everything SET plain = 'many'");
  try {
    Plain(db, 1);
    FAIL();
  } catch (const godwit::Error& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("query Plain: column plain: the text \"many\""));
    EXPECT_EQ(error.where().file, "queries/everything.sql");
  }
}

}  // namespace
}  // namespace generated::lite
