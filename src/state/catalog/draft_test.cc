// SPDX-License-Identifier: Apache-2.0
#include "state/catalog/draft.h"

#include <gmock/gmock.h>

#include "engine/dsn.h"

namespace godwit::state {
namespace {

using schema::Change;
using schema::Rename;
using testing::ElementsAre;

const sql::Lexicon& Words() {
  return engine::LexiconOf(GODWIT_HAS_POSTGRESQL ? "postgresql" : "sqlite");
}

std::vector<std::string> KindsOf(const PlanPart& part) {
  std::vector<std::string> kinds;
  for (const Change& change : part.changes) kinds.push_back(change.kind);
  return kinds;
}

TEST(CutPlan, LeavesTheTransactionToTheFile) {
  const schema::Plan plan{{{.kind = "settings", .sql = {"SELECT 1"}},
                           {.kind = "begin", .sql = {"BEGIN"}},
                           {.kind = "create_table", .sql = {"SELECT 2"}},
                           {.kind = "commit", .sql = {"COMMIT"}}},
                          {}};
  const std::vector<PlanPart> parts = CutPlan(plan, Words(), false);
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_TRUE(parts[0].transaction);
  EXPECT_THAT(KindsOf(parts[0]), ElementsAre("settings", "create_table"));
}

TEST(CutPlan, CutsBeforeTheUseOfWhatMustBeCommittedFirst) {
  const Change label{.kind = "alter_type",
                     .sql = {"ALTER TYPE s ADD VALUE 'c'"},
                     .after_commit = {"'c'"}};
  const Change other{.kind = "other", .sql = {"ALTER TABLE t ADD x int"}};
  const Change use{.kind = "use",
                   .sql = {"ALTER TABLE t ALTER s SET DEFAULT 'c'"}};
  const std::vector<PlanPart> parts =
      CutPlan({{label, other, use, other}, {}}, Words(), false);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_THAT(KindsOf(parts[0]), ElementsAre("alter_type", "other"));
  EXPECT_THAT(KindsOf(parts[1]), ElementsAre("use", "other"));

  EXPECT_EQ(CutPlan({{label, other}, {}}, Words(), false).size(), 1u);
}

TEST(CutPlan, GivesWhatIsProvedLaterNoTransaction) {
  const Change key{.kind = "create_foreign_key",
                   .sql = {"ALTER TABLE t ADD CONSTRAINT f … NOT VALID",
                           "ALTER TABLE t VALIDATE CONSTRAINT f"}};
  EXPECT_FALSE(CutPlan({{key}, {}}, Words(), true)[0].transaction);
  EXPECT_TRUE(CutPlan({{key}, {}}, Words(), false)[0].transaction);
}

TEST(InverseRenames, NameWhatHoldsThemAsItWasCalled) {
  const std::vector<Rename> renames = {
      {Rename::Kind::kTable, {"public", "people"}, "users", "people"},
      {Rename::Kind::kColumn, {"public", "people"}, "name", "email"},
      {Rename::Kind::kColumn, {"public", "bills"}, "sum", "total"}};
  const std::vector<Rename> back = InverseRenames(renames);
  EXPECT_EQ(back[0].parent.name, "users");
  EXPECT_EQ(back[0].from, "people");
  EXPECT_EQ(back[0].to, "users");
  EXPECT_EQ(back[1].parent.name, "users");
  EXPECT_EQ(back[1].from, "email");
  EXPECT_EQ(back[2].parent.name, "bills");
  EXPECT_EQ(back[2].to, "sum");
}

}  // namespace
}  // namespace godwit::state
