// SPDX-License-Identifier: Apache-2.0
#include "command/interrupt.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <optional>

namespace godwit::command {

namespace {

// The pipe of the one that lives; a handler knows nothing else. Negative: none.
std::atomic<int> g_pipe = -1;

// A handler may do next to nothing, a thread may ask for the stop.
void Tell(int number) {
  const int saved = errno;
  const auto byte = static_cast<unsigned char>(number);
  const int pipe = g_pipe.load();
  if (pipe >= 0) [[maybe_unused]]
    const ssize_t written = write(pipe, &byte, 1);
  errno = saved;
}

}  // namespace

Interrupt::Interrupt(std::stop_token application)
    : application_(std::move(application), Pass{source_}) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return;
  read_ = ends[0];
  int none = -1;
  if (!g_pipe.compare_exchange_strong(none, ends[1])) {
    // Another thread's command has the signals.
    close(ends[0]);
    close(ends[1]);
    return;
  }
  write_ = ends[1];
  struct sigaction action = {};
  action.sa_handler = Tell;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  watch_ = std::thread([this, pipe = ends[0]] { Watch(pipe); });
  sigaction(SIGINT, &action, &before_interrupt_);
  sigaction(SIGTERM, &action, &before_terminate_);
  // This thread's calls are not cut short: the watch takes the signals.
  sigset_t both;
  sigemptyset(&both);
  sigaddset(&both, SIGINT);
  sigaddset(&both, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &both, &mask_before_);
}

// 0 is the end of the watch. One Ctrl-C may come twice: from the terminal, and
// from the program around that passes it on (timeout, make, a container). The
// second would leave the server at work, and with it the lock of the run.
void Interrupt::Watch(int pipe) {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::milliseconds kSame{500};
  unsigned char number = 0;
  std::optional<Clock::time_point> asked;
  while (true) {
    const ssize_t got = read(pipe, &number, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || number == 0) return;
    if (!asked) {
      asked = Clock::now();
      source_.request_stop();
    } else if (Clock::now() - *asked > kSame) {
      _exit(128 + number);
    }
  }
}

Interrupt::~Interrupt() {
  if (write_ < 0) return;
  pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
  sigaction(SIGINT, &before_interrupt_, nullptr);
  sigaction(SIGTERM, &before_terminate_, nullptr);
  g_pipe.store(-1);
  const unsigned char end = 0;
  [[maybe_unused]] const ssize_t written = write(write_, &end, 1);
  watch_.join();
  close(read_);
  close(write_);
}

}  // namespace godwit::command
