// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/splitter.h"

namespace godwit::migrate {

using Version = std::int64_t;
struct Format;

// One file of a source: its path as the user would write it (relative where the
// folder was given so), and its bytes. The bytes belong to the Source.
struct SourceFile {
  std::string path;
  std::string_view bytes;
};

// One migration on disk or embedded, not parsed yet.
struct Migration {
  Version version = 0;
  std::string
      spelling;  // of the version in the file's name: "00001", "20240101120000"
  std::string name;                // the title: "init"
  std::string module;              // empty where the project has none
  Version number = 0;              // within its module
  const Format* format = nullptr;  // of its file
  std::optional<SourceFile> up;    // goose, dbmate, plain: the one file
  std::optional<SourceFile> down;  // pairs only; else down stands in `up`
  // "pre" or "post": a file of no version, which runs before the migrations or
  // after them. `name` is the file's then.
  std::string_view script = {};
  std::string checksum;  // SHA-256, 64 hex digits, of the whole file; pairs: of
                         // the up file

  // The file to show: up, else down.
  const std::string& path() const { return up ? up->path : down->path; }
};

// What `migrate parse` shows as one statement: mostly one, a StatementBegin
// block may hold several. Views into the file, or into ParsedMigration::owned.
struct ShownView {
  std::string_view sql;
  int line = 0;           // of its first token, from 1
  std::size_t first = 0;  // index into Section::statements
  std::size_t count = 0;
  bool block = false;  // between StatementBegin and StatementEnd
};

// One direction of a migration.
struct Section {
  bool present = false;     // an empty section is present all the same
  bool transaction = true;  // false where the file's mark says so
  std::string path;
  std::string_view text;  // what the statements' offsets count in
  std::vector<sql::StatementView> statements;  // what is executed, in order
  std::vector<ShownView> shown;
};

struct ParsedMigration {
  ParsedMigration() = default;
  ParsedMigration(ParsedMigration&&) = default;
  ParsedMigration& operator=(ParsedMigration&&) = default;

  Section up;
  Section down;
  bool env_sub = false;
  // Texts that are not the file's bytes. A list: an empty one takes no memory.
  std::list<std::string> owned;
};

// A variable's value, or nothing where it is not set.
using Environment =
    std::function<std::optional<std::string>(const std::string& name)>;
Environment ProcessEnvironment();

}  // namespace godwit::migrate
