// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/session_settings.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "godwit/connection.h"
#include "support/folder.h"

namespace godwit::engine {
namespace {

struct SessionSettingsTest : testing::Test {
  test::TempFolder folder;
  Connection connection = Connection::Open("sqlite:" + folder / "app.db");
  internal::SqliteSession& session =
      dynamic_cast<internal::SqliteSession&>(connection.session());

  std::string Ask(std::string_view pragma) {
    return connection.Execute(Cat("PRAGMA ", pragma))
        .at(0, 0)
        .Get<std::string>();
  }
  std::int64_t Databases() {
    return connection.Execute("SELECT count(*) FROM pragma_database_list")
        .Get<std::int64_t>(0, 0);
  }
};

TEST_F(SessionSettingsTest, WhatAPragmaChangedIsPutBack) {
  struct Case {
    std::string_view name, value;
  };
  constexpr Case kCases[] = {{"foreign_keys", "1"},
                             {"recursive_triggers", "1"},
                             {"legacy_alter_table", "1"},
                             {"ignore_check_constraints", "1"},
                             {"synchronous", "0"},
                             {"cache_size", "-77"},
                             {"cache_spill", "0"},
                             {"temp_store", "2"},
                             {"read_uncommitted", "1"},
                             {"query_only", "1"},
                             {"reverse_unordered_selects", "1"},
                             {"secure_delete", "0"},
                             {"trusted_schema", "0"},
                             {"writable_schema", "1"},
                             {"cell_size_check", "1"},
                             {"automatic_index", "0"},
                             {"mmap_size", "65536"},
                             {"locking_mode", "EXCLUSIVE"},
                             {"journal_mode", "MEMORY"},
                             {"journal_mode", "OFF"},
                             {"journal_mode", "TRUNCATE"},
                             {"wal_autocheckpoint", "7"},
                             {"journal_size_limit", "7"},
                             {"fullfsync", "1"},
                             {"checkpoint_fullfsync", "1"},
                             {"analysis_limit", "7"},
                             {"full_column_names", "1"},
                             {"short_column_names", "0"},
                             {"count_changes", "1"},
                             {"empty_result_callbacks", "1"}};
  for (const Case& row : kCases) {
    const std::string before = Ask(row.name);
    const SessionSettings settings = SessionSettings::Read(session);
    session.Run(Cat("PRAGMA ", row.name, " = ", row.value));
    EXPECT_NE(Ask(row.name), before)
        << row.name << ": the test changes nothing";
    settings.PutBack(session);
    EXPECT_EQ(Ask(row.name), before) << row.name;
  }
}

TEST_F(SessionSettingsTest, WhatWasSetBeforeStays) {
  session.Run("PRAGMA foreign_keys = 1");
  session.Run("PRAGMA cache_size = -77");
  const SessionSettings settings = SessionSettings::Read(session);
  session.Run("PRAGMA foreign_keys = 0");
  session.Run("PRAGMA cache_size = 5");
  settings.PutBack(session);
  EXPECT_EQ(Ask("foreign_keys"), "1");
  EXPECT_EQ(Ask("cache_size"), "-77");
}

TEST_F(SessionSettingsTest, WriteAheadLoggingIsTheFilesAndStays) {
  const SessionSettings settings = SessionSettings::Read(session);
  session.Run("PRAGMA journal_mode = WAL");
  settings.PutBack(session);
  EXPECT_EQ(Ask("journal_mode"), "wal");
  const SessionSettings later = SessionSettings::Read(session);
  session.Run("PRAGMA journal_mode = DELETE");
  later.PutBack(session);
  EXPECT_EQ(Ask("journal_mode"), "delete");
}

TEST_F(SessionSettingsTest, WhatWasAttachedIsDetached) {
  session.Run(Cat("ATTACH '", folder / "old.db", "' AS old"));
  const SessionSettings settings = SessionSettings::Read(session);
  session.Run(Cat("ATTACH '", folder / "other.db", "' AS \"odd \"\"name\""));
  session.Run("CREATE TEMP TABLE t (id int)");
  EXPECT_EQ(Databases(), 4);  // main, temp, old and this
  settings.PutBack(session);
  EXPECT_EQ(Databases(), 3);
  connection.Execute("SELECT * FROM old.sqlite_schema");
}

TEST_F(SessionSettingsTest, TheWaitingOfOurOwnIsInstalledAgain) {
  const auto before = session.set_busy_timeout(std::chrono::milliseconds(50));
  const SessionSettings settings = SessionSettings::Read(session);
  session.Run("PRAGMA busy_timeout = 100000");
  settings.PutBack(session);
  EXPECT_EQ(session.set_busy_timeout(before), std::chrono::milliseconds(50));
}

TEST_F(SessionSettingsTest, PuttingBackWhatDidNotChangeWritesNothing) {
  session.Run("CREATE TABLE t (id int)");
  const SessionSettings settings = SessionSettings::Read(session);
  const std::string version = Ask("data_version");
  settings.PutBack(session);
  EXPECT_EQ(Ask("data_version"), version);
  EXPECT_FALSE(session.in_transaction());
}

}  // namespace
}  // namespace godwit::engine
