// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <future>
#include <stop_token>
#include <string>

#include "godwit/connection.h"

namespace godwit::command {

// A connection on its way. A server lets one wait, so it is asked at once, on a
// thread of its own, while other things are done; a database file, which
// opening may make, is left alone until the connection is wanted.
class Opening {
 public:
  Opening(std::string dsn, ConnectOptions options);
  Opening(const Opening&) = delete;
  Opening& operator=(const Opening&) = delete;
  // Not wanted any more: stops waiting.
  ~Opening() { stop_.request_stop(); }

  // Once. Throws what Connection::Open throws.
  Connection Take();

 private:
  struct Pass {
    std::stop_source& source;
    void operator()() const { source.request_stop(); }
  };

  std::string dsn_;
  ConnectOptions options_;
  std::stop_source stop_;
  std::stop_callback<Pass> callers_stop_;
  std::future<Connection> opened_;
};

}  // namespace godwit::command
