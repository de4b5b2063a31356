// SPDX-License-Identifier: Apache-2.0
#include "runtime/sqlite_database.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "base/text.h"
#include "runtime/sqlite_error.h"

namespace godwit::internal {

namespace {
using Clock = std::chrono::steady_clock;

// How many steps of the virtual machine pass between two looks at the stop
// token.
constexpr int kSteps = 1000;

bool IsRollback(std::string_view sql) {
  return EqualsIgnoringCase(sql.substr(0, 8), "ROLLBACK");
}
}  // namespace

Database::Database(DatabaseHandle handle,
                   std::chrono::milliseconds busy_timeout)
    : handle_(std::move(handle)), busy_timeout_(busy_timeout) {
  sqlite3_extended_result_codes(get(), 1);
  sqlite3_busy_handler(get(), &Database::OnBusy, this);
}

void Database::BeginStatement(std::string_view sql) {
  cancel_requested_ = false;
  heed_stop_ = !IsRollback(sql);
  if (stopped()) throw Error(ErrorCode::kInterrupted, "interrupted");
}

void Database::RequestCancel() {
  cancel_requested_ = true;
  sqlite3_interrupt(get());
}

// The progress handler sees a stop between two steps; a sort is one long step,
// which only sqlite3_interrupt can end.
void Database::set_stop_token(std::stop_token token) {
  on_stop_.reset();
  stop_ = std::move(token);
  const bool possible = stop_.stop_possible();
  sqlite3_progress_handler(get(), possible ? kSteps : 0,
                           possible ? &Database::OnProgress : nullptr, this);
  if (possible && !stop_.stop_requested())
    on_stop_.emplace(stop_, [this] { sqlite3_interrupt(get()); });
}

std::chrono::milliseconds Database::set_busy_timeout(
    std::chrono::milliseconds timeout) {
  sqlite3_busy_handler(get(), &Database::OnBusy, this);
  return std::exchange(busy_timeout_, timeout);
}

void Database::Fail(std::string_view sql, std::size_t offset) {
  ErrorInfo info = ReadError(get(), sql, offset);
  const bool busy = (info.sqlite_code & 0xFF) == SQLITE_BUSY;
  if (busy && (stopped() || cancel_requested_))
    info.code = ErrorCode::kInterrupted;
  throw Error(std::move(info));
}

// https://www.sqlite.org/c3ref/set_authorizer.html
void Database::WatchChanges() {
  sqlite3_set_authorizer(get(), &Database::OnCompile, this);
}

int Database::OnCompile(void* self, int action, const char*, const char* second,
                        const char*, const char*) {
  auto& database = *static_cast<Database*>(self);
  switch (action) {
    case SQLITE_PRAGMA:
      if (second == nullptr) break;
      [[fallthrough]];
    case SQLITE_ATTACH:
    case SQLITE_DETACH:
    case SQLITE_CREATE_TEMP_INDEX:
    case SQLITE_CREATE_TEMP_TABLE:
    case SQLITE_CREATE_TEMP_TRIGGER:
    case SQLITE_CREATE_TEMP_VIEW:
      database.changed_ = true;
      break;
    default:
      break;
  }
  return SQLITE_OK;
}

// https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html
bool Database::IsAlive() const {
  int moved = 0;
  const int code =
      sqlite3_file_control(get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return code != SQLITE_OK || moved == 0;
}

bool Database::stopped() const {
  return heed_stop_ && stop_.stop_requested();
}

// SQLite's own busy handler sleeps on through an interrupt.
int Database::OnBusy(void* self, int times) {
  auto& database = *static_cast<Database*>(self);
  if (times == 0) database.busy_since_ = Clock::now();
  const auto waited = Clock::now() - database.busy_since_;
  if (waited >= database.busy_timeout_ || database.stopped() ||
      database.cancel_requested_)
    return 0;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(
      database.busy_timeout_ - waited);
  std::this_thread::sleep_for(
      std::min(left, std::chrono::milliseconds(std::min(1 + 2 * times, 25))));
  return 1;
}

int Database::OnProgress(void* self) {
  return static_cast<Database*>(self)->stopped() ? 1 : 0;
}

}  // namespace godwit::internal
