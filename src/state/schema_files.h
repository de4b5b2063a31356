// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/lexicon.h"

namespace godwit::state {

// One file of a schema, as far as it makes it: of a migration its way up.
struct SchemaFile {
  std::string path;
  std::string text;
};

// The files, and of folders the .sql files in them by name. Throws
// Error(kFileUnreadable) for a path that is not there.
std::vector<std::string> ListFiles(std::span<const std::string> paths);

// Files, and the .sql files of folders: of migrations by version, else by name.
// Files that only go down are left out, and in the others what is on the way
// down, psql's commands (the lines of dumps) too. Lines keep their numbers.
// Throws Error(kFileUnreadable).
std::vector<SchemaFile> ReadSchemaFiles(std::span<const std::string> paths);

// The text without its way down and without psql's commands. Pure.
std::string WayUp(std::string_view text);

// Gives every statement of the files to `run`. What it throws, and what does
// not parse, is thrown as Error(kParseError) at the statement's place.
void LoadSchema(std::span<const SchemaFile> files, const sql::Lexicon& lexicon,
                const std::function<void(std::string_view)>& run);

}  // namespace godwit::state
