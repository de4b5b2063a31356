// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "godwit/connection.h"
#include "runtime/sqlite.h"
#include "support/folder.h"

namespace godwit::internal {
namespace {

using test::TempFolder;
using testing::EndsWith;

SqliteSession& Sqlite(Connection& connection) {
  return dynamic_cast<SqliteSession&>(connection.session());
}

Error OpenFailure(const std::string& dsn,
                  OpenMode mode = OpenMode::kReadWriteCreate) {
  try {
    Connection::Open(
        dsn, {.mode = mode, .busy_timeout = std::chrono::milliseconds(20)});
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "opened: " << dsn;
  return Error(ErrorCode::kInternal, "");
}

TEST(SqliteOpen, SaysWhyAFileCannotBeOpened) {
  const TempFolder folder;
  folder.Write("text.db", std::string(5000, 'x'));
  std::filesystem::create_directory(folder / "dir.db");
  const std::tuple<std::string, OpenMode, std::string> cases[] = {
      {"text.db", OpenMode::kReadWriteCreate,
       "text.db: file is not a database"},
      {"dir.db", OpenMode::kReadWriteCreate, "dir.db: it is a directory"},
      {"none.db", OpenMode::kReadWrite, "none.db: the file does not exist"},
      {"none.db", OpenMode::kReadOnly, "none.db: the file does not exist"},
      {"no/x.db", OpenMode::kReadWriteCreate,
       "the folder " + folder / "no" + " does not exist"},
  };
  for (const auto& [name, mode, message] : cases) {
    SCOPED_TRACE(name);
    const Error error = OpenFailure("sqlite:" + folder / name, mode);
    EXPECT_EQ(error.code(), ErrorCode::kConnectFailed);
    EXPECT_THAT(error.what(), EndsWith(message));
    EXPECT_THAT(error.what(),
                testing::StartsWith("cannot open sqlite:" + folder.path()));
    EXPECT_NE(error.info().help, "");
  }
  EXPECT_EQ(test::ReadFile(folder / "text.db"), std::string(5000, 'x'));
  EXPECT_FALSE(std::filesystem::exists(folder / "none.db"));
}

// A folder that this process may look into, not write to.
class ReadOnlyFolder {
 public:
  ReadOnlyFolder() {
    chmod(folder_.path().c_str(), 0555);
    if (geteuid() == 0 && seteuid(65534) != 0) ADD_FAILURE() << "seteuid";
  }
  ~ReadOnlyFolder() {
    if (getuid() == 0 && seteuid(0) != 0) ADD_FAILURE() << "seteuid";
    chmod(folder_.path().c_str(), 0755);
  }
  std::string operator/(std::string_view name) const { return folder_ / name; }

 private:
  TempFolder folder_;
};

TEST(SqliteOpen, SaysThatAFolderCannotBeWrittenTo) {
  const ReadOnlyFolder folder;
  const Error error = OpenFailure("sqlite:" + folder / "none.db");
  EXPECT_THAT(error.what(),
              testing::HasSubstr("none.db: the file does not exist, and none "
                                 "can be made in the folder /"));
  EXPECT_EQ(error.info().help,
            "check the rights on the folder, or correct the path");
}

TEST(SqliteOpen, ALockedFileIsToldAsSuch) {
  const TempFolder folder;
  Connection writer = Connection::Open(folder / "a.db");
  writer.Execute("CREATE TABLE t (a)");
  writer.Execute("BEGIN EXCLUSIVE");
  const Error error = OpenFailure(folder / "a.db");
  EXPECT_THAT(error.what(), EndsWith("database is locked"));
  EXPECT_EQ(error.info().condition, "SQLITE_BUSY");
}

TEST(SqliteOpen, ReadOnlyReadsOnly) {
  const TempFolder folder;
  Connection::Open(folder / "a.db").Execute("CREATE TABLE t (a)");
  for (const std::string& dsn :
       {"sqlite:" + folder / "a.db",
        "sqlite:file:" + folder / "a.db" + "?mode=rwc",
        "sqlite:" + folder / "a.db" + "?cache=private&mode=rw"}) {
    SCOPED_TRACE(dsn);
    Connection connection =
        Connection::Open(dsn, {.mode = OpenMode::kReadOnly});
    EXPECT_TRUE(Sqlite(connection).is_read_only());
    EXPECT_TRUE(connection.Execute("SELECT * FROM t").empty());
    EXPECT_THROW(connection.Execute("INSERT INTO t VALUES (1)"), Error);
    EXPECT_NO_THROW(Transaction(connection).Commit());
  }
}

TEST(SqliteOpen, TheUrisOwnModeHolds) {
  const TempFolder folder;
  EXPECT_EQ(OpenFailure("sqlite:file:" + folder / "a.db" + "?mode=rw").code(),
            ErrorCode::kConnectFailed);
  Connection::Open(folder / "a.db").Execute("CREATE TABLE t (a)");
  Connection connection =
      Connection::Open("sqlite:" + folder / "a.db" + "?mode=ro");
  EXPECT_TRUE(Sqlite(connection).is_read_only());
}

TEST(SqliteOpen, KnowsItsFile) {
  const TempFolder folder;
  Connection file =
      Connection::Open("sqlite:" + folder / "a b.db" + "?mode=rwc");
  EXPECT_EQ(std::filesystem::path(Sqlite(file).file()).filename(), "a b.db");
  EXPECT_FALSE(Sqlite(file).is_read_only());
  Connection memory = Connection::Open("sqlite::memory:");
  EXPECT_EQ(Sqlite(memory).file(), "");
  EXPECT_EQ(memory.engine(), EngineKind::kSqlite);
}

TEST(SqliteOpen, ANewFileIsThereAtOnce) {
  const TempFolder folder;
  Connection connection = Connection::Open("sqlite:" + folder / "new.db");
  EXPECT_TRUE(std::filesystem::exists(folder / "new.db"));
}

}  // namespace
}  // namespace godwit::internal
