// SPDX-License-Identifier: Apache-2.0
// godwit and another tool by turns on one database, in that tool's own tracker.
// Whatever one of them did, the other goes on from there.
#include <gmock/gmock.h>
#include <godwit/connection.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "peer.h"
#include "support/cluster.h"
#include "support/folder.h"
#include "support/process.h"

namespace godwit::peers {

void PrintTo(const Peer& peer, std::ostream* out) {
  *out << peer.name;
}

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Where turns are taken: a version of PostgreSQL, or 0 for SQLite.
using Place = int;

std::vector<Place> Places() {
  std::vector<Place> places = {0};
  for (const int version : test::Cluster::Versions()) places.push_back(version);
  return places;
}

class TakingTurns : public ::testing::TestWithParam<std::tuple<Peer, Place>> {
 protected:
  void SetUp() override {
    program_ = ProgramOf(peer());
    if (program_.empty())
      GTEST_SKIP() << peer().name
                   << " is not here; scripts/setup --tests brings it";
    const Place place = std::get<1>(GetParam());
    if (place == 0) {
      if (!GODWIT_HAS_SQLITE) GTEST_SKIP() << "this build has no SQLite engine";
      target_ = {folder_ / "app.db", "sqlite:" + (folder_ / "app.db")};
    } else {
      if (!GODWIT_HAS_POSTGRESQL)
        GTEST_SKIP() << "this build has no PostgreSQL engine";
      const std::string missing = test::Cluster::Missing(place);
      if (!missing.empty()) GTEST_SKIP() << missing;
      target_ = {"", test::Cluster::Of(place).FreshDatabase()};
    }
  }

  const Peer& peer() const { return std::get<0>(GetParam()); }

  // Adds the migration that makes table t1, t2, …
  void AddMigration(int version) const {
    const std::string table = "t" + std::to_string(version);
    for (const File& file :
         peer().migration(version, "CREATE TABLE " + table + " (id INTEGER);",
                          "DROP TABLE " + table + ";")) {
      test::WriteFile(folder_ / ("migrations/" + file.name), file.text);
    }
  }

  void PeerUp() const {
    Run(program_, peer().up(target_, folder_ / "migrations"));
  }
  void PeerDown() const {
    Run(program_, peer().down(target_, folder_ / "migrations"));
  }
  std::string Godwit(const std::string& verb,
                     const std::vector<std::string>& flags = {}) const {
    std::vector<std::string> all = {"--tracker-kind",
                                    std::string(peer().tracker)};
    all.insert(all.end(), flags.begin(), flags.end());
    return GodwitInItsOwn(verb, all);
  }
  // With the applied set.
  std::string GodwitInItsOwn(const std::string& verb,
                             const std::vector<std::string>& flags = {}) const {
    std::vector<std::string> words = {
        "migrate", verb, "--url", target_.dsn, "--dir", folder_ / "migrations"};
    words.insert(words.end(), flags.begin(), flags.end());
    return Run(GODWIT_BINARY_DIR "/godwit", words);
  }

  // Those of t1, t2, … that are in the database.
  std::vector<std::string> Tables() const {
    auto connection = Connection::Open(target_.dsn);
    const Result rows =
        connection.Execute(target_.sqlite_file.empty()
                               ? "SELECT tablename::text FROM pg_tables WHERE "
                                 "tablename ~ '^t[0-9]+$' ORDER BY 1"
                               : "SELECT name FROM sqlite_schema WHERE type = "
                                 "'table' AND name GLOB 't[0-9]' ORDER BY "
                                 "1");
    std::vector<std::string> tables;
    for (std::size_t row = 0; row < rows.size(); ++row)
      tables.push_back(rows.Get<std::string>(row, 0));
    return tables;
  }

 private:
  // What it printed; a failure of the program is one of the test.
  static std::string Run(const std::string& program,
                         std::vector<std::string> words) {
    words.insert(words.begin(), program);
    const test::Outcome outcome = test::RunProcess(words);
    EXPECT_EQ(outcome.exit_code, 0)
        << ::testing::PrintToString(words) << outcome.out << outcome.err;
    return outcome.out;
  }

