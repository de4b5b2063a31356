// SPDX-License-Identifier: Apache-2.0
#include "godwit/error.h"

#include <iterator>

namespace godwit {

namespace {
struct Row {
  ErrorCode code;
  std::string_view word;
  bool refusal;
};

constexpr Row kRows[] = {
    {ErrorCode::kConnectFailed, "connect_failed", false},
    {ErrorCode::kSearchPathFailed, "search_path_failed", false},
    {ErrorCode::kStatementFailed, "statement_failed", false},
    {ErrorCode::kPoolTimeout, "pool_timeout", false},
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

const Row& Find(ErrorCode code) {
  static_assert(std::size(kRows) ==
                static_cast<std::size_t>(ErrorCode::kUnsupported) + 1);
  return kRows[static_cast<std::size_t>(code)];
}
}  // namespace

std::string_view Word(ErrorCode code) {
  return Find(code).word;
}
bool IsRefusal(ErrorCode code) {
  return Find(code).refusal;
}

Error::Error(ErrorCode code, std::string message, std::string help) {
  info_.code = code;
  info_.message = std::move(message);
  info_.help = std::move(help);
}

}  // namespace godwit
