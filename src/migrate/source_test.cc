// SPDX-License-Identifier: Apache-2.0
#include "migrate/source.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "base/sha256.h"
#include "base/text.h"
#include "godwit/error.h"

namespace godwit::migrate {
namespace {

using testing::ElementsAre;

class SourceTest : public testing::Test {
 protected:
  SourceTest() : folder_(testing::TempDir() + "godwit_source_test") {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~SourceTest() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name,
             const std::string& text = "-- +goose Up\n") {
    std::ofstream(folder_ + "/" + name, std::ios::binary) << text;
  }
  std::vector<std::string> Versions(
      std::optional<FormatKind> format = std::nullopt) {
    std::vector<std::string> versions;
    const Source source = Source::ReadFolder(folder_, format);
    for (const Migration& migration : source.migrations()) {
      versions.push_back(Cat(migration.version, " ", migration.name));
    }
    return versions;
  }
  // "code: message" without the folder.
  std::string Refusal(std::optional<FormatKind> format = std::nullopt) {
    try {
      Versions(format);
    } catch (const Error& error) {
      std::string message = error.what();
      for (std::size_t at = 0;
           (at = message.find(folder_, at)) != std::string::npos;)
        message.replace(at, folder_.size(), "DIR");
      return Cat(Word(error.code()), ": ", message);
    }
    return "no error";
  }

