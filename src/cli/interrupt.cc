// SPDX-License-Identifier: Apache-2.0
#include "cli/interrupt.h"

#include <signal.h>
#include <unistd.h>

#include <thread>

namespace godwit::cli {

// A thread of its own waits for the signals: a handler may do next to nothing,
// a thread may ask for the stop.
std::stop_token InstallInterrupt() {
  static std::stop_source source;
  static bool installed = false;
  if (installed) return source.get_token();
  installed = true;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::thread([set] {
    int number = 0;
    sigwait(&set, &number);
    source.request_stop();
    sigwait(&set, &number);
    _exit(128 + number);
  }).detach();
  return source.get_token();
}

}  // namespace godwit::cli
