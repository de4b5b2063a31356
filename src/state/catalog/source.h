// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/connection.h"
#include "migrate/source.h"
#include "schema/catalog.h"
#include "state/dev_database.h"

namespace godwit::state {

// Where a schema comes from.
struct SchemaSource {
  enum class Kind { kEmpty, kMigrations, kFiles, kDatabase };
  Kind kind = Kind::kEmpty;
  std::string text;  // the DSN; of files: the path
};

// "empty", "migrations", "file://schema.sql", "file://folder", or a DSN. Throws
// Error(kUsage) where it is none of these.
SchemaSource ParseSchemaSource(std::string_view text);

// What was read.
struct ReadSchema {
  schema::Catalog catalog;
  // What the files say was renamed, found in `catalog`.
  std::vector<schema::Rename> renames;
  // The database itself, where it is one; it is only read.
  std::optional<Connection> live;
};

// Files and migrations are executed on a database of `dev`, which is gone when
// this returns. `migrations` may be null where they are not named. Throws
// Error: kParseError at the statement that does not load, kUnsupported where
// the dev server lacks an extension, kConnectFailed, kUsage for a database of
// another engine.
ReadSchema ReadSchemaFrom(const SchemaSource& source, DevServer& dev,
                          const migrate::Source* migrations);

}  // namespace godwit::state
