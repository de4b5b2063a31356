// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace godwit {

// What stopped an operation. The words (`Word`) are stable: scripts and the
// command's JSON rely on them.
enum class ErrorCode {
  // It was tried and failed.
  kConnectFailed,
  kSearchPathFailed,
  kStatementFailed,  // one statement of a program's own; never of a migration
  kPoolTimeout,      // no connection of a pool became free in time
  kMigrationFailed,
  kLockTimeout,
  kRunLockTimeout,
  kInterrupted,
  kDestructive,
  kRowsDoNotFit,
  kPlanFailed,
  kTrackerUnusable,
  kInternal,
  // It could not be tried.
  kUsage,
  kConfig,
  kFileUnreadable,
  kParseError,
  kBadFilename,
  kVersionCollision,
  kNoMigrations,
  kTransactionControl,
  kRenamed,
  kChecksumMismatch,
  kMissingFile,
  kOutOfOrder,
  kNoDown,
  kUnknownVersion,
  kLegacyDirty,
  kLegacyAmbiguous,
  kDevNotEmpty,
  kUnsupported,
};

// The stable word of a code: "migration_failed".
std::string_view Word(ErrorCode code);

// Whether the operation could not even be tried (bad input, exit status 2), in
// contrast to tried and failed (exit status 1).
bool IsRefusal(ErrorCode code);

// A place in a document. Lines and columns count from 1, columns in code
// points; 0 is unknown.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  std::string excerpt;  // the whole line, without its end

  bool operator==(const Place&) const = default;
};

// One more thing that is wrong with a document.
struct Complaint {
  std::string message;
  Place where;
  std::string help;

  bool operator==(const Complaint&) const = default;
};

// All that is known of a failure. What is unknown is empty.
struct ErrorInfo {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;  // lower case, no full stop, names the object

  // What the database said.
  std::string sqlstate;   // PostgreSQL: five characters
  int sqlite_code = 0;    // SQLite: the extended result code
  std::string condition;  // "undefined_column", "SQLITE_CONSTRAINT_FOREIGNKEY"
  std::string detail;
  std::string hint;
  std::string
      constraint;  // PostgreSQL: its name; SQLite: "table.column" or name
  std::string schema;
  std::string table;
  std::string column;
  std::string context;  // PostgreSQL: where the server was, outermost last
  int position = 0;     // in the statement's text, in code points from 1

  Place where;
  std::vector<Complaint> others;        // of the same document, by their place
  std::optional<std::int64_t> version;  // of the migration
  std::string state;                    // what state things are in now
  std::string help;                     // the next step
};

// What stops an operation. One flat class; those who branch, branch on code().
// No message holds a password.
class Error : public std::exception {
 public:
  explicit Error(ErrorInfo info) : info_(std::move(info)) {}
  Error(ErrorCode code, std::string message, std::string help = {});

  const char* what() const noexcept override { return info_.message.c_str(); }
  ErrorCode code() const { return info_.code; }
  const std::string& sqlstate() const { return info_.sqlstate; }
  const std::string& constraint() const { return info_.constraint; }
  const Place& where() const { return info_.where; }
  const std::string& hint() const { return info_.hint; }
  const ErrorInfo& info() const { return info_; }

 private:
  ErrorInfo info_;
};

}  // namespace godwit
