// SPDX-License-Identifier: Apache-2.0
#include "command/opening.h"

#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>

namespace godwit::command {
namespace {

TEST(Opening, SaysWhatWentWrongWhenItIsTaken) {
  Opening opening("postgres://nobody@127.0.0.1:1/none", {});
  EXPECT_THROW(opening.Take(), Error);
}

// A server that takes the connection and says nothing.
class SilentServer {
 public:
  SilentServer() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
    listen(socket_, 1);
    getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;
  ~SilentServer() { close(socket_); }
  int port() const { return port_; }

 private:
  int socket_;
  int port_ = 0;
};

TEST(Opening, DoesNotWaitForAServerThatIsNotWanted) {
  const SilentServer server;
  const auto began = std::chrono::steady_clock::now();
  {
    Opening opening(
        "postgres://nobody@127.0.0.1:" + std::to_string(server.port()) +
            "/none?connect_timeout=20",
        {});
  }
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
}

}  // namespace
}  // namespace godwit::command