  test::TempFolder folder_;
  Target target_;
  std::string program_;
};

TEST_P(TakingTurns, GodwitGoesOnWhereTheOtherStopped) {
  AddMigration(1);
  PeerUp();
  AddMigration(2);
  EXPECT_THAT(Godwit("status", {"--json"}), HasSubstr("\"pending\":1"));
  Godwit("up");
  EXPECT_THAT(Tables(), ElementsAre("t1", "t2"));
  EXPECT_EQ(Godwit("version"), "2\n");
}

TEST_P(TakingTurns, TheOtherGoesOnWhereGodwitStopped) {
  AddMigration(1);
  Godwit("up");
  AddMigration(2);
  PeerUp();
  EXPECT_THAT(Tables(), ElementsAre("t1", "t2"));
  EXPECT_EQ(Godwit("version"), "2\n");
  EXPECT_THAT(Godwit("status", {"--json"}), HasSubstr("\"pending\":0"));
}

TEST_P(TakingTurns, NeitherRepeatsWhatTheOtherDid) {
  AddMigration(1);
  AddMigration(2);
  PeerUp();
  EXPECT_THAT(Godwit("up", {"--json"}), HasSubstr("\"applied\":[]"));
  PeerUp();
  EXPECT_THAT(Tables(), ElementsAre("t1", "t2"));
}

TEST_P(TakingTurns, EachRevertsWhatTheOtherApplied) {
  AddMigration(1);
  AddMigration(2);
  PeerUp();
  Godwit("down");
  EXPECT_THAT(Tables(), ElementsAre("t1"));
  Godwit("up");
  PeerDown();
  EXPECT_THAT(Tables(), ElementsAre("t1"));
  EXPECT_EQ(Godwit("version"), "1\n");
  PeerDown();
  EXPECT_THAT(Tables(), IsEmpty());
  EXPECT_EQ(Godwit("version"), "0\n");
}

TEST_P(TakingTurns, TheOtherStartsAgainAfterGodwitRevertedAll) {
  AddMigration(1);
  AddMigration(2);
  Godwit("up");
  Godwit("down", {"--all"});
  EXPECT_THAT(Tables(), IsEmpty());
  PeerUp();
  EXPECT_THAT(Tables(), ElementsAre("t1", "t2"));
}

// Taken over for good, and given back: the tool then has nothing to do, and
// goes on from there.
class TakingOver : public TakingTurns {
 protected:
  std::string Tool() const { return std::string(peer().tracker); }
};

TEST_P(TakingOver, A6GodwitGoesOnInASetOfItsOwn) {
  AddMigration(1);
  AddMigration(2);
  PeerUp();
  AddMigration(3);
  EXPECT_THAT(GodwitInItsOwn("adopt", {"--from", Tool(), "--json"}),
              HasSubstr("\"adopted\":[1,2],\"pending\":[3]"));
  EXPECT_THAT(GodwitInItsOwn("up", {"--json"}), HasSubstr("\"version\":3"));
  EXPECT_THAT(Tables(), ElementsAre("t1", "t2", "t3"));
}

TEST_P(TakingOver, A6HandedBackTheOtherIsUpToDateAndGoesOn) {
  AddMigration(1);
  PeerUp();
  GodwitInItsOwn("adopt", {"--from", Tool()});
  AddMigration(2);
  AddMigration(3);
  GodwitInItsOwn("up");
  GodwitInItsOwn("handback", {"--to", Tool()});
  PeerUp();
  EXPECT_THAT(Tables(), ElementsAre("t1", "t2", "t3"));
  AddMigration(4);
  PeerUp();
  EXPECT_THAT(Tables(), ElementsAre("t1", "t2", "t3", "t4"));
  PeerDown();
  PeerDown();
  EXPECT_THAT(Tables(), ElementsAre("t1", "t2"));
}

TEST_P(TakingOver, A6HandedToAToolThatNeverWasThereItIsUpToDate) {
  AddMigration(1);
  AddMigration(2);
  GodwitInItsOwn("up");
  GodwitInItsOwn("handback", {"--to", Tool()});
  PeerUp();
  EXPECT_THAT(Tables(), ElementsAre("t1", "t2"));
  GodwitInItsOwn("down");
  GodwitInItsOwn("handback", {"--to", Tool()});
  PeerUp();
  EXPECT_THAT(Tables(), ElementsAre("t1", "t2"));
}

// With the peer whose command takes a lock: golang-migrate, on PostgreSQL.
class AtOnce : public TakingTurns {};

TEST_P(AtOnce, BothApplyEachMigrationOnce) {
  for (int version = 1; version <= 9; ++version) AddMigration(version);
  {
    std::jthread other([this] { PeerUp(); });
    for (int i = 0; i < 3; ++i) Godwit("up");
  }
  EXPECT_EQ(Tables().size(), 9u);
  EXPECT_EQ(Godwit("version"), "9\n");
  EXPECT_THAT(Godwit("status", {"--json"}), HasSubstr("\"pending\":0"));
}

std::string NameOf(
    const ::testing::TestParamInfo<TakingTurns::ParamType>& info) {
  const Place place = std::get<1>(info.param);
  return std::string(std::get<0>(info.param).name) + "_" +
         (place == 0 ? "sqlite" : "postgresql" + std::to_string(place));
}

INSTANTIATE_TEST_SUITE_P(Peers, TakingTurns,
                         ::testing::Combine(::testing::ValuesIn(Peers()),
                                            ::testing::ValuesIn(Places())),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(Peers, TakingOver,
                         ::testing::Combine(::testing::ValuesIn(Peers()),
                                            ::testing::ValuesIn(Places())),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(
    Peers, AtOnce,
    ::testing::Combine(::testing::Values(Peers()[1]),
                       ::testing::ValuesIn(test::Cluster::Versions())),
    NameOf);

}  // namespace
}  // namespace godwit::peers
