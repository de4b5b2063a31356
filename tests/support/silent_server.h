// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace godwit::test {

// A port of 127.0.0.1 on which nothing answers: connections are taken by the
// kernel, and no program ever reads from them.
class SilentServer {
 public:
  SilentServer();
  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;
  ~SilentServer();

  int port() const { return port_; }

 private:
  int socket_;
  int port_ = 0;
};

}  // namespace godwit::test
