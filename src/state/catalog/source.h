// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/connection.h"
#include "migrate/source.h"
#include "schema/catalog.h"
#include "state/dev_database.h"
#include "state/hcl/from_hcl.h"

namespace godwit::state {

// Where a schema comes from.
struct SchemaSource {
  enum class Kind { kEmpty, kMigrations, kFiles, kDatabase };
  Kind kind = Kind::kEmpty;
  std::string text = {};                // the DSN
  std::vector<std::string> paths = {};  // files and folders, in their order
};

// "empty", "migrations", "file://schema.sql", "file://schema.hcl",
// "file://folder", or a DSN. Throws Error(kUsage) where it is none of these.
SchemaSource ParseSchemaSource(std::string_view text);

// What reading needs beside the source.
struct SchemaContext {
  DevServer& dev;
  const migrate::Source* migrations = nullptr;  // null: none are named
  // Files that run before documents and migrations, and after them.
  std::vector<std::string> pre = {};
  std::vector<std::string> post = {};
  std::vector<VariableValue> variables = {};  // of documents
  // Only these of the migrations; nothing: all.
  std::optional<std::set<migrate::Version>> among = {};
};

// What was read.
struct ReadSchema {
  schema::Catalog catalog;
  // What the files say was renamed, found in `catalog`.
  std::vector<schema::Rename> renames;
  // The database itself, where it is one; it is only read.
  std::optional<Connection> live;
};

// Files and migrations are executed on a database of `dev`, which is gone when
// this returns. What is in `post` and needs what migrations do not make yet is
// left out. Throws Error: kParseError at the statement that does not load,
// kUnsupported where the dev server lacks an extension, kConnectFailed, kUsage
// for a database of another engine.
ReadSchema ReadSchemaFrom(const SchemaSource& source,
                          const SchemaContext& context);

// Makes in an empty database what the context's pre files and its migrations
// make. Throws as ReadSchemaFrom.
DevDatabase MakeFromMigrations(const SchemaContext& context);

// Executes the files' statements; throws as ReadSchemaFrom.
void LoadFiles(std::span<const std::string> paths, DevDatabase& database);

// The same on a connection that is not a scratch database's.
void LoadPre(std::span<const std::string> paths, Connection& connection);

}  // namespace godwit::state
