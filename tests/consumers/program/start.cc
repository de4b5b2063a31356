// SPDX-License-Identifier: Apache-2.0
// The least that a user's program is which migrates itself: start DSN.
#include <godwit/migrator.h>

#include <iostream>

#include "program/db/migrations.h"

int main(int argc, char** argv) try {
  const godwit::Report report = godwit::Migrate(
      argc > 1 ? argv[1] : "sqlite:start.db", program::db::Migrations());
  std::cout << report.current << "\n";
} catch (const godwit::Error& error) {
  std::cerr << "start: " << error.what() << "\n";
  return 1;
}
