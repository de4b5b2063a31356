// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "runtime/postgres.h"
#include "runtime/postgres_wire.h"

namespace godwit::internal {

// The two ends of libpq's pipeline: what was sent, in order, and the replies
// that were read ahead while sending.
class Pipeline {
 public:
  explicit Pipeline(Wire& wire) : wire_(wire) {}

  bool active() const { return active_; }
  // Throws what Send would throw for a caller's mistake.
  static void Check(std::string_view sql, std::span<const Value> parameters);
  void Enter();
  void Send(std::string_view sql, std::span<const Value> parameters,
            RowUse rows);
  void SendFlushRequest();
  void SendSync();
  Reply Receive();
  std::optional<Reply> TryReceive();
  std::size_t unread_bytes() const { return unread_bytes_; }
  void Leave();

 private:
  struct Sent {
    bool sync = false;
    RowUse rows = RowUse::kKeep;
    std::size_t bytes = 0;
  };
  struct Ready {
    Reply reply;
    std::size_t bytes = 0;
  };

  void Append(Sent sent);
  void BeginFront();
  void Finish(Reply reply);
  void Step();
  void Take(const PGresult* result);
  void KeepRow(const PGresult* result);
  void Pump();
  Reply PopReady();

  Wire& wire_;
  bool active_ = false;
  std::deque<Sent> sent_;
  Reply current_;            // of sent_.front(), as far as it was read
  std::vector<Value> kept_;  // of its rows that came one by one
  std::deque<Ready> ready_;
  std::size_t unread_bytes_ = 0;
  std::size_t unflushed_ = 0;
};

}  // namespace godwit::internal
