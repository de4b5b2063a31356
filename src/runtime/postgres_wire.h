// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <stop_token>
#include <string>

#include "godwit/connection.h"
#include "runtime/postgres_handles.h"

namespace godwit::internal {

class PreparedQuery;

// A libpq connection that never blocks where it could not be interrupted: it
// waits in poll, reads while it writes, and asks the server to cancel when a
// stop is requested. After a cancel it goes on reading, so the protocol stays
// in step.
class Wire {
 public:
  // `shown` names the connection in messages.
  Wire(ConnectionHandle connection, std::string shown);
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  PGconn* get() const { return connection_.get(); }

  // To be called before each command: a cancel asked for earlier was not meant
  // for it. A stop request was, so it throws Error(kInterrupted), unless `sql`
  // is the ROLLBACK that cleans up.
  void BeginCommand(std::string_view sql);
  // From here on a stop request cancels; it does not refuse.
  void BeginPipeline();

  // The next result, null at the end of a command's. Waits.
  ResultHandle NextResult();
  // Whether NextResult would not wait. Reads and writes what is possible now.
  bool HasResult();
  // Writes; false while something is unsent.
  bool Flush();
  // Until the socket can be read, or written where `to_write`; or a while
  // passed.
  void Wait(bool to_write);
  // Reads what is there into libpq's buffer.
  void Read();

  // A cancel or stop that was asked for since BeginCommand.
  bool interrupted() const;
  // Error(kInterrupted) where this is the error of a statement that we
  // cancelled.
  ErrorInfo Describe(const PGresult* result);
  // Throws Error(kConnectFailed). `result` may be null.
  [[noreturn]] void Lost(const PGresult* result);
  // Whether Lost was called; every command throws from then on.
  bool lost() const { return !lost_.empty(); }
  // A Send function of libpq returned 0.
  [[noreturn]] void SendFailed();

  void RequestCancel();
  void set_stop_token(std::stop_token token);
  void set_notice_handler(std::function<void(const Notice&)> handler) {
    notice_handler_ = std::move(handler);
  }
  std::size_t notices() const { return notices_; }
  // Called again and again, after so long, while nothing comes that is waited
  // for. It must not use this connection; what it throws is ignored.
  void set_wait_handler(std::chrono::milliseconds after,
                        std::function<void()> handler) {
    tell_after_ = after;
    wait_handler_ = std::move(handler);
  }

  // Reads what came unasked; false where the server has closed the connection.
  bool IsAlive();
  // Whether a statement that may change the session's state was sent since the
  // watching began, or since ForgetChanges.
  void WatchChanges() { watching_ = true; }
  void NoteStatement(std::string_view sql);
  void MarkChanged() { changed_ = true; }
  void ForgetChanges() { changed_ = false; }
  bool changed() const { return changed_; }

  // The query whose rows are on their way one by one; no command begins before
  // it has ended. Null: none.
  void set_stream(PreparedQuery* stream) { stream_ = stream; }
  PreparedQuery* stream() const { return stream_; }

 private:
  void RefuseWhenLost() const;
  void RefuseWhileStreaming() const;
  static void ReceiveNotice(void* self, const PGresult* result);
  void NoticeStop();
  int UntilNextWake() const;
  void NoteWaiting(bool heard);
  void SendCancel();

  ConnectionHandle connection_;
  CancelHandle cancel_;
  std::string shown_;
  std::string lost_;  // the message
  std::stop_token stop_;
  std::atomic<bool> cancel_requested_ =
      false;  // by us, for the current command
  bool heed_stop_ = true;
  std::chrono::steady_clock::time_point last_cancel_{};
  std::function<void(const Notice&)> notice_handler_;
  std::size_t notices_ = 0;
  std::function<void()> wait_handler_;
  std::chrono::milliseconds tell_after_{1000};
  std::chrono::steady_clock::time_point
      told_{};  // or heard, whichever is later
  bool watching_ = false;
  bool changed_ = false;
  PreparedQuery* stream_ = nullptr;
};

}  // namespace godwit::internal
