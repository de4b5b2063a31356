// SPDX-License-Identifier: Apache-2.0
#include "godwit/error.h"

#include <gmock/gmock.h>

#include <set>

namespace godwit {
namespace {

// The table of exit statuses: 1 was tried and failed, 2 could not be tried.
struct Row {
  ErrorCode code;
  std::string_view word;
  bool refusal;
};
constexpr Row kRows[] = {
    {ErrorCode::kConnectFailed, "connect_failed", false},
    {ErrorCode::kPoolTimeout, "pool_timeout", false},
    {ErrorCode::kSearchPathFailed, "search_path_failed", false},
    {ErrorCode::kStatementFailed, "statement_failed", false},
    {ErrorCode::kMigrationFailed, "migration_failed", false},
    {ErrorCode::kLockTimeout, "lock_timeout", false},
    {ErrorCode::kRunLockTimeout, "run_lock_timeout", false},
    {ErrorCode::kInterrupted, "interrupted", false},
    {ErrorCode::kDestructive, "destructive", false},
    {ErrorCode::kRowsDoNotFit, "rows_do_not_fit", false},
    {ErrorCode::kPlanFailed, "plan_failed", false},
    {ErrorCode::kTrackerUnusable, "tracker_unusable", false},
    {ErrorCode::kInternal, "internal", false},
    {ErrorCode::kUsage, "usage", true},
    {ErrorCode::kConfig, "config", true},
    {ErrorCode::kFileUnreadable, "file_unreadable", true},
    {ErrorCode::kParseError, "parse_error", true},
    {ErrorCode::kBadFilename, "bad_filename", true},
    {ErrorCode::kVersionCollision, "version_collision", true},
    {ErrorCode::kNoMigrations, "no_migrations", true},
    {ErrorCode::kTransactionControl, "transaction_control", true},
    {ErrorCode::kRenamed, "renamed", true},
    {ErrorCode::kChecksumMismatch, "checksum_mismatch", true},
    {ErrorCode::kMissingFile, "missing_file", true},
    {ErrorCode::kOutOfOrder, "out_of_order", true},
    {ErrorCode::kNoDown, "no_down", true},
    {ErrorCode::kUnknownVersion, "unknown_version", true},
    {ErrorCode::kLegacyDirty, "legacy_dirty", true},
    {ErrorCode::kLegacyAmbiguous, "legacy_ambiguous", true},
    {ErrorCode::kDevNotEmpty, "dev_not_empty", true},
    {ErrorCode::kUnsupported, "unsupported", true},
};

TEST(ErrorCodes, HaveTheirStableWordAndTheirExitStatus) {
  std::set<ErrorCode> seen;
  for (const Row& row : kRows) {
    EXPECT_EQ(Word(row.code), row.word);
    EXPECT_EQ(IsRefusal(row.code), row.refusal) << row.word;
    seen.insert(row.code);
  }
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(ErrorCode::kUnsupported) + 1);
}

TEST(Errors, CarryWhatACallerCanActOn) {
  ErrorInfo info =
      Error(ErrorCode::kMigrationFailed, "it failed", "mend it").info();
  info.sqlstate = "42703";
  info.constraint = "users_email_key";
  info.where = {"f.sql", 1, 2, "x"};
  info.hint = "a hint";
  const Error error(info);
  EXPECT_STREQ(error.what(), "it failed");
  EXPECT_EQ(error.code(), ErrorCode::kMigrationFailed);
  EXPECT_EQ(error.sqlstate(), "42703");
  EXPECT_EQ(error.constraint(), "users_email_key");
  EXPECT_EQ(error.where(), info.where);
  EXPECT_EQ(error.hint(), "a hint");
  EXPECT_EQ(error.info().help, "mend it");
}

}  // namespace
}  // namespace godwit
