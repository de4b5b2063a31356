// SPDX-License-Identifier: Apache-2.0
// An application with options of its own around the group of migrations:
//   app [--db-dsn DSN] [--tracker TABLE] [--verbose] [--log] migrate VERB…
//   app [--db-dsn DSN] [--tracker TABLE] [--verbose] [--log] serve
#include <godwit/migrate_command.h>

#include <cstring>
#include <iostream>

#include "app/db/migrations.h"

namespace {

int Serve(const godwit::MigrateCommand& migrate) try {
  const godwit::Report report = godwit::Migrate(migrate);
  std::cout << "serving at version " << report.current << "\n";
  return 0;
} catch (const godwit::Error& error) {
  std::cerr << "app: " << error.what() << "\n";
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  godwit::MigrateCommand migrate{.program = "app migrate",
                                 .migrations = app::db::Migrations()};
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--db-dsn") == 0 && i + 1 < argc) {
      migrate.dsn = argv[++i];
    } else if (std::strcmp(argv[i], "--tracker") == 0 && i + 1 < argc) {
      migrate.options.tracker = argv[++i];
    } else if (std::strcmp(argv[i], "--verbose") == 0) {
      migrate.options.on_progress = [](const godwit::Progress& progress) {
        if (progress.kind == godwit::Progress::Kind::kFinished)
          std::cerr << "app: log: version " << progress.version << "\n";
      };
    } else if (std::strcmp(argv[i], "--log") == 0) {
      migrate.options.logger = [](godwit::LogLevel level,
                                  std::string_view text) {
        if (level != godwit::LogLevel::kDebug)
          std::cerr << "app: log: " << text << "\n";
      };
    } else if (std::strcmp(argv[i], "migrate") == 0) {
      return godwit::RunMigrateCommand(migrate, argc - i - 1, argv + i + 1);
    } else if (std::strcmp(argv[i], "serve") == 0) {
      return Serve(migrate);
    } else {
      break;
    }
  }
  std::cerr
      << "usage: app [--db-dsn DSN] [--tracker TABLE] [--verbose] [--log] "
         "migrate|serve\n";
  return 2;
}
