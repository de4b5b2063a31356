// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace godwit {

// One migration file inside the program.
struct EmbeddedMigration {
  std::string_view
      name;  // the file's name without its folder: "00001_init.sql"
  std::string_view bytes;  // exactly as on disk
  std::string_view
      checksum;  // SHA-256 of the bytes, 64 hex digits; empty is computed
};

// A part of a program with migrations of its own.
struct Module {
  std::string_view name;
  std::span<const EmbeddedMigration> files;
  std::string_view format;  // as in Migrations
};

// The migration files of one folder, compiled into the program. CMake's
// godwit_embed_migrations writes a function that returns one:
//
//   godwit_embed_migrations(TARGET app DIR db/migrations NAMESPACE app::db)
//
//   #include "app/db/migrations.h"
//   godwit::Migrate(dsn, app::db::Migrations());
//
// PRE and POST name the files for `pre` and `post`.
//
// A view: the arrays behind it belong to whoever made them, the generated ones
// to the program.
struct Migrations {
  std::span<const EmbeddedMigration> files;
  std::string_view format;  // "goose", "pairs", "dbmate", "flyway", "plain";
                            // empty is found from the files
  // Instead of files of its own: those of Modules.
  std::span<const Module> modules = {};
  std::int64_t stride = 1000;
  // Files of SQL that run before the migrations and after them, each safe to
  // run again: extensions and functions, triggers and policies. They run with
  // each run that migrates, and when they have changed.
  std::span<const EmbeddedMigration> pre = {};
  std::span<const EmbeddedMigration> post = {};
};

// The migrations of a program's modules as one sequence, in the order of this
// list: file n of the module at index i (from 0) has version (i + 1) · stride +
// n. The list is for appending only; what was inserted in the middle is
// recognised by the names of what was applied, and refused.
//
//   const godwit::Modules kModules = {
//       {"db", app::db::Migrations()},
//       {"billing", app::billing::Migrations()},
//   };
//   godwit::Migrate(dsn, kModules);
class Modules {
 public:
  Modules(std::initializer_list<std::pair<std::string_view, Migrations>> list,
          std::int64_t stride = 1000)
      : stride_(stride) {
    for (const auto& [name, migrations] : list) Add(name, migrations);
  }
  void Add(std::string_view name, const Migrations& migrations) {
    list_.push_back({name, migrations.files, migrations.format});
  }
  // A view of this.
  operator Migrations() const { return {{}, {}, list_, stride_, pre, post}; }

  // As in Migrations, for all of them together.
  std::span<const EmbeddedMigration> pre = {};
  std::span<const EmbeddedMigration> post = {};

 private:
  std::int64_t stride_;
  std::vector<Module> list_;
};

}  // namespace godwit
