// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "runtime/postgres.h"

namespace godwit::engine {

// While a session waits for its server, asks each second on a connection of its
// own who holds the lock that it waits for, and tells it: "the lock … on …,
// held by pid 7, …". That connection is made only after a wait, and lasts as
// long. Where it cannot be had nothing is told.
class BlockerWatch {
 public:
  using Tell = std::function<void(const std::string& blocker)>;
  // The session must outlive it.
  BlockerWatch(internal::PostgresSession& session, Tell tell);
  BlockerWatch(const BlockerWatch&) = delete;
  BlockerWatch& operator=(const BlockerWatch&) = delete;
  ~BlockerWatch();

  // A wait ends after so long (0: never), so it is looked at before that.
  void set_lock_timeout(std::chrono::milliseconds timeout);

 private:
  void Look();

  internal::PostgresSession& session_;
  Tell tell_;
  std::unique_ptr<internal::PostgresSession> other_;
  std::chrono::steady_clock::time_point told_{};
  bool given_up_ = false;
};

}  // namespace godwit::engine