  std::string folder_;
};

TEST_F(SourceTest, SortsByNumberAndIgnoresSubfolders) {
  for (const char* name :
       {"10_d.sql", "02_b.sql", "1_a.sql", "0003_c.sql", "README.md"})
    Write(name);
  std::filesystem::create_directory(folder_ + "/sub");
  EXPECT_THAT(Versions(), ElementsAre("1 a", "2 b", "3 c", "10 d"));
}

TEST_F(SourceTest, KeepsBytesPathsAndChecksums) {
  Write("00001_a.sql", "-- +goose Up\nSELECT 1;\n");
  const Source source = Source::ReadFolder(folder_ + "/", std::nullopt);
  const Migration* migration = source.Find(1);
  ASSERT_NE(migration, nullptr);
  EXPECT_EQ(source.Find(2), nullptr);
  EXPECT_EQ(source.format().name, "goose");
  EXPECT_EQ(migration->spelling, "00001");
  EXPECT_EQ(migration->path(), folder_ + "/00001_a.sql");
  EXPECT_EQ(migration->up->bytes, "-- +goose Up\nSELECT 1;\n");
  EXPECT_EQ(migration->checksum, Sha256Hex(migration->up->bytes));
}

TEST_F(SourceTest, PutsPairsTogether) {
  Write("1_a.down.sql", "DROP TABLE a;");
  Write("1_b.up.sql", "CREATE TABLE a (id int);");
  Write("2_c.down.sql", "SELECT 1;");
  const Source source = Source::ReadFolder(folder_, std::nullopt);
  EXPECT_EQ(source.format().name, "pairs");
  ASSERT_EQ(source.migrations().size(), 2u);
  const Migration& first = source.migrations()[0];
  EXPECT_EQ(first.name, "b");
  EXPECT_EQ(first.checksum, Sha256Hex("CREATE TABLE a (id int);"));
  EXPECT_TRUE(first.up && first.down);
  EXPECT_FALSE(source.migrations()[1].up);
}

TEST_F(SourceTest, RefusesTwoFilesOfOneVersion) {
  Write("1_a.sql");
  Write("01_b.sql");
  EXPECT_EQ(Refusal(),
            "version_collision: two files have version 1: DIR/01_b.sql and "
            "DIR/1_a.sql");
}

TEST_F(SourceTest, RefusesTwoHalvesOfOneDirection) {
  Write("1_a.up.sql");
  Write("1_b.up.sql");
  EXPECT_EQ(Refusal(FormatKind::kPairs),
            "version_collision: two files have version 1: DIR/1_a.up.sql and "
            "DIR/1_b.up.sql");
}

TEST_F(SourceTest, TakesDbmatesVersionsForTexts) {
  for (const char* name : {"1_a.sql", "001_c.sql", "01_b.sql"})
    Write(name, "-- migrate:up\n-- migrate:down\n");
  EXPECT_THAT(Versions(), ElementsAre("1 c", "1 b", "1 a"));
  Write("1_z.sql", "-- migrate:up\n-- migrate:down\n");
  EXPECT_EQ(Refusal(),
            "version_collision: two files have version 1: DIR/1_a.sql and "
            "DIR/1_z.sql");
}

TEST_F(SourceTest, ListsAllBadNames) {
  Write("1_a.sql");
  Write("schema.sql");
  Write("x_y.sql");
  EXPECT_EQ(Refusal(),
            "bad_filename: no names of goose migrations: DIR/schema.sql (no "
            "'_' after a version number); "
            "DIR/x_y.sql ('x' is no version number)");
}

TEST_F(SourceTest, ReadsFilesOfAnyExtensionAsPairs) {
  Write("6_f.up.txt", "SELECT 1;");
  Write("notes.txt", "x");
  EXPECT_THAT(Versions(), ElementsAre("6 f"));
}

TEST_F(SourceTest, RefusesAFolderNamedLikeAFile) {
  Write("1_a.sql");
  std::filesystem::create_directory(folder_ + "/2_b.sql");
  EXPECT_EQ(Refusal(),
            "file_unreadable: cannot read DIR/2_b.sql: is a directory");
}

TEST_F(SourceTest, RefusesMigrationsWrittenInGo) {
  Write("1_a.sql");
  Write("2_b.go", "package main");
  EXPECT_EQ(Refusal(),
            "unsupported: 2_b.go is a migration written in Go, which godwit "
            "cannot run");
}

TEST_F(SourceTest, TellsAMissingFolderFromAnEmptyOne) {
  EXPECT_EQ(Refusal(), "no_migrations: the folder DIR holds no migrations");
  std::filesystem::remove_all(folder_);
  EXPECT_EQ(Refusal(), "no_migrations: there is no folder DIR");
}

TEST_F(SourceTest, NeverGuessesPlain) {
  Write("1_a.sql", "SELECT 1;");
  EXPECT_EQ(
      Refusal(),
      "usage: cannot tell the format of DIR/1_a.sql: it has no annotations");
  EXPECT_THAT(Versions(FormatKind::kPlain), ElementsAre("1 a"));
}

TEST_F(SourceTest, TakesPlainWhereSomethingElseTellsIt) {
  Write("1_a.sql", "SELECT 1;");
  const Source source =
      Source::ReadFolder(folder_, std::nullopt, FormatKind::kPlain);
  EXPECT_EQ(source.format().kind, FormatKind::kPlain);
  Write("1_a.sql", "-- +goose Up\nSELECT 1;");
  EXPECT_EQ(Source::ReadFolder(folder_, std::nullopt, FormatKind::kPlain)
                .format()
                .kind,
            FormatKind::kGoose);
}

TEST_F(SourceTest, TellsFlywaysFilesByTheirNames) {
  Write("V2__b.sql", "SELECT 2;");
  Write("V1__a.sql", "SELECT 1;");
  Write("U1__a.sql", "SELECT -1;");
  Write("R__views.sql", "SELECT 3;");
  EXPECT_THAT(Versions(), ElementsAre("1 a", "2 b"));
}

TEST_F(SourceTest, RefusesTwoFormatsInOneFolder) {
  Write("1_a.sql");
  Write("2_b.sql", "-- migrate:up\n-- migrate:down\n");
  EXPECT_EQ(Refusal(),
            "usage: files of two formats: DIR/1_a.sql is goose, DIR/2_b.sql is "
            "dbmate");
}

TEST_F(SourceTest, AnEmbeddedSetMayBeEmpty) {
  EXPECT_TRUE(Source::FromEmbedded({}).migrations().empty());
}

TEST_F(SourceTest, TrustsEmbeddedChecksums) {
  const EmbeddedMigration files[] = {{"2_b.sql", "-- +goose Up\n", "abc"},
                                     {"1_a.sql", "-- +goose Up\n", ""}};
  const Source source = Source::FromEmbedded({files, ""});
  EXPECT_EQ(source.migrations()[0].checksum, Sha256Hex("-- +goose Up\n"));
  EXPECT_EQ(source.migrations()[1].checksum, "abc");
}

TEST_F(SourceTest, ReadsSingleFiles) {
  Write("1_a.sql");
  Write("notes.txt");
  const std::string paths[] = {folder_ + "/1_a.sql"};
  EXPECT_EQ(Source::ReadFiles(paths, std::nullopt).migrations()[0].path(),
            paths[0]);
  const std::string others[] = {folder_ + "/notes.txt"};
  EXPECT_THROW(Source::ReadFiles(others, FormatKind::kGoose), Error);
}

TEST_F(SourceTest, FlywaysDottedVersionsAreNumberedByAMap) {
  for (const char* name : {"V1__a.sql", "V1_2__b.sql", "V1.10__c.sql",
                           "U1_2__b.sql", "V2_0__d.sql"})
    Write(name, "");
  const auto read = [&](const VersionMap& versions) {
    std::string found;
    try {
      const Source source = Source::ReadFolder(folder_, {}, {}, versions);
      for (const Migration& migration : source.migrations())
        found += Cat(migration.version, migration.spelling, migration.name,
                     migration.down ? "- " : " ");
    } catch (const Error& error) {
      found = Cat(error.what(), "; ", error.info().help);
    }
    return found;
  };
  EXPECT_EQ(read({{"1", 100}, {"1.2", 102}, {"1.10", 110}, {"2", 200}}),
            "1001a 1021.2b- 1101.10c 2002d ");
  // What is missing, and how it could be written.
  const std::string missing = read({});
  EXPECT_THAT(missing, testing::HasSubstr("V1_2__b.sql (version 1.2 is no "
                                          "whole number)"));
  EXPECT_THAT(missing, testing::HasSubstr("\n\"1\": 100\n\"1.2\": 102\n"
                                          "\"1.10\": 110\n\"2\": 200"));
  EXPECT_THAT(read({{"1.2", std::nullopt}, {"1.10", 110}}),
              testing::HasSubstr("the map of versions leaves 1.2 out"));
  // Not in another order than Flyway's.
  EXPECT_THAT(read({{"1", 100}, {"1.2", 102}, {"1.10", 110}}),
              testing::HasSubstr("must give 2 a number, too"));
  EXPECT_THAT(read({{"1", 100}, {"1.2", 110}, {"1.10", 102}, {"2", 200}}),
              testing::HasSubstr("Flyway runs them in the other order"));
}

}  // namespace
}  // namespace godwit::migrate
