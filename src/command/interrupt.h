// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <signal.h>

#include <stop_token>
#include <thread>

namespace godwit::command {

// While it lives, Ctrl-C and SIGTERM ask for a stop: what runs is cancelled,
// rolled back and reported. Another one ends the program at once, but for one
// that comes with the first, as those that are passed on do. What the
// program did with these signals before comes back at the end.
class Interrupt {
 public:
  // A stop that the application asks for is passed on.
  explicit Interrupt(std::stop_token application = {});
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();

  std::stop_token token() const { return source_.get_token(); }

 private:
  struct Pass {
    std::stop_source& source;
    void operator()() const { source.request_stop(); }
  };
  void Watch(int pipe);

  std::stop_source source_;
  std::stop_callback<Pass> application_;
  int read_ = -1;
  int write_ = -1;
  sigset_t mask_before_ = {};
  struct sigaction before_interrupt_ = {};
  struct sigaction before_terminate_ = {};
  std::thread watch_;
};

}  // namespace godwit::command
