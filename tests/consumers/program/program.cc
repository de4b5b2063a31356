// SPDX-License-Identifier: Apache-2.0
// A user's program: migrates its database when it starts, and by its command.
//   program DSN             the word in the database
//   program DSN migrate …   the group of migrations
#include <godwit/migrate_command.h>

#include <iostream>
#include <string>

#include "program/db/migrations.h"

int main(int argc, char** argv) try {
  if (argc < 2) return 2;
  const godwit::MigrateCommand migrate{
      .program = "program DSN migrate",
      .dsn = argv[1],
      .migrations = program::db::Migrations(),
  };
  if (argc > 2 && std::string(argv[2]) == "migrate")
    return godwit::RunMigrateCommand(migrate, argc - 3, argv + 3);
  godwit::Migrate(migrate);
  godwit::Connection connection = godwit::Connection::Open(argv[1]);
  std::cout
      << connection.Execute("SELECT word FROM words").Get<std::string>(0, 0)
      << " in C++" << __cplusplus / 100 << "\n";
} catch (const godwit::Error& error) {
  std::cerr << "program: " << error.what() << "\n";
  return 1;
}
