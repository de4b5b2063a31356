// SPDX-License-Identifier: Apache-2.0
#include "engine/dsn.h"

#include <gmock/gmock.h>

#include "engine/lexicons.h"
#include "godwit/error.h"
#include "support/folder.h"

namespace godwit::engine {
namespace {

TEST(Engines, AreFoundByName) {
  EXPECT_EQ(&LexiconOf("postgresql"), &PostgresLexicon());
  EXPECT_EQ(&LexiconOf("postgres"), &PostgresLexicon());
  EXPECT_EQ(&LexiconOf("sqlite"), &SqliteLexicon());
  EXPECT_EQ(&LexiconOf("sqlite3"), &SqliteLexicon());
}

TEST(Engines, OthersAreRefusedNamingThoseThatAreThere) {
  for (const std::string_view name : {"mysql", "", "PostgreSQL"}) {
    try {
      LexiconOf(name);
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kUsage);
      EXPECT_EQ(error.info().help, "the engines are postgresql and sqlite");
    }
  }
}

TEST(Engines, ADsnSaysItsOwn) {
#if GODWIT_HAS_POSTGRESQL
  EXPECT_EQ(&LexiconOfDsn("postgres://ada@db/app"), &PostgresLexicon());
  EXPECT_EQ(&LexiconOfDsn("host=db dbname=app"), &PostgresLexicon());
#endif
#if GODWIT_HAS_SQLITE
  EXPECT_EQ(&LexiconOfDsn("sqlite:app.db"), &SqliteLexicon());
  EXPECT_EQ(&LexiconOfDsn("app.sqlite3"), &SqliteLexicon());
#endif
  EXPECT_THROW(LexiconOfDsn("mysql://db/app"), Error);
}

#if GODWIT_HAS_SQLITE
TEST(Engines, ARelativeFileIsFromTheProjectFilesFolder) {
  struct Case {
    std::string_view dsn;
    std::string_view from_there;
  };
  constexpr Case kCases[] = {
      {"sqlite:app.db", "sqlite:../app.db"},
      {"sqlite3:data/app.db", "sqlite:../data/app.db"},
      {"app.sqlite", "sqlite:../app.sqlite"},
      {"sqlite://app.db", "sqlite:../app.db"},
      {"sqlite:app.db?mode=ro", "sqlite:../app.db?mode=ro"},
      {"sqlite:file:app.db?mode=ro", "sqlite:file:../app.db?mode=ro"},
      {"sqlite:/var/app.db", "sqlite:/var/app.db"},
      {"sqlite:///var/app.db", "sqlite:///var/app.db"},
      {"sqlite:file:///var/app.db", "sqlite:file:///var/app.db"},
      {"sqlite::memory:", "sqlite::memory:"},
      {"sqlite:file::memory:?cache=shared",
       "sqlite:file::memory:?cache=shared"},
      {"sqlite:file:x?mode=memory", "sqlite:file:x?mode=memory"}};
  for (const Case& row : kCases) {
    EXPECT_EQ(DsnFrom("..", row.dsn), row.from_there);
    EXPECT_EQ(DsnFrom("", row.dsn), row.dsn);
  }
}

TEST(Engines, AMissingDatabaseFileIsKnownBeforeItIsOpened) {
  const test::TempFolder folder;
  const std::string there = folder.Write("there.db", "");
  const std::string gone = folder / "gone.db";
  EXPECT_TRUE(NamesMissingFile(gone));
  EXPECT_TRUE(NamesMissingFile("sqlite:" + gone));
  EXPECT_TRUE(NamesMissingFile("sqlite:file:" + gone + "?mode=ro"));
  EXPECT_TRUE(NamesMissingFile("sqlite:file://localhost" + gone));
  EXPECT_FALSE(NamesMissingFile("sqlite:" + there));
  EXPECT_FALSE(NamesMissingFile("sqlite:file:" + there + "?mode=ro"));
  EXPECT_FALSE(NamesMissingFile("sqlite:file://localhost" + there));
  EXPECT_FALSE(NamesMissingFile("sqlite::memory:"));
  EXPECT_FALSE(NamesMissingFile("sqlite:file:x?mode=memory"));
}
#endif

#if GODWIT_HAS_POSTGRESQL
TEST(Engines, AServerHasNoFileToMiss) {
  EXPECT_FALSE(NamesMissingFile("postgres://ada@db/app"));
  EXPECT_EQ(DsnFrom("..", "postgres://ada@db/app"), "postgres://ada@db/app");
}
#endif

}  // namespace
}  // namespace godwit::engine
