// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace godwit {

// One migration file inside the program.
struct EmbeddedMigration {
  std::string_view
      name;  // the file's name without its folder: "00001_init.sql"
  std::string_view bytes;  // exactly as on disk
  std::string_view
      checksum;  // SHA-256 of the bytes, 64 hex digits; empty is computed
};

// The migration files of one folder, compiled into the program. CMake's
// godwit_embed_migrations writes a function that returns one:
//
//   godwit_embed_migrations(TARGET app DIR db/migrations NAMESPACE app::db)
//
//   #include "app/db/migrations.h"
//   godwit::Migrate(dsn, app::db::Migrations());
//
// A view: the arrays behind it belong to whoever made them, the generated ones
// to the program.
struct Migrations {
  std::span<const EmbeddedMigration> files;
  std::string_view format;  // "goose", "pairs", "dbmate", "plain"; empty is
                            // found from the files
};

}  // namespace godwit
