// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "migrate/formats/written.h"
#include "migrate/migration.h"
#include "sql/lexicon.h"

namespace godwit::migrate {

enum class FormatKind { kGoose, kPairs, kDbmate, kFlyway, kPlain };

// What a file's name says in one format.
enum class Part { kBoth, kUp, kDown };
struct FileName {
  Version version = 0;
  std::string spelling;
  std::string title;
  Part part = Part::kBoth;
  // Flyway: "1.2". A map of versions may give it a number; one with a dot has
  // no other.
  std::string dotted = {};
};
struct NotOurs {};  // ignored: README.md, 3_x.sql.bak
struct BadName {
  std::string reason;  // "no version before '_'"
};
using NameVerdict = std::variant<FileName, NotOurs, BadName>;

// One file format: how its names and its texts are read, and how a new one is
// written. One file each in this folder; the table is in format.cc.
struct Format {
  FormatKind kind;
  std::string_view name;           // "goose"
  std::string_view expected_name;  // for messages: "N_title.sql"
  NameVerdict (*read_name)(std::string_view file_name);
  // Reads both directions. Throws Error(kParseError) with file, line, column
  // and excerpt; the message names what was expected.
  ParsedMigration (*parse)(const Migration& migration,
                           const sql::Lexicon& lexicon,
                           const Environment& environment);
  // A new migration: file names and texts, for `create`.
  struct NewFile {
    std::string name;
    std::string text;
  };
  std::vector<NewFile> (*create)(std::string_view version,
                                 std::string_view title);
  // The same of a migration that is there already.
  std::vector<NewFile> (*write)(std::string_view version,
                                std::string_view title,
                                const Written& migration);
  bool marks_no_transaction;  // the format can say that a file runs without one
};

std::span<const Format> Formats();
const Format* FindFormat(std::string_view name);
const Format& FindFormat(FormatKind kind);

}  // namespace godwit::migrate
