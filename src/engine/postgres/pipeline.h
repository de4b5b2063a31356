// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/run.h"
#include "runtime/postgres.h"

namespace godwit::engine {

// Sends units down one pipeline and reads the replies while it sends. One Sync
// a segment and never one between two migrations: an error at COMMIT would
// leave the session idle after it, and the next migration would be applied.
class Pipeline {
 public:
  Pipeline(internal::PostgresSession& session, Observer& observer,
           std::span<const std::string> restore)
      : session_(session), observer_(observer), restore_(restore) {}

  // Executes units that all run in a transaction and hold no COPY. `last` is
  // the run's last unit: its commit waits for the disk as the user has set it,
  // those before it need not, the last one's wait covers them. Returns how many
  // were committed; failure() says where it stopped.
  std::size_t RunSegment(std::span<const Unit> units, std::size_t first,
                         std::size_t last);
  // Executes one unit with COPY in it, in its own transaction.
  bool RunWithCopy(const Unit& unit, std::size_t index, bool is_last);
  // Each statement on its own, no transaction.
  bool RunAutocommit(const Unit& unit, std::size_t index);

  const std::optional<Failure>& failure() const { return failure_; }
  bool committed_asynchronously() const { return asynchronous_; }

 private:
  // What was sent and is not answered yet.
  struct Sent {
    enum class Kind { kBegin, kSetting, kBefore, kBody, kAfter, kCommit };
    Kind kind;
    std::size_t unit;
    std::size_t index;
  };

  void SendUnit(const Unit& unit, std::size_t index, bool is_last);
  void SendLogin(std::size_t index);
  void SendHead(const Unit& unit, std::size_t index, bool is_last);
  void SendAfter(const Unit& unit, std::size_t index);
  void SendRestore(const Unit& unit, std::size_t index);
  void Send(std::string_view sql, std::span<const Value> parameters, Sent sent);
  void Take(const internal::Reply& reply);
  void ReadWhatIsThere();
  void ReadToSync();
  void Fail(const Sent& sent, const ErrorInfo& error);
  void RollBackIfNeeded();
  bool RunAlone(std::string_view sql, const Sent& sent);

  internal::PostgresSession& session_;
  Observer& observer_;
  std::span<const std::string> restore_;
  std::deque<Sent> waiting_;
  std::optional<Failure> failure_;
  std::size_t committed_ = 0;
  bool asynchronous_ = false;
  std::chrono::steady_clock::time_point since_;
};

}  // namespace godwit::engine
