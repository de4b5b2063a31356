// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
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
  // Gets the connection, on that thread. The token is stopped when it is not
  // wanted any more.
  using Use = std::function<void(Connection, const std::stop_token&)>;

  Opening(std::string dsn, ConnectOptions options, Use use);
  Opening(const Opening&) = delete;
  Opening& operator=(const Opening&) = delete;
  // Not wanted any more: stops waiting.
  ~Opening() { stop_.request_stop(); }

  // Waits until `use` has returned. Once. Throws what it and Connection::Open
  // throw.
  void Finish();

 private:
  struct Pass {
    std::stop_source& source;
    void operator()() const { source.request_stop(); }
  };
  void Open() { use_(Connection::Open(dsn_, options_), options_.stop); }

  std::string dsn_;
  ConnectOptions options_;
  Use use_;
  std::stop_source stop_;
  std::stop_callback<Pass> callers_stop_;
  std::future<void> opened_;
};

}  // namespace godwit::command
