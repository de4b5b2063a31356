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

}  // namespace
}  // namespace godwit::test
