// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string_view>

#include "godwit/error.h"
#include "runtime/sqlite_handles.h"

namespace godwit::internal {

// A connection to SQLite that waits for locks and can be interrupted, also
// while it waits.
class Database {
 public:
  Database(DatabaseHandle handle, std::chrono::milliseconds busy_timeout);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  sqlite3* get() const { return handle_.get(); }

  // To be called before each statement; throws Error(kInterrupted) after a stop
  // request, unless `sql` is the ROLLBACK that cleans up.
  void BeginStatement(std::string_view sql);
  void RequestCancel();
  void set_stop_token(std::stop_token token);
  std::chrono::milliseconds set_busy_timeout(std::chrono::milliseconds timeout);

  // Notes statements that change the connection's state: PRAGMAs with a value,
  // ATTACH, DETACH, temporary objects. SQLite tells them when it compiles.
  void WatchChanges();
  void MarkChanged() { changed_ = true; }
  bool changed() const { return changed_; }
  // False where the file was moved or removed since it was opened.
  bool IsAlive() const;

  // What went wrong with `sql`, whose statement began at byte `offset`.
  [[noreturn]] void Fail(std::string_view sql, std::size_t offset);

 private:
  static int OnBusy(void* self, int times);
  static int OnProgress(void* self);
  static int OnCompile(void* self, int action, const char* first,
                       const char* second, const char* database,
                       const char* trigger);
  bool stopped() const;

  DatabaseHandle handle_;
  std::chrono::milliseconds busy_timeout_;
  std::chrono::steady_clock::time_point busy_since_{};
  std::atomic<bool> cancel_requested_ = false;
  bool heed_stop_ = true;
  bool changed_ = false;
  std::stop_token stop_;
  std::optional<std::stop_callback<std::function<void()>>> on_stop_;
};

}  // namespace godwit::internal
