// SPDX-License-Identifier: Apache-2.0
// What a program on SQLite relies on, S1 to S5. Other processes are real ones.
#include "notebook.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <godwit/migrator.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace notes {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A database file in a folder of its own.
class Notes : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name =
        (std::filesystem::temp_directory_path() / "notes-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string file() const { return folder_ / "notes.db"; }

  // What another program finds in the file; each row as text.
  std::vector<std::string> Ask(const std::string& sql) const {
    auto connection = godwit::Connection::Open("sqlite:" + file());
    const godwit::Result rows = connection.Execute(sql);
    std::vector<std::string> found;
    for (std::size_t row = 0; row < rows.size(); ++row)
      found.push_back(rows.Get<std::string>(row, 0));
    return found;
  }
  std::vector<std::string> AppliedVersions() const {
    return Ask(
        "SELECT CAST(version AS TEXT) FROM applied_migrations ORDER BY "
        "version");
  }

  std::filesystem::path folder_;
};

std::vector<std::string> Titles(const std::vector<Note>& notes) {
  std::vector<std::string> titles;
  for (const Note& note : notes) titles.push_back(note.title);
  return titles;
}

// The notebook's migrations and one more that fails at its second statement.
std::vector<godwit::EmbeddedMigration> WithAFailingFourth() {
  const auto files = db::Migrations().files;
  std::vector<godwit::EmbeddedMigration> all(files.begin(), files.end());
  all.push_back({"000004_broken.up.sql",
                 "CREATE TABLE half_open (id INTEGER);\nCREATE INDEX broken ON "
                 "no_such_table (id);\n",
                 ""});
  return all;
}

// A child process that runs `work` and ends with its result.
template <typename Work>
pid_t Fork(Work work) {
  const pid_t child = fork();
  if (child == 0) {
    int status = 99;
    try {
      status = work();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "child: %s\n", error.what());
    }
    _exit(status);
  }
  return child;
}

