// SPDX-License-Identifier: Apache-2.0
// The locks that a dry run sees, in the server's own words.
#include "base/text.h"
#include "live/bench.h"
#include "support/cluster.h"

namespace godwit::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class PostgresDryRunTest : public EveryTarget {
 protected:
  // "1 AccessExclusiveLock public.users rewrites", of what was there before.
  std::vector<std::string> Locks(std::size_t file = 0) {
    const std::vector<migrate::DryRunLine> lines = bench().DryRun();
    std::vector<std::string> locks;
    EXPECT_EQ(lines.at(file).ok, true);
    for (const engine::LockTaken& lock : lines.at(file).locks) {
      if (!lock.is_new)
        locks.push_back(Cat(lock.statement, ' ', lock.mode, ' ', lock.relation,
                            lock.rewritten_by ? " rewrites" : ""));
    }
    return locks;
  }
};

INSTANTIATE_TEST_SUITE_P(Live, PostgresDryRunTest, testing::ValuesIn(Servers()),
                         NameOf);

TEST_P(PostgresDryRunTest, A11LocksAreThoseOfTheServersTable) {
  bench().Sql("CREATE TABLE users (id int PRIMARY KEY, name text)");
  bench().WriteUp("00001_a.sql",
                  "SELECT 1;\nALTER TABLE users ADD COLUMN email text;\n"
                  "CREATE INDEX users_name ON users (name);\nCREATE TABLE n "
                  "(u int REFERENCES users);");
  EXPECT_THAT(Locks(),
              testing::IsSupersetOf({"2 AccessExclusiveLock public.users",
                                     "3 ShareLock public.users",
                                     "4 ShareRowExclusiveLock public.users"}));
  EXPECT_FALSE(bench().HasTable("n"));
  EXPECT_FALSE(bench().HasTable("applied_migrations"));
}

TEST_P(PostgresDryRunTest, A11ARewriteIsSeenInTheFile) {
  bench().Sql("CREATE TABLE small (id int, v varchar(10))");
  bench().Sql("CREATE TABLE large (id int)");
  bench().WriteUp("00001_a.sql",
                  "ALTER TABLE small ALTER v TYPE varchar(20);\nALTER TABLE "
                  "large ALTER id TYPE bigint;");
  const auto locks = Locks();
  EXPECT_THAT(locks, Contains("1 AccessExclusiveLock public.small"));
  EXPECT_THAT(locks, Contains("2 AccessExclusiveLock public.large rewrites"));
}

TEST_P(PostgresDryRunTest, A11WhatIsDroppedOrRenamedKeepsItsName) {
  bench().Sql("CREATE SCHEMA \"Odd one\"");
  bench().Sql("CREATE TABLE \"Odd one\".a (id int)");
  bench().Sql("CREATE TABLE b (id int)");
  bench().WriteUp("00001_a.sql",
                  "DROP TABLE \"Odd one\".a;\nALTER TABLE b RENAME TO c;");
  EXPECT_THAT(Locks(), ElementsAre("1 AccessExclusiveLock Odd one.a",
                                   "2 AccessExclusiveLock public.b"));
}

TEST_P(PostgresDryRunTest, A11NothingOfTheServersOwnIsListed) {
  bench().WriteUp("00001_a.sql", "SELECT count(*) FROM pg_class;");
  EXPECT_THAT(Locks(), IsEmpty());
}

TEST_P(PostgresDryRunTest, A11EachFileCountsItsOwnStatements) {
  bench().Sql("CREATE TABLE a (id int)");
  bench().Sql("CREATE TABLE b (id int)");
  bench().WriteUp("00001_a.sql", "SELECT 1;\nALTER TABLE a ADD x int;");
  bench().WriteUp("00002_b.sql", "ALTER TABLE b ADD x int;");
  EXPECT_THAT(Locks(1), ElementsAre("1 AccessExclusiveLock public.b"));
}

// The server does not say how often a lock was asked for.
TEST_P(PostgresDryRunTest, A11WhatAnEarlierFileHoldsIsTold) {
  bench().Sql("CREATE TABLE a (id int PRIMARY KEY, name text)");
  bench().Sql("CREATE TABLE b (id int)");
  bench().WriteUp("00001_a.sql",
                  "ALTER TABLE a ADD x int;\nINSERT INTO b "
                  "VALUES (1);");
  bench().WriteUp("00002_b.sql",
                  "UPDATE a SET x = 1;\nALTER TABLE a DROP name;\n"
                  "INSERT INTO b VALUES (2);");
  bench().WriteUp("00003_c.sql", "CREATE INDEX a_x ON a (x);\nSELECT 1;");
  const std::vector<migrate::DryRunLine> lines = bench().DryRun();
  const auto told = [&](std::size_t file) {
    std::vector<std::string> locks;
    for (const engine::LockTaken& lock : lines.at(file).locks) {
      if (!lock.is_new && lock.relation.ends_with(".a") == (file != 0))
        locks.push_back(Cat(lock.statement, ' ', lock.mode,
                            lock.held_since ? " held" : "",
                            lock.rewritten_by ? " rewrites" : ""));
    }
    return locks;
  };
  EXPECT_THAT(told(1), ElementsAre("1 RowExclusiveLock",
                                   "2 AccessExclusiveLock held"));
  EXPECT_EQ(lines[1].locks.back().held_since, 0u);
  EXPECT_THAT(told(2), ElementsAre("1 ShareLock"));
}

}  // namespace
}  // namespace godwit::test
