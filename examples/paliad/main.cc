// SPDX-License-Identifier: Apache-2.0
// paliad: migrates when it starts, then serves; or offers `migrate` itself.
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "service.h"

namespace {

constexpr const char* kUsage =
    "usage: paliad --db-dsn DSN [--port PORT]      migrate, then serve\n"
    "       paliad --db-dsn DSN migrate VERB…      up, down, status, adopt, "
    "…\n";

// SIGTERM ends the serving; no other thread hears it.
void StopOnSignal(paliad::Service& service, sigset_t signals) {
  int signal = 0;
  sigwait(&signals, &signal);
  service.Stop();
}

int Start(const std::string& dsn, int port) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  paliad::Service service(dsn);
  const godwit::Report& report = service.report();
  std::cout << "adopted " << report.adopted << ", applied "
            << report.applied.size() << ", at version " << report.current
            << "\nlistening on 127.0.0.1:" << service.Bind(port) << std::endl;
  std::thread stopper(StopOnSignal, std::ref(service), signals);
  service.Serve();
  stopper.join();
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  std::string dsn;
  int port = 0;
  int at = 1;
  for (; at + 1 < count; at += 2) {
    const std::string word = arguments[at];
    if (word == "--db-dsn")
      dsn = arguments[at + 1];
    else if (word == "--port")
      port = std::atoi(arguments[at + 1]);
    else
      break;
  }
  try {
    if (at < count && std::string(arguments[at]) == "migrate")
      return godwit::RunMigrateCommand(paliad::Migration(dsn), count - at - 1,
                                       arguments + at + 1);
    if (at == count) return Start(dsn, port);
  } catch (const godwit::Error& error) {
    std::cerr << "paliad: " << error.what() << '\n';
    if (!error.info().help.empty())
      std::cerr << "  help: " << error.info().help << '\n';
    return 1;
  }
  std::cerr << kUsage;
  return 2;
}
