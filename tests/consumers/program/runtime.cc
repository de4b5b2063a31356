// SPDX-License-Identifier: Apache-2.0
// A user's program that speaks to a database and migrates nothing.
#include <godwit/connection.h>
#include <godwit/error.h>

#include <iostream>

int main(int argc, char** argv) try {
  if (argc < 2) return 2;
  godwit::Connection connection = godwit::Connection::Open(argv[1]);
  std::cout << connection.Execute("SELECT 40 + 2").Get<std::int64_t>(0, 0)
            << "\n";
} catch (const godwit::Error& error) {
  std::cerr << "runtime: " << error.what() << "\n";
  return 1;
}
