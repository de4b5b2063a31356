// SPDX-License-Identifier: Apache-2.0
// Usage: ai-gateway DSN EMAIL. What a user has used, month by month; the
// database is brought up where it is not yet.
#include <iostream>

#include "gateway.h"

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::cerr << "usage: ai-gateway DSN EMAIL\n";
    return 2;
  }
  gateway::Gateway gateway = gateway::Gateway::Open(argv[1]);
  for (const auto& row : gateway.UsageOf(argv[2])) {
    std::cout << static_cast<int>(row.month.year()) << '-'
              << static_cast<unsigned>(row.month.month()) << "  "
              << row.requests << " requests, " << row.tokens << " tokens\n";
  }
  return 0;
} catch (const godwit::Error& error) {
  std::cerr << "ai-gateway: " << error.what() << '\n';
  return 1;
}
