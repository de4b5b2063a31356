// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace godwit::test {

// What goes wrong on purpose, once. Messages, commits and answers are counted
// from 1, over all connections, since the fault was armed.
struct Fault {
  enum class Kind {
    kCutBeforeClient,  // the client's message `at` does not reach the server
    kCutAfterClient,   // it does, and nothing after it in either direction
    kCutBeforeServer,  // the server's message `at` does not reach the client
    kCutAfterServer,
    kCutAtCommit,  // the server has committed, its word of it is lost
    kRefuse,  // the answer `at` after a login is an ErrorResponse, whatever
              // the server said
  };
  Kind kind = Kind::kCutBeforeClient;
  std::size_t at = 1;
  std::string sqlstate = "XX000";  // of kRefuse
  std::string message = "refused by the proxy";
  // Called when it happens, on the proxy's thread; fired() waits for its end.
  // Nothing passes meanwhile: what is killed here has seen no more than that.
  std::function<void()> then;
};

// What has passed.
struct Traffic {
  std::size_t connections = 0;
  // How often the client sent something when the server owed it nothing: each
  // is a moment when it has waited for an answer. A pipeline is one, however
  // long; a good-bye is none.
  std::size_t round_trips = 0;
  std::size_t client_messages = 0;
  std::size_t server_messages = 0;
  std::size_t client_bytes = 0;
  std::size_t server_bytes = 0;
};

struct ProxyOptions {
  // The server: the path of its unix socket, or HOST:PORT.
  std::string server;
  // Where to listen: the path of a unix socket; empty: a free port of
  // 127.0.0.1.
  std::string listen;
  // What a round trip costs more than without the proxy. It is latency: what
  // is sent in one go arrives in one go.
  std::chrono::microseconds round_trip{0};
};

// Stands between clients and a PostgreSQL server, understands where messages
// begin, counts them, delays them and cuts connections. Cluster::socket() is a
// server to put it in front of.
class Proxy {
 public:
  explicit Proxy(ProxyOptions options);
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;
  ~Proxy();

  // The port it listens on; 0 on a unix socket.
  int port() const { return port_; }
  // "postgres://postgres@127.0.0.1:PORT/DATABASE?sslmode=disable"
  std::string Dsn(std::string_view database = "postgres") const;

  Traffic traffic() const;
  void ResetTraffic();
  // The next fault; it happens once. Nothing: none.
  void Arm(std::optional<Fault> fault);
  // Whether the armed fault has happened.
  bool fired() const;
  // How many of what it counts have passed since it was armed, at most `at`.
  std::size_t counted() const;

 private:
  class Link;
  class Loop;

  // What the thread of the loop and its owner share.
  struct Shared {
    mutable std::mutex mutex;
    Traffic traffic;
    std::optional<Fault> fault;
    std::size_t counted = 0;  // towards fault->at
    bool fired = false;
  };

  ProxyOptions options_;
  Shared shared_;
  int listener_ = -1;
  int wake_ = -1;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace godwit::test
