// SPDX-License-Identifier: Apache-2.0
// godwit_proxy SERVER ROUND_TRIP_MS [LISTEN]: the proxy as a program, for
// clients that are no tests. It prints the port it listens on; for each line on
// its input it prints what has passed since the one before; it ends with its
// input.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>

#include "support/proxy.h"

namespace {

void Print(const godwit::test::Traffic& traffic) {
  std::cout << "{\"connections\":" << traffic.connections
            << ",\"round_trips\":" << traffic.round_trips
            << ",\"client_messages\":" << traffic.client_messages
            << ",\"server_messages\":" << traffic.server_messages
            << ",\"client_bytes\":" << traffic.client_bytes
            << ",\"server_bytes\":" << traffic.server_bytes << "}" << std::endl;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 3) {
    std::cerr << "usage: godwit_proxy SERVER ROUND_TRIP_MS [LISTEN]\n";
    return 2;
  }
  const double milliseconds = std::atof(argv[2]);
  godwit::test::Proxy proxy(
      {.server = argv[1],
       .listen = argc > 3 ? argv[3] : "",
       .round_trip = std::chrono::microseconds(
           static_cast<std::int64_t>(milliseconds * 1000))});
  std::cout << proxy.port() << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    Print(proxy.traffic());
    proxy.ResetTraffic();
  }
} catch (const std::exception& error) {
  std::cerr << "godwit_proxy: " << error.what() << "\n";
  return 1;
}
