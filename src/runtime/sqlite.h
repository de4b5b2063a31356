// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "runtime/dsn.h"
#include "runtime/session.h"

namespace godwit::internal {

// An SQLite connection as godwit's own modules see it. No type of sqlite3.h
// leaves this module.
class SqliteSession : public Session {
 public:
  // Runs the one statement of `sql` and throws its rows away. No copy of the
  // text is made; it need not end with NUL. Throws Error(kStatementFailed) with
  // extended code, condition ("SQLITE_CONSTRAINT_UNIQUE"), constraint and
  // position (code points from 1) where SQLite tells them. Text that holds no
  // statement (blanks, comments) does nothing.
  virtual void Run(std::string_view sql) = 0;
  // Foreign key violations that wait for COMMIT
  // (SQLITE_DBSTATUS_DEFERRED_FKS): whether there are any.
  virtual bool has_deferred_violations() const = 0;
  // How long a statement waits for another connection's lock; installs our own
  // waiting again where a PRAGMA has put SQLite's in its place. Gives the old
  // value.
  virtual std::chrono::milliseconds set_busy_timeout(
      std::chrono::milliseconds timeout) = 0;
  virtual bool is_read_only() const = 0;
  // The main database's file; empty for one in memory.
  virtual std::string file() const = 0;
  // The sqlite3*, for what is in this module only.
  virtual void* handle() = 0;
};

std::unique_ptr<SqliteSession> OpenSqlite(const Dsn& dsn,
                                          const ConnectOptions& options);

}  // namespace godwit::internal