int StatusOf(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// A byte from one process to another.
class Signal {
 public:
  Signal() { EXPECT_EQ(pipe2(ends_, O_CLOEXEC), 0); }
  ~Signal() {
    close(ends_[0]);
    close(ends_[1]);
  }
  void Send() const { EXPECT_EQ(write(ends_[1], "x", 1), 1); }
  bool ArrivesWithin(int milliseconds) const {
    pollfd poll_for{ends_[0], POLLIN, 0};
    return poll(&poll_for, 1, milliseconds) == 1;
  }

 private:
  int ends_[2] = {-1, -1};
};

TEST_F(Notes, S1OpeningANewFileAppliesTheMigrationsInTheProgram) {
  Notebook::Open(file());
  EXPECT_THAT(AppliedVersions(), ElementsAre("1", "2", "3"));
}

TEST_F(Notes, S1TheProgramNeedsNoMigrateCommand) {
  const std::string notes = "NOTES_FILE=" + file() + " " + NOTES_PROGRAM;
  ASSERT_EQ(std::system(
                (notes + " add 'A walk' 'along the river' outdoors > /dev/null")
                    .c_str()),
            0);
  EXPECT_EQ(
      std::system(
          (notes + " search walking | grep -q 'A walk  .outdoors.'").c_str()),
      0);
  EXPECT_EQ(std::system((notes + " edit 1 'A swim' 'in the river'").c_str()),
            0);
  EXPECT_EQ(std::system((notes + " list | grep -q 'A swim'").c_str()), 0);
  EXPECT_EQ(std::system((notes + " delete 1").c_str()), 0);
  EXPECT_NE(std::system((notes + " delete 1 2> /dev/null").c_str()), 0);
}

TEST_F(Notes, S2TriggersKeepTheIndexInStepAfterUpdateAndDelete) {
  auto notebook = Notebook::Open(file());
  const auto river = notebook.Add("River", "walking along the water");
  const auto hill = notebook.Add("Hill", "walking up");
  EXPECT_THAT(Titles(notebook.Search({"water"})), ElementsAre("River"));

  notebook.Edit(river, "Lake", "swimming");
  EXPECT_THAT(notebook.Search({"water"}), IsEmpty());
  EXPECT_THAT(Titles(notebook.Search({"swim"})), ElementsAre("Lake"));

  notebook.Delete(hill);
  EXPECT_THAT(notebook.Search({"walking"}), IsEmpty());
  // FTS5 compares its index with the table itself and fails where they differ.
  EXPECT_NO_THROW(
      Ask("INSERT INTO notes_text (notes_text, rank) VALUES "
          "('integrity-check', 1)"));
}

TEST_F(Notes, S2DownInReverseOrderDropsEverything) {
  Notebook::Open(file()).Add("kept by nobody", "", {"tag"});
  godwit::MigrateOptions options;
  options.to = 0;
  const auto report =
      godwit::Rollback("sqlite:" + file(), db::Migrations(), options);

  std::vector<std::int64_t> order;
  for (const auto& step : report.reverted) order.push_back(step.version);
  EXPECT_THAT(order, ElementsAre(3, 2, 1));
  EXPECT_THAT(Ask("SELECT name FROM sqlite_schema WHERE tbl_name NOT LIKE "
                  "'applied_migrations'"
                  " AND name NOT LIKE 'godwit_%'"),
              IsEmpty());
  EXPECT_THAT(AppliedVersions(), IsEmpty());
}

TEST_F(Notes, S3OpeningAgainHasNothingToDoAndIsNoError) {
  Notebook::Open(file()).Add("first", "");
  const auto rows =
      Ask("SELECT version || name || applied_at || checksum FROM "
          "applied_migrations");
  EXPECT_THAT(Titles(Notebook::Open(file()).List()), ElementsAre("first"));
  EXPECT_EQ(Ask("SELECT version || name || applied_at || checksum FROM "
                "applied_migrations"),
            rows);
}

TEST_F(Notes, S3NothingIsWrittenWhenNothingIsPending) {
  Notebook::Open(file());
  auto watcher = godwit::Connection::Open("sqlite:" + file());
  const auto first =
      watcher.Execute("PRAGMA data_version").Get<std::int64_t>(0, 0);
  Notebook::Open(file());
  EXPECT_EQ(watcher.Execute("PRAGMA data_version").Get<std::int64_t>(0, 0),
            first);
}

TEST_F(Notes, S3WithNothingPendingOpenWaitsForNoWriter) {
  Notebook::Open(file()).Add("first", "");
  auto writer = godwit::Connection::Open("sqlite:" + file());
  godwit::Transaction busy(writer);
  busy.Execute("INSERT INTO notes (title) VALUES ('second')");
  EXPECT_THAT(Titles(Notebook::Open(file()).List()), ElementsAre("first"));
}

TEST_F(Notes, S4AFailingMigrationIsThrownByOpenAndLeavesNothingOfItself) {
  const auto files = WithAFailingFourth();
  try {
    Notebook::Open(file(), {files, ""});
    FAIL() << "it opened";
  } catch (const godwit::Error& error) {
    EXPECT_EQ(error.code(), godwit::ErrorCode::kMigrationFailed);
    EXPECT_THAT(error.what(), HasSubstr("no_such_table"));
    EXPECT_THAT(error.where().file, HasSubstr("000004_broken.up.sql"));
    EXPECT_EQ(error.where().line, 2);
  }
  EXPECT_THAT(Ask("SELECT name FROM sqlite_schema WHERE name = 'half_open'"),
              IsEmpty());
  EXPECT_THAT(AppliedVersions(), ElementsAre("1", "2", "3"));
}

TEST_F(Notes, S4AfterAFailureTheMendedProgramOpensTheFile) {
  const auto files = WithAFailingFourth();
  EXPECT_THROW(Notebook::Open(file(), {files, ""}), godwit::Error);
  auto notebook = Notebook::Open(file());
  notebook.Add("still here", "");
  EXPECT_THAT(Titles(notebook.List()), ElementsAre("still here"));
}

TEST_F(Notes, S5ALaterPairRunsOnTheNotesOfAnOlderRelease) {
  const godwit::Migrations release{db::Migrations().files.first(2),
                                   ""};  // the first pair
  auto old = godwit::Connection::Open("sqlite:" + file());
  godwit::Migrate(old, release);
  old.Execute("INSERT INTO notes (title, body) VALUES ('Walking', '')");

  auto notebook = Notebook::Open(file());
  EXPECT_THAT(Titles(notebook.Search({"walk"})), ElementsAre("Walking"));
  EXPECT_THAT(AppliedVersions(), ElementsAre("1", "2", "3"));
}

TEST_F(Notes, S5OfManyProgramsOpeningAtOnceOneMigratesAndAllSucceed) {
  const Signal go;
  std::vector<pid_t> programs;
  for (int i = 0; i < 8; ++i) {
    programs.push_back(Fork([&] {
      go.ArrivesWithin(60'000);
      Notebook::Open(file()).Add("by program " + std::to_string(i), "");
      return 0;
    }));
  }
  go.Send();
  for (const pid_t program : programs) EXPECT_EQ(StatusOf(program), 0);
  EXPECT_THAT(AppliedVersions(), ElementsAre("1", "2", "3"));
  EXPECT_EQ(Notebook::Open(file()).List().size(), programs.size());
}

TEST_F(Notes, S5AProgramWaitsWhileAnotherMigrates) {
  const Signal busy, opened;
  // SQLite's connections must not cross a fork, so the child comes first.
  const pid_t second = Fork([&] {
    busy.ArrivesWithin(60'000);
    Notebook::Open(file());
    opened.Send();
    return 0;
  });
  auto first = godwit::Connection::Open("sqlite:" + file());
  godwit::Transaction migrating(first);
  busy.Send();
  EXPECT_FALSE(opened.ArrivesWithin(300)) << "it did not wait";
  migrating.Rollback();
  EXPECT_EQ(StatusOf(second), 0);
  EXPECT_TRUE(opened.ArrivesWithin(0));
  EXPECT_THAT(AppliedVersions(), ElementsAre("1", "2", "3"));
}

}  // namespace
}  // namespace notes
