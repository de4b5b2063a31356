// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_wire.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>

#include "base/text.h"
#include "runtime/postgres_error.h"
#include "runtime/postgres_settings.h"

namespace godwit::internal {

namespace {

using Clock = std::chrono::steady_clock;

// How soon a stop request is noticed.
constexpr int kSliceMs = 50;
// A cancel that reaches the server between two statements of a pipeline is
// lost, so it is sent again.
constexpr std::chrono::milliseconds kCancelAgain{500};

constexpr std::string_view kCancelled = "57014";

std::string Text(const PGresult* result, int field) {
  const char* value = PQresultErrorField(result, field);
  return value == nullptr ? std::string() : std::string(value);
}

// ROLLBACK cleans up after the stop; it must not be stopped itself.
bool IsRollback(std::string_view sql) {
  return EqualsIgnoringCase(sql.substr(0, 8), "ROLLBACK");
}

}  // namespace

Wire::Wire(ConnectionHandle connection, std::string shown)
    : connection_(std::move(connection)),
      cancel_(PQgetCancel(connection_.get())),
      shown_(std::move(shown)) {
  PQsetnonblocking(connection_.get(), 1);
  PQsetNoticeReceiver(connection_.get(), &Wire::ReceiveNotice, this);
}

void Wire::BeginCommand(std::string_view sql) {
  RefuseWhenLost();
  RefuseWhileStreaming();
  cancel_requested_ = false;
  told_ = Clock::now();
  heed_stop_ = !IsRollback(sql);
  if (heed_stop_ && stop_.stop_requested())
    throw Error(ErrorCode::kInterrupted, "interrupted");
}

void Wire::BeginPipeline() {
  RefuseWhenLost();
  RefuseWhileStreaming();
  cancel_requested_ = false;
  told_ = Clock::now();
  heed_stop_ = true;
}

ResultHandle Wire::NextResult() {
  while (!HasResult()) Wait(!Flush());
  return ResultHandle(PQgetResult(get()));
}

bool Wire::HasResult() {
  RefuseWhenLost();
  if (PQisBusy(get()) == 0) return true;
  Flush();
  Read();
  return PQisBusy(get()) == 0;
}

bool Wire::Flush() {
  // A failed write is reported by the read that follows: it may find the
  // server's reason.
  return PQflush(get()) != 1;
}

void Wire::Read() {
  // What came before the end (the server's reason) can still be parsed.
  if (PQconsumeInput(get()) == 0 && PQisBusy(get()) != 0) Lost(nullptr);
}

void Wire::Wait(bool to_write) {
  if (heed_stop_ && stop_.stop_requested()) NoticeStop();
  if (PQsocket(get()) < 0) Lost(nullptr);
  pollfd socket{PQsocket(get()),
                static_cast<short>(POLLIN | (to_write ? POLLOUT : 0)), 0};
  const int ready = poll(&socket, 1, UntilNextWake());
  if (ready < 0 && errno != EINTR) Lost(nullptr);
  if (wait_handler_) NoteWaiting((socket.revents & POLLIN) != 0);
}

// In milliseconds, for poll.
int Wire::UntilNextWake() const {
  const bool can_stop = stop_.stop_possible() && heed_stop_;
  if (!wait_handler_) return can_stop ? kSliceMs : -1;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      told_ + tell_after_ - Clock::now());
  const int tell = static_cast<int>(std::max<std::int64_t>(0, left.count()));
  return can_stop ? std::min(kSliceMs, tell) : tell;
}

void Wire::NoteWaiting(bool heard) {
  if (!heard && Clock::now() - told_ < tell_after_) return;
  if (!heard) {
    try {
      wait_handler_();
    } catch (const std::exception&) {
    }
  }
  told_ = Clock::now();
}

// A server that ends a session says why, then closes; both may be here already.
bool Wire::IsAlive() {
  if (lost() || PQstatus(get()) == CONNECTION_BAD) return false;
  pollfd socket{PQsocket(get()), POLLIN, 0};
  while (poll(&socket, 1, 0) > 0) {
    if (PQconsumeInput(get()) == 0) return false;
    PQisBusy(get());
    while (PGnotify* unread = PQnotifies(get())) PQfreemem(unread);
  }
  return PQstatus(get()) == CONNECTION_OK;
}

void Wire::NoteStatement(std::string_view sql) {
  if (watching_ && !changed_) changed_ = MayChangeSession(sql);
}

void Wire::NoticeStop() {
  if (Clock::now() - last_cancel_ < kCancelAgain) return;
  SendCancel();
  last_cancel_ = Clock::now();
}

bool Wire::interrupted() const {
  return cancel_requested_ || (heed_stop_ && stop_.stop_requested());
}

ErrorInfo Wire::Describe(const PGresult* result) {
  ErrorInfo info = ReadError(result);
  if (info.sqlstate == kCancelled && interrupted()) {
    info.code = ErrorCode::kInterrupted;
    heed_stop_ = false;  // done; what follows cleans up
  }
  return info;
}

void Wire::Lost(const PGresult* result) {
  ErrorInfo info;
  if (result != nullptr) info = ReadError(result);
  std::string reason = info.message;
  if (reason.empty()) reason = std::string(Trim(PQerrorMessage(get())));
  // libpq adds lines of advice; the first says what happened.
  reason = reason.substr(0, reason.find('\n'));
  info.code = ErrorCode::kConnectFailed;
  info.message =
      Cat("connection to ", shown_,
          " lost: ", reason.empty() ? "the server closed it" : reason);
  lost_ = info.message;
  throw Error(std::move(info));
}

// libpq may not know yet that the server has gone: it was told, but has not
// seen the connection end.
void Wire::RefuseWhenLost() const {
  if (lost()) throw Error(ErrorCode::kConnectFailed, lost_);
}

void Wire::RefuseWhileStreaming() const {
  if (stream_ != nullptr)
    throw Error(ErrorCode::kUsage,
                "the connection is busy: a stream of rows is open on it",
                "end the stream first, or take another connection");
}

void Wire::SendFailed() {
  if (PQstatus(get()) == CONNECTION_BAD) Lost(nullptr);
  throw Error(ErrorCode::kInternal, Cat("libpq refused to send a statement: ",
                                        Trim(PQerrorMessage(get()))));
}

void Wire::RequestCancel() {
  SendCancel();
}

// The flag is set first: the error may arrive before PQcancel returns.
void Wire::SendCancel() {
  cancel_requested_ = true;
  char reason[256];
  PQcancel(cancel_.get(), reason, sizeof reason);
}

void Wire::set_stop_token(std::stop_token token) {
  stop_ = std::move(token);
  last_cancel_ = {};
}

// Called by libpq, which knows no exceptions: what the handler throws ends
// here.
void Wire::ReceiveNotice(void* self, const PGresult* result) {
  auto& wire = *static_cast<Wire*>(self);
  ++wire.notices_;
  if (!wire.notice_handler_) return;
  try {
    wire.notice_handler_({Text(result, PG_DIAG_SEVERITY_NONLOCALIZED),
                          Text(result, PG_DIAG_SQLSTATE),
                          Text(result, PG_DIAG_MESSAGE_PRIMARY)});
  } catch (const std::exception&) {
  }
}

}  // namespace godwit::internal
